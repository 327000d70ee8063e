"""Jets: Taylor polynomials in the components of θ around a point, cut off at a total degree.

A derivative is a coefficient of such a polynomial, so nothing here knows a rule of differentiation but
those of power series. Coefficients are NumPy arrays: of floats, or of exact numbers as objects.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from itertools import combinations_with_replacement
from typing import Any

from . import clock

Array = Any
Monomial = tuple[int, ...]


@cache
def monomials(directions: int, order: int) -> tuple[Monomial, ...]:
    """The monomials in ``directions`` variables of degree at most ``order``, the constant first.

    >>> monomials(2, 2)
    ((), (0,), (1,), (0, 0), (0, 1), (1, 1))
    """
    return tuple(monomial for degree in range(order + 1)
                 for monomial in combinations_with_replacement(range(directions), degree))


@cache
def _merge(left: Monomial, right: Monomial) -> Monomial:
    return tuple(sorted(left + right))


class Jet:
    """A polynomial: ``terms`` maps a monomial to its coefficient; the constant is always there."""

    __slots__ = ("terms",)

    def __init__(self, terms: dict[Monomial, Array]) -> None:
        self.terms = terms

    @property
    def value(self) -> Array:
        """The constant coefficient."""
        return self.terms[()]

    @property
    def is_constant(self) -> bool:
        """Whether there is nothing but the constant."""
        return len(self.terms) == 1

    def map(self, function: Callable[[Array], Array]) -> Jet:
        """A linear function of arrays, applied to every coefficient."""
        return Jet({monomial: function(term) for monomial, term in self.terms.items()})

    def __neg__(self) -> Jet:
        return self.map(lambda term: -term)

    def __add__(self, other: Jet) -> Jet:
        terms = dict(self.terms)
        for monomial, term in other.terms.items():
            terms[monomial] = terms[monomial] + term if monomial in terms else term
        return Jet(terms)

    def __sub__(self, other: Jet) -> Jet:
        return self + -other

    def times(self, other: Jet, order: int) -> Jet:
        """The product up to degree ``order``."""
        terms: dict[Monomial, Array] = {}
        for left, term in self.terms.items():
            for right, factor in other.terms.items():
                if len(left) + len(right) <= order:
                    clock.check()
                    monomial = _merge(left, right)
                    product = term * factor
                    terms[monomial] = terms[monomial] + product if monomial in terms else product
        return Jet(terms)

    def cut(self, order: int) -> Jet:
        """The terms of degree at most ``order``."""
        return Jet({monomial: term for monomial, term in self.terms.items() if len(monomial) <= order})

    def derivative(self, direction: int) -> Jet:
        """The partial derivative; its degree is one less."""
        terms: dict[Monomial, Array] = {}
        for monomial, term in self.terms.items():
            if direction in monomial:
                place, count = monomial.index(direction), monomial.count(direction)
                terms[monomial[:place] + monomial[place + 1:]] = term if count == 1 else term * count
        if () not in terms:
            terms[()] = self.value * 0
        return Jet(terms)

    def varying(self) -> Jet:
        """The jet without its constant coefficient."""
        return Jet({**self.terms, (): self.value * 0})


def constant(value: Array) -> Jet:
    """A jet that does not vary."""
    return Jet({(): value})


def compose(jet: Jet, coefficients: list[Array], order: int, scale: Array | None = None) -> Jet:
    """Σ_k coefficients[k]·h^k, where h is the varying part of ``jet``, divided by ``scale``."""
    result = constant(coefficients[0])
    if jet.is_constant:
        return result
    small = jet.varying() if scale is None else jet.varying().map(lambda term: term / scale)
    power = small
    for coefficient in coefficients[1:order + 1]:
        result = result + power.map(lambda term, c=coefficient: c * term)  # type: ignore[misc]
        power = power.times(small, order)
    return result


def exponential(jet: Jet, value: Array, order: int) -> Jet:
    """exp of a jet, given exp of its constant."""
    coefficients = [value]
    for k in range(1, order + 1):
        coefficients.append(coefficients[-1] / k)
    return compose(jet, coefficients, order)


def logarithm(jet: Jet, value: Array, order: int) -> Jet:
    """log of a jet, given log of its constant, which is positive."""
    if jet.is_constant:
        return constant(value)
    one = jet.value / jet.value
    coefficients = [value] + [(one if k % 2 else -one) / k for k in range(1, order + 1)]
    return compose(jet, coefficients, order, jet.value)


def power(jet: Jet, exponent: Array, value: Array, order: int) -> Jet:
    """jet ** exponent, given the power of its constant, which is not zero; the exponent does not vary."""
    if jet.is_constant:
        return constant(value)
    coefficients = [value]
    for k in range(1, order + 1):
        coefficients.append(coefficients[-1] * (exponent - (k - 1)) / k)
    return compose(jet, coefficients, order, jet.value)


def quotient(above: Jet, below: Jet, order: int) -> Jet:
    """above / below, whose constant is not zero."""
    head = above.map(lambda term: term / below.value)
    if below.is_constant:
        return head
    one = below.value / below.value
    coefficients = [one if k % 2 == 0 else -one for k in range(order + 1)]
    return head.times(compose(below, coefficients, order, below.value), order)
