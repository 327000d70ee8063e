"""Instances in ordinary SymPy: the paper's identities hold at random rational points, bent ones do not."""

import instances
import pytest
import sympy
from symbols import a, b, beta, ell, i, j, old, pi, r, ref, rho, s, t, tilde
from symbols import group as A
from sympy import ImmutableMatrix, Integer, Rational, Symbol, exp, sqrt

from grpo_symbolic.instances.instantiate import instantiate, sides
from grpo_symbolic.language import (
    GROUP_SIZE,
    KL,
    AtOld,
    Clip,
    Const,
    CrossEntropy,
    Definition,
    E,
    Entropy,
    Fisher,
    Head,
    Hessian,
    Indicator,
    LanguageError,
    Length,
    Log,
    Max,
    Maximum,
    Min,
    Norm,
    Num,
    Parameter,
    Prefix,
    Relation,
    StateLaw,
    Step,
    StopGradient,
    TokenOf,
    Transpose,
    Var,
    grad,
    group_mean,
    group_spread,
    group_sum,
    node,
    remainder,
    taylor,
    total,
)

f, J = Head("f(#1)"), Head("J", theta=True)

RATIO = Definition(rho(i, A, s), pi(A[i], s) / old(A[i], s))
LOG_RATIO = Definition(ell(i, A, s), Log(pi(A[i], s)) - Log(ref(A[i], s)))
OBJECTIVE = Definition(J(s), E((A, old | s), 1 / GROUP_SIZE * group_sum(
    i, rho(i, A, s) * tilde(i, A, s) - beta * ell(i, A, s))))
DEFINITIONS = (RATIO, LOG_RATIO, OBJECTIVE)
SCORE = grad(Log(pi(a, s)))
SAMPLE_SCORE = grad(Log(pi(A[i], s)))
DIVERGENCE = KL(old | s, pi | s)
HALF = node(Rational(1, 2))


def distance(relation, seed=0, **sizes):
    """The distance of two sides in which the definitions above are unfolded."""
    return instances.distance(relation, seed, DEFINITIONS, **sizes)


IDENTITIES = {
    "(7)": (grad(rho(i, A, s)), rho(i, A, s) * SAMPLE_SCORE),
    "(8)": (grad(ell(i, A, s)), SAMPLE_SCORE),
    "(9)": (grad(J(s)), E((A, old | s), 1 / GROUP_SIZE * group_sum(
        i, (rho(i, A, s) * tilde(i, A, s) - beta) * SAMPLE_SCORE))),
    "(10)": (grad(E((a, old | s), beta * (Log(pi(a, s)) - Log(ref(a, s))))), beta * E((a, old | s), SCORE)),
    "(12)": (grad(DIVERGENCE), -E((a, old | s), SCORE)),
    "score": (E((a, pi | s), SCORE), node(0)),
    "Fisher": (AtOld(Hessian(DIVERGENCE)), Fisher(old | s)),
    "(13)": (taylor(DIVERGENCE, 2), HALF * Step().T * Fisher(old | s) * Step()),
    "information": (Fisher(pi | s), -E((a, pi | s), Hessian(Log(pi(a, s))))),
    "entropies": (DIVERGENCE, CrossEntropy(old | s, pi | s) - Entropy(old | s)),
    "entropy gradient": (grad(Entropy(pi | s)), -E((a, pi | s), SCORE * Log(pi(a, s)))),
    "ratio at old": (AtOld(grad(rho(i, A, s))), AtOld(SAMPLE_SCORE)),
    "first order": (taylor(Log(pi(a, s)), 1), Log(old(a, s)) + AtOld(SCORE).T * Step()),
    "step": (Step(), Parameter() - Parameter("old")),
    "norm": (Norm(SCORE) ** 2, SCORE.T * SCORE),
    "outer": (Hessian(Log(pi(a, s))) + SCORE * SCORE.T, Hessian(pi(a, s)) / pi(a, s)),
}
BENT = {
    "(7) sign": (grad(rho(i, A, s)), -(rho(i, A, s) * SAMPLE_SCORE)),
    "(8) old": (grad(ell(i, A, s)), AtOld(SAMPLE_SCORE)),
    "(9) factor": (grad(J(s)), E((A, old | s), group_sum(
        i, (rho(i, A, s) * tilde(i, A, s) - beta) * SAMPLE_SCORE))),
    "(10) law": (grad(E((a, pi | s), beta * (Log(pi(a, s)) - Log(ref(a, s))))), beta * E((a, pi | s), SCORE)),
    "(12) swapped": (grad(KL(pi | s, old | s)), -E((a, old | s), SCORE)),
    "score law": (E((a, old | s), SCORE), node(0)),
    "Fisher at θ": (Hessian(KL(pi | s, old | s)), Fisher(pi | s)),
    "(13) half": (taylor(DIVERGENCE, 2), Step().T * Fisher(old | s) * Step()),
    "(13) exact": (DIVERGENCE, HALF * Step().T * Fisher(old | s) * Step()),
    "marks erased early": (Hessian(pi(a, s) / StopGradient(pi(a, s))), Hessian(Log(pi(a, s)))),
}


@pytest.mark.long
@pytest.mark.parametrize("name", IDENTITIES)
@pytest.mark.parametrize("n_actions", [2, 3])
def test_the_identity_holds_at_random_points(name, n_actions):
    relation = Relation("=", *IDENTITIES[name])
    assert all(distance(relation, seed, n_actions=n_actions) < 1e-25 for seed in range(2))


@pytest.mark.parametrize("name", BENT)
def test_the_bent_identity_fails(name):
    assert distance(Relation("=", *BENT[name]), n_actions=3) > 1e-3


def test_an_expectation_over_states_weighs_every_state():
    relation = Relation("=", grad(E((s, StateLaw(ref)), KL(old | s, pi | s))),
                        -E((s, StateLaw(ref)), (a, old | s), SCORE))
    assert distance(relation, n_states=2) < 1e-25
    assert len(instantiate(relation.lhs, n_states=2)) == 4
    drifting = Relation("=", grad(E((s, StateLaw(pi)), r(s, b))), node(0))
    left, right = sides(drifting, n_states=2)
    assert left != right
    assert right == ImmutableMatrix([0, 0, 0, 0])
    assert set(sides(Relation("=", AtOld(drifting.lhs), node(0)), n_states=1)[0]) == {0}


def test_two_states_share_no_logits():
    other = Var("s'", "state")
    gradient = instantiate(grad(pi(a, s)), n_states=2, values={s: 2, a: 1})
    assert [entry == 0 for entry in gradient] == [True, True, False, False]
    assert instantiate(pi(a, s), n_states=2, values={s: 2}) == instantiate(pi(a, other), n_states=2, values={other: 2})


def test_the_probability_is_the_softmax():
    one, two = Symbol(r"\theta_{1,1}", real=True), Symbol(r"\theta_{1,2}", real=True)
    assert instantiate(pi(a, s), n_actions=2) == exp(one) / (exp(one) + exp(two))
    assert instantiate(pi(a, s), values={a: 2}) == exp(two) / (exp(one) + exp(two))
    assert instantiate(Step()) == ImmutableMatrix([
        one - Symbol(r"\theta^{\text{old}}_{1,1}", real=True), two - Symbol(r"\theta^{\text{old}}_{1,2}", real=True)])


@pytest.mark.parametrize("policy", [pi, old, ref])
def test_probabilities_sum_to_one(policy):
    assert distance(Relation("=", total(a, policy(a, s)), node(1)), n_actions=4) < 1e-25
    assert distance(Relation("=", total(a, policy(a, s, b)), node(1)), n_actions=2) < 1e-25


def test_policies_with_other_contexts_have_other_logits():
    assert len(instantiate(grad(Log(pi(a)) + Log(pi(a, s)) + Log(pi(a, s, b))), n_actions=2)) == 2 + 2 + 4
    assert instantiate(pi(a)) != instantiate(pi(a, s))
    assert instantiate(pi(a, s)) != instantiate(pi(a, b))


def test_group_statistics_are_their_definitions():
    x, y = instantiate(f(a), values={a: 1}), instantiate(f(a), values={a: 2})
    body = f(A[i])
    assert instantiate(group_mean(i, body)) == (x + y) / 2
    assert instantiate(group_spread(i, body)).xreplace({x: Integer(3), y: Integer(7)}) == 2
    assert instantiate(group_sum(i, body), group_size=3) == 2 * x + y
    assert instantiate(group_sum(i, body), values={A: (2, 2)}) == 2 * y
    assert instantiate(total(j, f(A[j]), excluded=i)) == y
    assert instantiate(total(j, f(A[j]), excluded=i), group_size=1) == 0
    assert instantiate(total(j, f(A[j]), upper=Num(3), product=True), group_size=3) == x**2 * y
    assert instantiate(total(j, SCORE, excluded=i), group_size=1) == ImmutableMatrix([0, 0])


@pytest.mark.parametrize("group_size", [1, 2, 3])
def test_the_group_is_independent_draws(group_size):
    mean = group_mean(i, r(s, A[i]))
    value = E((a, pi | s), r(s, a))
    assert distance(Relation("=", E((A, pi | s), mean), value), group_size=group_size) < 1e-25
    spread = E((A, pi | s), group_spread(i, r(s, A[i])) ** 2)
    variance = E((a, pi | s), r(s, a) ** 2) - value**2
    unbiased = (GROUP_SIZE - 1) / GROUP_SIZE * variance
    assert distance(Relation("=", spread, unbiased), group_size=group_size) < 1e-25
    assert distance(Relation("=", spread, variance), group_size=group_size) > 1e-3


def test_a_function_of_the_group_is_one_symbol_a_tuple():
    names = {symbol.name for symbol in instantiate(E((A, old | s), tilde(i, A, s))).free_symbols}
    assert {rf"\tilde{{A}}_{{1}}[(a_{x}, a_{y}), s_1]" for x in (1, 2) for y in (1, 2)} <= names


def test_an_undefined_function_of_theta_has_a_gradient_and_a_value_at_old():
    value = Head(r"V(\theta)", theta=True)
    gradient = instantiate(grad(value()))
    assert all(isinstance(entry, sympy.Derivative) for entry in gradient)
    at_old = instantiate(AtOld(grad(value())))
    assert all(r"\theta^{\text{old}}" in str(symbol) for symbol in at_old.free_symbols)
    assert instantiate(grad(AtOld(value()))) == ImmutableMatrix([0, 0])
    assert instantiate(Head("w", shape="row")() * Head("w", shape="vector")()).is_Add
    assert instantiate(Head("F_s", theta=True, shape="matrix")()).shape == (2, 2)


def test_stop_gradient_is_erased_after_the_outermost_operator():
    frozen = StopGradient(pi(a, s))
    assert instantiate(frozen) == instantiate(pi(a, s))
    assert instantiate(grad(frozen)) == ImmutableMatrix([0, 0])
    assert distance(Relation("=", grad(frozen * Log(pi(a, s))), pi(a, s) * SCORE)) < 1e-25
    assert distance(Relation("=", grad(pi(a, s) / frozen), SCORE)) < 1e-25
    assert distance(Relation("=", AtOld(frozen), old(a, s))) < 1e-25
    assert distance(Relation("=", StopGradient(AtOld(SCORE)), AtOld(SCORE))) < 1e-25


def test_evaluation_at_old_follows_the_derivative():
    assert instantiate(grad(AtOld(pi(a, s)))) == ImmutableMatrix([0, 0])
    assert instantiate(AtOld(grad(Log(pi(a, s)) - Log(old(a, s))))) != ImmutableMatrix([0, 0])
    assert instantiate(AtOld(Step())) == ImmutableMatrix([0, 0])


def test_regions_are_minima_maxima_and_cells():
    x = Const("x")
    clip = instantiate(Clip(x, node(Rational(4, 5)), node(Rational(6, 5))))
    assert [clip.subs(Symbol("x", real=True), value) for value in (0, 1, 2)] == [Rational(4, 5), 1, Rational(6, 5)]
    assert instantiate(Max(x, -x)).subs(Symbol("x", real=True), -3) == 3
    assert instantiate(Min(x, -x)).subs(Symbol("x", real=True), -3) == -3
    for op, truths in {"<": (1, 0, 0), "≤": (1, 1, 0), "=": (0, 1, 0), "≥": (0, 1, 1), ">": (0, 0, 1)}.items():
        cell = instantiate(Indicator(op, x, Num(1)))
        assert tuple(cell.subs(Symbol("x", real=True), value) for value in (0, 1, 2)) == truths
    with pytest.raises(LanguageError, match="no comparison"):
        instantiate(Indicator("≠", x, Num(1)))


def test_one_logit_keeps_matrices_matrices():
    assert instantiate(SCORE * SCORE.T, n_actions=1) == ImmutableMatrix([[0]])
    assert instantiate(SCORE.T * SCORE, n_actions=1) == 0
    assert instantiate(Transpose(Log(pi(a, s)))) == instantiate(Log(pi(a, s)))
    assert instantiate(Norm(Step()), n_actions=1) == sqrt(instantiate(Step(), n_actions=1)[0] ** 2)


def test_the_inner_variable_hides_the_outer_one():
    inner = E((a, ref | s), f(a))
    assert instantiate(E((a, pi | s), f(a) * inner)) == instantiate(E((b, pi | s), f(b) * inner))
    assert instantiate(E((b, pi | s), E((a, ref | s), f(b)))) == instantiate(E((a, pi | s), E((b, ref | s), f(a))))
    assert instantiate(total(a, total(b, f(a) * f(b)))) != instantiate(total(a, total(b, f(b) * f(b))))


def test_a_definition_unfolded_under_a_binder_captures_nothing():
    gap = Head("g(#1)")
    definition = Definition(gap(a, s), total(b, f(a) * r(s, b)))
    expected = total(a, total(b, f(a) * r(s, b)))
    use = instantiate(total(b, gap(b, s)), n_actions=3, definitions=(definition,))
    assert use == instantiate(expected, n_actions=3)


@pytest.mark.parametrize(("term", "reason"), [
    (Log(pi(TokenOf(a, t), Prefix(a, t))), "context of states and actions"),
    (f(TokenOf(a, t)), "tokens"),
    (f(t), "token"),
    (total(t, f(a), upper=Length(a)), "no number"),
    (Log(pi(a, s)) + remainder(2), "remainder"),
    (Maximum(pi(a, s)), "maximum"),
    (f(beta), "variables, not at expressions"),
    (f(A[5]), "no member 5"),
    (Relation("=", pi(a, s), node(1)), "no instance"),
])
def test_what_has_no_instance_is_refused(term, reason):
    with pytest.raises(LanguageError, match=reason):
        instantiate(term)


@pytest.mark.parametrize("arguments", [
    {"n_actions": 0}, {"group_size": 0}, {"n_states": 0},
    {"values": {a: 3}}, {"values": {a: 0}}, {"values": {s: 2}}, {"values": {i: 3}}, {"values": {t: 1}},
    {"values": {A: (1,)}}, {"values": {A: (1, 3)}}, {"values": {A: 1}},
])
def test_sizes_and_places_out_of_range_are_refused(arguments):
    with pytest.raises(LanguageError):
        instantiate(pi(a, s), **arguments)
