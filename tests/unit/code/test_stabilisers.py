"""What is there for the sake of numbers is taken out under a hypothesis, and nothing else is."""

import pytest

from grpo_symbolic.code.algebra.expression import (
    add,
    clip,
    compare,
    divide,
    exp,
    maximum,
    minimum,
    multiply,
    power,
    subtract,
)
from grpo_symbolic.code.algebra.nodes import ONE, ZERO, constant, decimal, leaf, number
from grpo_symbolic.code.algebra.rebuilt import total
from grpo_symbolic.code.deciding.stabilisers import relaxed

AXES = ("B", "T")
X, OLD, M = (leaf(letter, AXES) for letter in "xom")
GAP = subtract(X, OLD)
LENGTH = total("T", M)
COUNT = total("B", LENGTH)
SPREAD = power(leaf("r", ("B",)), 2)


@pytest.mark.parametrize(("node", "plain", "text"), [
    (clip(GAP, number(-20), number(20)), GAP, "lies between -20 and 20"),
    (minimum(GAP, number(10)), GAP, "is below 10"), (maximum(GAP, number(-15)), GAP, "is above -15"),
    (divide(X, maximum(LENGTH, ONE)), divide(X, LENGTH), "every sequence has a token"),
    (divide(X, maximum(COUNT, ONE)), divide(X, COUNT), "the batch has a token"),
    (divide(X, maximum(LENGTH, decimal(1e-6))), divide(X, LENGTH), "every sequence has a token"),
    (divide(X, add(COUNT, decimal(1e-8))), divide(X, COUNT), "1e-08 beside"),
    (divide(X, add(SPREAD, decimal(1e-4))), divide(X, SPREAD), "0.0001 beside"),
    (compare(">", LENGTH, ZERO), ONE, "every sequence has a token"),
])
def test_stabilisers_are_taken_out_under_a_hypothesis(node, plain, text):
    found, (hypothesis,) = relaxed(node, {})
    assert found is plain
    assert text in hypothesis.text


@pytest.mark.parametrize("node", [
    clip(GAP, number(-2), number(2)), minimum(GAP, number(3)), minimum(exp(GAP), number(10)),
    clip(exp(GAP), decimal(0.8), decimal(1.2)), clip(GAP, constant("low"), constant("high")),
    maximum(LENGTH, number(2)), maximum(GAP, ONE), divide(X, add(LENGTH, ONE)), add(X, decimal(1e-8)),
    compare(">", LENGTH, number(2)), multiply(X, maximum(X, ZERO)),
])
def test_what_is_meant_stays(node):
    found, hypotheses = relaxed(node, {})
    assert found is node
    assert hypotheses == ()
