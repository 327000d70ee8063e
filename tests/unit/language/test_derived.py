"""Operators mean their definitions: against other formulas for the same, capture-free, and known to nobody else."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from instances import distance
from symbols import a, b, beta, eps, i, j, old, pi, r, ref, s
from symbols import group as A

import grpo_symbolic.language as lang
from grpo_symbolic.instances.instantiate import Instance
from grpo_symbolic.language import (
    DEFINITIONS,
    GROUP_SIZE,
    KL,
    NONE,
    Abbreviation,
    Abs,
    AtOld,
    Claim,
    Clip,
    Covariance,
    CrossEntropy,
    E,
    Entropy,
    Exp,
    Fisher,
    Gradient,
    GroupSpread,
    Head,
    Hessian,
    JensenShannon,
    LanguageError,
    LawError,
    Log,
    Max,
    Min,
    Norm,
    Num,
    Relation,
    Root,
    Scope,
    ShapeError,
    Sigmoid,
    Softplus,
    StateLaw,
    Sum,
    TotalVariation,
    Var,
    Variance,
    grad,
    group_mean,
    group_spread,
    group_sum,
    known_sign,
    node,
    substitute,
    total,
    unfold,
)
from grpo_symbolic.oracle.compiled.cell_rules import COMPILED
from grpo_symbolic.oracle.gaussian.identities import ClosedForm
from grpo_symbolic.oracle.meaning.evaluator import RULES, Unevaluable
from grpo_symbolic.oracle.search.refute import refute
from grpo_symbolic.oracle.search.spot import spot_check
from grpo_symbolic.proof.prove import Unproved, prove
from grpo_symbolic.proof.translate import Translator

f, g = Head("f(#1)"), Head("g(#1)")
x, y = f(a), g(a)
LOG_RATIO = Log(pi(a, s)) - Log(ref(a, s))
SCORE = grad(Log(pi(a, s)))


def over(body):
    """A function of an action that is drawn."""
    return Scope.close(a, body)


def mean(body):
    return E((a, pi | s), body)


# Each operator beside another formula for the same; a pair of the second table is false.

# Of two laws: minus the mean of their entropies, and the sum of their probabilities.
MIXED = -(Entropy(pi | s) + Entropy(ref | s)) / 2
BOTH = pi(a, s) + ref(a, s)
SAME = {
    "abs": (Abs(x) ** 2, x**2),
    "abs of a product": (Abs(x * y), Abs(x) * Abs(y)),
    "clip": (Clip(x, node(1), node(2)), Max(Min(x, node(2)), node(1))),
    "clip, side by side": (Clip(x, node(1), node(2)), x + Max(1 - x, node(0)) - Max(x - 2, node(0))),
    "clip, ends crossed": (Clip(x, node(2), node(1)), node(1)),
    "sigmoid": (Sigmoid(x), 1 - Sigmoid(-x)),
    "softplus": (Softplus(x), x + Softplus(-x)),
    "softplus of sigmoid": (Softplus(x), -Log(Sigmoid(-x))),
    "norm": (Norm(SCORE) ** 2, SCORE.T * SCORE),
    "KL": (KL(pi | s, ref | s), total(a, pi(a, s) * Log(pi(a, s) / ref(a, s)))),
    "entropy": (Entropy(pi | s), -total(a, pi(a, s) * Log(pi(a, s)))),
    "cross-entropy": (CrossEntropy(pi | s, ref | s), KL(pi | s, ref | s) + Entropy(pi | s)),
    "Jensen-Shannon": (JensenShannon(pi | s, ref | s), MIXED - total(a, BOTH * Log(BOTH / 2)) / 2),
    "total variation": (TotalVariation(pi | s, ref | s), total(a, Max(pi(a, s) - ref(a, s), node(0)))),
    "Fisher": (Fisher(pi | s), -mean(Hessian(Log(pi(a, s))))),
    "Fisher at θ_old": (Fisher(old | s), AtOld(Hessian(KL(old | s, pi | s)))),
    "Fisher of a constant law": (Fisher(ref | s), 0 * Fisher(pi | s)),
    "variance": (Variance(pi | s, over(x)), mean(x**2) - mean(x) ** 2),
    "variance of a sum": (Variance(pi | s, over(x + y)), Variance(pi | s, over(x)) + Variance(pi | s, over(y))
                          + 2 * Covariance(pi | s, over(x), over(y))),
    "covariance": (Covariance(pi | s, over(x), over(y)), mean(x * y) - mean(x) * mean(y)),
    "variance of the score": (Covariance(pi | s, over(x), over(Log(pi(a, s)))),
                              mean(x * Log(pi(a, s))) + mean(x) * Entropy(pi | s)),
    "group mean": (group_mean(i, f(A[i])), 1 / GROUP_SIZE * group_sum(i, f(A[i]))),
    "group spread": (group_spread(i, f(A[i])) ** 2, group_mean(i, f(A[i]) ** 2) - group_mean(i, f(A[i])) ** 2),
}
OTHER = {
    "abs": (Abs(x), x),
    "clip": (Clip(x, node(1), node(2)), Min(x, node(2))),
    "clip, ends crossed": (Clip(x, node(2), node(1)), x + Max(2 - x, node(0)) - Max(x - 1, node(0))),
    "clip, ends unknown": (Clip(x, y, beta), x + Max(y - x, node(0)) - Max(x - beta, node(0))),
    "sigmoid": (Sigmoid(x), Sigmoid(-x)),
    "softplus": (Softplus(x), Softplus(-x)),
    "norm": (Norm(SCORE), SCORE.T * SCORE),
    "KL": (KL(pi | s, ref | s), KL(ref | s, pi | s)),
    "entropy": (Entropy(pi | s), CrossEntropy(pi | s, ref | s)),
    "Jensen-Shannon": (JensenShannon(pi | s, ref | s), MIXED),
    "total variation": (TotalVariation(pi | s, ref | s), total(a, Abs(pi(a, s) - ref(a, s)))),
    "Fisher at θ_old": (Fisher(old | s), 0 * Fisher(pi | s)),
    "variance": (Variance(pi | s, over(x)), mean(x**2)),
    "covariance": (Covariance(pi | s, over(x), over(y)), mean(x * y)),
    "group spread": (group_spread(i, f(A[i])) ** 2, group_mean(i, f(A[i]) ** 2)),
}
# What the kernel does not decide: log(1 + e^x) = x + log(1 + e^(−x)).
OPEN = {"softplus"}


@pytest.mark.parametrize("name", SAME)
def test_the_definition_is_the_textbooks(name):
    relation = Relation("=", *SAME[name])
    assert distance(relation, n_actions=3) < 1e-25
    found = spot_check(Claim(relation))
    assert found.models
    assert not found.disagreements
    if name not in OPEN:
        assert prove(Claim(relation)).relation == "="


@pytest.mark.parametrize("name", OTHER)
def test_another_formula_is_not_the_definition(name):
    claim = Claim(Relation("=", *OTHER[name]))
    assert refute(claim) is not None
    with pytest.raises(Unproved):
        prove(claim)


# Nothing is captured.

def test_the_state_of_a_law_is_not_captured():
    drawn = unfold(E((s, StateLaw()), KL(pi | s, ref | s)))
    assert drawn == E((s, StateLaw()), E((a, pi | s), LOG_RATIO))


def test_an_action_in_the_context_of_a_law_is_not_captured():
    p, q = pi | (s, a), ref | (s, a)
    assert unfold(E((a, pi | s), KL(p, q))) == E((b, pi | s), E((a, pi | (s, b)), Log(pi(a, s, b)) - Log(ref(a, s, b))))


def test_statistics_in_each_other_keep_their_indices():
    pairs = Head("h(#1, #2)")
    inner = group_mean(j, pairs(A[i], A[j]))
    deviation = inner - group_mean(j, group_mean(i, pairs(A[j], A[i])))
    assert unfold(group_spread(i, inner)) == unfold(Root(group_mean(i, deviation**2)))


def term(leaf):
    """A scalar with one more operator, or one more binder, around terms of the leaves."""
    return st.one_of(
        st.builds(lambda make, arg: make(arg), st.sampled_from([Abs, Sigmoid, Softplus, Log, Exp]), leaf),
        st.builds(Clip, leaf, leaf, leaf),
        st.builds(lambda left, right: left - right, leaf, leaf),
        st.builds(lambda left, right: left * right, leaf, leaf),
        st.builds(lambda body: Norm(Gradient(body)), leaf),
        st.builds(lambda make, var, body: make(var, body), st.sampled_from([group_mean, group_spread]),
                  st.sampled_from([i, j]), leaf),
        st.builds(lambda make, law, *bodies: make(law, *map(over, bodies)), st.just(Variance), laws, leaf),
        st.builds(lambda law, left, right: Covariance(law, over(left), over(right)), laws, leaf, leaf),
        st.builds(lambda law, var, body: E((var, law), body), laws, st.sampled_from([a, b]), leaf),
        st.builds(lambda body: E((s, StateLaw()), body), leaf),
        st.builds(lambda index, body: total(index, body), st.sampled_from([i, j, a]), leaf),
    )


laws = st.sampled_from([pi | s, old | s, ref | s, pi | (s, b), ref | (s, a)])
leaves = st.one_of(
    st.sampled_from([x, pi(a, s), Log(ref(b, s)), f(A[i]), r(s, A[j]), beta]),
    st.builds(lambda make, p, q: make(p, q), st.sampled_from([KL, CrossEntropy, TotalVariation, JensenShannon]),
              laws, laws),
    st.builds(Entropy, laws))
terms = st.recursive(leaves, term, max_leaves=5)
VALUES = {a: A[1], b: a, s: Var("s'", "state"), i: j, j: i}


@settings(max_examples=150)
@given(terms)
def test_unfolding_keeps_shape_and_variables_and_commutes_with_substitution_and_binding(one):
    found = unfold(one)
    assert found.core
    assert (found.shape, found.free, found.loose) == (one.shape, one.free, 0)
    assert unfold(found) is found
    assert unfold(substitute(one, VALUES)) == substitute(found, VALUES)
    for var in (a, s, i):
        assert unfold(Scope.close(var, one)) == Scope.close(var, found)
    assert not any(isinstance(part, Abbreviation) for part in found.walk())
    assert found.size == sum(1 for _ in found.walk())


def test_what_has_no_operator_is_left_alone():
    core = E((a, pi | s), LOG_RATIO)
    assert unfold(core) is core
    assert unfold(a) is a


def test_an_operator_that_doubles_its_argument_many_times_is_refused():
    deep = x
    for _ in range(40):
        deep = Abs(deep - y)
    with pytest.raises(LanguageError, match="Abs: is too long"):
        unfold(deep)
    with pytest.raises(Unproved, match="too long"):
        prove(Claim(Relation("≥", deep, 0)))


# Signs.

@pytest.mark.parametrize(("one", "sign"), [
    (Abs(x), "nonnegative"), (Norm(SCORE), "nonnegative"), (group_spread(i, f(A[i])), "nonnegative"),
    (Variance(pi | s, over(x)), "nonnegative"), (TotalVariation(pi | s, ref | s), "nonnegative"),
    (Sigmoid(x), "positive"), (group_mean(i, pi(A[i], s)), "positive"), (group_mean(i, f(A[i]) ** 2), "nonnegative"),
    (Covariance(pi | s, over(x), over(x)), "real"), (Max(x, y), "real"), (Max(x, -y), "real"),
    (KL(pi | s, ref | s), "real"), (Entropy(pi | s), "real"), (Softplus(x), "real"), (SCORE.T * Gradient(x), "real"),
    (total(a, pi(a, s)), "positive"), (total(j, pi(A[j], s)), "positive"),
    (total(j, pi(A[j], s), excluded=i), "nonnegative"), (total(j, pi(A[j], s), upper=GROUP_SIZE - 1), "nonnegative"),
    (total(a, pi(a, s), excluded=b), "nonnegative"),
])
def test_the_sign_of_an_operator_is_that_of_its_definition(one, sign):
    assert known_sign(one) == sign


# Who knows what.

def operators():
    """The operators that the language has."""
    kinds = (getattr(lang, name) for name in lang.__all__)
    return {kind for kind in kinds if isinstance(kind, type) and issubclass(kind, Abbreviation)} - {Abbreviation}


def test_every_operator_has_a_definition_and_is_known_to_nobody_else():
    assert operators() == DEFINITIONS.keys()
    assert {KL, Abs, Norm} < operators()
    for kind in operators():
        assert not kind.core
        assert kind not in RULES
        assert kind not in COMPILED
        assert not hasattr(Translator, f"on_{kind.__name__}")
        assert not hasattr(Instance, f"map_{kind.__name__.lower()}")


def test_what_takes_only_core_nodes_refuses_an_operator():
    with pytest.raises(Unevaluable, match="KL has no value"):
        ClosedForm({}, {}).value(KL(pi | s, ref | s), None)


@pytest.mark.parametrize(("build", "error", "reason"), [
    (lambda: Variance(pi | s, Scope.close(a, SCORE)), ShapeError, "Variance needs a scalar"),
    (lambda: Variance(StateLaw(), over(x)), LawError, "no action is drawn"),
    (lambda: Covariance(pi | s, over(x), Scope.close(A, f(A[1]))), LawError, "over one draw"),
    (lambda: TotalVariation(pi, ref), LawError, "TotalVariation compares laws"),
    (lambda: Sigmoid(SCORE), ShapeError, "sigmoid needs a scalar"),
])
def test_an_operator_refuses_what_it_does_not_fit(build, error, reason):
    with pytest.raises(error, match=reason):
        build()


def test_a_variance_is_over_actions_groups_or_states():
    for law, var, body in ((pi | s, a, x), (old | s, A, f(A[1])), (StateLaw(), s, r(s, a))):
        found = unfold(Variance(law, Scope.close(var, body)))
        assert found == E((var, law), (body - E((var, law), body)) ** 2)


def test_the_definitions_are_those_that_are_printed():
    assert unfold(Clip(x, 1 - eps, 1 + eps)) == Min(Max(x, 1 - eps), 1 + eps)
    assert unfold(GroupSpread(Scope.close(i, f(A[i])))) == unfold(group_spread(j, f(A[j])))
    half = total(a, Max(pi(a, s) - ref(a, s), -(pi(a, s) - ref(a, s)))) / 2
    assert unfold(TotalVariation(pi | s, ref | s)) == half
    assert unfold(group_mean(i, f(A[i]))) == Sum(GROUP_SIZE, NONE, Scope.close(i, f(A[i]))) / GROUP_SIZE
    assert unfold(Sigmoid(x)) == Num(1) / (1 + Exp(-x))
