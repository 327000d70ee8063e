"""What is checked for Gaussian policies, with the kinds of hypotheses under which each is a theorem there.

Interchange is what FiniteActions gives on a finite set: derivatives pass under the integral, and every integral that is
split converges absolutely.
"""

from __future__ import annotations

from ...language import KL, Claim, Const, Definition, E, Head, Log, Node, Policy, grad
from ..witnesses.stated import MEAN_SCORE, QUADRATIC, a, equation, old, pi, ref, s, score, under

beta = Const(r"\beta", "positive")
log_ratio = Head(r"\ell(#1, #2; \theta)", theta=True)
k3 = Head("k_3(#1)", theta=True)(a, s)
weight = ref(a, s) / pi(a, s)

define_log_ratio = Definition(log_ratio(a, s), Log(pi(a, s)) - Log(ref(a, s)))
define_k3 = Definition(k3, weight - Log(weight) - 1)


def divergence(p: Policy, q: Policy) -> Node:
    """D_KL(p‖q)."""
    return KL(p | s, q | s)


MOVES = ("Positive", "Differentiable", "Interchange")
CHECKS: dict[str, tuple[Claim, tuple[str, ...]]] = {
    # E_θ[∇ log π_θ] = 0
    "score": (MEAN_SCORE, ("Normalised", *MOVES)),
    # ∇ E_old[β ℓ] = β E_old[∇ log π_θ]
    "eq10": (equation(grad(E((a, old | s), beta * log_ratio(a, s))), beta * under(old, score(a)), define_log_ratio),
             (*MOVES, "BehaviourConstant", "Constant")),
    # ∇ D_KL(π_old‖π_θ) = −E_old[∇ log π_θ]
    "eq12": (equation(grad(divergence(old, pi)), -under(old, score(a))), (*MOVES, "BehaviourConstant")),
    # D_KL(π_old‖π_θ) = ½ Δθᵀ F_s(θ_old) Δθ + O(‖Δθ‖³)
    "eq13": (QUADRATIC, ("Normalised", *MOVES, "BehaviourConstant")),
    # E_θ[k3] = D_KL(π_θ‖π_ref)
    "k3-value": (equation(under(pi, k3), divergence(pi, ref), define_k3), ("Normalised", "Positive", "Interchange")),
    # ∇k3 = (1 − π_ref/π_θ) ∇ log π_θ
    "k3-gradient": (equation(grad(k3), (1 - weight) * score(a), define_k3), ("Positive", "Differentiable", "Constant")),
    # ∇ E_θ[k3] = E_θ[log(π_θ/π_ref) ∇ log π_θ]
    "k3-gradient-of-mean": (equation(grad(under(pi, k3)), under(pi, Log(pi(a, s) / ref(a, s)) * score(a)), define_k3),
                            (*MOVES, "Constant")),
    # E_θ[∇k3] = ∇ D_KL(π_ref‖π_θ)
    "k3-mean-of-gradient": (equation(under(pi, grad(k3)), grad(divergence(ref, pi)), define_k3),
                            ("Normalised", *MOVES, "Constant")),
}
