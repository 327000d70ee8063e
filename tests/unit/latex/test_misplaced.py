"""Faults that the surface of a text shows, beside texts that look alike and are none."""

from __future__ import annotations

import pytest
from verdicts import prove


@pytest.mark.parametrize("text", [
    r"\sum_{i=1}^G \frac{1}{|y_i|}\sum_{t=1}^{|y_j|} u_{i,t} = 0",
    r"\frac1G\sum_i \sum_{t=1}^{|y_m|} \hat A_{i,t} \geq 0",
    r"\sum_{k=1}^K \frac{1}{|y_k|}\sum_{t=1}^{|y_l|} u_{k,t} = 0",
    r"\sum_{i=1}^G \frac{1}{T_i}\sum_{t=1}^{T_j} u_{i,t} = 0",
    r"0 = \sum_{i=1}^G \left(\frac{1}{|y_i|}\sum_{t=1}^{|y_n|} u_{i,t}\right)",
])
def test_an_index_that_nothing_binds_in_an_end_is_a_fault_of_the_text(text: str) -> None:
    found = prove(text)
    assert found.status == "ill-formed"
    assert "bound nowhere" in found.reason


@pytest.mark.parametrize("text", [
    r"\sum_{i=1}^G \frac{1}{|y_i|}\sum_{t=1}^{|y_i|} u_{i,t} = 0",
    r"\sum_{j=1}^G \sum_{i=1}^G \sum_{t=1}^{|y_j|} u_{i,t} = 0",
    r"\sum_{t=1}^{|y_j|} u_{j,t} = 0",
    r"\sum_{i=1}^G \sum_{t=1}^{|y_j|} u_{i,t} = w_j",
    r"L_j = \sum_{i=1}^G \sum_{t=1}^{|y_j|} u_{i,t}",
    r"\sum_{i=1}^G \sum_{t=1}^{T_m} u_{i,t} = 0",
    r"\sum_{i=1}^G \sum_{t=1}^{|y|} u_{i,t} = 0",
])
def test_an_index_that_something_else_prints_is_none(text: str) -> None:
    assert prove(text).status != "ill-formed"


@pytest.mark.parametrize("integrand", [r"f(x)\, p(x)", r"g(z)", r"c\,(1 + u)\, p(y|x)", r"\pi_\theta(a|s)"])
def test_an_integral_needs_a_differential(integrand: str) -> None:
    assert prove(rf"\int {integrand} = 1").status == "ill-formed"
    for other in (rf"\int {integrand}\, dx", rf"\int {integrand}\, \mathrm{{d}}x", rf"\int dx\, {integrand}",
                  rf"\int {integrand}\, \mu(\mathrm{{d}}x)", rf"\int_{{\mathcal X}} {integrand}",
                  rf"\int_x {integrand}"):
        assert prove(f"{other} = 1").status != "ill-formed"


def test_an_integral_of_functions_without_arguments_is_unread() -> None:
    assert prove(r"\int f g = 1").status == "unread"


@pytest.mark.parametrize(("side", "definition"), [
    ("r(s,a)", r"r(s,a) \doteq -|c|"), (r"\hat R(h,b)", r"\hat R(h,b) := c + u^2"), ("V(s)", r"V(s) \triangleq 3"),
    ("A(s,a)", r"A(s,a) := u - v")])
def test_a_value_by_its_definition_is_no_law(side: str, definition: str) -> None:
    for text in (rf"D_{{\mathrm{{KL}}}}({side} \,\|\, \pi_\theta(\cdot|s)) \geq 0",
                 rf"D_{{KL}}(\pi_\theta(\cdot|s) \| {side}) = 0"):
        assert prove(text, [definition]).status == "ill-formed"
        assert prove(text).status == "unread"


@pytest.mark.parametrize(("side", "definition"), [
    ("r(s,a)", r"r(s,a) \doteq \pi_{\text{ref}}(a|s)"), ("d(s,a)", r"d(s,a) \doteq \frac12"),
    ("q(a|s)", r"q(a|s) \doteq \frac12"), ("r(a|s)", r"r(a|s) \doteq \frac12")])
def test_what_may_be_a_law_is_not_called_a_fault(side: str, definition: str) -> None:
    assert prove(rf"D_{{KL}}({side} \| \pi_\theta(\cdot|s)) \geq 0", [definition]).status != "ill-formed"


@pytest.mark.parametrize("letter", ["G", "N", "T"])
@pytest.mark.parametrize("text", [r"\sum_{{i=1}}^{0} (r_i - \bar r) = 0", r"\max(\{{r_j\}}_{{j=1}}^{0}) = r_1"])
def test_how_many_members_there_are_is_an_assumption(letter: str, text: str) -> None:
    found = prove(text.format(letter), [rf"{letter} \doteq 1"])
    assert found.status == "unread"
    assert "assumption" in found.reason
    assert "assumption" not in (prove(text.format(letter), [r"H \doteq 1"]).reason or "")


def test_a_number_may_be_defined_that_is_no_size() -> None:
    assert prove(r"\sum_{i=1}^G (r_i - N) = 0", [r"N \doteq \frac1G \sum_{i=1}^G r_i"]).status == "proved"
