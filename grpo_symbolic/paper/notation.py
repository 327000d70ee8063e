"""The symbols of the paper, and the definitions that its equations share."""

from __future__ import annotations

from typing import Any

from sympy import Basic, Rational

from ..language import (
    GROUP_SIZE,
    OLD,
    AtOld,
    Const,
    Definition,
    E,
    Gradient,
    Head,
    Law,
    Log,
    Node,
    Policy,
    StateLaw,
    Step,
    Var,
    grad,
    group_sum,
    node,
)
from ..language import Root as sqrt

s = Var("s", "state")
a = Var("a", "action")
x = Var("x", "action")
group = Var("a", "group")
i = Var("i", "index")

pi_theta = Policy(r"\pi")
pi_old = Policy(r"\pi", OLD)
pi_ref = Policy(r"\pi_{\text{ref}}", "constant")
P, Q = Policy("P", "constant"), Policy("Q", "constant")
d_old = StateLaw(pi_old)

G = GROUP_SIZE
beta = Const(r"\beta", "positive")
epsilon = Const(r"\epsilon", "positive")
clip_range = Const(r"\varepsilon", "positive")
delta = Const(r"\delta")
step = Step()
one_half = node(Rational(1, 2))

reward = Head("r(#1, #2)")
advantage = Head("A(#1, #2)")
r_i = Head("r_{#1}")
group_reward = Head(r"\bar{r}(#1)")
spread = Head(r"\sigma_r(#1)")
centred = Head(r"\hat{A}_{#1}")
normalised = Head(r"\tilde{A}_{#1}")
ratio = Head(r"\rho_{#1}(\theta)", theta=True)
ratio_at = Head(r"\rho(\theta)", theta=True)
log_ratio = Head(r"\ell_{#1}(\theta)", theta=True)
log_ratio_at = Head(r"\ell(#1, #2; \theta)", theta=True)
objective = Head(r"\mathcal{J}_{\text{GRPO}}(\theta)", theta=True)
clipped_objective = Head(r"\mathcal{J}_{\text{GRPO-clip}}(\theta)", theta=True)
fisher = Head(r"F_{#1}(\theta)", theta=True, shape="matrix")
k3 = Head("k_3(#1)", theta=True)


def var_form(law: Law) -> Law:
    """π(a|s) as a law, the way the paper writes it in subscripts and divergences."""
    return law.hinted(form="var")


def sup_form(term: Any) -> Any:
    """π^s, the paper's conditional notation."""
    return term.hinted(form="sup")


old_s = var_form(pi_old | s)
theta_s = var_form(pi_theta | s)
ref_s = var_form(pi_ref | s)


def score(action: Basic) -> Gradient:
    """∇ log π_θ(action|s)."""
    return grad(Log(pi_theta(action, s)))


def E_old(body: Any) -> Node:
    """E over a ∼ π_old(a|s)."""
    return E((a, old_s), body)


def E_theta(body: Any) -> Node:
    """E over a ∼ π_θ(a|s)."""
    return E((a, theta_s), body)


def E_group(body: Any) -> Node:
    """E over the states of π_old and a group drawn from it: s, a_{1:G} | π_old."""
    return E((s, d_old), (group, pi_old | s), body, style="bar")


def rho(index: Basic = i) -> Node:
    """ρ_i(θ), Equation (1)."""
    return ratio(index, group, s)


def ell(index: Basic = i) -> Node:
    """ℓ_i(θ), Equation (2)."""
    return log_ratio(index, group, s)


def A_tilde(index: Basic = i) -> Node:
    """Ã_i, the group-relative advantage."""
    return normalised(index, group, s)


def J() -> Node:
    """The objective of Equation (5)."""
    return objective()


def F(state: Basic = s) -> Node:
    """F_s(θ), the conditional Fisher information."""
    return fisher(state)


def F_old() -> Node:
    """F_s(θ_old)."""
    return AtOld(F())


def mean_over_group(body: Any) -> Node:
    """(1/G) Σ_i body."""
    share = node(1) / G
    return share * group_sum(i, body)


def log_ratio_of(p: Node, q: Node) -> Log:
    """log p/q."""
    return Log(p / q)


define_ratio = Definition(rho(), pi_theta(group[i], s) / pi_old(group[i], s))
define_log_ratio = Definition(ell(), Log(pi_theta(group[i], s)) - Log(pi_ref(group[i], s)))
define_log_ratio_at = Definition(log_ratio_at(a, s), Log(pi_theta(a, s)) - Log(pi_ref(a, s)))
define_ratio_at = Definition(ratio_at(s, a), pi_theta(a, s) / pi_old(a, s))
define_mean = Definition(group_reward(s, group), mean_over_group(reward(s, group[i])))
define_centred = Definition(centred(i, group, s), reward(s, group[i]) - group_reward(s, group))
define_spread = Definition(
    spread(s, group), sqrt(mean_over_group((reward(s, group[i]) - group_reward(s, group)) ** 2))
)
define_normalised = Definition(A_tilde(), centred(i, group, s) / (spread(s, group) + epsilon))
define_objective = Definition(J(), E_group(mean_over_group(rho() * A_tilde() - beta * ell())))
define_fisher = Definition(F(), E_theta(score(a) * score(a).T))
define_k3 = Definition(
    k3(a, s), pi_ref(a, s) / pi_theta(a, s) - Log(pi_ref(a, s) / pi_theta(a, s)).hinted(form="parens") - 1
)

ADVANTAGE = (define_mean, define_centred, define_spread, define_normalised)
OBJECTIVE = (define_ratio, define_log_ratio, define_objective)

__all__ = [
    "ADVANTAGE", "A_tilde", "E_group", "E_old", "E_theta", "F", "F_old", "G", "J", "OBJECTIVE", "P", "Q", "a",
    "advantage", "beta", "centred", "clip_range", "clipped_objective", "d_old", "define_centred", "define_fisher",
    "define_k3", "define_log_ratio", "define_log_ratio_at", "define_mean", "define_normalised", "define_objective",
    "define_ratio", "define_ratio_at", "define_spread", "delta", "ell", "epsilon", "fisher", "group",
    "group_reward", "i", "k3", "log_ratio", "log_ratio_at", "log_ratio_of", "mean_over_group", "normalised",
    "objective", "old_s", "one_half", "pi_old", "pi_ref", "pi_theta", "r_i", "ratio", "ratio_at", "ref_s", "reward",
    "rho", "s", "score", "spread", "step", "sup_form", "theta_s", "var_form", "x",
]  # fmt: skip
