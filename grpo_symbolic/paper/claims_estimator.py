"""Points 8 to 11 and the repair: what k3 estimates, under which law, and what a trust region bounds."""

from __future__ import annotations

from ..language import AtOld, Const, E, Relation, StopGradient, grad, node, remainder
from .claims_base import Group, fails, holds, says
from .claims_notation import (
    define_k1,
    define_k2,
    ell_a,
    forward_kl,
    k1_a,
    k2_a,
    k3_a,
    mu,
    ref_to_theta,
    reverse_kl,
    rho_a,
    theta_to_old,
    weight,
)
from .notation import (
    E_old,
    E_theta,
    F_old,
    a,
    define_fisher,
    define_k3,
    define_log_ratio_at,
    define_ratio_at,
    one_half,
    pi_old,
    pi_theta,
    s,
    score,
    step,
)

factor = Const(r"\lambda")
stopped = StopGradient(rho_a)

what_k3_estimates = Group(
    "claim08", "k3 estimates the divergence only under the current policy",
    "True on policy, with an exact gap off policy; the two can still agree by chance where the policies differ.", (
        holds("claim08-sign", "k3 is never negative.",
              lambda: says("≥", k3_a, 0, define_k3)),
        holds("claim08-on-policy", "Under the current policy the mean of k3 is the divergence.",
              lambda: says("=", E_theta(k3_a), reverse_kl, define_k3)),
        fails("claim08-off-policy", "Under the behaviour policy the mean of k3 is the divergence.",
              lambda: says("=", E_old(k3_a), reverse_kl, define_k3)),
        holds("claim08-gap", "Off policy the mean of k3 misses the divergence by the mean ratio of reference to "
                             "current policy less one, and by what the mean log-ratio misses it.",
              lambda: says("=", E_old(k3_a) - reverse_kl, E_old(weight) - 1 + E_old(ell_a) - reverse_kl,
                           define_log_ratio_at, define_k3)),
        fails("claim08-only-when", "The mean of k3 off policy is the divergence, and that not zero, only when the two "
                                   "policies are one.",
              lambda: says("=", pi_theta(a, s), pi_old(a, s), define_k3,
                           assume=(Relation("=", E_old(k3_a), reverse_kl), Relation(">", reverse_kl, 0)))),
    ))

control_variate = Group(
    "claim09", "the control-variate reading of k3 needs the current policy",
    "True: what k3 adds to the log-ratio has mean zero on policy, and off policy only with the importance ratio.", (
        holds("claim09-on-policy", "Under the current policy the ratio of reference to current policy less one, which "
                                   "k3 adds to the log-ratio, has mean zero.",
              lambda: says("=", E_theta(weight - 1), 0)),
        holds("claim09-any-factor", "Under the current policy any multiple of what k3 adds leaves the mean log-ratio "
                                    "as it is.",
              lambda: says("=", E_theta(ell_a + factor * (weight - 1)), reverse_kl, define_log_ratio_at)),
        fails("claim09-off-policy", "Under the behaviour policy what k3 adds to the log-ratio has mean zero.",
              lambda: says("=", E_old(weight - 1), 0)),
        holds("claim09-weighted", "Weighted with the importance ratio, what k3 adds has mean zero under the behaviour "
                                  "policy.",
              lambda: says("=", E_old(rho_a * (weight - 1)), 0, define_ratio_at)),
    ))

sign_and_bias = Group(
    "claim10", "that k3 is not negative says nothing of its bias",
    "True: k3 is not negative under any law and biased under most, k1 takes either sign and is unbiased on policy.", (
        holds("claim10-any-law", "The mean of k3 is not negative, whatever law the actions come from.",
              lambda: says("≥", E((a, mu | s), k3_a), 0, define_k3)),
        fails("claim10-biased", "The mean of k3 is the divergence, whatever law the actions come from.",
              lambda: says("=", E((a, mu | s), k3_a), reverse_kl, define_k3)),
        holds("claim10-k1", "Under the current policy the mean of k1 is the divergence.",
              lambda: says("=", E_theta(k1_a), reverse_kl, define_k1)),
        fails("claim10-k1-sign", "k1 is never positive; that it can be negative is the first claim.",
              lambda: says("≤", k1_a, 0, define_k1)),
    ))

trust_regions = Group(
    "claim11", "the trust region is printed with its divergence the other way round",
    "The display bounds D_KL(π_θ‖π_old), TRPO bounds D_KL(π_old‖π_θ): the same to second order, another at third.", (
        holds("claim11-second-order", "The divergences of the current policy from the behaviour policy and back agree "
                                      "to second order in the step.",
              lambda: says("=", theta_to_old, forward_kl + remainder(3))),
        holds("claim11-fisher", "The divergence of the current policy from the behaviour policy is half the Fisher "
                                "information of the step, to second order.",
              lambda: says("=", theta_to_old, one_half * step.T * F_old() * step + remainder(3), define_fisher)),
        fails("claim11-third-order", "The divergences of the current policy from the behaviour policy and back agree "
                                     "to third order in the step.",
              lambda: says("=", theta_to_old, forward_kl + remainder(4))),
        holds("claim11-difference", "At third order those two divergences differ by a sixth of the third moment of "
                                    "the score along the step.",
              lambda: says("=", theta_to_old, forward_kl + node(1) / 6 * E_old((AtOld(score(a)).T * step) ** 3)
                           + remainder(4))),
    ))

repair = Group(
    "repair", "k3 weighted with the importance ratio, as DeepSeek-V3.2 has it",
    "With the weight differentiated it is right in value and gradient; with the weight held fixed it follows "
    "another divergence.", (
        holds("repair-value", "From old samples, k3 weighted with the importance ratio has the divergence for its "
                              "mean.",
              lambda: says("=", E_old(rho_a * k3_a), reverse_kl, define_ratio_at, define_k3)),
        holds("repair-gradient", "From old samples, k3 so weighted, the weight differentiated too, has the gradient "
                                 "of the divergence for its mean gradient.",
              lambda: says("=", grad(E_old(rho_a * k3_a)), grad(reverse_kl), define_ratio_at, define_k3)),
        fails("repair-unweighted", "From old samples, k3 without the weight has the gradient of the divergence for "
                                   "its mean gradient.",
              lambda: says("=", grad(E_old(k3_a)), grad(reverse_kl), define_k3)),
        holds("repair-pointwise", "At each sample the gradient of weighted k3 is weight times k1 times score.",
              lambda: says("=", grad(rho_a * k3_a), rho_a * k1_a * score(a), define_ratio_at, define_k1, define_k3)),
        holds("repair-k2", "At each sample weighted k3 has the gradient of k2 with the weight held fixed.",
              lambda: says("=", grad(rho_a * k3_a), grad(stopped * k2_a), define_ratio_at, define_k2, define_k3)),
        holds("repair-detached-value", "With the weight held fixed, weighted k3 still has the divergence for its mean.",
              lambda: says("=", E_old(stopped * k3_a), reverse_kl, define_ratio_at, define_k3)),
        holds("repair-detached", "With the weight held fixed, weighted k3 has the gradient of the forward divergence, "
                                 "from the reference policy.",
              lambda: says("=", grad(E_old(stopped * k3_a)), grad(ref_to_theta), define_ratio_at, define_k3)),
        fails("repair-detached-reverse", "With the weight held fixed, weighted k3 has the gradient of the divergence "
                                         "it estimates.",
              lambda: says("=", grad(E_old(stopped * k3_a)), grad(reverse_kl), define_ratio_at, define_k3)),
    ))

GROUPS = (what_k3_estimates, control_variate, sign_and_bias, trust_regions)
