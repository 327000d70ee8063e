"""Exact numbers and jets: normal forms decide equality, balls difference, series agree with the functions nearby."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest
from flint import arb, ctx, fmpq
from hypothesis import given
from hypothesis import strategies as st

from grpo_symbolic.oracle.model import exact, jets
from grpo_symbolic.oracle.model.jets import Jet, monomials
from grpo_symbolic.oracle.model.number_systems import Floating, Precise
from grpo_symbolic.oracle.model.tables import OLD, THETA, Rational, Sizes, Softmax

positive = st.fractions(min_value=Fraction(1, 50), max_value=50, max_denominator=50)


def rational(value: Fraction) -> fmpq:
    return fmpq(value.numerator, value.denominator)


@given(positive, positive)
def test_logarithms_of_products_split(x: Fraction, y: Fraction) -> None:
    product = exact.log(rational(x * y)) - exact.log(rational(x)) - exact.log(rational(y))
    assert exact.sign(product) == 0
    assert isinstance(product, fmpq)


@given(positive, positive)
def test_a_sign_is_that_of_the_number(x: Fraction, y: Fraction) -> None:
    difference = exact.log(rational(x)) - exact.log(rational(y))
    assert exact.sign(difference) == (x > y) - (x < y)
    assert exact.sign(difference * difference) == (x != y)


@given(positive)
def test_exp_inverts_log(x: Fraction) -> None:
    assert exact.exp(exact.log(rational(x))) == rational(x)
    assert exact.exp(-exact.log(rational(x))) == 1 / rational(x)


def test_a_tiny_difference_is_seen() -> None:
    near = fmpq(10 ** 40 + 1, 10 ** 40)
    assert exact.sign(exact.log(fmpq(2)) * near - exact.log(fmpq(2))) == 1


def test_a_ball_never_proves_equality() -> None:
    with ctx.workprec(exact.BITS):
        assert exact.sign(exact.root(fmpq(2)) * exact.root(fmpq(2)) - 2) == exact.UNKNOWN
        assert exact.sign(exact.root(fmpq(2)) - exact.root(fmpq(3))) == -1
        assert exact.sign(exact.root(fmpq(9, 4)) - fmpq(3, 2)) == 0
        assert exact.root(exact.root(fmpq(2)) - exact.root(fmpq(2))).is_finite()


@pytest.mark.parametrize(("number", "exponent", "result"), [
    (fmpq(4, 9), fmpq(1, 2), fmpq(2, 3)), (fmpq(2, 3), fmpq(-2), fmpq(9, 4)), (fmpq(8), fmpq(2, 3), fmpq(4))])
def test_rational_powers(number: fmpq, exponent: fmpq, result: fmpq) -> None:
    assert exact.power(number, exponent) == result


def test_arithmetic_of_logarithms() -> None:
    two, three = exact.log(fmpq(2)), exact.log(fmpq(3))
    assert (two + three) * (two - three) == two * two - three * three
    assert (2 * two) / two == 2
    assert isinstance(two / three, arb)
    assert float((two / three).mid()) == pytest.approx(math.log(2) / math.log(3))
    assert str(two * fmpq(1, 2) - three + 1) == "1 + 1/2·log(2) - log(3)"
    low, high = exact.bounds(two - three)
    assert float(low) <= math.log(2 / 3) <= float(high) < 0


def polynomial(jet: Jet, at: tuple[float, ...]) -> float:
    """The value of a jet's Taylor polynomial near the point."""
    return float(sum(term * math.prod(at[i] for i in monomial) for monomial, term in jet.terms.items()).item())


FUNCTIONS = {
    "exp": (lambda x: jets.exponential(x, np.exp(x.value), 3), math.exp),
    "log": (lambda x: jets.logarithm(x, np.log(x.value), 3), math.log),
    "power": (lambda x: jets.power(x, np.array([-1.5]), x.value ** -1.5, 3), lambda x: x ** -1.5),
    "square": (lambda x: x.times(x, 3), lambda x: x * x),
    "quotient": (lambda x: jets.quotient(x.times(x, 3), x + jets.constant(np.ones(1)), 3), lambda x: x * x / (x + 1)),
}


@pytest.mark.parametrize("name", FUNCTIONS)
def test_series_agree_with_the_function_nearby(name: str) -> None:
    of_jet, of_number = FUNCTIONS[name]
    rng = np.random.default_rng(0)
    jet = Jet({m: rng.uniform(0.5, 2, 1) for m in monomials(2, 3)})
    for step in ((0.01, 0.02), (-0.01, -0.02)):
        value = of_number(polynomial(jet, step))
        assert polynomial(of_jet(jet), step) == pytest.approx(value, abs=2e-5)
        assert polynomial(of_jet(jet).cut(1), step) != pytest.approx(value, abs=2e-5)


def test_the_derivative_of_a_jet_is_that_of_its_polynomial() -> None:
    jet = Jet({(): np.array([1.0]), (0,): np.array([2.0]), (0, 0): np.array([3.0]), (0, 0, 1): np.array([5.0])})
    assert {m: term.item() for m, term in jet.derivative(0).terms.items()} == {(): 2, (0,): 6, (0, 1): 10}
    assert {m: term.item() for m, term in jet.derivative(1).terms.items()} == {(0, 0): 5, (): 0}


@pytest.mark.parametrize("kind", [Softmax, Rational])
def test_laws_are_normalised_with_all_their_derivatives(kind: type) -> None:
    model = kind(Sizes(actions=4, directions=2, batch=5), Floating(), np.random.default_rng(1))
    for point in (THETA, OLD):
        chances, logs = model.law(r"\pi", (3,), 4, point, 3)
        for monomial, term in chances.terms.items():
            assert term.shape == (3, 4, 5)
            assert np.allclose(term.sum(axis=-2), 0 if monomial else 1)
        again = jets.exponential(logs, np.exp(logs.value), 3)
        assert all(np.allclose(again.terms[m], chances.terms[m]) for m in chances.terms)


def test_one_model_in_two_arithmetics() -> None:
    model = Rational(Sizes(actions=3, directions=2, batch=2), Floating(), np.random.default_rng(2))
    floats = model.law(r"\pi", (), 3, THETA, 2)
    for member in range(2):
        precise = model.at(member, Precise()).law(r"\pi", (), 3, THETA, 2)
        for approximate, number in zip(floats, precise, strict=True):
            for monomial, term in approximate.terms.items():
                values = [float(exact.ball(x).mid()) for x in number.terms[monomial][:, 0]]
                assert np.allclose(term[:, member], values)
