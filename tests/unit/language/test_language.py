"""Binders capture nothing, α-equal terms are equal, and what cannot be said is refused with its place."""

import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st
from symbols import a, b, beta, c, ell, eps, i, j, old, pi, r, ref, rho, s, t, tilde
from symbols import group as A

from grpo_symbolic.checking.check import check_built
from grpo_symbolic.instances.instantiate import instantiate
from grpo_symbolic.language import (
    ALL,
    GROUP_SIZE,
    KL,
    NONE,
    App,
    AtOld,
    BigO,
    Bound,
    Claim,
    Clip,
    Definition,
    E,
    Expect,
    Fisher,
    Gradient,
    GroupMean,
    Head,
    Hessian,
    LanguageError,
    Law,
    LawError,
    Length,
    Log,
    Maximum,
    Min,
    Neg,
    Norm,
    Num,
    Plus,
    Policy,
    Prefix,
    Prob,
    Relation,
    Sample,
    Scope,
    ScopeError,
    ShapeError,
    StateLaw,
    Step,
    Sum,
    Term,
    Times,
    TokenOf,
    Var,
    expand,
    grad,
    group_mean,
    group_sum,
    heads,
    node,
    plus,
    remainder,
    sort_of,
    substitute,
    times,
    total,
)
from grpo_symbolic.latex.printing.printer import refusal

f = Head("f(#1)")
J = Head(r"\mathcal{J}_{\text{GRPO-clip}}(\theta)", theta=True)
SCORE = grad(Log(pi(a, s)))

ACTIONS = st.sampled_from([a, b, c, A[i], A[j], A[1]])
LEAVES = st.one_of(ACTIONS.map(f), ACTIONS.map(lambda x: r(s, x)), ACTIONS.map(lambda x: ref(x, s)),
                   ACTIONS.map(lambda x: tilde(i, A, x)), st.integers(0, 3).map(Num))


def compound(terms):
    """Terms one operation larger: arithmetic and every kind of binder, over names that collide."""
    return st.one_of(
        st.builds(plus, terms, terms),
        st.builds(times, terms, terms),
        terms.map(Neg),
        st.builds(total, st.sampled_from([a, b, c, i, j]), terms),
        terms.map(lambda body: total(j, body, excluded=i)),
        terms.map(lambda body: group_mean(i, body)),
        st.builds(lambda var, body: E((var, ref | s), body), st.sampled_from([a, b, A]), terms),
        terms.map(lambda body: E((s, StateLaw()), body)),
    )


TERMS = st.recursive(LEAVES, compound, max_leaves=5)
PLACES = st.fixed_dictionaries({a: st.integers(1, 2), b: st.integers(1, 2), c: st.integers(1, 2),
                                s: st.integers(1, 2), i: st.integers(1, 2), j: st.integers(1, 2),
                                A: st.tuples(st.integers(1, 2), st.integers(1, 2))})
CHANGES = st.sampled_from([
    {a: b}, {b: A[i]}, {a: b, b: a}, {c: A[j], i: j}, {i: j, j: i}, {i: Num(2)}, {a: A[1], b: c}])


def value_at(term, places):
    """What a variable, sample or number stands for."""
    if isinstance(term, Sample):
        return value_at(term.args[0], places)[value_at(term.args[1], places) - 1]
    return int(term.value) if isinstance(term, Num) else places[term]


def meaning(term, places):
    return instantiate(term, n_states=2, values=places)


@settings(max_examples=300)
@given(TERMS, CHANGES, PLACES)
def test_substitution_means_the_term_at_the_values(term, change, places):
    moved = {**places, **{var: value_at(value, places) for var, value in change.items()}}
    assert meaning(substitute(term, change), places) == meaning(term, moved)


@given(TERMS, CHANGES)
def test_the_free_variables_of_a_substitution(term, change):
    touched = term.free & set(change)
    arrived = frozenset().union(*(change[var].free for var in touched)) if touched else frozenset()
    assert substitute(term, change).free == (term.free - touched) | arrived


@given(TERMS, st.sampled_from([a, b, i, s, A]))
def test_closing_and_opening_are_inverse(term, var):
    scope = Scope.close(var, term)
    assert scope.at(var) == term
    assert scope.at(Bound(0, var.sort)) == scope.body
    assert scope.free == term.free - {var}
    fresh, body = scope.open(avoid=frozenset([var]))
    assert fresh not in scope.free | {var}
    assert body == substitute(term, {var: fresh})
    assert Scope.close(fresh, body) == scope
    assert hash(Scope.close(fresh, body)) == hash(scope)


@given(TERMS)
def test_bound_names_are_no_part_of_a_term(term):
    fresh = Var("z", "action")
    one, two = total(a, term), total(fresh, substitute(term, {a: fresh}))
    assert one == two
    assert hash(one) == hash(two)
    assert {one: "seen"}[two] == "seen"


@given(TERMS)
def test_no_index_is_loose_in_a_whole_term(term):
    assert term.loose == 0


def test_a_name_that_would_be_captured_stays_free():
    inside = substitute(total(b, r(s, a) * f(b)), {a: b})
    assert inside == total(c, r(s, b) * f(c))
    assert inside != total(c, r(s, c) * f(c))
    assert inside.free == {b, s}
    law = substitute(E((a, ref | s), f(a)), {s: Prefix(b, Num(1))})
    assert law.free == {b}
    assert substitute(f(a) * f(b), {a: b, b: a}) == f(b) * f(a)


def test_an_opened_scope_avoids_every_free_name():
    var, body = Scope.close(a, f(a) * f(Var("a'", "action"))).open(avoid=frozenset([a]))
    assert var.name == "a''"
    assert body == f(var) * f(Var("a'", "action"))


def test_a_scope_that_was_opened_is_another_where_a_variable_is_bound_around_it():
    drawn = E((b, ref | s), r(s, a) * f(b))
    assert drawn.scope.open() == (b, r(s, a) * f(b))
    around = Scope.close(a, drawn)
    assert around.body.scope.open() == (b, r(s, Bound(1, "action")) * f(b))
    assert around.at(c).scope.open() == (b, r(s, c) * f(b))


def test_definitions_unfold_under_binders():
    gap = Head("g(#1)")
    definition = Definition(gap(a, s), total(b, f(a) * r(s, b)))
    assert expand(total(b, gap(b, s)), (definition,)) == total(a, total(b, f(a) * r(s, b)))
    twice = Definition(Head("h")(a, s), gap(a, s) + gap(a, s))
    assert list(heads(expand(twice.rhs, (definition,)))) == [f, r] * 2
    claim = Claim(Relation("=", twice.lhs, Num(0)), where=(definition, twice))
    assert claim.expanded().lhs == expand(twice.rhs, (definition,))
    with pytest.raises(ScopeError, match="takes 2 arguments, not 1"):
        expand(gap(b), (definition,))


def test_terms_are_immutable():
    term = total(a, f(a) + f(b))
    before = (term.args, hash(term), term.free)
    named = term.hinted(style="bar")
    moved = substitute(term, {b: c})
    assert (term.args, hash(term), term.free) == before
    assert named == term
    assert (named.hints, term.hints) == ({"style": "bar"}, {})
    assert moved != term
    for change in (lambda: setattr(term, "args", ()), lambda: setattr(term, "func", Sum)):
        with pytest.raises(AttributeError):
            change()
    with pytest.raises(TypeError):
        term.args[0] = a


def test_a_hint_survives_a_rebuild():
    law = (pi | s).hinted(form="sup")
    assert substitute(E((a, law), f(b)), {b: c}).law.hints == {"form": "sup"}
    assert E((s, StateLaw()), (a, pi | s), f(a)).scope.body.hints == {"joint": "inner"}


def test_the_written_order_is_kept():
    assert (f(b) + f(a) - f(b)).args == (f(b), f(a), Neg(f(b)))
    assert (f(b) * f(a) * 2).args == (f(b), f(a), Num(2))
    assert (-f(a)) * f(b) == Neg(f(a) * f(b))
    assert (2 - f(a)).args == (Num(2), Neg(f(a)))
    assert isinstance(f(a) - f(a), Plus)
    assert isinstance(f(a) / f(a) * 1, Times)
    assert (1 / GROUP_SIZE).args == (Num(1), GROUP_SIZE)
    assert node(sympy.Rational(-1, 2)) == Neg(1 / node(2))
    assert (f(a) ** 2).args == (f(a), Num(2))


def test_names_and_sorts_tell_variables_apart():
    assert len({a, Var("a", "state"), A, b}) == 4
    assert [sort_of(term) for term in (a, A, A[i], TokenOf(A[i], t), Prefix(a, t), i, Num(1), f(a))] == [
        "action", "group", "action", "action", "state", "index", "index", "expression"]


def clip_objective(penalty):
    """Equation (6), with the penalty put inside or outside its sum by ``penalty``."""
    ratio = rho(i, A, s)
    surrogate = Min(ratio * tilde(i, A, s), Clip(ratio, 1 - eps, 1 + eps) * tilde(i, A, s))
    return E((s, StateLaw(old)), (A, old | s), penalty(surrogate, beta * ell(i, A, s)))


def test_equation_6_as_printed_leaves_its_index_outside_the_sum():
    printed = clip_objective(lambda surrogate, penalty: 1 / GROUP_SIZE * group_sum(i, surrogate) - penalty)
    with pytest.raises(ScopeError, match="the index i is free on the right") as caught:
        Definition(J(), printed)
    assert caught.value.where == r"\ell_{i}(\theta)"
    meant = clip_objective(lambda surrogate, penalty: 1 / GROUP_SIZE * group_sum(i, surrogate - penalty))
    assert Definition(J(), meant).rhs.free == frozenset()


def test_two_laws_for_one_variable_are_refused():
    with pytest.raises(LawError, match="two laws are named for a"):
        E((s, StateLaw(pi)), (a, old | s), (a, pi | s), Log(pi(a, s) / ref(a, s)))
    assert E((s, StateLaw(pi)), (a, old | s), E((a, pi | s), f(a))).free == frozenset()


@pytest.mark.parametrize(("build", "error", "reason", "where"), [
    (lambda: total("r", r(s, a)), ScopeError, "r is no variable with a range, so the sum runs over nothing", r"\sum_r"),
    (lambda: total(t, f(a)), ScopeError, "the sum over t has no range", ""),
    (lambda: total(Var("b", "group"), f(a)), ScopeError, "the sum over b has no range", ""),
    (lambda: total(A, f(a)), ScopeError, "the sum over a has no range", ""),
    (lambda: total(a, f(a), upper=GROUP_SIZE), ScopeError, "the sum over a has no range", ""),
    (lambda: total(i, f(A[i]), upper=ALL), ScopeError, "the sum over i has no range", ""),
    (lambda: total(j, f(A[j]), excluded=a), ScopeError, "is not in the range of j", a),
    (lambda: GroupMean(Scope.close(a, f(a))), ScopeError, "runs over a group index", ""),
    (lambda: Definition(J(), f(a)), ScopeError, "the action a is free on the right", "f(a)"),
    (lambda: Definition(f(a) + 1, f(a)), ScopeError, "only a named function alone on the left", f(a) + 1),
    (lambda: Definition(r(a, a), f(a)), ScopeError, "distinct variables", "r(#1, #2)"),
    (lambda: Definition(f(A[i]), f(A[i])), ScopeError, "distinct variables", "f(#1)"),
    (lambda: App(a, s), ScopeError, "only a named function can be applied", a),
    (lambda: Sample(a, i), ScopeError, "needs a group and an index", a),
    (lambda: Sample(A, t), ScopeError, "needs a group and an index", t),
    (lambda: TokenOf(s, t), ScopeError, "needs a sequence and a position", s),
    (lambda: Prefix(a, s), ScopeError, "needs a sequence and a position", s),
    (lambda: Length(s), ScopeError, "only a sequence has a length", s),
    (lambda: substitute(f(a), {a: s}), ScopeError, "a stands for an action, and a state cannot stand there", s),
    (lambda: Scope.close(a, f(a)).at(i), ScopeError, "the sort action is bound here, not index", i),
    (lambda: Var("x", "number"), ScopeError, "no variables of sort number", "x"),
    (lambda: f(a).xreplace({a: b}), ScopeError, "substituted by substitute, not by xreplace", ""),
    (lambda: f(a).subs(a, b), ScopeError, "substituted by substitute, not by subs", ""),
    (lambda: sympy.Tuple(f(a)).subs(a, b), ScopeError, "substituted by substitute, not by subs", ""),
    (lambda: Policy("p", "new"), LawError, "current, old or constant, not at new", "p"),
    (lambda: Law(a, s), LawError, "a law comes from a policy", a),
    (lambda: Prob(pi | s, s), LawError, "that of an action under a law", s),
    (lambda: Prob(pi, a), LawError, "that of an action under a law", a),
    (lambda: Expect(StateLaw(), Scope.close(a, f(a))), LawError, "no action is drawn from a StateLaw", StateLaw()),
    (lambda: Expect(pi | s, Scope.close(i, f(A[i]))), LawError, "no index is drawn from a Law", pi | s),
    (lambda: KL(pi, old | s), LawError, "KL compares laws", ""),
    (lambda: Fisher(pi), LawError, "that of a law", pi),
    (lambda: Head("x", shape="cube"), LawError, "no shape cube", "x"),
    (lambda: f(a).diff(sympy.Symbol("x")), ShapeError, "differentiated by Gradient, not by diff", ""),
    (lambda: sympy.diff(f(a), sympy.Symbol("x")), ShapeError, "differentiated by Gradient, not by diff", ""),
    (lambda: sympy.Symbol("x") + f(a), ShapeError, "not an expression of the language", "x"),
    (lambda: f(a) * 0.5, ShapeError, "not an expression of the language", "0.5"),
    (lambda: Num(-1), ShapeError, "a literal is not negative", "-1"),
    (lambda: Gradient(SCORE), ShapeError, "a gradient needs a scalar, not a vector", SCORE),
    (lambda: Hessian(SCORE), ShapeError, "a Hessian needs a scalar, not a vector", SCORE),
    (lambda: Log(SCORE), ShapeError, "log needs a scalar, not a vector", SCORE),
    (lambda: Min(f(a), SCORE.T), ShapeError, "min needs a scalar, not a row vector", SCORE.T),
    (lambda: f(a) / SCORE, ShapeError, "a denominator needs a scalar, not a vector", SCORE),
    (lambda: f(a) ** Fisher(pi | s), ShapeError, "a power needs a scalar, not a matrix", Fisher(pi | s)),
    (lambda: Maximum(SCORE), ShapeError, "an optimisation problem needs a scalar", SCORE),
    (lambda: Maximum(f(a), f(b)), ShapeError, "each constraint has two sides", ""),
    (lambda: f(a) + SCORE, ShapeError, "a sum joins a scalar and a vector", ""),
    (lambda: SCORE * Step(), ShapeError, "a vector times a vector has no meaning; transpose one", Step()),
    (lambda: SCORE.T * Fisher(pi | s).T * SCORE.T, ShapeError, "a row vector times a row vector", SCORE.T),
    (lambda: Norm(SCORE.T), ShapeError, "a norm is that of a column vector", SCORE.T),
    (lambda: Relation("=", SCORE, f(a)), ShapeError, "the relation joins a vector and a scalar", ""),
    (lambda: Relation("≤", SCORE, Step()), ShapeError, "only scalars are ordered", "≤"),
    (lambda: Relation("~", f(a), f(b)), ShapeError, "no relation ~", ""),
    (lambda: Definition(f(a), SCORE), ScopeError, "the state s is free on the right", "s"),
    (lambda: Definition(r(s, a), SCORE), ShapeError, "the definition joins a scalar and a vector", ""),
])
def test_what_cannot_be_said_is_refused_with_its_place(build, error, reason, where):
    with pytest.raises(error) as caught:
        build()
    assert reason in caught.value.reason
    assert caught.value.where == where
    place = where if isinstance(where, str) else getattr(where, "name", "")
    assert str(caught.value) == (f"{place}: " if place else "") + caught.value.reason


@pytest.mark.parametrize(("build", "said"), [
    (lambda: Gradient(SCORE), r"\nabla_{\theta} \log \pi_{\theta}(a|s): a gradient needs a scalar, not a vector"),
    (lambda: Definition(f(a) + 1, f(a)), "f(a) + 1: only a named function alone on the left can be defined"),
    (lambda: Fisher(pi), r"\pi_{\theta}: the Fisher information is that of a law"),
    (lambda: Length(s), "s: only a sequence has a length"),
    (lambda: f(a) * 0.5, "0.5: not an expression of the language"),
])
def test_a_refusal_is_said_in_latex_not_in_code(build, said):
    with pytest.raises(LanguageError) as caught:
        build()
    assert refusal(caught.value) == said
    verdict = check_built(build)
    assert (verdict.status, verdict.reason) == ("ill-formed", said)


@pytest.mark.parametrize(("point", "name"), [
    (Sample(A, i), "a_{i}"), (TokenOf(a, t), "a_{t}"), (TokenOf(Sample(A, i), t), "a_{i,t}"),
    (Prefix(Sample(A, i), t), "a_{i,<t}"), (Prefix(a, Num(2)), "a_{<2}"), (r(s, A[i]), "r(s, a_{i})"),
])
def test_a_place_is_named_as_it_is_written(point, name):
    assert point.name == name


@pytest.mark.parametrize(("term", "shape"), [
    (SCORE, ("d", "1")), (SCORE.T, ("1", "d")), (SCORE.T * Step(), ("1", "1")), (SCORE * SCORE.T, ("d", "d")),
    (Step().T * Fisher(pi | s) * Step(), ("1", "1")), (Fisher(pi | s) * Step() * beta, ("d", "1")),
    (Hessian(f(a)), ("d", "d")), (Norm(Step()) ** 2, ("1", "1")), (SCORE / 2 + remainder(1), ("d", "1")),
    (E((a, pi | s), SCORE), ("d", "1")), (group_mean(i, f(A[i])), ("1", "1")), (AtOld(SCORE.T), ("1", "d")),
    (total(i, SCORE), ("d", "1")), (remainder(2), ("*", "*")), (Neg(SCORE), ("d", "1")),
])
def test_shapes_follow_the_operations(term, shape):
    assert term.shape == shape


def test_a_remainder_has_an_order_and_fits_every_shape():
    assert isinstance(remainder(3), BigO)
    relation = Relation("=", SCORE, AtOld(SCORE) + remainder(1))
    assert Claim(relation).order == 1
    assert Claim(Relation("=", SCORE, Num(0))).order is None


def test_every_subterm_is_walked():
    parts = list(E((a, pi | s), f(a)).walk())
    assert all(isinstance(part, Term) for part in parts)
    assert {type(part) for part in parts} >= {Expect, Law, Policy, Scope, App}
    assert next(iter(parts)) == E((a, pi | s), f(a))
    assert Sum(ALL, NONE, Scope.close(a, f(a))) == total(a, f(a))
