r"""Numbered members of a group: under a law of the group r_1 means r(s, a_1), as r_i means r(s, a_i)."""

from __future__ import annotations

import pytest
from verdicts import prove

from grpo_symbolic.language import Claim, Const
from grpo_symbolic.latex.printing.printer import latex
from grpo_symbolic.latex.read_error import ReadError
from grpo_symbolic.latex.statement.reader import read_statement

GROUP = r"\mathbb{E}_{a_{1:G}\sim\pi_\theta(\cdot|s)}"
MEAN = r"\mathbb{E}_{a\sim\pi_\theta(\cdot|s)}"
VARIANCE = rf"({MEAN}[r(s,a)^2] - {MEAN}[r(s,a)]^2)"
CENTRED = r"\tilde{A}_i \doteq r_i - \frac{1}{G}\sum_{j=1}^G r_j"
RATIO = r"\rho_i(\theta) \doteq \frac{\pi_\theta(a_i|s)}{\pi_{\theta_{\text{old}}}(a_i|s)}"
OLD_GROUP = r"\mathbb{E}_{a_{1:G}\sim\pi_{\theta_{\text{old}}}(\cdot|s)}"


def claim(text: str, where: list[str] | None = None) -> Claim:
    content = read_statement(text, where or []).links[0].content
    assert isinstance(content, Claim)
    return content


@pytest.mark.parametrize(("right", "wrong", "where"), [
    (rf"{GROUP}[r_1] = {MEAN}[r(s,a)]", rf"{GROUP}[r_1] = 2{MEAN}[r(s,a)]", []),
    (rf"{GROUP}[\sum_{{i=1}}^G r_i \, r_1] = {MEAN}[r(s,a)^2] + (G-1) {MEAN}[r(s,a)]^2",
     rf"{GROUP}[\sum_{{i=1}}^G r_i \, r_1] = G {MEAN}[r(s,a)]^2", []),
    (rf"{GROUP}[r_1 r_2] = {MEAN}[r(s,a)]^2", rf"{GROUP}[r_1 r_1] = {MEAN}[r(s,a)]^2", []),
    (rf"{GROUP}[\tilde A_1 r_1] = (1 - \frac{{1}}{{G}}) {VARIANCE}", rf"{GROUP}[\tilde A_1 r_1] = {VARIANCE}",
     [CENTRED]),
    (rf"{GROUP}[\tilde{{A}}_{{2}}] = 0", rf"{GROUP}[\tilde{{A}}_{{2}}] = 1", [CENTRED]),
    (rf"{OLD_GROUP}[\rho_1(\theta)] = 1", rf"{GROUP}[\rho_1(\theta)] = 1", [RATIO]),
    (rf"{GROUP}[d_2] = 0", rf"{GROUP}[d_2] = r_1", [r"d_i \doteq r_i - r_1"]),
])
def test_a_numbered_statistic_is_that_of_the_member(right: str, wrong: str, where: list[str]) -> None:
    assert prove(right, where).status == "proved"
    assert prove(wrong, where, budget=1.0).status != "proved"


@pytest.mark.parametrize(("short", "full"), [
    (rf"{GROUP}[r_1 - r_i] = 0", rf"{GROUP}[r(s,a_1) - r(s,a_i)] = 0"),
    (rf"{GROUP}[r_{{12}}] = 0", rf"{GROUP}[r(s,a_{{12}})] = 0"),
])
def test_a_numbered_reward_is_that_of_the_sample(short: str, full: str) -> None:
    assert claim(short).relation == claim(full).relation


@pytest.mark.parametrize(("text", "where"), [
    (rf"{GROUP}[r_1 \tilde A_1] = 0", [CENTRED]),
    (rf"{GROUP}[\rho_1(\theta) w_2] = {GROUP}[w_i]", [RATIO]),
])
def test_what_is_read_is_printed_and_read_again(text: str, where: list[str]) -> None:
    found = claim(text, where).relation
    assert claim(latex(found), where).relation == found


@pytest.mark.parametrize("name", [r"\epsilon_1", "c_1", r"\lambda_2"])
def test_other_numbered_symbols_stay_what_they_are(name: str) -> None:
    assert Const(name) in claim(rf"{GROUP}[{name} r_i] = 0").relation.walk()
    assert prove(rf"{GROUP}[{name} r_i] = {name} {MEAN}[r(s,a)]").status == "proved"


def test_functions_and_policies_keep_their_numbers() -> None:
    estimator = r"k_1(a) \doteq \log\frac{\pi_\theta(a|s)}{\pi_{\text{ref}}(a|s)}"
    assert prove(rf"{GROUP}[\frac{{1}}{{G}}\sum_{{i=1}}^G k_1(a_i)] = {MEAN}[k_1(a)]", [estimator]).status == "proved"
    assert prove(rf"{GROUP}[r_1(s,a_1)] = {MEAN}[r_1(s,a)]").status == "proved"
    assert prove(r"\mathbb{E}_{a_{1:G}\sim\pi_1(\cdot|s)}[r_i] = \mathbb{E}_{a\sim\pi_1(\cdot|s)}[r(s,a)]"
                 ).status == "proved"
    assert prove(rf"{GROUP}[r_1] = 3", [r"r_1 \doteq 3"]).status == "proved"
    assert claim(r"r_1 \geq r_2").relation.lhs == Const("r_1")


@pytest.mark.parametrize(("text", "where"), [
    (rf"{GROUP}[r_1] = r_1", []),
    (rf"{GROUP}[\Delta] = 0", [r"\Delta \doteq r_1 - r_2"]),
    (rf"{GROUP}[r_G] = {MEAN}[r(s,a)]", []),
    (rf"\tilde A_1 = {GROUP}[r_i]", [CENTRED]),
])
def test_a_number_that_may_be_a_member_is_refused(text: str, where: list[str]) -> None:
    with pytest.raises(ReadError, match="ambiguous: it may be the member"):
        read_statement(text, where)


def test_a_notation_prints_no_member_where_it_would_be_a_symbol() -> None:
    found = claim("r(s,a_1) = r(s,a_i)")
    text = latex(found.relation, "deepseekmath")
    content = read_statement(text, profile="deepseekmath").links[0].content
    assert isinstance(content, Claim)
    assert (text, content.relation) == ("r(q, o_1) = r_i", found.relation)
