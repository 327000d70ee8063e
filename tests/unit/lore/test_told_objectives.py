r"""What a text says of J is what J means in all that follows, its discount as well."""

from __future__ import annotations

import pytest
from verdicts import prove

SCORE = r"\nabla_\theta \log \pi_\theta(a_t|s_t)"
GRADIENT = r"\nabla_\theta J(\theta) = \mathbb{E}_{\tau \sim \pi_\theta} \left[ \sum_{t=0}^{T} "
DISCOUNTED = r"J(\theta) = \mathbb{E}_{\tau \sim \pi_\theta} \left[ \sum_{t=0}^{T} \gamma^t r_t \right]"
PLAIN = DISCOUNTED.replace(r"\gamma^t ", "")


@pytest.mark.parametrize("paid", ["G_t", r"\sum_{k=t}^T r_k"])
def test_a_gradient_without_a_discount_is_none_of_a_discounted_objective(paid: str) -> None:
    text = rf"{GRADIENT} {SCORE} \cdot {paid} \right]"
    assert prove(text, [PLAIN], budget=20).status == "proved"
    assert prove(text, [DISCOUNTED], budget=20).status != "proved"


def test_the_whole_return_is_discounted_as_the_objective_is() -> None:
    text = rf"{GRADIENT} {SCORE} \cdot R(\tau) \right]"
    found = prove(text, [DISCOUNTED], budget=20)
    assert found.status == "proved"
    assert r"R(\tau) = \sum_k \gamma^k r(s_k,a_k)" in [one.formula for one in found.lore]


@pytest.mark.parametrize("paid", ["R(h,b)", "A(h,b)", "(Q(h,b) - V(h))"])
def test_a_mean_over_a_law_that_moves_states_elsewhere_can_be_one_over_prompts(paid: str) -> None:
    slope = rf"\mathbb{{E}}_{{h \sim P, b \sim \pi_\theta(\cdot|h)}}[{paid} \nabla_\theta \log \pi_\theta(b|h)]"
    told = r"J(\theta) = \mathbb{E}_{h \sim P, b \sim \pi_\theta(\cdot|h)}[R(h,b)]"
    assert prove(rf"\nabla_\theta J(\theta) = {slope}").status == "undecided"
    assert prove(rf"\nabla_\theta J(\theta) = {slope}", [told]).status == ("proved" if "R" in paid else "undecided")
