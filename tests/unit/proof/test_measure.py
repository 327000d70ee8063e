"""Ratios of two policies up to a step, which change the law of paths: truths, false twins, a fault that is found."""

from __future__ import annotations

import pytest
from verdicts import prove

from grpo_symbolic.proof import measure

OLD, NEW = r"\mathbb{E}_{\tau\sim\pi_{\theta_{\text{old}}}}", r"\mathbb{E}_{\tau\sim\pi_\theta}"
RATIO = r"\frac{\pi_\theta(a_u|s_u)}{\pi_{\theta_{\text{old}}}(a_u|s_u)}"
UP_TO, STEPS = rf"\left(\prod_{{u=0}}^{{t}} {RATIO}\right)", r"\sum_{t=0}^{T-1}"
TRUE = {
    "rewards": rf"{OLD}[{STEPS} \gamma^t {UP_TO} r(s_t,a_t)] = {NEW}[{STEPS} \gamma^t r(s_t,a_t)]",
    "what a step leads to": rf"{OLD}[{STEPS} {UP_TO} b(s_{{t+1}})] = {NEW}[{STEPS} b(s_{{t+1}})]",
    "a gradient": rf"\nabla_\theta {OLD}[{STEPS} {UP_TO} r(s_t,a_t)] = \nabla_\theta {NEW}[{STEPS} r(s_t,a_t)]",
}
FALSE = {
    "a later reward": rf"{OLD}[{STEPS} {UP_TO} \sum_{{k=t}}^{{T-1}} r(s_k,a_k)] = "
                      rf"{NEW}[{STEPS} \sum_{{k=t}}^{{T-1}} r(s_k,a_k)]",
    "a square": TRUE["rewards"].replace(RATIO, RATIO + "^2"),
    "the step before": TRUE["rewards"].replace("^{t} ", "^{t-1} "),
    "the other way round": TRUE["rewards"].replace(
        RATIO, r"\frac{\pi_{\theta_{\text{old}}}(a_u|s_u)}{\pi_\theta(a_u|s_u)}"),
    "twice": TRUE["rewards"].replace(UP_TO, UP_TO + UP_TO),
    "the length of the path": rf"{OLD}[{STEPS} {UP_TO} r(s_t,a_t) \log \pi_\theta(\tau)] = "
                              rf"{NEW}[{STEPS} r(s_t,a_t) \log \pi_\theta(\tau)]",
}


@pytest.mark.parametrize("text", TRUE.values(), ids=TRUE)
def test_ratios_up_to_a_step_change_the_law(text: str) -> None:
    assert prove(text).status == "proved"


@pytest.mark.long
@pytest.mark.parametrize("text", FALSE.values(), ids=FALSE)
def test_what_steps_do_not_tell_or_other_ratios_are_not_taken_for_that(text: str) -> None:
    assert prove(text).status in ("refuted", "undecided", "unread")
    assert prove(FALSE["a later reward"]).status == "refuted"


def test_a_rule_that_forgets_what_a_step_tells_is_found(monkeypatch) -> None:
    monkeypatch.setattr(measure, "known_at", lambda node, path, t: True)
    found = prove(FALSE["a later reward"])
    assert found.status == "proved" or found.disagrees
