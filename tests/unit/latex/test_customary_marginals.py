r"""Means over the state of a step by its law, s_t \sim P_\pi^t: read as those over paths, and named."""

from __future__ import annotations

import pytest
from verdicts import prove

pytestmark = pytest.mark.long

OLD = r"\pi_{\text{old}}"
DIFFERENCE = (rf"J(\pi_\theta) - J({OLD}) = "
              rf"\sum_{{t=0}}^{{\infty}} \gamma^t \mathbb{{E}}_{{s_t \sim P_{{\pi_\theta}}^t, a_t "
              rf"\sim \pi_\theta}} \left[ A^{{{OLD}}}(s_t, a_t) \right]")
SAME = (r"\mathbb{E}_{\tau\sim\pi_\theta}[\sum_{t=0}^{T-1} f(s_t)] = \sum_{t=0}^{T-1} "
        r"\mathbb{E}_{s_t\sim p_\theta(s_t)}\left[f(s_t)\right]")


@pytest.mark.parametrize(("text", "printed", "bent"), [
    (DIFFERENCE, r"\gamma^t", ""), (DIFFERENCE, r"\sum_{t=0}", r"\sum_{t=1}"), (DIFFERENCE, "P_{", "P_{old,"),
    (DIFFERENCE, r"P_{\pi_\theta}^t", rf"P_{{{OLD}}}^t"), (DIFFERENCE, r"P_{\pi_\theta}^t", r"P_{\pi_\theta}^{t+1}"),
    (DIFFERENCE, r"P_{\pi_\theta}^t", r"P_{\pi_\theta}"), (DIFFERENCE, r"P_{\pi_\theta}^t", r"\mu"),
    (DIFFERENCE, "(s_t, a_t)", "(s_{t+1}, a_{t+1})"), (DIFFERENCE, r"a_t \sim \pi_\theta", rf"a_t \sim {OLD}"),
    (DIFFERENCE, rf"A^{{{OLD}}}(s_t, a_t)", rf"\exp(A^{{{OLD}}}(s_t, a_t))"),
    (SAME, r"\sim p_\theta(s_t)", r"\sim p_\phi(s_t)"), (SAME, r"\left[f(s_t)\right]", r"\left[f(s_t)^2\right]"),
    (SAME, r"p_\theta(s_t)", r"p_\theta(s_0)"), (SAME, r"\left[f(s_t)\right]", r"\left[f(s_t)\right]^2")])
def test_the_law_of_a_state_is_that_of_its_step(text: str, printed: str, bent: str) -> None:
    found = prove(text)
    assert found.status == "proved"
    assert any("is the state of step t on a path" in one.formula for one in found.lore if one.entry == "by custom")
    assert printed in text
    assert prove(text.replace(printed, bent, 1)).status not in ("proved", "refuted")


def test_a_law_that_is_defined_is_none_of_custom() -> None:
    assert prove(DIFFERENCE, where=[r"P_{\pi_\theta}^t(s) = f(s)"]).status != "proved"
