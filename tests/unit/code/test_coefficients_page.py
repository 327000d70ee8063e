"""The page on gradients of losses and penalties is what is computed, and a bent coefficient is not proved."""

from dataclasses import replace

import pytest
from places import ROOT

from grpo_symbolic.code.algebra.derivative import derivative
from grpo_symbolic.code.algebra.expression import multiply
from grpo_symbolic.code.algebra.nodes import number
from grpo_symbolic.code.telling.coefficients_page import FACTS, PAGE, SETTING, losses, page, proved
from grpo_symbolic.code.telling.regions import regions

PPO = next(losses())


@pytest.mark.long
def test_the_page_is_what_is_computed():
    assert (ROOT / "docs" / PAGE).read_text(encoding="utf-8") == page()


@pytest.mark.parametrize(("factor", "shown"), [(1, True), (2, False)])
def test_a_coefficient_is_proved_and_its_double_is_not(factor, shown):
    region = next(one for one in regions(derivative(PPO.loss), FACTS, SETTING) if not one.dead)
    bent = replace(region, value=multiply(number(factor), region.value))
    assert [proved(PPO.loss, bent, bounds) for bounds in region.where] == [shown, shown]


def test_a_coefficient_is_not_proved_elsewhere():
    live, dead = sorted(regions(derivative(PPO.loss), FACTS, SETTING), key=lambda one: one.dead)
    assert not any(proved(PPO.loss, live, bounds) for bounds in dead.where)
