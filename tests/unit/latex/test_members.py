"""A member of a group is named by an index, or by a number that a group can have."""

from __future__ import annotations

import pytest
from verdicts import prove

from grpo_symbolic.language import Num, ScopeError, Var
from grpo_symbolic.latex.read_error import ReadError
from grpo_symbolic.latex.statement.reader import read_statement

GROUP = r"\mathbb{E}_{a_{1:G}\sim\pi_\theta(\cdot|s)}"


@pytest.mark.parametrize("text", [
    "r_{G+1} = r_{G+1}", "r_{2G} = 1", r"\pi_\theta(a_{G+1}|s) \leq 1", r"\pi_\theta(a_G|s) \leq 1",
    rf"{GROUP}[r_0] = 0", rf"{GROUP}[r_{{G+1}}] = 0", rf"{GROUP}[r(s,a_0)] = 0", rf"{GROUP}[r(s,a_{{2G}})] = 0",
    rf"{GROUP}[r(s,a_{{i+1}})] = 0", r"\sum_{i=1}^G A_i = A_0", r"\sum_{i=1}^G A_i = A_{G-1}",
])
def test_a_number_that_is_no_member_is_refused(text: str) -> None:
    with pytest.raises(ReadError, match="name a member of a group by an index or by a number"):
        read_statement(text)


@pytest.mark.parametrize("text", [
    r"\pi_\theta(a_0|s) \leq 1", r"\pi_\theta(a_w|s) \leq 1", r"\pi_{k+1}(a|s) \leq 1",
    r"\sum_{i=1}^G r_i - r_{\text{old-1}} = \sum_{i=1}^G r_i - r_{\text{old-1}}",
])
def test_a_label_is_no_number_of_a_member(text: str) -> None:
    assert prove(text).status == "proved"


def test_a_number_beside_an_index_in_a_definition_is_that_of_a_member() -> None:
    mean = r"\bar r \doteq \frac{1}{G}\sum_{j=1}^G r_j"
    found = read_statement(r"r_1 - \bar r = \frac{r_1 - r_2}{2}", [mean], [r"G = 2"]).claims[0]
    assert Var("a", "group")[1] in found.relation.walk()
    assert prove(r"r_1 - \bar r = \frac{r_1 - r_2}{2}", [mean], ["G = 2"], budget=1.0).status != "refuted"
    assert prove(r"r_1 = r_2", [], ["G = 2"], budget=1.0).status != "proved"


def test_a_numbered_member_takes_a_group_that_has_it() -> None:
    verdict = prove(rf"{GROUP}[r_3] = \mathbb{{E}}_{{a\sim\pi_\theta(\cdot|s)}}[r(s,a)]")
    assert verdict.status == "proved"
    assert "Range(G≥3)" in verdict.hypotheses


@pytest.mark.parametrize("number", [Num(0), Num("1/2")])
def test_the_language_has_no_such_sample(number: Num) -> None:
    with pytest.raises(ScopeError, match="numbered from 1"):
        Var("a", "group")[number]


def test_a_prime_of_the_sign_of_a_sum_is_not_dropped() -> None:
    with pytest.raises(ReadError, match="a prime after the sign of a sum"):
        read_statement(r"\sum_a'\pi_\theta(a'|s)=1")


@pytest.mark.parametrize(("text", "assume"), [
    (r"r_1 > 0", (r"r_i > 0",)),
    (r"\operatorname{mean}(r_1,\dots,r_G)=r_1", ("G=1",)),
])
def test_a_number_beside_a_family_is_that_member(text: str, assume: tuple[str, ...]) -> None:
    assert prove(text, assume=assume).status == "proved"
