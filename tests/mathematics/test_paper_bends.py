"""Equations (7)–(13): each holds under exactly its hypotheses, and no bent version of it is proved."""

import pytest
from paper_bends import BENT, CASES, HYPOTHESES, PRINTED, PROVED, STRAIGHT, divergence, is_, log_old, log_theta

from grpo_symbolic import kernel as k
from grpo_symbolic.language import AtOld, Expect, Hessian, grad, remainder
from grpo_symbolic.paper.notation import F_old, a, define_fisher, define_objective, one_half, score, step
from grpo_symbolic.proof.prove import Unproved, prove


@pytest.mark.parametrize(("name", "bend"), CASES)
def test_a_bent_equation_is_not_proved(name, bend):
    with pytest.raises(Unproved) as refusal:
        prove(BENT[name][bend]())
    assert isinstance(refusal.value.__cause__, k.NotProved), "decided, not just unsaid"


def test_every_equation_is_bent_at_least_five_ways():
    assert set(BENT) == {f"eq{n:02}" for n in range(7, 14)} | {"first-order-expansion"}
    assert all(len(bends) >= 5 for bends in BENT.values())


@pytest.mark.parametrize("name", STRAIGHT)
def test_what_was_bent_is_proved_unbent(name):
    proof = prove(STRAIGHT[name]())
    assert (proof.relation, proof.order) == ("=", {"eq13": 3, "first-order-expansion": 2}.get(name))


@pytest.mark.parametrize("name", PROVED)
def test_what_was_bent_is_what_is_printed(name):
    printed, mine = PRINTED[name](), STRAIGHT[name]()
    assert mine.lhs == printed.lhs
    assert mine.rhs in (printed.rhs, printed.rhs + remainder(3))


def test_eq11_is_what_is_printed():
    printed = PRINTED["eq11"]()
    assert (printed.lhs, printed.rhs) == (STRAIGHT["eq11"]().lhs, STRAIGHT["eq11"]().rhs)


@pytest.mark.parametrize("name", HYPOTHESES)
def test_the_hypotheses_are_exactly_those_used(name):
    # that the members of a group are independent draws is the convention of (5); (9) does not depend on it
    assert set(prove(STRAIGHT[name]()).hypotheses) - {"IndependentSamples"} == HYPOTHESES[name]


NEEDS = {
    "eq07": {"constant", "log-derivative"},
    "eq08": {"constant"},
    "eq09": {"constant", "interchange", "log-derivative"},
    "eq10": {"constant", "interchange"},
    "eq11": {"log-split"},
    "eq12": {"constant", "interchange"},
    "eq13": {"constant", "interchange", "log-derivative", "normalisation"},
    "first-order-expansion": {"constant"},
}


@pytest.mark.parametrize("rule", sorted(k.RULES))
@pytest.mark.parametrize("name", NEEDS)
def test_without_a_rule_just_those_that_need_it_are_lost(name, rule):
    claim = STRAIGHT[name]()
    if rule in NEEDS[name]:
        with pytest.raises(Unproved):
            prove(claim, k.RULES - {rule})
    else:
        assert prove(claim, k.RULES - {rule}).order == prove(claim).order


@pytest.mark.parametrize(("name", "order"), [("eq09", None), ("eq13", 3), ("first-order-expansion", 2)])
def test_the_strongest_relation_is_reported(name, order):
    assert prove(PRINTED[name]()).order == order


@pytest.mark.parametrize("gradient", [score(a), AtOld(score(a))])
def test_the_expansion_holds_with_either_gradient_and_opposite_errors(gradient):
    sign = 1 if isinstance(gradient, AtOld) else -1
    quadratic = one_half * step.T * AtOld(Hessian(log_theta)) * step
    error = log_theta - (log_old + gradient.T * step)
    prove(is_(error, sign * quadratic + remainder(3)))
    with pytest.raises(Unproved):
        prove(is_(error, -sign * quadratic + remainder(3)))


def test_the_orders_below_the_second_vanish_in_13_and_not_in_the_log_ratio():
    prove(is_(AtOld(divergence), 0))
    prove(is_(AtOld(grad(divergence)), 0))
    prove(is_(AtOld(Hessian(divergence)), F_old(), define_fisher))
    with pytest.raises(Unproved):
        prove(is_(AtOld(grad(log_theta - log_old)), 0))
    with pytest.raises(Unproved):
        prove(is_(AtOld(grad(divergence)), 0), k.RULES - {"normalisation"})


def test_the_objective_is_an_expectation_over_states_and_groups():
    assert isinstance(define_objective.rhs, Expect)
    assert isinstance(define_objective.rhs.scope.body, Expect)
