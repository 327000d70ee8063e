"""Points 1 to 7: what the log-ratio penalty of the objective (5) is, and what it is not."""

from __future__ import annotations

from ..language import E, Log, Node, Norm, Policy, grad, remainder, total
from .claims_base import Group, fails, holds, says
from .claims_notation import ell_a, forward_kl, k3_a, old_to_ref, pi_alt, reverse_kl, rho_a, weight
from .notation import (
    OBJECTIVE,
    A_tilde,
    E_group,
    E_old,
    E_theta,
    F_old,
    J,
    a,
    beta,
    d_old,
    define_fisher,
    define_k3,
    define_log_ratio_at,
    define_ratio_at,
    mean_over_group,
    pi_old,
    pi_ref,
    pi_theta,
    rho,
    s,
    score,
    step,
)


def log_ratio_to(reference: Policy) -> Node:
    """log π_θ − log of another policy."""
    return Log(pi_theta(a, s)) - Log(reference(a, s))


def k3_to(reference: Policy) -> Node:
    """k3 with another policy as its reference."""
    ratio = reference(a, s) / pi_theta(a, s)
    return ratio - Log(ratio) - 1


def half_beta_fisher() -> Node:
    """(β/2) Δθᵀ F_s(θ_old) Δθ."""
    return beta / 2 * step.T * F_old() * step


log_ratio_sign = Group(
    "claim01", "a log-ratio at one sample is no divergence",
    "A log-ratio is a number with either sign; only its mean under the current policy is a divergence.", (
        fails("claim01-log-ratio-sign", "The log-ratio at one sample is never negative.",
              lambda: says("≥", ell_a, 0, define_log_ratio_at)),
        holds("claim01-divergence-sign", "The divergence from the reference policy is never negative.",
              lambda: says("≥", reverse_kl, 0)),
    ))

off_policy_mean = Group(
    "claim02", "the mean log-ratio off policy is not the divergence",
    "Under the behaviour policy it is off by an exact gap, which closes at θ_old.", (
        holds("claim02-on-policy", "Under the current policy the mean log-ratio is the divergence.",
              lambda: says("=", E_theta(ell_a), reverse_kl, define_log_ratio_at)),
        fails("claim02-off-policy", "Under the behaviour policy, too, the mean log-ratio is the divergence.",
              lambda: says("=", E_old(ell_a), reverse_kl, define_log_ratio_at)),
        holds("claim02-gap", "Off policy the mean log-ratio misses the divergence by its sum weighted with the "
                             "difference of the two policies.",
              lambda: says("=", E_old(ell_a) - reverse_kl,
                           total(a, (pi_old(a, s) - pi_theta(a, s)) * ell_a), define_log_ratio_at)),
        holds("claim02-at-old", "At θ = θ_old, before the first step, the mean log-ratio off policy is the divergence.",
              lambda: says("=", E_old(ell_a), reverse_kl, define_log_ratio_at, at_old=True)),
    ))

two_divergences = Group(
    "claim03", "the mean log-ratio off policy is a difference of two divergences",
    "It falls below its value at θ_old wherever the two policies differ, and can fall below zero.", (
        holds("claim03-difference", "The mean log-ratio off policy is the divergence of the behaviour policy from the "
                                    "reference less that from the current policy.",
              lambda: says("=", E_old(ell_a), old_to_ref - forward_kl, define_log_ratio_at)),
        holds("claim03-bound", "The mean log-ratio off policy is nowhere larger than at θ_old.",
              lambda: says("≤", E_old(ell_a), old_to_ref, define_log_ratio_at)),
        fails("claim03-sign", "The mean log-ratio off policy is never negative, as a divergence would be.",
              lambda: says("≥", E_old(ell_a), 0, define_log_ratio_at)),
    ))

reference_gradient = Group(
    "claim04", "the reference policy contributes no gradient",
    "True of the log-ratio in (5), and false of k3, DeepSeek's penalty: (5) is another objective, not the same "
    "one rewritten.", (
        holds("claim04-log-ratio", "Another reference policy leaves the gradient of the log-ratio as it is.",
              lambda: says("=", grad(log_ratio_to(pi_ref)), grad(log_ratio_to(pi_alt)))),
        fails("claim04-k3", "Another reference policy leaves the gradient of k3, DeepSeek's own penalty, as it is.",
              lambda: says("=", grad(k3_to(pi_ref)), grad(k3_to(pi_alt)))),
        holds("claim04-k3-gradient", "The gradient of k3 is the score times one less the ratio of reference to "
                                     "current policy.",
              lambda: says("=", grad(k3_a), (1 - weight) * score(a), define_k3)),
        holds("claim04-penalties", "At every sample k3 exceeds the log-ratio by the ratio of reference to current "
                                   "policy less one.",
              lambda: says("=", k3_a - ell_a, weight - 1, define_log_ratio_at, define_k3)),
        fails("claim04-same-gradient", "Off policy the mean log-ratio and the mean of k3 have the same gradient.",
              lambda: says("=", grad(E_old(ell_a)), grad(E_old(k3_a)), define_log_ratio_at, define_k3)),
        holds("claim04-gradients", "The gradient of k3 is that of the log-ratio less the score times the ratio of "
                                   "reference to current policy.",
              lambda: says("=", grad(k3_a - ell_a), -weight * score(a), define_log_ratio_at, define_k3)),
    ))

sign_of_the_penalty = Group(
    "claim05", "the penalty moves along the gradient of a forward divergence, up to a sign",
    "True, and the sign decides: what is maximised subtracts the penalty, so it gains from a larger forward "
    "divergence.", (
        holds("claim05-gradient", "The gradient of the penalty is that of the forward divergence with the opposite "
                                  "sign.",
              lambda: says("=", grad(E_old(beta * ell_a)), -beta * grad(forward_kl), define_log_ratio_at)),
        fails("claim05-without-sign", "The gradient of the penalty is that of the forward divergence, sign and all.",
              lambda: says("=", grad(E_old(beta * ell_a)), beta * grad(forward_kl), define_log_ratio_at)),
        holds("claim05-ascent", "A step up the objective, which subtracts the penalty, climbs the forward divergence "
                                "at the rate of its squared gradient.",
              lambda: says("=", grad(-E_old(beta * ell_a)).T * grad(forward_kl), beta * Norm(grad(forward_kl)) ** 2,
                           define_log_ratio_at)),
        holds("claim05-objective", "The objective (5) is the surrogate plus β times the forward divergence, less what "
                                   "does not depend on θ.",
              lambda: says("=", J(), E_group(mean_over_group(rho() * A_tilde()))
                           + beta * E((s, d_old), forward_kl - old_to_ref), *OBJECTIVE)),
    ))

first_order = Group(
    "claim06", "the penalty is a term of first order",
    "Its gradient vanishes at θ_old; its leading effect is quadratic and rewards the step that a trust region "
    "would punish.", (
        holds("claim06-score", "At θ_old the mean score, and with it the gradient of the penalty, is zero.",
              lambda: says("=", E_old(score(a)), 0, at_old=True)),
        fails("claim06-elsewhere", "The mean score under the behaviour policy is zero wherever θ stands.",
              lambda: says("=", E_old(score(a)), 0)),
        holds("claim06-expansion", "What the penalty first adds to the maximised objective is half β times the Fisher "
                                   "information of the step.",
              lambda: says("=", -beta * E_old(ell_a), -beta * old_to_ref + half_beta_fisher() + remainder(3),
                           define_log_ratio_at, define_fisher)),
        fails("claim06-trust-region", "What the penalty first does is hold the step back by half β times its Fisher "
                                      "information, as a trust region would.",
              lambda: says("=", -beta * E_old(ell_a), -beta * old_to_ref - half_beta_fisher() + remainder(3),
                           define_log_ratio_at, define_fisher)),
    ))

reverse_gradient = Group(
    "claim07", "the penalty's gradient is that of a reverse divergence under another law only",
    "True: without the importance ratio the two gradients differ even at θ_old, with it they agree.", (
        fails("claim07-unweighted", "The mean log-ratio off policy has the gradient of the reverse divergence to the "
                                    "reference.",
              lambda: says("=", grad(E_old(ell_a)), grad(reverse_kl), define_log_ratio_at)),
        fails("claim07-at-old", "At θ_old, at least, the mean log-ratio off policy has the gradient of the reverse "
                                "divergence to the reference.",
              lambda: says("=", grad(E_old(ell_a)), grad(reverse_kl), define_log_ratio_at, at_old=True)),
        holds("claim07-weighted", "Weighted with the importance ratio, the mean log-ratio off policy has the gradient "
                                  "of the reverse divergence.",
              lambda: says("=", grad(E_old(rho_a * ell_a)), grad(reverse_kl), define_ratio_at, define_log_ratio_at)),
    ))

GROUPS = (
    log_ratio_sign, off_policy_mean, two_divergences, reference_gradient, sign_of_the_penalty, first_order,
    reverse_gradient,
)
