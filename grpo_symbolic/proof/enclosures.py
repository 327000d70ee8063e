r"""Between which rationals a number lies that is none: e, \log 2, \sqrt{3}, and products of such. Trusted.

Ends are rounded outwards, and what is left of a series is bounded by a geometric one: no end is an approximation.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import ceil, factorial, floor
from typing import NamedTuple

from .. import kernel as k

PARTS = 10 ** 40  # ends are whole numbers of such parts
TERMS = 40
LARGEST = 64  # an exponent, and the argument of an exponential
NUMBERS = (k.Log, k.Exp, k.Power)


class Ends(NamedTuple):
    """Two rationals between which a number lies."""

    low: Fraction
    high: Fraction


class Unbounded(ArithmeticError):
    """What is no number, or none of which ends are known here."""


def enclosed(difference: k.Form) -> list[k.Assumption]:
    """That each product of such numbers in a form lies between its ends."""
    found = []
    for product in sorted(set(products(difference.poly))):
        try:
            ends = ends_of_monomial(product)
        except Unbounded:
            continue
        form = k.of(((product, Fraction(1)),))
        found += [k.Assumption(form - k.number(ends.low), "≥"), k.Assumption(k.number(ends.high) - form, "≥")]
    return found


def products(poly: k.Poly) -> Iterator[k.Monomial]:
    """The products of numbers that are no rationals in a polynomial, and in what its comparisons hold."""
    for monomial, _ in poly:
        if own := tuple((gen, e) for gen, e in monomial if isinstance(gen, NUMBERS)):
            yield own
        for gen, _ in monomial:
            if isinstance(gen, k.Indicator):
                yield from products(gen.of)


def ends_of(poly: k.Poly) -> Ends:
    """Between which rationals the value of a polynomial lies. Raises Unbounded."""
    low = high = Fraction(0)
    for monomial, c in poly:
        ends = ends_of_monomial(monomial)
        one, other = ends.low * c, ends.high * c
        low, high = low + min(one, other), high + max(one, other)
    return outward(low, high)


def ends_of_monomial(monomial: k.Monomial) -> Ends:
    """Between which rationals a product of powers lies. Raises Unbounded."""
    found = Ends(Fraction(1), Fraction(1))
    for gen, e in monomial:
        one = raised(ends_of_generator(gen), Fraction(e))
        corners = [a * b for a in found for b in one]
        found = outward(min(corners), max(corners))
    return found


def ends_of_generator(gen: k.Generator) -> Ends:
    """Between which rationals a number lies. Raises Unbounded."""
    if not isinstance(gen, NUMBERS):
        raise Unbounded(gen)
    inner = ends_of(gen.of)
    if isinstance(gen, k.Log):
        if inner.low <= 0:
            raise Unbounded(gen)
        return outward(logarithm(inner.low).low, logarithm(inner.high).high)
    if isinstance(gen, k.Exp):
        return outward(exponential(inner.low).low, exponential(inner.high).high)
    return inner


def outward(low: Fraction, high: Fraction) -> Ends:
    """Ends of few digits around two rationals."""
    return Ends(Fraction(floor(low * PARTS), PARTS), Fraction(ceil(high * PARTS), PARTS))


def raised(ends: Ends, e: Fraction) -> Ends:
    """The ends of a power; of what may be negative, or zero, whole powers only, or none. Raises Unbounded."""
    if abs(e) > LARGEST or e.denominator > LARGEST or ends.low <= 0 and (e.denominator > 1 or e < 0):
        raise Unbounded(e)
    if e < 0:
        return raised(outward(1 / ends.high, 1 / ends.low), -e)
    powers = [end ** e.numerator for end in ends]
    low = Fraction(0) if ends.low < 0 < ends.high and e.numerator % 2 == 0 else min(powers)
    return outward(low, max(powers)) if e.denominator == 1 else outward(
        root(low, e.denominator), root(max(powers), e.denominator) + Fraction(1, PARTS))


def root(x: Fraction, degree: int) -> Fraction:
    """The largest number of whole parts of which a power is at most x."""
    wanted = floor(x * PARTS ** degree)
    low, high = 0, 1 << (wanted.bit_length() // degree + 1)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if middle ** degree <= wanted else (low, middle - 1)
    return Fraction(low, PARTS)


def exponential(x: Fraction) -> Ends:
    """The ends of e^x, by its series at a part of x that is at most 1/2. Raises Unbounded."""
    if abs(x) > LARGEST:
        raise Unbounded(x)
    halvings = max(0, ceil(abs(x)).bit_length() + 1)
    y = x / 2 ** halvings
    total = sum((y ** n / factorial(n) for n in range(TERMS)), Fraction(0))
    left = 2 * abs(y) ** TERMS / factorial(TERMS)
    return raised_by_squaring(outward(total - left, total + left), halvings)


def raised_by_squaring(ends: Ends, times: int) -> Ends:
    """The ends of what is squared so many times; it is positive."""
    for _ in range(times):
        ends = outward(ends.low ** 2, ends.high ** 2)
    return ends


def logarithm(x: Fraction) -> Ends:
    """The ends of log x = k log 2 + 2 artanh((m − 1)/(m + 1)), for x = 2^k m with m from 2/3 to 4/3, x > 0."""
    shift, m = 0, x
    while m > Fraction(4, 3):
        shift, m = shift + 1, m / 2
    while m < Fraction(2, 3):
        shift, m = shift - 1, m * 2
    two, rest = artanh_twice(Fraction(1, 3)), artanh_twice((m - 1) / (m + 1))
    whole = sorted((shift * two.low, shift * two.high))
    return outward(whole[0] + rest.low, whole[1] + rest.high)


def artanh_twice(z: Fraction) -> Ends:
    """The ends of 2 artanh z = 2 Σ_n z^(2n+1)/(2n+1), for |z| at most 1/3."""
    total = sum((2 * z ** (2 * n + 1) / (2 * n + 1) for n in range(TERMS)), Fraction(0))
    left = 2 * abs(z) ** (2 * TERMS + 1) / (1 - z * z)
    return outward(total - left, total + left)
