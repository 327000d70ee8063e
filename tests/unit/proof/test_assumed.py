"""Which assumptions are taken away from a form: those that leave less to show."""

import pytest

from grpo_symbolic import kernel as k
from grpo_symbolic.proof.search.assumed import assumed

calculus = k.Calculus()
x, y = k.atom("x"), k.atom("y")
P, T, one = k.atom("P", sign="positive"), k.atom("T", sign="size"), k.number(1)


def left(form, given):
    """What each suggestion leaves of a form that is to be shown not to be negative."""
    parts = [part for part, in assumed(calculus, form, "≥", [k.Assumption(given, "≥")])]
    return [(form - k.total_of(calculus, part)).poly for part in parts]


@pytest.mark.parametrize(("form", "given", "rest"), [
    (x, x - P, P),
    (x - y, x - y - P, P),
    (calculus.times(P, x) - calculus.times(P, y), x - y, k.number(0)),
], ids=["below what is assumed", "with room", "weighted"])
def test_an_assumption_is_taken_away_where_that_leaves_less(form, given, rest):
    assert rest.poly in left(form, given)


@pytest.mark.parametrize("form", [x - y, P - one, calculus.times(P, x) - P], ids=["signs unknown", "known", "mixed"])
@pytest.mark.parametrize("given", [T - one, one - P, T - P], ids=["a size", "a range", "two sizes"])
def test_what_puts_a_term_for_a_term_is_not(form, given):
    assert all(len(rest) < len(form.poly) for rest in left(form, given))
