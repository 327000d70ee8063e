r"""A verdict on a statement of a document names what it uses of the definitions in other displays."""

import pytest
from verdicts import check_read

from grpo_symbolic.latex.documents.document_reader import read_records, tex_records

REWARD = r"\[ r(x,y) = \beta \log \frac{\pi_r(y|x)}{\pi_{\text{ref}}(y|x)} \]"
MEAN = r"\[ \mathbb{E}_{y\sim\pi_r(\cdot|x)}[r(x,y)] \geq 0 \]"
OTHER = r"\[ \mathbb{E}_{y\sim\pi_r(\cdot|x)}[f(x,y)] = \sum_y \pi_r(y|x) f(x,y) \]"


def taken(*displays: str) -> list[list[tuple[str, int]]]:
    """What each verdict takes from where."""
    records = read_records(tex_records("\n\n".join(displays)))
    return [[(one.text, one.line) for one in verdict.taken] for verdict in check_read(records, budget=5.0)]


def test_a_definition_that_is_used_is_named_with_its_line() -> None:
    assert taken(REWARD, MEAN, OTHER) == [[], [("r(x, y)", 1)], []]


def test_a_definition_that_stands_later_is_named_too() -> None:
    assert taken(MEAN, REWARD.replace("=", r"\doteq")) == [[("r(x, y)", 3)], []]


@pytest.mark.parametrize(("second", "status"), [
    (r"A_i = \frac{R_i - \mu}{\sigma + \epsilon}", "undecided"),  # a second definition, of other returns
    (r"A_i = \frac{r_i - \mu}{2 \sigma}", "refuted")])
def test_an_equation_with_more_than_a_definition_may_be_a_second_one(second: str, status: str) -> None:
    text = rf"\[ A_i = \frac{{r_i - \mu}}{{\sigma}} \] and \[ {second} \]"
    found = list(check_read(read_records(tex_records(text)), budget=5.0))
    assert [verdict.status for verdict in found] == ["definition", status]
