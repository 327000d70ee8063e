"""Spot checks: what is true never disagrees on any random model, what is bent does."""

from dataclasses import replace

import numpy as np
import pytest
from flint import arb
from oracle_claims import BENT, PAPER, TRUE, equation, ratio, score
from symbols import a, beta, group, i, j, old, pi, r, ref, s, t

from grpo_symbolic.language import (
    KL,
    AtOld,
    Claim,
    E,
    Exp,
    Head,
    Log,
    Max,
    Node,
    Num,
    Product,
    Relation,
    Root,
    Step,
    Sum,
    TokenOf,
    Var,
    grad,
    group_sum,
    remainder,
    taylor,
    total,
)
from grpo_symbolic.language import Length as length
from grpo_symbolic.language import Maximum as maximum
from grpo_symbolic.oracle.meaning.evaluator import Unevaluable
from grpo_symbolic.oracle.model.tables import Sizes, Softmax, extended, largest_spread
from grpo_symbolic.oracle.search.spot import SpotCheck, contradicted, spot_check


@pytest.mark.parametrize("name", PAPER)
def test_the_papers_equations_and_their_bent_forms(name: str) -> None:
    right, wrong = PAPER[name]
    assert spot_check(right) == SpotCheck(32, 0, pytest.approx(0, abs=1e-9))
    assert spot_check(wrong).disagreements > 20


@pytest.mark.parametrize("name", TRUE)
@pytest.mark.parametrize("seed", range(2))
def test_true_claims_never_disagree(name: str, seed: int) -> None:
    found = spot_check(TRUE[name], seed=seed)
    assert found.models > 8
    assert found.disagreements == 0
    assert found.largest < 1e-9


@pytest.mark.parametrize("name", sorted(set(BENT) - {"not finite"}))
def test_bent_claims_disagree(name: str) -> None:
    assert spot_check(BENT[name]).disagreements > 8


def test_what_is_not_finite_is_no_evidence() -> None:
    assert spot_check(BENT["not finite"]) == SpotCheck(0, 0, 0)


def test_a_floating_point_overflow_is_no_disagreement() -> None:
    def tower(chance: Node) -> Node:
        return Exp(Exp(Exp(5 * chance)))

    assert spot_check(equation(tower(pi(a, s)), tower(Exp(Log(pi(a, s)))))) == SpotCheck(32, 0, 0)
    assert spot_check(equation(tower(pi(a, s)), tower(old(a, s)))).disagreements > 8
    assert spot_check(equation(tower(tower(pi(a, s))), tower(tower(Exp(Log(pi(a, s))))))).disagreements == 0


@pytest.mark.parametrize(("op", "wrong"), [("<", True), ("≤", False), ("=", False), ("≥", False), (">", True)])
def test_only_balls_that_part_disagree(op: str, wrong: bool) -> None:
    assert contradicted(op, arb(0)) is wrong
    assert not contradicted(op, arb(0, 1))
    assert bool(contradicted(op, arb(0, arb(2) ** -2100))) is wrong
    assert contradicted(op, arb(2, 1)) is (op in "=<≤")
    assert contradicted(op, arb(-2, 1)) is (op in "=>≥")


def test_nearly_deterministic_policies_stay_finite() -> None:
    spread = largest_spread(extended())
    model = Softmax(Sizes(actions=4, directions=2, batch=64), extended(), np.random.default_rng(0), spread=spread)
    chances, logs = model.law(r"\pi", (), 4, "θ", 2)
    assert logs.value.min() < -0.85 * spread
    assert all(np.isfinite(term).all() for jet in (chances, logs) for term in jet.terms.values())
    assert (chances.value > 0).all()
    assert np.allclose(chances.value.sum(axis=0).astype(float), 1)


def test_models_on_a_kink_are_left_out() -> None:
    claim = equation(grad(Max(ratio(a), Num(1))), 0, at_old=True)
    found = spot_check(claim)
    assert found.disagreements == 0
    assert found.models < 11  # an extreme policy has actions whose derivative rounds to zero


def test_assumptions_that_never_hold_leave_no_model() -> None:
    claim = equation(r(s, a), 0, assume=(Relation("<", KL(pi | s, ref | s), 0),))
    assert spot_check(claim).models == 0


def test_policies_that_are_the_same_at_any_member_are_drawn_so() -> None:
    """A member that the claim names is any: of it, too, all actions of the law are spoken of."""
    one = group[i]
    same = Relation("=", ref(one, s), old(one, s))
    claim = equation(Log(ref(one, s)), Log(old(one, s)), assume=(same,), fixed=frozenset({i}))
    assert spot_check(claim) == SpotCheck(32, 0, 0.0)
    assert spot_check(replace(claim, fixed=frozenset({group}))).models < 32


def test_the_number_of_models_and_the_seed() -> None:
    claim = BENT["KL is symmetric"]
    assert [spot_check(claim, models=n).models for n in (1, 7, 32)] == [1, 7, 32]
    assert spot_check(claim, seed=5) == spot_check(claim, seed=5) != spot_check(claim, seed=6)


def test_tokens_of_another_sequence_are_tried_where_they_are() -> None:
    gate = Head("f(#1)")
    first = group_sum(i, total(t, gate(TokenOf(group[1], t)), upper=length(group[i])))
    found = spot_check(Claim(Relation("=", first + first, 2 * first)), models=40)
    assert found.models >= 8
    assert found.disagreements == 0


def test_a_maximum_over_θ_has_no_value() -> None:
    with pytest.raises(Unevaluable):
        spot_check(equation(maximum(pi(a, s)), 1))
    with pytest.raises(Unevaluable):
        spot_check(equation(grad(pi(a, s) + remainder(2)), 0))


def test_a_relation_up_to_an_order() -> None:
    expansion = Claim(Relation("≈", Log(pi(a, s)), Log(old(a, s)) + score(a).T * Step()))
    assert spot_check(expansion, order=2).disagreements == 0
    assert spot_check(expansion, order=3).disagreements > 8


def test_remainders_stand_in_sums_and_products_only() -> None:
    expansion = Log(old(a, s)) + AtOld(score(a)).T * Step()
    assert spot_check(equation(Log(pi(a, s)) - remainder(2), expansion)).disagreements == 0
    assert spot_check(equation(beta * Log(pi(a, s)), beta * (expansion + remainder(2)))).disagreements == 0
    assert spot_check(equation(score(a), AtOld(score(a)) - remainder(1))).disagreements == 0
    for inside in (Root(remainder(2)), 1 / remainder(2), Log(1 + remainder(2))):
        with pytest.raises(Unevaluable):
            spot_check(equation(pi(a, s), inside))


def test_what_is_too_large_is_refused() -> None:
    entangled: Node = pi(a, s)
    for k in range(25):
        entangled = E((Var(f"x{k}", "action"), pi | s), pi(Var(f"x{k}", "action"), s) * entangled)
    for node in (entangled, pi(a, s) ** 10 ** 6, group_sum(i, total(j, Num(1), upper=Num(10 ** 9))),
                 taylor(pi(a, s), 100)):
        with pytest.raises(Unevaluable):
            spot_check(equation(node, 0))
    with pytest.raises(Unevaluable):
        spot_check(equation(pi(a, s), remainder(40)))


def test_nodes_are_those_of_the_language() -> None:
    """Every kind of node has a meaning or a definition, but for the optimisation problem, what definitions bind,
    and values, which small processes have."""
    import grpo_symbolic.language as language
    from grpo_symbolic.oracle.meaning.evaluator import RULES

    kinds = {kind for name in language.__all__ if isinstance(kind := getattr(language, name), type)
             and issubclass(kind, Node) and kind not in (Node, language.Abbreviation)}
    assert {kind.__name__ for kind in kinds - RULES.keys() - language.DEFINITIONS.keys()} == {
        "Argument", "Maximum", "Value"}
    assert RULES.keys().isdisjoint(language.DEFINITIONS)
    assert {Sum, Product} <= RULES.keys()
