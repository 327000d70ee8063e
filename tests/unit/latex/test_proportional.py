r"""F \propto G between values of the policy: refuted where two policies have two ratios, and never proved."""

from __future__ import annotations

import pytest
from verdicts import prove

KL = r"D_{\mathrm{KL}}(\pi_\theta\|\pi_{\text{ref}})"
CROSS = r"\mathbb{E}_{a\sim\pi_\theta(\cdot|s)}[\log\pi_{\text{ref}}(a|s)]"
VALUE = r"\mathbb{E}_{a\sim\pi_\theta(\cdot|s)}[u(s,a)]"


@pytest.mark.parametrize(("left", "right"), [
    (KL, "-" + CROSS), (r"\mathcal{H}(\pi_\theta(\cdot|s))", "-" + KL), (VALUE, VALUE.replace("]", "- c]")),
    (VALUE, rf"({VALUE})^2"), (VALUE, r"\mathbb{E}_{a\sim\pi_\theta(\cdot|s)}[u(s,a)^2]")])
def test_what_drops_a_term_is_refuted(left: str, right: str) -> None:
    found = prove(rf"{left} \propto {right}")
    assert found.status == "refuted"
    assert found.printed == r"\propto"
    assert r"\pi'" in found.counterexample.values
    assert prove(rf"{right} \propto {left}").status == "refuted"


@pytest.mark.parametrize(("left", "right"), [
    (KL, "2" + KL), (KL, r"\frac{1}{\beta}" + KL), (VALUE, r"\sum_a \pi_\theta(a|s) u(s,a)"), (KL, "-" + KL)])
def test_a_factor_that_is_not_named_is_not_decided(left: str, right: str) -> None:
    assert prove(rf"{left} \propto {right}").status == "undecided"


@pytest.mark.parametrize(("left", "right"), [
    (r"\nabla_\theta " + KL, r"\nabla_\theta " + CROSS), ("c", "2c"), (KL, "c"), (r"\log\pi_\theta(a|s)", "u(s,a)"),
    (r"J(\theta)", VALUE), (r"\log\pi_\theta(a|s)", r"\log\pi_\theta(a|s) + 1"), (KL, r"\rho_\theta " + KL),
    (r"\mathbb{E}_{s\sim d^{\pi_\theta}}[f(s)]", KL)])
def test_what_may_be_proportional_in_something_else_is_unread(left: str, right: str) -> None:
    assert prove(rf"{left} \propto {right}").status == "unread"


def test_definitions_are_unfolded() -> None:
    where = [rf"J(\theta) \doteq {VALUE} - \beta {KL}"]
    assert prove(rf"J(\theta) \propto {VALUE}", where).status == "refuted"
