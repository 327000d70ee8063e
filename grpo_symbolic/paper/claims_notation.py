"""What the claims name beside the paper's symbols: divergences, and what is weighted or estimated at a sample a."""

from __future__ import annotations

from ..language import KL, Definition, Head, Log, Node, Policy, Var
from .notation import (
    a,
    group,
    i,
    k3,
    log_ratio_at,
    old_s,
    one_half,
    pi_ref,
    pi_theta,
    ratio_at,
    ref_s,
    reward,
    s,
    theta_s,
)

j = Var("j", "index")
pi_alt = Policy(r"\pi_{\text{alt}}", "constant")
mu = Policy(r"\mu", "constant")
baseline = Head("b(#1)")(s)

reverse_kl = KL(theta_s, ref_s)
forward_kl = KL(old_s, theta_s)
old_to_ref = KL(old_s, ref_s)
ref_to_theta = KL(ref_s, theta_s)
theta_to_old = KL(theta_s, old_s)

weight = pi_ref(a, s) / pi_theta(a, s)
ell_a = log_ratio_at(a, s)
rho_a = ratio_at(s, a)
k1_a = Head("k_1(#1)", theta=True)(a, s)
k2_a = Head("k_2(#1)", theta=True)(a, s)
k3_a = k3(a, s)
define_k1 = Definition(k1_a, Log(pi_theta(a, s) / pi_ref(a, s)))
define_k2 = Definition(k2_a, one_half * Log(pi_theta(a, s) / pi_ref(a, s)) ** 2)


def r(index: Var | int = i) -> Node:
    """The reward r(s, a_i) of a member of the group."""
    return reward(s, group[index])


__all__ = [
    "baseline", "define_k1", "define_k2", "ell_a", "forward_kl", "j", "k1_a", "k2_a", "k3_a", "mu", "old_to_ref",
    "pi_alt", "r", "ref_to_theta", "reverse_kl", "rho_a", "theta_to_old", "weight",
]  # fmt: skip
