"""Rationals with a slope along the one coordinate of θ; a value that is no rational is not known."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

ZERO_FRACTION = Fraction(0)


class Unknown(ArithmeticError):
    """A number that is not known as a rational, or has no value."""


@dataclass(frozen=True)
class Dual:
    """A value and its slope in θ; ``value`` is missing where only the slope is rational, as of a logarithm."""

    value: Fraction | None
    slope: Fraction = ZERO_FRACTION

    def known(self) -> Fraction:
        """The value. Raises Unknown."""
        if self.value is None:
            raise Unknown("a logarithm is no rational")
        return self.value

    def __add__(self, other: Dual) -> Dual:
        missing = self.value is None or other.value is None
        return Dual(None if missing else self.known() + other.known(), self.slope + other.slope)

    def __neg__(self) -> Dual:
        return Dual(None if self.value is None else -self.value, -self.slope)

    def __mul__(self, other: Dual) -> Dual:
        return Dual(self.known() * other.known(), self.known() * other.slope + self.slope * other.known())

    def inverse(self) -> Dual:
        """1/x. Raises Unknown for zero."""
        if not self.known():
            raise Unknown("division by zero")
        return Dual(1 / self.known(), -self.slope / self.known() ** 2)

    def logarithm(self) -> Dual:
        """log x, of which the slope is known, and 0 for 1. Raises Unknown unless x > 0."""
        if self.known() <= 0:
            raise Unknown("the logarithm of what is not positive")
        return Dual(ZERO_FRACTION if self.known() == 1 else None, self.slope / self.known())


ZERO, ONE = Dual(Fraction(0)), Dual(Fraction(1))


def total(numbers: Iterable[Dual]) -> Dual:
    """The sum."""
    found = ZERO
    for one in numbers:
        found = found + one
    return found


def product_of(numbers: Iterable[Dual]) -> Dual:
    """The product."""
    found = ONE
    for one in numbers:
        found = found * one
    return found
