r"""Objectives of a decision process: TRPO's surrogate over the states visited, and PPO with generalised advantages.

Steps are numbered from 1 on, as in the derivations on paths, and paths do not end.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from ..language import Claim, E, Log, Node, Relation, Var, Visited, grad
from ..paper.notation import a, pi_old, pi_theta, s
from ..paper.trajectories import (
    A_pi,
    E_paths,
    Q_pi,
    V_pi,
    action,
    baseline,
    chance,
    decay,
    discounted,
    endless,
    from_,
    gamma,
    later,
    next_state,
    paid,
    since,
    state,
    step_score,
    t,
)
from .notation import BEHAVIOUR
from .record import Fact, Objective

AWAY, AT = False, True
Build = Callable[[], Any]


def states(policy: Any, body: Any, actions: Any = pi_old) -> Any:
    """E over a state that a policy visits, discounted, and an action of another one there, divided by 1 − γ."""
    return 1 / (1 - gamma) * E((s, Visited(policy, gamma)), (a, actions | s), body)


def claim(left: Any, right: Any, at_old: bool = AWAY) -> Build:
    """Builds the claim that two sides are equal, everywhere or at θ_old."""
    return partial(Claim, Relation("=", left, right), at_old=at_old)


rewards = endless(discounted() * paid())
value, old_value = E_paths(rewards), E_paths(rewards, pi_old)
ratio = pi_theta(a, s) / pi_old(a, s)
score = grad(Log(pi_theta(a, s)))
old_advantage = A_pi(policy=pi_old)
gap = states(pi_old, ratio * old_advantage)
surrogate = old_value + gap
gained = states(pi_theta, old_advantage, pi_theta)
STATES = rf"\frac{{1}}{{1-\gamma}} \mathbb{{E}}_{{s \sim d^{{{BEHAVIOUR}}}, a \sim {BEHAVIOUR}(\cdot|s)}}"
RETURN = r"J(\theta) \doteq \mathbb{E}_{\tau \sim \pi_\theta} [\sum_{t=1}^{\infty} \gamma^{t-1} r(s_t, a_t)]"

TRPO_VISITED = Objective(
    "trpo-visited", "TRPO over the states visited", "Schulman et al. 2015, arXiv:1502.05477, equation (3)",
    (RETURN,
     rf"L(\theta) \doteq J(\theta_{{\text{{old}}}}) + {STATES} \left[ \frac{{\pi_\theta(a|s)}}"
     r"{\pi_{\theta_{\text{old}}}(a|s)} A^{\pi_{\theta_{\text{old}}}}(s, a) \right]"),
    (
        Fact("gradient", "gradient", "At a state that π_old visits the coefficient is the ratio times the advantage.",
             claim(grad(gap), states(pi_old, ratio * old_advantage * score))),
        Fact("steps", "gradient", "Step by step, at the t-th after the first, it has the weight γ^t.",
             claim(grad(gap), E_paths(endless(
                 discounted() * chance() / chance(policy=pi_old) * A_pi(state(), action(), pi_old) * step_score()),
                 pi_old))),
        Fact("at-old", "old", "At θ_old its gradient is the policy gradient, though the states stay those of π_old.",
             claim(grad(gap), grad(value), AT)),
        Fact("value-at-old", "old", "There its value is that of the policy.", claim(surrogate, value, AT)),
        Fact("action-values", "equals", "With values of actions for advantages it has the same gradient.",
             claim(grad(gap), grad(states(pi_old, ratio * Q_pi(policy=pi_old))))),
        Fact("actions", "equals", "It takes π_θ's actions, at the states of π_old.",
             claim(surrogate, old_value + states(pi_old, old_advantage, pi_theta))),
        Fact("exact", "equals", "What π_θ is worth has the same advantages, at the states of π_θ.",
             claim(value, old_value + gained)),
        Fact("away", "equals", "Away from θ_old, too, its gradient is the policy gradient.",
             claim(grad(gap), grad(value)), expect="refuted"),
        Fact("value", "equals", "Away from θ_old, too, its value is that of the policy.",
             claim(surrogate, value), expect="refuted"),
        Fact("undivided", "property", "Without 1/(1 − γ), the gradient at θ_old is the policy gradient.",
             claim(grad((1 - gamma) * gap), grad(value), AT), expect="refuted"),
        Fact("unweighted", "property", "Step by step the weights γ^t may be dropped.",
             claim(grad(gap), E_paths(endless(
                 chance() / chance(policy=pi_old) * A_pi(state(), action(), pi_old) * step_score()), pi_old)),
             expect="refuted"),
    ),
)


def delta(critic: Callable[[Any], Node], step: Var = later) -> Node:
    """δ of a critic at a step."""
    return paid(step) + gamma * critic(next_state(step)) - critic(state(step))


def estimate(critic: Callable[[Any], Node], by: Any = decay) -> Node:
    """Σ_{t' ≥ t} (γλ)^{t'−t} δ_{t'}."""
    return endless(from_(t) * since(t, by=gamma * by) * delta(critic), later)


def weighed(body: Any) -> Node:
    """The mean over paths of π_old of what stands beside γ^t and the ratio at every step."""
    return E_paths(endless(discounted() * step_ratio * body), pi_old)


true_value = partial(V_pi, policy=pi_old)
step_ratio = chance() / chance(policy=pi_old)
advantages, guesses = weighed(estimate(true_value)), weighed(estimate(baseline))

PPO_GAE = Objective(
    "ppo-gae", "PPO with generalised advantages, inside the clip range",
    "Schulman et al. 2016, arXiv:1506.02438, and 2017, arXiv:1707.06347",
    (RETURN,
     r"L(\theta) \doteq \mathbb{E}_{\tau \sim \pi_{\theta_{\text{old}}}} \left[ \sum_{t=1}^{\infty} \gamma^{t-1}"
     r" \frac{\pi_\theta(a_t|s_t)}{\pi_{\theta_{\text{old}}}(a_t|s_t)} \sum_{t'=t}^{\infty} (\gamma \lambda)^{t'-t}"
     r" (r(s_{t'}, a_{t'}) + \gamma b(s_{t'+1}) - b(s_{t'})) \right]"),
    (
        Fact("gradient", "gradient", "Whatever the critic, a step counts with γ^t, its ratio and, for λ = 0, its δ.",
             claim(grad(weighed(delta(baseline, t))), weighed(delta(baseline, t) * step_score()))),
        Fact("at-old", "old", "With true values the gradient at θ_old is the policy gradient, for every λ.",
             claim(grad(advantages), grad(value), AT)),
        Fact("any-critic", "old", "With λ = 1 it is the policy gradient there, whatever the critic.",
             claim(grad(weighed(estimate(baseline, 1))), grad(value), AT)),
        Fact("one-step", "old", "With λ = 0, a δ of true values alone, it is the policy gradient there.",
             claim(grad(weighed(delta(true_value, t))), grad(value), AT)),
        Fact("trpo", "equals", "With true values it is TRPO's surrogate less a constant, for every θ.",
             claim(advantages, states(pi_old, ratio * old_advantage))),
        Fact("biased", "old", "With λ < 1 it is the policy gradient there, whatever the critic.",
             claim(grad(guesses), grad(value), AT), expect="refuted"),
    ),
    note=r"The critic b may be any function; true values are those of $\pi_{\theta_{\text{old}}}$.",
)
