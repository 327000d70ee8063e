"""Rationals and logarithms of rationals, with a slope along the one coordinate of θ.

The logarithms of primes and 1 are linearly independent over the rationals, so that such numbers are compared exactly.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from flint import fmpq

NO_SLOPE = fmpq(0)
LARGEST_PRIME = 10_000
Logs = tuple[tuple[int, fmpq], ...]


class Unknown(ArithmeticError):
    """A number that is not known as a rational, or has no value."""


@dataclass(frozen=True)
class Dual:
    """A value, the sum of a rational and of ``logs`` of primes with their factors, and its slope in θ, a rational."""

    value: fmpq
    slope: fmpq = NO_SLOPE
    logs: Logs = ()

    def known(self) -> fmpq:
        """The value. Raises Unknown unless it is rational."""
        if self.logs:
            raise Unknown("a logarithm is no rational")
        return self.value

    def still(self) -> Dual:
        """The value, which does not move."""
        return Dual(self.value, NO_SLOPE, self.logs)

    def __add__(self, other: Dual) -> Dual:
        return Dual(self.value + other.value, self.slope + other.slope, gathered((*self.logs, *other.logs)))

    def __neg__(self) -> Dual:
        return self.scaled(fmpq(-1))

    def __mul__(self, other: Dual) -> Dual:
        if self.logs and not other.logs:
            return other * self
        if self.logs or other.logs and self.slope:
            raise Unknown("a product of logarithms, or its slope")
        if other.logs:
            return other.scaled(self.value)
        return Dual(self.value * other.value, self.value * other.slope + self.slope * other.value)

    def __str__(self) -> str:
        logs = [f"{factor} log {prime}" for prime, factor in self.logs]
        return " + ".join([str(self.value)] * bool(self.value or not logs) + logs)

    def scaled(self, by: fmpq) -> Dual:
        """It times a rational that does not move."""
        return Dual(by * self.value, by * self.slope, tuple((prime, by * factor) for prime, factor in self.logs if by))

    def inverse(self) -> Dual:
        """1/x. Raises Unknown for zero."""
        if not self.known():
            raise Unknown("division by zero")
        return Dual(1 / self.known(), -self.slope / self.known() ** 2)

    def logarithm(self) -> Dual:
        """log x. Raises Unknown unless x > 0, with small prime factors."""
        if self.known() <= 0:
            raise Unknown("the logarithm of what is not positive")
        above, below = (factors(number) for number in (int(self.value.p), int(self.value.q)))
        logs = gathered((*above, *((prime, -power) for prime, power in below)))
        return Dual(NO_SLOPE, self.slope / self.value, logs)


def gathered(logs: Iterable[tuple[int, fmpq]]) -> Logs:
    """Logarithms of primes, each once."""
    found: dict[int, fmpq] = {}
    for prime, factor in logs:
        found[prime] = found.get(prime, NO_SLOPE) + factor
    return tuple(sorted((prime, factor) for prime, factor in found.items() if factor))


def factors(number: int) -> list[tuple[int, fmpq]]:
    """The prime factors of a whole number, each as often as it is one. Raises Unknown for large ones."""
    found, prime = list[tuple[int, fmpq]](), 2
    while number > 1:
        if prime > LARGEST_PRIME:
            raise Unknown("the logarithm of a large prime")
        if number % prime:
            prime += 1
        else:
            number //= prime
            found.append((prime, fmpq(1)))
    return found


ZERO, ONE = Dual(fmpq(0)), Dual(fmpq(1))


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
