"""Advice is believed only where it adds up: what would prove something false is refused, its true sibling is proved."""

import pytest
from advice_traps import LISTED, TRAPS, A, B, G, a, b, f, i, lists, one, refused, s, theorem_of

from grpo_symbolic import kernel as k
from grpo_symbolic.kernel import Assumption, Part, Rewrite
from grpo_symbolic.kernel.advice import followed


@pytest.mark.parametrize("name", TRAPS)
def test_false_advice_is_refused(name):
    false, _ = TRAPS[name]
    assert refused(false)


@pytest.mark.parametrize("name", TRAPS)
def test_the_same_advice_proves_what_is_true(name):
    _, true = TRAPS[name]
    theorem = theorem_of(true)
    assert k.follow(theorem).hypotheses == theorem.hypotheses


@pytest.mark.parametrize("name", LISTED)
def test_a_theorem_lists_what_its_cases_rest_on(name):
    assert lists(*LISTED[name])


def test_a_name_that_a_sum_had_once_is_in_no_range():
    """A range may be empty: what holds on all of it says nothing of a name that is in it no longer."""
    calculus, sort = k.Calculus(), k.Sort("index", (G - one).poly)
    summed, = k.inside(calculus.total(i, sort, f(i)).poly, k.Sum)
    (name,), _ = calculus.opened(summed)
    said = [Assumption(f(i) - value, "=", every={i: sort}) for value in (A, B)]
    parts = tuple(Part(one, core, "case") for core in (A - f(name), f(name) - B))
    steps = (parts, *(Rewrite(k.leaf("f", (i,)), value) for value in (A, B)))
    with pytest.raises(k.NotProved):
        k.related(calculus, A, B, given=tuple(said), suggest=followed(steps))


def test_a_name_that_advice_foresees_is_given_to_no_new_variable():
    """Where a sum is opened, its variable would be one that the advice names: Σ_a g(a, x) would be Σ_a g(a, a)."""
    pi, g = (lambda x: k.atom("π", (x, s), "current", "law")), (lambda x, y: k.atom("g", (x, y)))
    for number in range(1, 30):
        calculus, x = k.Calculus(), k.variable(f"%{number}", "action")
        times, total, c = calculus.times, calculus.total, k.atom("c")
        same = total(a, k.ACTION, g(a, a))
        mean = total(b, k.ACTION, times(pi(b), total(a, k.ACTION, g(a, b))))
        core = times(c, same - total(a, k.ACTION, g(a, x)))
        steps = (Part(pi(x), core, "case", {x: k.ACTION}),), Rewrite(k.leaf("c"), one)
        with pytest.raises(k.NotProved):
            k.related(calculus, times(c, same), times(c, mean), given=(Assumption(c - one, "="),),
                      suggest=followed(steps))
