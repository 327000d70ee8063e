"""Penalties: what the mean of their gradient is comes from all pieces of their coefficient."""

from fractions import Fraction

import pytest

from grpo_symbolic.code.algebra.expression import absolute, clip, divide, maximum, multiply
from grpo_symbolic.code.algebra.nodes import ONE, number
from grpo_symbolic.code.algebra.order import Facts
from grpo_symbolic.code.deciding.terms import PENALTY, Term
from grpo_symbolic.code.telling.penalty import FORWARD, K1, K3, NONE, NOTHING, UNDECIDED, penalty_of

HALF = number(Fraction(1, 2))


def means(body):
    """What the mean gradients of a penalty are, on-policy and off-policy."""
    found = penalty_of(Term(PENALTY, (), ONE, ONE, body), Facts(), {})
    return found.on_policy, found.off_policy


def test_one_coefficient_everywhere_is_that_of_an_estimator():
    assert means(K1) == (NOTHING, NONE)
    assert means(K3) == (FORWARD, NONE)


@pytest.mark.parametrize("body", [
    absolute(K1), maximum(K1, multiply(number(2), K1)), maximum(divide(K1, number(3)), K1),
    clip(multiply(K1, HALF), number(-1), K1)], ids=["|k1|", "max(k1, 2 k1)", "max(k1/3, k1)", "clip"])
def test_one_piece_of_several_says_nothing_of_the_mean(body):
    """Each piece is a multiple of k1, of which the mean gradient is 0; the mean over all of them is not."""
    on_policy, off_policy = means(body)
    assert on_policy in (UNDECIDED, NONE)
    assert off_policy in (UNDECIDED, NONE)
