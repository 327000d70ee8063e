r"""What \nabla_\theta before several factors is taken of: what stops the gradient is constant, as an advantage is."""

from __future__ import annotations

import pytest
from verdicts import prove

PI, RATIO = r"\log\pi_\theta(a|s)", r"\rho_\theta(a)"
BRACKETS = r"write brackets"


@pytest.mark.parametrize("weight", [
    rf"\mathrm{{sg}}[{RATIO}]", r"\mathrm{sg}[\pi_\theta(a|s)]", rf"(\mathrm{{sg}}[{RATIO}])",
    r"\mathrm{sg}\left[\frac{\pi_\theta(a|s)}{\pi_{\text{ref}}(a|s)}\right]", rf"(2\,\mathrm{{sg}}[{RATIO}] - A)", "A"])
@pytest.mark.parametrize("sign", ["", r" \cdot "])
def test_the_gradient_is_that_of_the_product_after_what_is_constant(weight: str, sign: str) -> None:
    assert prove(rf"\nabla_\theta {weight}{sign} {PI} = {weight} \nabla_\theta {PI}").status == "proved"
    assert prove(rf"\nabla_\theta {weight}{sign} {PI} = 0").status == "refuted"


def test_so_it_is_below_an_expectation() -> None:
    text = r"\mathbb{{E}}_{{a\sim\pi_\theta(\cdot|s)}}[\nabla_\theta \mathrm{{sg}}[\frac{{\pi_\theta(a|s)}}" \
           r"{{\pi_{{\text{{ref}}}}(a|s)}}]\log\pi_\theta(a|s)] = {}"
    assert prove(text.format("0")).status == "refuted"


def test_so_it_is_of_what_is_defined_to_stop_the_gradient() -> None:
    where = [rf"w_\theta(a) := \mathrm{{sg}}[{RATIO}]"]
    assert prove(rf"\nabla_\theta w_\theta(a) {PI} = 0", where=where).status == "refuted"
    assert prove(rf"\nabla_\theta w_\theta(a) {PI} = w_\theta(a) \nabla_\theta {PI}", where=where).status == "proved"


def test_what_stops_the_gradient_has_none() -> None:
    assert prove(rf"\nabla_\theta \mathrm{{sg}}[{RATIO}] = 0").status == "proved"


@pytest.mark.parametrize("factor", [r"f_\theta(a)", RATIO])
@pytest.mark.parametrize("sign", ["", r" \cdot "])
def test_the_rule_of_products_is_not_refuted(factor: str, sign: str) -> None:
    verdict = prove(rf"\nabla_\theta {factor}{sign} {PI} = {factor} \nabla_\theta {PI} + {PI} \nabla_\theta {factor}")
    assert verdict.status == "undecided"
    assert BRACKETS in verdict.reason
    assert verdict.counterexample is None


def test_nor_is_it_of_a_policy() -> None:
    text = rf"\nabla_\theta \pi_\theta(a|s) {PI} = (1 + {PI}) \nabla_\theta \pi_\theta(a|s)"
    assert prove(text).status == "undecided"


def test_nor_where_one_of_two_gradients_is_of_all_and_one_is_not() -> None:
    text = rf"\nabla_\theta {RATIO} {PI} = {RATIO} \nabla_\theta {PI} + \nabla_\theta {RATIO} {PI}"
    assert prove(text).status == "undecided"


def test_what_fails_in_every_reach_is_refuted() -> None:
    assert prove(rf"\nabla_\theta {RATIO} {PI} = 2 {RATIO} \nabla_\theta {PI}").status == "refuted"


@pytest.mark.parametrize("text", [
    r"\mathbb{E}_{a\sim\pi_\theta(\cdot|s)}[\nabla_\theta\log\pi_\theta(a|s) Q^{\pi_\theta}(s,a)] = "
    r"\sum_a Q^{\pi_\theta}(s,a)\nabla_\theta\pi_\theta(a|s)",
    r"\pi_\theta(a|s) \nabla_\theta\log\pi_\theta(a|s) Q^{\pi_\theta}(s,a) = \nabla_\theta\pi_\theta(a|s) "
    r"Q^{\pi_\theta}(s,a)"])
def test_the_policy_gradient_has_it_on_the_logarithm_alone(text: str) -> None:
    assert prove(text).status == "proved"


def test_a_value_of_a_policy_weighs_the_gradient_before_it() -> None:
    values = r"\nabla_\theta V^{\pi_\theta}(s) = \sum_a \nabla_\theta \pi_\theta(a|s) Q^{\pi_\theta}(s,a)"
    assert prove(values).status == "refuted"
