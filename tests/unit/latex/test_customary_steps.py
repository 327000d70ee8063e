r"""What a step brings on average, and sums over all paths: read by custom, named, and never proved where bent."""

from __future__ import annotations

import pytest
from verdicts import prove

# A statement, and one that a small change makes false.
TRUE_AND_FALSE = [
    (r"\nabla_\theta J(\theta)=\mathbb{E}_{\tau\sim \pi_{\theta}}"
     r"\left[\left(\sum_t \nabla_\theta \log \pi_\theta(a_t|o_t)\right)"
     r"\left(\sum_t \gamma^t r(o_t,a_t)\right)\right]", r"\gamma^t", r"\gamma^{2t}"),
    (r"\nabla_{\theta}J(\theta)=\mathbb{E}_{\tau\sim p_{\pi_{\bar{\theta}}}(\tau)}\left[\prod_{t=1}^T\frac{{\pi_\theta}"
     r"(a_t|s_t)}{{\pi_{\bar{\theta}}}(a_t|s_t)} \left(\sum_{t=1}^T \nabla_{\theta}\log \pi_\theta(a_t|s_t) \right)"
     r"\left(\sum_{t=1}^T r(s_t,a_t)\right)\right]", r"\prod", r"2 \prod"),
    (r"V^\pi(s) = \mathbb{E}_\pi\big[ r_t + \gamma V^\pi(S_{t+1}) \mid S_t = s \big]", "S_{t+1}", "S_t"),
    (r"V^\pi(s) = \mathbb{E}_\pi[ R_{t+1} + \gamma V^\pi(S_{t+1}) \mid S_t = s ]", r"\gamma ", ""),
    (r"Q^\pi(s,a) = \mathbb{E}_\pi[ r_t + \gamma Q^\pi(S_{t+1}, A_{t+1}) \mid S_t{=}s, A_t{=}a ]", "A_{t+1}", "A_t"),
    (r"Q^\pi(s,a) = \mathbb{E}[r_t + \gamma V^\pi(s_{t+1}) | s_t = s, a_t = a]", "s_{t+1}", "s_{t+2}"),
    (r"\mathbb{E}_\pi[ G_t - V^\pi(s_t) \mid s_t, a_t ] = Q^\pi(s_t, a_t) - V^\pi(s_t) = A^\pi(s_t, a_t)",
     "G_t - V", "G_t - 2 V"),
    (r"V^\pi(s) = \mathbb{E}_\pi[\sum_{k=0}^{\infty}\gamma^k R_{t+k+1} \,\middle|\, S_t = s]"
     r" = \mathbb{E}_\pi\left[R_{t+1} + \gamma\sum_{k=0}^{\infty}\gamma^k R_{t+k+2} \,\middle|\, S_t = s\right]",
     r"+ \gamma\sum", r"+ \sum"),
    (r"V^\pi(s_t) = \mathbb{E}_\pi[r_t + \gamma r_{t+1} + \gamma^2 V^\pi(s_{t+2}) | s_t]", r"\gamma^2", r"\gamma"),
    (r"\mathbb{E}_\pi[\delta_t | s_t, a_t] = A^\pi(s_t, a_t)", r"\delta_t", r"\delta_{t+1}"),
    (r"\mathbb{E}_{\pi_\theta}[\nabla_\theta\log\pi_\theta(a_t|s_t) G_t | s_t] = "
     r"\mathbb{E}_{\pi_\theta}[\nabla_\theta\log\pi_\theta(a_t|s_t) Q^{\pi_\theta}(s_t,a_t) | s_t]", "G_t", "2 G_t"),
    (r"\nabla_\theta J(\theta)=\nabla_\theta\left[\int p_{\pi_\theta}(\tau)\sum_t r(s_t,a_t)d\tau\right]"
     r" =\int p_{\pi_\theta}(\tau) \nabla_\theta \log p_{\pi_\theta}(\tau)\sum_t r(s_t,a_t)d\tau", r"\log", r"2 \log"),
    (r"\nabla_\theta\mathbb{E}_{\tau\sim \pi_\theta}[R(\tau)] = \int \nabla_\theta p_\theta(\tau) R(\tau)\, d\tau",
     r"p_\theta(\tau) R", r"p_\theta(\tau) p_\theta(\tau) R"),
    (r"\log p_\theta(\tau) = \log p(s_0) + \sum_{t=0}^{T-1} \log \pi_\theta(a_t|s_t) + "
     r"\sum_{t=0}^{T-1} \log P(s_{t+1}|s_t,a_t)", r"\log p(s_0) + ", ""),
    (r"\frac{p(\tau|\theta)}{p(\tau|\theta_{\text{old}})} = "
     r"\frac{p(s_0) \prod_t \pi_\theta(a_t|s_t) P(s_{t+1}|s_t,a_t)}"
     r"{p(s_0) \prod_t \pi_{\text{old}}(a_t|s_t) P(s_{t+1}|s_t,a_t)} = "
     r"\prod_{t=0}^{T-1} \frac{\pi_\theta(a_t|s_t)}{\pi_{\text{old}}(a_t|s_t)}", r"{p(s_0) \prod_t \pi_{", r"{\pi_{"),
    (r"\mathbb{E}_{\tau\sim p_{\theta_0}(\tau)}[V^{\pi_{\theta_0}}(s_0)]"
     r"=\mathbb{E}_{\tau\sim p_{\theta_1}(\tau)}[V^{\pi_{\theta_0}}(s_0)]", r"0}}(s_0)]=", r"1}}(s_0)]=")]
# What is not linear in what is paid, or is decided by later steps, has no mean that is told by Q alone.
NO_MEANS = [
    r"\mathbb{E}_\pi[G_t^2 | s_t, a_t] = Q^\pi(s_t,a_t)^2",
    r"\mathbb{E}_\pi[G_t G_t | s_t, a_t] = Q^\pi(s_t,a_t) Q^\pi(s_t,a_t)",
    r"\mathbb{E}_\pi[G_t V^\pi(s_{t+1}) | s_t, a_t] = \mathbb{E}_\pi[Q^\pi(s_t,a_t) V^\pi(s_{t+1}) | s_t, a_t]",
    r"\mathbb{E}_\pi[\exp(G_t) | s_t, a_t] = \exp(Q^\pi(s_t,a_t))",
    r"\mathbb{E}_\pi[f(G_t) | s_t, a_t] = f(Q^\pi(s_t,a_t))",
    r"\mathbb{E}_\pi[|G_t| | s_t, a_t] = |Q^\pi(s_t,a_t)|",
    r"\mathbb{E}_\pi[\max(G_t, 0) | s_t, a_t] = \max(Q^\pi(s_t,a_t), 0)",
    r"\mathbb{E}_\pi[1/G_t | s_t, a_t] = 1/Q^\pi(s_t,a_t)",
    r"\mathbb{E}_\pi[\log G_t | s_t, a_t] = \log Q^\pi(s_t,a_t)",
    r"\mathbb{E}_\pi[\operatorname{sgn} G_t | s_t, a_t] = \operatorname{sgn} Q^\pi(s_t,a_t)",
    r"\mathbb{E}_\pi[\sqrt{G_t} | s_t, a_t] = \sqrt{Q^\pi(s_t,a_t)}",
    r"\mathbb{E}_\pi[{G_t}^2 | s_t, a_t] = {Q^\pi(s_t,a_t)}^2",
    r"\mathbb{E}_\pi[2^{G_t} | s_t, a_t] = 2^{Q^\pi(s_t,a_t)}",
    r"\mathbb{E}_\pi[\frac{1}{G_t} | s_t, a_t] = \frac{1}{Q^\pi(s_t,a_t)}",
    r"\mathbb{E}_\pi[\mathbf{1}\{G_t > 0\} | s_t, a_t] = \mathbf{1}\{Q^\pi(s_t,a_t) > 0\}",
    r"\mathbb{E}_\pi[(G_t - V^\pi(s_t))^2 | s_t, a_t] = (Q^\pi(s_t,a_t) - V^\pi(s_t))^2",
    r"\mathbb{E}_{\tau\sim \pi_{\theta_0}}[V^{\pi_{\theta_0}}(s_1)]"
    r"=\mathbb{E}_{\tau\sim \pi_{\theta_1}}[V^{\pi_{\theta_0}}(s_1)]"]


@pytest.mark.long
@pytest.mark.parametrize(("text", "old", "new"), TRUE_AND_FALSE)
def test_what_holds_is_proved_and_what_is_bent_is_not(text: str, old: str, new: str) -> None:
    assert text.count(old) >= 1
    assert prove(text, budget=20).status == "proved"
    assert prove(text.replace(old, new), budget=20).status not in ("proved", "refuted")


@pytest.mark.parametrize("text", NO_MEANS)
def test_no_more_is_read_of_a_return_than_its_mean(text: str) -> None:
    assert prove(text).status in ("undecided", "unread")


def test_what_a_step_brings_is_named() -> None:
    found = prove(r"Q^\pi(s,a) = \mathbb{E}[R_{t+1} + \gamma V^\pi(S_{t+1}) | S_t = s, A_t = a]")
    assert [one.formula for one in found.lore if one.entry == "by custom"] == [
        "what is not given of a step is drawn, an action by the policy and a state by P(s'|s,a), "
        "the reward of a step is r(s_t,a_t)"]
