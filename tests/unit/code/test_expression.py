"""Expressions over sequences and tokens: what they are equal to, their derivatives, their values."""

from fractions import Fraction

import numpy as np
import pytest
from recorded_losses import slope

from grpo_symbolic.code.algebra.derivative import derivative, unstopped
from grpo_symbolic.code.algebra.evaluate import INTERVALS, Batch, Unsure, evaluate, spread
from grpo_symbolic.code.algebra.expression import (
    absolute,
    add,
    choose,
    clip,
    compare,
    divide,
    exp,
    log,
    maximum,
    minimum,
    multiply,
    negative,
    power,
    stop,
    subtract,
)
from grpo_symbolic.code.algebra.nodes import ONE, ZERO, constant, decimal, leaf, number, parts, size, window
from grpo_symbolic.code.algebra.printing import latex, plain
from grpo_symbolic.code.algebra.rebuilt import shifted, total

AXES = ("B", "T")
X, OLD, M = (leaf(letter, AXES) for letter in "xom")
A = leaf("A", ("B",))
W = exp(subtract(X, OLD))
LENGTH = total("T", M)
EPS = constant("eps")
DRAW = np.random.default_rng(7)
INPUTS = {"x": -DRAW.uniform(0.1, 2, (3, 5)), "o": -DRAW.uniform(0.1, 2, (3, 5)), "A": DRAW.normal(0, 1, 3),
          "m": (np.arange(5) < np.array([[5], [2], [3]])).astype(float)}


def value(node, inputs):
    """An expression that is a number, on a batch."""
    arrays = {name: spread(array, AXES[:array.ndim]) for name, array in inputs.items()}
    return evaluate(node, Batch(arrays, {"eps": 0.2}, {"B": 3, "T": 5}))


SCALARS = [
    total("B", total("T", multiply(M, W, A))),
    divide(total("B", divide(total("T", multiply(M, minimum(multiply(W, A), multiply(clip(
        W, subtract(ONE, EPS), add(ONE, EPS)), A)))), LENGTH)), size("B")),
    total("B", multiply(A, exp(divide(total("T", multiply(M, subtract(X, OLD))), LENGTH)))),
    total("B", total("T", multiply(window("T", 0, 1), shifted(X, "T", 1), M))),
    total("B", power(total("T", multiply(M, X)), 2)),
    total("B", total("T", multiply(M, absolute(subtract(X, OLD)), maximum(X, OLD)))),
    total("T", power(total("B", multiply(M, W)), Fraction(1, 2))),
    log(total("B", total("T", exp(multiply(M, X))))),
    total("B", total("T", choose(compare("<", X, OLD), power(X, 3), multiply(X, OLD)))),
    divide(total("B", total("T", multiply(M, X))), total("B", total("T", power(add(ONE, W), -1)))),
]


@pytest.mark.parametrize("node", SCALARS, ids=plain)
def test_the_derivative_is_that_by_differences(node):
    found = np.broadcast_to(value(derivative(node), INPUTS), (1, 3, 5, 1))[0, :, :, 0]

    def of_logp(logp):
        return value(node, {**INPUTS, "x": logp}).item()
    assert found == pytest.approx(slope(of_logp, INPUTS["x"]), rel=1e-6, abs=1e-8)


@pytest.mark.parametrize(("left", "right"), [
    (subtract(X, X), ZERO), (multiply(M, M), M), (exp(log(W)), W), (multiply(W, power(W, -1)), ONE),
    (add(X, OLD, negative(X)), OLD), (total("T", multiply(A, X)), multiply(A, total("T", X))),
    (total("B", total("T", X)), total("T", total("B", X))), (choose(ONE, X, OLD), X), (compare(">", M, ZERO), M),
    (compare("=", M, ZERO), subtract(ONE, M)), (compare("≥", X, X), ONE), (compare(">", X, X), ZERO),
    (power(power(X, 2), 2), power(X, 4)), (stop(OLD), OLD), (shifted(shifted(X, "T", 2), "T", -2), X),
    (divide(multiply(number(2), X), number(2)), X), (decimal(0.1), number(Fraction(1, 10))),
])
def test_what_is_equal_by_construction_is_one_object(left, right):
    assert left is right


def test_what_is_held_fixed_has_no_derivative_and_the_same_value():
    node = total("B", total("T", multiply(stop(W), X)))
    assert derivative(node) is stop(W)
    assert value(unstopped(node), INPUTS).item() == pytest.approx(value(node, INPUTS).item())
    assert not any(part.kind == "stop" for part in parts(unstopped(node)))


@pytest.mark.parametrize("node", SCALARS, ids=plain)
def test_intervals_hold_the_value(node):
    exact = {name: np.frompyfunc(lambda one: Fraction(float(one)), 1, 1)(spread(array, AXES[:array.ndim]))
             for name, array in INPUTS.items()}
    batch = Batch(exact, {"eps": Fraction(1, 5)}, {"B": 3, "T": 5})
    try:
        found = evaluate(node, batch, INTERVALS).item()
    except Unsure:
        assert any(part.kind == "min" for part in parts(node))  # both are one inside of the clip
        return
    assert float(found.mid()) == pytest.approx(value(node, INPUTS).item(), rel=1e-12)


def test_what_is_masked_does_not_count_even_where_it_overflows():
    node = total("T", multiply(M, exp(multiply(number(2000), subtract(ONE, M)))))
    assert value(node, INPUTS).ravel() == pytest.approx([5, 2, 3])


@pytest.mark.parametrize(("node", "text", "tex"), [
    (W, "r_it", "r_{i,t}"), (LENGTH, "|o_i|", "|o_i|"), (add(ONE, EPS), "1 + eps", r"1 + \varepsilon"),
    (total("T", multiply(M, X)), "Σ_t log π_θ(o_it)", r"\sum_{t=1}^{|o_i|} \log\pi_\theta(o_{i,t})"),
    (divide(multiply(W, A), LENGTH), "r_it A_i/|o_i|", r"\frac{r_{i,t} \hat{A}_{i}}{|o_i|}"),
    (subtract(X, leaf("f", AXES)), "log π_θ/π_ref", r"\log\frac{\pi_\theta}{\pi_{\text{ref}}}"),
])
def test_how_expressions_are_printed(node, text, tex):
    assert sorted(plain(node).replace("/", " ").split()) == sorted(text.replace("/", " ").split())
    assert len(latex(node)) == len(tex)
