r"""\sum_t goes as far in a text as the other sums over steps of its document do, where these all go as far."""

from __future__ import annotations

import pytest
from verdicts import check_read

from grpo_symbolic.latex.documents.document_reader import read_records, tex_records

pytestmark = pytest.mark.long

PATHS = r"\mathbb{E}_{\tau\sim p_\theta(\tau)}"
OBJECTIVE = rf"J(\theta) = {PATHS}\left[\sum_t r(s_t,a_t)\right]"
GRADIENT = (rf"\nabla_\theta J(\theta) = {PATHS}\left[\sum_{{t=1}}^T \nabla_\theta\log\pi_\theta(a_t|s_t) "
            r"\left(\sum_{t'=t}^T r(s_{t'},a_{t'})\right)\right]")


def found_in(*displays: str) -> list[tuple[str, str]]:
    """The verdicts on the displays of one document, and what each takes for granted."""
    text = "\n".join(rf"\[ {one} \]" for one in displays)
    return [(one.status, " ".join(standard.formula for standard in one.lore))
            for one in check_read(read_records(tex_records(text)), budget=5.0)]


@pytest.mark.parametrize(("first", "last"), [("1", "T"), ("0", "T-1"), ("0", "H")])
def test_sums_without_ends_go_as_far_as_others(first: str, last: str) -> None:
    text = GRADIENT.replace("t=1", f"t={first}").replace("^T", f"^{{{last}}}")
    _, (status, said) = found_in(OBJECTIVE, text)
    assert status == "proved"
    assert rf"\sum_t runs over the steps {first}, \ldots, {last}" in said
    for bent in (text.replace("t'=t", "t'=t+1"), text.replace(r"\left(\sum", r"2 \left(\sum")):
        assert found_in(OBJECTIVE, bent)[1][0] != "proved"


def test_where_others_differ_a_sum_has_the_steps_of_custom() -> None:
    mean = r"\mathbb{E}_{\tau\sim\pi_\theta}[\sum_{t=0}^{T-1} f(s_t)]"
    assert found_in(OBJECTIVE, GRADIENT, f"{mean} = {mean}")[1][0] != "proved"
    assert found_in(OBJECTIVE, GRADIENT.replace("t=1", "t=0"))[1][0] == "proved"
