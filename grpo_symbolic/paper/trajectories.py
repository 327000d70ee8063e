r"""The symbols of trajectories, of their processes and of answers token by token, beside those of the paper.

Steps are numbered from 1 on, so that γ^{t−1} weighs what is paid at the t-th. Paths have T steps, or no end.
"""

from __future__ import annotations

from typing import Any

from sympy import Basic

from ..language import (
    ENDLESS,
    KL,
    ActionValue,
    Advantage,
    After,
    Const,
    E,
    Head,
    Indicator,
    Length,
    Log,
    Node,
    Ordinal,
    Policy,
    Power,
    Prefix,
    Prob,
    Start,
    TokenOf,
    Transition,
    Value,
    Var,
    Visited,
    grad,
    total,
)
from .notation import a, pi_old, pi_ref, pi_theta, reward, s

tau, answer, question = Var(r"\tau", "action"), Var("o", "action"), Var("q", "state")
t, later, last = Var("t", "token"), Var("t'", "token"), Var("n", "token")
following = Var("s'", "state")
T = Const("T", "positive")
gamma, decay = Const(r"\gamma", "positive"), Const(r"\lambda", "positive")
baseline, potential = Head("b(#1)"), Head(r"\Phi(#1)")

# Paths of a process


def state(step: Basic = t) -> Prefix:
    """s_t."""
    return Prefix(tau, step)


def action(step: Basic = t) -> TokenOf:
    """a_t."""
    return TokenOf(tau, step)


def next_state(step: Basic = t) -> After:
    """s_{t+1}."""
    return After(tau, step)


def E_paths(body: Any, policy: Policy = pi_theta) -> Node:
    """E over τ ∼ π."""
    return E((tau, policy.law), body)


def probability(policy: Policy = pi_theta) -> Node:
    """π(τ), the probability of the actions of a path, each at its state: that of the path but for the dynamics."""
    return Prob(policy.law, tau)


def steps(body: Any, step: Var = t, horizon: Basic = T) -> Node:
    """Σ over the T steps of a path."""
    return total(step, body, horizon)


def endless(body: Any, step: Var = t) -> Node:
    """Σ over the steps of a path that does not end."""
    return total(step, body, ENDLESS)


def from_(first: Var, step: Var = later) -> Node:
    """1 from a step on, else 0: what stands first under a sum that begins there."""
    return Indicator("≥", Ordinal(step), Ordinal(first))


def beyond(first: Var, step: Var = later) -> Node:
    """1 after a step, else 0."""
    return Indicator("≥", Ordinal(step), Ordinal(first) + 1)


def up_to(end: Var, step: Var = later) -> Node:
    """1 up to a step, else 0."""
    return Indicator("≤", Ordinal(step), Ordinal(end))


def discounted(step: Basic = t, by: Node = gamma) -> Node:
    """γ^{t−1}, or the power of another number: 1 at the first step."""
    return Power(by, Ordinal(step) - 1)


def since(first: Var, step: Var = later, by: Node = gamma) -> Node:
    """γ^{t'−t}, or the power of another number."""
    return Power(by, Ordinal(step) - Ordinal(first))


def chance(step: Basic = t, policy: Policy = pi_theta) -> Node:
    """π(a_t|s_t)."""
    return policy(action(step), state(step))


def step_score(step: Basic = t) -> Node:
    """∇ log π_θ(a_t|s_t)."""
    return grad(Log(chance(step)))


def paid(step: Basic = t) -> Node:
    """r(s_t, a_t)."""
    return reward(state(step), action(step))


# Values, and the states that a policy visits


def V_pi(where: Basic = s, policy: Policy = pi_theta) -> Node:
    """V^π(s)."""
    return Value(policy, where, gamma, reward)


def Q_pi(where: Basic = s, what: Basic = a, policy: Policy = pi_theta) -> Node:
    """Q^π(s, a)."""
    return ActionValue(policy, where, what, gamma, reward)


def A_pi(where: Basic = s, what: Basic = a, policy: Policy = pi_theta) -> Node:
    """A^π(s, a)."""
    return Advantage(policy, where, what, gamma, reward)


def E_start(body: Any) -> Node:
    """E over the first state."""
    return E((s, Start()), body)


def E_next(body: Any) -> Node:
    """E over the state to which an action leads."""
    return E((following, Transition(s, a)), body)


def E_visited(body: Any) -> Node:
    """E over a state that π_θ visits, discounted, and an action there."""
    return E((s, Visited(pi_theta, gamma)), (a, pi_theta | s), body)


# Answers, token by token


def token_law(policy: Policy, step: Basic = t) -> Any:
    """π(·|q, o_{<t})."""
    return policy | (question, Prefix(answer, step))


def token(step: Basic = t, policy: Policy = pi_theta) -> Node:
    """π(o_t|q, o_{<t})."""
    return policy(TokenOf(answer, step), question, Prefix(answer, step))


def E_answers(body: Any) -> Node:
    """E over an answer of π_θ."""
    return E((answer, pi_theta | question), body)


def tokens(body: Any, step: Var = t) -> Node:
    """Σ over the tokens of an answer."""
    return total(step, body, Length(answer))


def token_score(step: Basic = t) -> Node:
    """∇ log π_θ(o_t|q, o_{<t})."""
    return grad(Log(token(step)))


def token_log_ratio(step: Basic = t) -> Node:
    """log π_θ − log π_ref of a token."""
    return Log(token(step)) - Log(token(step, pi_ref))


def token_KL(step: Basic = t) -> Node:
    """The divergence of a token's laws."""
    return KL(token_law(pi_theta, step), token_law(pi_ref, step))


__all__ = [
    "A_pi", "E_answers", "E_next", "E_paths", "E_start", "E_visited", "Q_pi", "T", "V_pi", "action", "answer",
    "baseline", "beyond", "chance", "decay", "discounted", "endless", "following", "from_", "gamma", "last",
    "later", "next_state", "paid", "pi_old", "pi_ref", "pi_theta", "potential", "probability", "question",
    "since", "state", "step_score", "steps", "t", "tau", "token", "token_KL", "token_law", "token_log_ratio",
    "token_score", "tokens", "up_to",
]  # fmt: skip
