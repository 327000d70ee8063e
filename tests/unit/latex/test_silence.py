"""A text that asserts nothing has no claim; what asserts something is not silenced."""

from __future__ import annotations

import pytest
from verdicts import prove


@pytest.mark.parametrize("latex", [
    r"\phi \leftarrow \phi - \alpha \nabla_\phi L(\phi)", r"w \gets w + 1", r"Q(s, a) \leftarrow r(s, a) + \gamma u",
    r"o \sim \mu(\cdot|q)", r"q \sim \mathcal{D}, o \sim \mu(\cdot|q)", r"y, z \sim p",
    r"\kappa \in (0, 1]", r"b \in \mathcal{B}", r"\lambda < \frac{1}{2}", r"K \geq 2",
    r"b(s) \leq 4", r"J(\theta) \to \max_\theta",
])
def test_what_asserts_nothing_is_no_claim(latex: str) -> None:
    assert prove(latex).status == "no-claim"


@pytest.mark.parametrize(("latex", "status"), [
    (r"\mu(o|q) \geq 0", "proved"), (r"\mu(o|q) \leq \frac{1}{3}", "refuted"), (r"u^2 \geq 1", "refuted"),
    (r"1 \leq 0", "refuted"), (r"f(s) \leq h(s)", "refuted"), (r"f(s) \leq f(s) - 1", "refuted"),
    (r"G \geq 1", "proved"), (r"2 \in \mathcal{B} = 3", "unread"),
    (r"f \to 0", "unread"), (r"\max f \to 0", "unread"),
])
def test_what_asserts_something_is_not_silenced(latex: str, status: str) -> None:
    assert prove(latex).status == status


def test_under_an_assumption_a_bound_is_a_claim() -> None:
    assert prove(r"\lambda \leq \frac{1}{2}", assume=[r"\lambda \geq \frac{1}{4}"]).status == "refuted"
    assert prove(r"\lambda \geq \frac{1}{8}", assume=[r"\lambda \geq \frac{1}{4}"]).status == "proved"


@pytest.mark.parametrize("latex", [
    r"\max_{a\in\mathcal A} f(a) \leq 0", r"\max_{a\in\mathcal A} f(a) < \min_{a\in\mathcal A} f(a)",
    r"\mathbb{E}_{a\in\mathcal A}[f(a)] < 0", r"\max_{t\in\mathcal T} v_t \leq 0", r"v^2 \leq 0,\quad v\in\mathbb{R}",
])
def test_a_set_below_an_operator_declares_nothing(latex: str) -> None:
    assert prove(latex).status != "no-claim"


@pytest.mark.parametrize(("latex", "status"), [
    ("u < v < u", "refuted"), (r"u \leq 1 \leq u", "refuted"), ("1 < u < 2u", "refuted"), ("u < 1 < v < u", "refuted"),
    (r"0 \leq u \leq 1", "no-claim"), ("0 < u < 1 < v", "no-claim"), ("u > 0, u < 1", "no-claim"),
    ("u < v < u + 1", "no-claim"),
])
def test_a_chain_in_which_a_side_comes_again_is_no_condition(latex: str, status: str) -> None:
    assert prove(latex).status == status


@pytest.mark.parametrize("latex", [
    r"\exists C > 0 : |f(s)| \leq C", r"\text{there is a constant } C \text{ such that } f(s) \leq C",
    r"D_{\text{TV}}(p, q) \leq C D_{\text{KL}}(p \| q) \text{ for some constant } C",
    r"c D_{\text{KL}}(\pi \| \mu) \geq 0 \text{ for some } c > 0",
])
def test_that_something_exists_is_not_decided(latex: str) -> None:
    found = prove(latex)
    assert found.status == "undecided"
    assert "exists" in found.reason
