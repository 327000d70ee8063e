"""Equations (7)–(13), each bent in several ways, unbent, and with the hypotheses that it rests on."""

from grpo_symbolic.language import (
    KL,
    AtOld,
    Claim,
    CrossEntropy,
    Definition,
    E,
    Entropy,
    Fisher,
    Hessian,
    Log,
    Relation,
    grad,
    group_sum,
    remainder,
)
from grpo_symbolic.paper.displays import DISPLAYS
from grpo_symbolic.paper.notation import (
    OBJECTIVE,
    A_tilde,
    E_group,
    E_old,
    E_theta,
    F,
    F_old,
    G,
    J,
    a,
    beta,
    d_old,
    define_fisher,
    define_log_ratio,
    define_log_ratio_at,
    define_ratio,
    ell,
    group,
    i,
    log_ratio_at,
    mean_over_group,
    old_s,
    one_half,
    pi_old,
    pi_ref,
    pi_theta,
    ref_s,
    rho,
    s,
    score,
    step,
    theta_s,
    x,
)

PRINTED = {display.id: display.build for display in DISPLAYS}
PROVED = ("eq07", "eq08", "eq09", "eq10", "eq12", "eq13", "first-order-expansion")
member, here = group[i], pi_theta(group[i], s)
log_theta, log_old = Log(pi_theta(a, s)), Log(pi_old(a, s))
divergence = KL(old_s, theta_s)
curvature = step.T * F_old() * step


def is_(left, right, *where, op="=", **context):
    return Claim(Relation(op, left, right), where, **context)


def seven(right, left=None, where=(define_ratio,)):
    return is_(left or grad(rho()), right, *where)


def eight(right, left=None, where=(define_log_ratio,)):
    return is_(left or grad(ell()), right, *where)


def nine(body, wrap=E_group, where=OBJECTIVE, left=None, op="≈"):
    return is_(left or grad(J()), wrap(body), *where, op=op)


def ten(right, left=None, where=(define_log_ratio_at,)):
    return is_(left or grad(E_old(beta * log_ratio_at(a, s))), right, *where)


def eleven(right, left=divergence):
    return is_(left, right)


def twelve(right, left=divergence):
    return is_(grad(left), right)


def thirteen(right, left=divergence, where=(define_fisher,), order=3):
    return is_(left, right + remainder(order), *where)


def moving(body):
    """E over states of π_old and a group drawn from π_θ."""
    return E((s, d_old), (group, pi_theta | s), body)


def objective(body, wrap=E_group):
    return (define_ratio, define_log_ratio, Definition(J(), wrap(body)))


def inverse_ratio():
    return Definition(rho(), pi_old(member, s) / here)


BENT = {
    "eq07": {
        "sign": lambda: seven(-rho() * score(member)),
        "dropped factor": lambda: seven(score(member)),
        "gradient of π": lambda: seven(rho() * grad(here)),
        "1/ρ": lambda: seven(1 / rho() * score(member)),
        "ρ²": lambda: seven(rho() ** 2 * score(member)),
        "another member": lambda: seven(rho() * score(group[1])),
        "swapped law": lambda: seven(rho() * grad(Log(pi_ref(member, s)))),
        "θ_old for θ": lambda: seven(rho() * AtOld(score(member))),
        "ratio the other way": lambda: seven(rho() * score(member), where=(inverse_ratio(),)),
        "another denominator, also moving": lambda: seven(rho() * score(member), where=(
            Definition(rho(), here / pi_theta(group[i], s)),)),
        "no definition": lambda: seven(rho() * score(member), where=()),
    },
    "eq08": {
        "sign": lambda: eight(-score(member)),
        "twice": lambda: eight(2 * score(member)),
        "gradient of π": lambda: eight(grad(here)),
        "the reference moves": lambda: eight(score(member) - grad(log_theta)),
        "θ_old for θ": lambda: eight(AtOld(score(member))),
        "another member": lambda: eight(score(group[2])),
        "a product of logarithms": lambda: eight(score(member), where=(
            Definition(ell(), Log(here) * Log(pi_ref(member, s))),)),
        "a ratio without logarithm": lambda: eight(score(member), where=(Definition(ell(), here / pi_ref(member, s)),)),
        "reference for θ": lambda: eight(score(member), where=(
            Definition(ell(), Log(pi_ref(member, s)) - Log(here)),)),
        "no definition": lambda: eight(score(member), where=()),
    },
    "eq09": {
        "sign of β": lambda: nine(mean_over_group((rho() * A_tilde() + beta) * score(member))),
        "dropped β": lambda: nine(mean_over_group(rho() * A_tilde() * score(member))),
        "dropped ρ": lambda: nine(mean_over_group((A_tilde() - beta) * score(member))),
        "dropped Ã": lambda: nine(mean_over_group((rho() - beta) * score(member))),
        "1/ρ": lambda: nine(mean_over_group((1 / rho() * A_tilde() - beta) * score(member))),
        "β with ρ": lambda: nine(mean_over_group(rho() * (A_tilde() - beta) * score(member))),
        "sum for mean": lambda: nine(group_sum(i, (rho() * A_tilde() - beta) * score(member))),
        "1/G²": lambda: nine(1 / G * mean_over_group((rho() * A_tilde() - beta) * score(member))),
        "one score for all": lambda: nine(mean_over_group((rho() * A_tilde() - beta) * score(group[1]))),
        "group from π_θ": lambda: nine(mean_over_group((rho() * A_tilde() - beta) * score(member)), moving),
        "objective under π_θ": lambda: nine(
            mean_over_group((rho() * A_tilde() - beta) * score(member)), where=objective(
                mean_over_group(rho() * A_tilde() - beta * ell()), moving)),
        "both under π_θ": lambda: nine(
            mean_over_group((rho() * A_tilde() - beta) * score(member)), moving, where=objective(
                mean_over_group(rho() * A_tilde() - beta * ell()), moving)),
        "score at θ_old": lambda: nine(mean_over_group((rho() * A_tilde() - beta) * AtOld(score(member)))),
        "no definition of ρ": lambda: nine(
            mean_over_group((rho() * A_tilde() - beta) * score(member)), where=OBJECTIVE[1:]),
        "no definition of J": lambda: nine(
            mean_over_group((rho() * A_tilde() - beta) * score(member)), where=OBJECTIVE[:2]),
        "objective with a sum": lambda: nine(
            mean_over_group((rho() * A_tilde() - beta) * score(member)), where=objective(
                group_sum(i, rho() * A_tilde() - beta * ell()))),
        "objective with the sign of β": lambda: nine(
            mean_over_group((rho() * A_tilde() - beta) * score(member)), where=objective(
                mean_over_group(rho() * A_tilde() + beta * ell()))),
    },
    "eq10": {
        "sign": lambda: ten(-beta * E_old(score(a))),
        "dropped β": lambda: ten(E_old(score(a))),
        "β²": lambda: ten(beta**2 * E_old(score(a))),
        "under π_θ": lambda: ten(beta * E_theta(score(a))),
        "under π_ref": lambda: ten(beta * E((a, ref_s), score(a))),
        "θ_old for θ": lambda: ten(beta * AtOld(E_old(score(a)))),
        "gradient of π": lambda: ten(beta * E_old(grad(pi_theta(a, s)))),
        "zero": lambda: ten(0),
        "objective under π_θ": lambda: ten(
            beta * E_old(score(a)), left=grad(E_theta(beta * log_ratio_at(a, s)))),
        "no definition": lambda: ten(beta * E_old(score(a)), where=()),
    },
    "eq11": {
        "sign": lambda: eleven(-E_old(Log(pi_old(a, s) / pi_theta(a, s)))),
        "ratio the other way": lambda: eleven(E_old(Log(pi_theta(a, s) / pi_old(a, s)))),
        "under π_θ": lambda: eleven(E_theta(Log(pi_old(a, s) / pi_theta(a, s)))),
        "reversed": lambda: eleven(E_old(Log(pi_old(a, s) / pi_theta(a, s))), KL(theta_s, old_s)),
        "another policy": lambda: eleven(E_old(Log(pi_old(a, s) / pi_ref(a, s)))),
        "no logarithm": lambda: eleven(E_old(pi_old(a, s) / pi_theta(a, s))),
        "logarithm outside": lambda: eleven(Log(E_old(pi_old(a, s) / pi_theta(a, s)))),
        "dropped entropy": lambda: eleven(CrossEntropy(old_s, theta_s)),
        "sign of the entropy": lambda: eleven(CrossEntropy(old_s, theta_s) + Entropy(old_s)),
        "entropy of the other": lambda: eleven(CrossEntropy(old_s, theta_s) - Entropy(theta_s)),
    },
    "eq12": {
        "sign": lambda: twelve(E_old(score(a))),
        "under π_θ": lambda: twelve(-E_theta(score(a))),
        "under π_ref": lambda: twelve(-E((a, ref_s), score(a))),
        "half": lambda: twelve(-one_half * E_old(score(a))),
        "reversed divergence": lambda: twelve(-E_old(score(a)), KL(theta_s, old_s)),
        "another divergence": lambda: twelve(-E_old(score(a)), KL(theta_s, ref_s)),
        "gradient of π": lambda: twelve(-E_old(grad(pi_theta(a, s)))),
        "θ_old for θ": lambda: twelve(-AtOld(E_old(score(a)))),
        "zero": lambda: twelve(0),
        "gradient inside the logarithm": lambda: twelve(-E_old(score(a) * log_old)),
    },
    "eq13": {
        "missing ½": lambda: thirteen(curvature),
        "sign": lambda: thirteen(-one_half * curvature),
        "⅓": lambda: thirteen(curvature / 3),
        "fourth order": lambda: thirteen(one_half * curvature, order=4),
        "reversed, fourth order": lambda: thirteen(one_half * curvature, KL(theta_s, old_s), order=4),
        "F of π_ref": lambda: thirteen(one_half * step.T * Fisher(ref_s) * step),
        "F at θ, fourth order": lambda: thirteen(one_half * step.T * F() * step, order=4),
        "a first-order term": lambda: thirteen(one_half * curvature + AtOld(score(a)).T * step),
        "another divergence": lambda: thirteen(one_half * curvature, KL(old_s, ref_s)),
        "Hessian of log π": lambda: thirteen(one_half * step.T * AtOld(Hessian(log_theta)) * step),
        "outer product of one action": lambda: thirteen(one_half * step.T * AtOld(score(a) * score(a).T) * step),
        "no definition": lambda: thirteen(one_half * curvature, where=()),
        "F without its law": lambda: thirteen(one_half * curvature, where=(
            Definition(F(), E((x, ref_s), score(x) * score(x).T)),)),
        "exact": lambda: is_(divergence, one_half * curvature, define_fisher),
    },
    "first-order-expansion": {
        "sign": lambda: is_(log_theta, log_old - score(a).T * step, op="≈"),
        "half": lambda: is_(log_theta, log_old + one_half * score(a).T * step, op="≈"),
        "dropped term": lambda: is_(log_theta, log_old, op="≈"),
        "another action": lambda: is_(log_theta, log_old + score(x).T * step, op="≈"),
        "another policy": lambda: is_(log_theta, Log(pi_ref(a, s)) + score(a).T * step, op="≈"),
        "gradient of π": lambda: is_(log_theta, log_old + grad(pi_theta(a, s)).T * step, op="≈"),
        "third order": lambda: is_(log_theta, log_old + score(a).T * step + remainder(3)),
        "exact": lambda: is_(log_theta, log_old + score(a).T * step),
    },
}
CASES = [(name, bend) for name, bends in BENT.items() for bend in bends]

STRAIGHT = {
    "eq07": lambda: seven(rho() * score(member)),
    "eq08": lambda: eight(score(member)),
    "eq09": lambda: nine(mean_over_group((rho() * A_tilde() - beta) * score(member))),
    "eq10": lambda: ten(beta * E_old(score(a))),
    "eq11": lambda: eleven(E_old(Log(pi_old(a, s) / pi_theta(a, s)))),
    "eq12": lambda: twelve(-E_old(score(a))),
    "eq13": lambda: thirteen(one_half * curvature),
    "first-order-expansion": lambda: is_(log_theta, log_old + score(a).T * step, op="≈"),
}

HYPOTHESES = {
    "eq07": {"Positive(π_θ)", "Differentiable(π_θ, 1)", "BehaviourConstant"},
    "eq08": {"Positive(π_θ)", "Positive(π_ref)", "Differentiable(π_θ, 1)", "Constant(π_ref)"},
    "eq09": {"Positive(π_θ)", "Positive(π_ref)", "Differentiable(π_θ, 1)", "FiniteActions", "FiniteStates",
             "BehaviourConstant", "Constant(π_ref)", "Constant(Ã)"},
    "eq10": {"Positive(π_θ)", "Positive(π_ref)", "Differentiable(π_θ, 1)", "FiniteActions", "BehaviourConstant",
             "Constant(π_ref)"},
    "eq11": {"Positive(π_θ)"},
    "eq12": {"Positive(π_θ)", "Differentiable(π_θ, 1)", "FiniteActions", "BehaviourConstant"},
    "eq13": {"Normalised(π_θ)", "Positive(π_θ)", "Differentiable(π_θ, 3)", "FiniteActions", "BehaviourConstant"},
    "first-order-expansion": {"Positive(π_θ)", "Differentiable(π_θ, 2)", "BehaviourConstant"},
}
