"""Gaussian policies: the paper's identities in closed form and by quadrature, and bent ones, which fail in both."""

import numpy as np
import pytest
from sympy import Rational, Symbol, exp, expand, log, sqrt
from sympy import pi as π

from grpo_symbolic.language import (
    KL,
    AtOld,
    Claim,
    E,
    Hessian,
    Log,
    Policy,
    Relation,
    Var,
    grad,
    group_sum,
    node,
    plus,
    remainder,
    unfold,
)
from grpo_symbolic.oracle.gaussian.gaussian_theorems import (
    CHECKS,
    define_k3,
    define_log_ratio,
    divergence,
    k3,
    log_ratio,
    weight,
)
from grpo_symbolic.oracle.gaussian.gaussian_theorems import beta as penalty
from grpo_symbolic.oracle.gaussian.identities import (
    ClosedForm,
    GaussianCheck,
    beta,
    difference,
    gaussian_checks,
    integrated,
    mu,
    mu_old,
    mu_ref,
    quadrature,
    sigma,
    sigma_old,
    sigma_ref,
)
from grpo_symbolic.oracle.gaussian.quadrature import CURRENT_THETA, OLD_THETA, REF_THETA, Quadrature, coefficients
from grpo_symbolic.oracle.gaussian.real_actions import At
from grpo_symbolic.oracle.meaning.evaluator import Unevaluable
from grpo_symbolic.oracle.witnesses.stated import QUADRATIC, a, equation, group, i, old, pi, ref, s, score, under
from grpo_symbolic.paper.collection import item
from grpo_symbolic.proof.prove import prove

HERE = At((), None)
x = Symbol("x", real=True)


@pytest.fixture(scope="module")
def checks():
    return gaussian_checks()


def test_every_identity_holds_in_closed_form_and_by_quadrature(checks):
    assert [check.name for check in checks] == list(CHECKS)
    assert {"eq10", "eq12", "eq13", "score", "k3-value", "k3-gradient"} <= set(CHECKS)
    for check in checks:
        assert check.holds
        assert check.difference
        assert all(entry == 0 for entry in check.difference)
        assert check.quadrature < 1e-11


def test_interchange_is_named_in_the_place_of_finite_actions(checks):
    for check in checks:
        kinds = {name.partition("(")[0] for name in prove(check.claim).hypotheses}
        assert "FiniteActions" not in check.hypotheses
        assert kinds - {"FiniteActions"} <= set(check.hypotheses)
        assert "Interchange" in check.hypotheses or "FiniteActions" not in kinds
        integrates = any(isinstance(part, (KL, type(under(pi, k3)))) for part in check.claim.expanded().walk())
        assert ("Interchange" in check.hypotheses) == integrates


@pytest.mark.parametrize("name", ["eq10", "eq12"])
def test_the_equations_are_the_papers(name):
    assert CHECKS[name][0].expanded() == item(name).statement.expanded()


def test_the_expansion_is_the_papers_with_its_remainder():
    printed = item("eq13").statement.expanded()
    assert CHECKS["eq13"][0].expanded() == Relation("=", printed.lhs, printed.rhs + remainder(3))


def test_a_difference_that_is_not_zero_does_not_hold():
    assert not GaussianCheck("", QUADRATIC, (), (0, mu), 0.0).holds


# What the parts are, against textbooks and other integrals


def test_the_divergence_is_the_textbooks():
    found = closed(unfold(divergence(pi, ref)))
    textbook = log(sigma_ref) - log(sigma) + (sigma**2 + (mu - mu_ref) ** 2) / (2 * sigma_ref**2) - Rational(1, 2)
    assert expand(found - textbook) == 0


def test_the_score_is_along_the_mean_and_the_logarithm_of_the_scale():
    rows = ClosedForm({a: x}, {}).value(score(a), HERE)
    assert [expand(row[0]) for row in rows] == [
        expand((x - mu) / sigma**2), expand((x - mu) ** 2 / sigma**2 - 1)]


def test_the_fisher_information_is_the_textbooks():
    rows = ClosedForm({}, {}).value(under(pi, score(a) * score(a).T), HERE)
    assert [[expand(entry) for entry in row] for row in rows] == [[1 / sigma**2, 0], [0, 2]]


def test_a_density_has_mass_one():
    for policy in (pi, old, ref):
        assert closed(under(policy, node(1))) == 1
        assert closed(under(old, policy(a, s) / old(a, s))) == 1


@pytest.mark.parametrize("power", range(7))
def test_moments_agree_with_the_trapezoid_rule(power):
    mean, scale, tilt = 0.3, 0.7, 0.4
    log_weight = -(x - mu) ** 2 / (2 * sigma**2) - log(sigma) - log(2 * π) / 2
    found = integrated(x**power * exp(tilt * x), expand(log_weight), x).subs({mu: mean, sigma: scale})
    grid = np.linspace(-12, 12, 4001)
    values = grid**power * np.exp(tilt * grid - (grid - mean) ** 2 / (2 * scale**2)) / (scale * np.sqrt(2 * np.pi))
    assert float(found) == pytest.approx(np.trapezoid(values, grid), rel=1e-9)


@pytest.mark.parametrize("body", [sqrt(x**2 + 1), 1 / x, log(x**2)])
def test_other_integrands_are_refused(body):
    with pytest.raises(Unevaluable):
        integrated(body, -(x**2) / 2, x)


def test_an_integral_that_may_diverge_is_refused():
    twice = under(old, (pi(a, s) / old(a, s)) ** 2)
    with pytest.raises(Unevaluable, match="decay"):
        closed(twice)
    with pytest.raises(Unevaluable, match="decay"):
        integrated(node(1).value, x, x)


@pytest.mark.parametrize("term", [
    E((a, Policy(r"\mu", "constant") | s), node(1)),
    KL(pi | s, Policy("Q", "constant") | s),
    E((group, old | s), node(1) / 2),
    pi(group[i], s),
    group_sum(i, pi(a, s)),
    Log(1 + weight),
    weight ** (node(1) / 2),
])
def test_what_has_no_value_is_refused(term):
    with pytest.raises(Unevaluable):
        ClosedForm({a: x}, {}).value(term, HERE)


@pytest.mark.parametrize("claim", [
    Claim(Relation("≥", divergence(pi, ref), 0)),
    Claim(Relation("=", divergence(pi, old), 0), at_old=True),
    Claim(Relation("=", divergence(pi, old), 0), assume=(Relation("=", divergence(pi, old), 0),)),
])
def test_only_plain_equations_are_checked(claim):
    with pytest.raises(Unevaluable, match="equation"):
        difference(claim)


def test_quadrature_agrees_with_the_closed_form_and_with_a_sum_over_a_grid():
    values = {symbol: float(theta.real) if symbol in (mu, mu_old, mu_ref) else float(np.exp(theta.real))
              for symbols, point in (((mu, sigma), CURRENT_THETA), ((mu_old, sigma_old), OLD_THETA),
                                     ((mu_ref, sigma_ref), REF_THETA))
              for symbol, theta in zip(symbols, point, strict=True)}
    grid = np.linspace(-12, 12, 4001)

    def density(mean, scale):
        return np.exp(-(grid - values[mean]) ** 2 / (2 * values[scale] ** 2)) / (values[scale] * np.sqrt(2 * np.pi))

    p, q = density(mu, sigma), density(mu_ref, sigma_ref)
    mean = under(pi, define_k3.rhs)
    summed = np.trapezoid(p * (q / p - np.log(q / p) - 1), grid)
    assert Quadrature({}, {}).scalar(mean, At((), CURRENT_THETA)).real == pytest.approx(summed, rel=1e-10)
    assert float(closed(mean).subs(values)) == pytest.approx(summed, rel=1e-10)


def test_coefficients_are_those_of_the_power_series():
    found = coefficients(lambda theta: np.exp(theta[0]) * theta[1], np.array([0.0, 1.0]), np.array([1, 2]), range(4))
    assert np.real(found) == pytest.approx([1, 3, 2.5, 1 / 6 + 1])


def test_expectations_nest():
    b = Var("b", "action")
    product = E((a, pi | s), E((b, old | s), Log(pi(a, s)) * Log(pi(b, s))))
    separate = E((a, pi | s), Log(pi(a, s))) * E((b, old | s), Log(pi(b, s)))
    claim = equation(product, separate)
    assert holds(claim)
    assert quadrature(claim) < 1e-12


def closed(term):
    """A scalar in closed form."""
    return expand(ClosedForm({}, {}).scalar(term, HERE), power_exp=False)


def holds(claim):
    return all(entry == 0 for entry in difference(claim))


# More identities, and what is bent


ELL = penalty * log_ratio(a, s)
HESSIAN = Hessian(Log(pi(a, s)))
TRUE = {
    "the information in two forms": equation(under(pi, score(a) * score(a).T), -under(pi, HESSIAN)),
    "the reverse divergence has the same second order": Claim(
        Relation("=", KL(pi | s, old | s), QUADRATIC.rhs), QUADRATIC.where),
    "the Hessian of the divergence": equation(AtOld(Hessian(divergence(old, pi))),
                                              AtOld(under(pi, score(a) * score(a).T))),
    "importance sampling": equation(under(old, pi(a, s) / old(a, s) * Log(ref(a, s))), under(pi, Log(ref(a, s)))),
    "the divergence as a difference": equation(divergence(pi, ref), under(pi, Log(pi(a, s)) - Log(ref(a, s)))),
}
BENT = {
    "score, off policy": equation(under(old, score(a)), 0),
    "eq10, sign": equation(grad(under(old, ELL)), -penalty * under(old, score(a)), define_log_ratio),
    "eq10, no factor": equation(grad(under(old, ELL)), under(old, score(a)), define_log_ratio),
    "eq10, current law": equation(grad(under(pi, ELL)), penalty * under(pi, score(a)), define_log_ratio),
    "eq12, sign": equation(grad(divergence(old, pi)), under(old, score(a))),
    "eq12, swapped": equation(grad(divergence(pi, old)), -under(old, score(a))),
    "eq12, current law": equation(grad(divergence(old, pi)), -under(pi, score(a))),
    "eq13, no half": Claim(Relation("=", 2 * QUADRATIC.lhs, QUADRATIC.rhs), QUADRATIC.where),
    "eq13, fourth order": Claim(Relation("=", QUADRATIC.lhs, plus(*QUADRATIC.rhs.args[:-1]) + remainder(4)),
                                QUADRATIC.where),
    "eq13, reference": Claim(Relation("=", divergence(ref, pi), QUADRATIC.rhs), QUADRATIC.where),
    "k3-value, swapped": equation(under(pi, k3), divergence(ref, pi), define_k3),
    "k3-gradient, sign": equation(grad(k3), (weight - 1) * score(a), define_k3),
    "k3-gradient, inverse weight": equation(grad(k3), (1 - 1 / weight) * score(a), define_k3),
    "k3, the mean of its gradient": equation(under(pi, grad(k3)), grad(divergence(pi, ref)), define_k3),
    "k3, the gradient of its mean": equation(grad(under(pi, k3)), grad(divergence(ref, pi)), define_k3),
}


@pytest.mark.parametrize("name", TRUE)
def test_other_identities_hold(name):
    assert holds(TRUE[name])
    assert quadrature(TRUE[name]) < 1e-9


@pytest.mark.parametrize("name", BENT)
def test_bent_identities_fail_in_both(name):
    assert not holds(BENT[name])
    assert quadrature(BENT[name]) > 1e-3


@pytest.mark.parametrize("claim", [
    equation(under(old, k3), divergence(pi, ref), define_k3),
    equation(under(pi, 1 / weight + Log(weight) - 1), divergence(pi, ref)),
])
def test_a_mean_that_is_infinite_for_some_parameters_has_no_closed_form(claim):
    with pytest.raises(Unevaluable, match="decay"):
        difference(claim)
    assert quadrature(claim) > 1e-3


def test_the_penalty_is_a_symbol_of_its_own():
    assert difference(BENT["eq10, no factor"])[0].has(beta)
