r"""A line may end after a comma between arguments, as in \min[x, \\ y]: the comma parts them, the break does not."""

import pytest
from verdicts import prove

MIN = r"\mathbb{E}_{a\sim\pi_\theta(\cdot|s)}[\min(r(s,a),%s 1)] \le 1"


@pytest.mark.parametrize("end", [r"\\", r"\\ &", r"\\[2pt]&\quad"])
def test_a_line_may_end_between_arguments(end):
    assert prove(MIN % end).status == "proved"
    assert prove((MIN % end).replace(r"\le", r"\ge")).status == "refuted"


@pytest.mark.parametrize("latex", [r"\min(x \\ y) \le x", r"\min(x \\, y) \le x", r"\min(x,\\) \le x",
                                   r"\min(x,\\ ,y) \le x"])
def test_a_break_parts_nothing_by_itself(latex):
    assert prove(latex).status not in ("proved", "refuted")


def test_rows_of_cases_and_of_a_display_are_parted_as_before():
    assert prove(r"a = b,\\ c = d").status != "proved"
    cases = r"|z| = \begin{cases} z, & \text{if } z > 0 \\ -z, & \text{otherwise} \end{cases}"
    assert prove(cases).status == "proved"
    assert prove(cases.replace("-z,", "z,")).status == "refuted"
