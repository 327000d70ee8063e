"""``prove``: what is reported, what is refused, and that a refusal is a sentence."""


import pytest

from grpo_symbolic import kernel as k
from grpo_symbolic.language import (
    KL,
    AtOld,
    Claim,
    Const,
    E,
    Hessian,
    LanguageError,
    Log,
    Max,
    Parameter,
    Relation,
    Root,
    Step,
    StopGradient,
    grad,
    node,
    remainder,
    taylor,
    total,
)
from grpo_symbolic.paper.notation import (
    G,
    a,
    define_k3,
    group,
    i,
    k3,
    old_s,
    one_half,
    pi_old,
    pi_ref,
    pi_theta,
    s,
    score,
    step,
    theta_s,
    x,
)
from grpo_symbolic.proof.hypotheses import EXCLUDES, Hypotheses, plain_name
from grpo_symbolic.proof.prove import Unproved, prove
from grpo_symbolic.proof.sequent import DIRECTIONS, sides
from grpo_symbolic.proof.translate import Translator

p, p_old = pi_theta(a, s), pi_old(a, s)
log_p, log_old = Log(p), Log(p_old)
divergence = KL(old_s, theta_s)
gone = total(a, p) - total(a, p_old)
A = Const("A")


def is_(left, right, op="=", *where, **context):
    return Claim(Relation(op, left, right), where, **context)


@pytest.mark.parametrize(("left", "right", "order"), [
    (log_p, log_old + score(a).T * step, 2),
    (log_p, taylor(log_p, 2), 3),
    (log_p, taylor(log_p, 3), 4),
    (divergence, 0, 2),
    (divergence, one_half * step.T * AtOld(Hessian(divergence)) * step, 3),
    (divergence, KL(theta_s, old_s), 3),
    (p, p_old + AtOld(grad(p)).T * step, 2),
    (p / p, 1, None),
    (grad(divergence), AtOld(Hessian(divergence)) * step, 2),
    (gone**2, 0, None),
])
def test_an_approximation_is_proved_as_far_as_it_goes(left, right, order):
    assert prove(is_(left, right, "≈")).order == order
    if order is not None:
        prove(is_(left, right + remainder(order)))
        with pytest.raises(Unproved):
            prove(is_(left, right + remainder(order + 1)))


def test_agreement_at_one_point_is_no_approximation():
    with pytest.raises(Unproved):
        prove(is_(log_p, log_old, "≈"))


def test_an_assumed_point_is_read_after_the_gradient():
    prove(is_(p, p_old, at_old=True))
    prove(is_(grad(divergence), 0, at_old=True))
    with pytest.raises(Unproved):
        prove(is_(grad(p), 0, at_old=True))
    with pytest.raises(Unproved):
        prove(is_(p, p_old))


@pytest.mark.parametrize(("claim", "kind"), [
    (is_(grad(log_p), grad(p) / p), "identity"),
    (is_(StopGradient(p), p), "value"),
    (is_(p, p_old, at_old=True), "at_old"),
    (is_(p, p_old + remainder(1)), "at_old"),
])
def test_a_theorem_knows_its_kind(claim, kind):
    assert prove(claim).theorem.kind == kind


@pytest.mark.parametrize("claim", [
    is_(step, step),
    is_(Parameter() - Parameter("old"), step),
    is_(step + step, 2 * step),
    is_(AtOld(step), 0),
    is_(StopGradient(step), step),
    is_(Step(), score(a)),
    is_(remainder(1), score(a)),
    is_(score(a), remainder(1)),
    is_(A, A + 1),
    is_(A, A, "<"),
    is_(A**A, A**A + 1),
    is_(0 * A, 1),
    is_(A / 0, A),
    is_(Log(node(0)), 0),
    is_(score(a).T * score(x) * score(a), 2 * score(a) * (score(x).T * score(a))),
    is_(E((group, pi_old | s), pi_theta(group[i], s)), E((group, pi_old | s), pi_theta(group[1], s) + 1)),
], ids=str)
def test_what_is_not_proved_is_refused_in_a_sentence(claim):
    with pytest.raises(Unproved, match=r"\w+ \w+"):
        prove(claim)


@pytest.mark.parametrize("claim", [
    is_(grad(Max(A * p, 1)) / gone, grad(Max(A * p, 1)) / gone),
    is_(grad(Max(A * p, 1)), grad(Max(A * p, 1)), assume=(Relation("=", total(a, p), node(2)),)),
], ids=str)
def test_what_the_sums_of_a_law_rule_out_is_refused_beside_a_kink(claim):
    """A first proof needs no sum of a law to be one: what it divides by, or assumes, is then looked at once more."""
    with pytest.raises(Unproved):
        prove(claim)


@pytest.mark.parametrize(("left", "right"), [
    (score(a) * score(x).T * score(a), (score(x).T * score(a)) * score(a)),
    (Hessian(log_p) * score(x), (score(x).T * Hessian(log_p)).T),
    ((score(a) * score(x).T).T, score(x) * score(a).T),
    (score(x).T * Hessian(log_p) * score(a), score(a).T * Hessian(log_p) * score(x)),
    (Hessian(log_p) * Hessian(log_p) * score(a), Hessian(log_p) * (Hessian(log_p) * score(a))),
])
def test_vectors_and_matrices_multiply_in_every_dimension(left, right):
    prove(is_(left, right))
    with pytest.raises((Unproved, LanguageError)):
        prove(is_(left, 2 * right))


def test_a_definition_is_unfolded_where_it_is_given():
    value = E((a, theta_s), k3(a, s))
    prove(is_(value, KL(theta_s, pi_ref | s), "=", define_k3))
    with pytest.raises(Unproved):
        prove(is_(value, KL(theta_s, pi_ref | s)))


def test_every_hypothesis_is_explained_and_named():
    claims = [is_(grad(divergence), AtOld(Hessian(divergence)) * step, "≈"), is_(A / A, 1), is_(Root(A) ** 2, A),
              is_(grad(Max(p, A)), grad(Max(A, p))), is_(E((group, pi_old | s), A / G), A / G)]
    used = {hypothesis.kind for claim in claims for hypothesis in prove(claim).theorem.hypotheses}
    assert {"Nonzero", "Nonnegative", "OffKink", "Differentiable", "Positive", "FiniteActions"} <= used
    assert used <= set(EXCLUDES)
    assert plain_name(r"\pi_{\text{ref}}") == "π_ref"
    assert plain_name(r"\pi") == "π_θ"
    assert plain_name(r"\tilde{A}_{#1}") == "Ã"


def test_the_highest_derivative_is_named_once():
    found = [k.Hypothesis("Differentiable", (r"\pi", order)) for order in (1, 3, 2)]
    assert Hypotheses(found).names() == ("Differentiable(π_θ, 3)",)


def test_the_two_sides_stand_along_the_same_directions():
    calculus = k.Calculus()
    left, right = sides(calculus, Relation("=", score(a), grad(log_p)))
    assert left.poly == right.poly == Translator(calculus)(score(a)).at(DIRECTIONS[0]).poly


@pytest.mark.parametrize("rules", [frozenset(), k.RULES - {"group"}, frozenset({"interchange", "normalisation"})])
def test_fewer_rules_prove_less_and_never_more(rules):
    for false in (is_(p, p_old), is_(total(a, p**2), 1), is_(grad(log_p), grad(p))):
        with pytest.raises(Unproved):
            prove(false, rules)
    if "normalisation" in rules:
        prove(is_(total(a, p), 1), rules)
    else:
        with pytest.raises(Unproved):
            prove(is_(total(a, p), 1), rules)
