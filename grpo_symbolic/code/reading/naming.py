"""The names of numbers that differ from run to run: hyper-parameters, sizes, counts, and what is made of them."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import combinations_with_replacement, permutations
from math import isfinite

from ..algebra.expression import add, divide, exp, log, maximum, multiply, negative, power, subtract
from ..algebra.nodes import ONE, Expression, decimal, number
from ..unsupported import Unsupported

Values = tuple[float, ...]
CLOSE = 1e-12
LARGEST_DENOMINATOR = 1000
LARGEST_EXPONENT = 100


@dataclass
class Names:
    """What numbers may be made of, with its value in every run.

    A number that is the same in all runs is itself. Any other is a numeral times, or plus or minus, a known number,
    its inverse, a logarithm or exponential of it, or a product or quotient of two: in every run, of which there are
    three at least.
    """

    known: dict[Expression, Values] = field(default_factory=dict)

    def note(self, meaning: Expression, values: Values) -> None:
        """Know a number by what it means."""
        self.known.setdefault(meaning, values)

    def of(self, values: Sequence[float]) -> Expression:
        """What a number means that has these values in the runs.

        Raises Unsupported where nothing known explains it.
        """
        wanted = tuple(map(float, values))
        if not all(map(isfinite, wanted)):
            raise Unsupported("a number is not finite")
        if len(set(wanted)) == 1:
            return decimal(wanted[0])
        for meaning, found in self._candidates():
            named = _related(wanted, meaning, found)
            if named is not None:
                return named
        raise Unsupported(f"the numbers {', '.join(map(repr, wanted))} of the runs have no name")

    def _candidates(self) -> Iterator[tuple[Expression, Values]]:
        known = list(self.known.items())
        yield from known
        for one, values in known:
            if all(values):
                yield power(one, -1), tuple(1 / value for value in values)
            yield maximum(one, number(1)), tuple(max(value, 1.0) for value in values)
        yield from _transcendental(known)
        for (one, left), (two, right) in combinations_with_replacement(known, 2):
            yield multiply(one, two), tuple(a * b for a, b in zip(left, right, strict=True))
            if all(left) and all(right):
                yield power(multiply(one, two), -1), tuple(1 / (a * b) for a, b in zip(left, right, strict=True))
        for (one, left), (two, right) in permutations(known, 2):
            if all(right):
                yield divide(one, two), tuple(a / b for a, b in zip(left, right, strict=True))
            yield add(one, two), tuple(a + b for a, b in zip(left, right, strict=True))
            yield add(one, negative(two)), tuple(a - b for a, b in zip(left, right, strict=True))


def _transcendental(known: Sequence[tuple[Expression, Values]]) -> Iterator[tuple[Expression, Values]]:
    """What Python makes of one number by logarithms, exponentials and roots."""
    for one, values in known:
        for inner, shown in ((one, values), (add(ONE, one), tuple(1 + value for value in values)),
                             (subtract(ONE, one), tuple(1 - value for value in values))):
            if all(value > 0 for value in shown):
                yield log(inner), tuple(map(math.log, shown))
                yield power(inner, Fraction(1, 2)), tuple(map(math.sqrt, shown))
        for sign in (1, -1):
            if all(abs(value) < LARGEST_EXPONENT for value in values):
                yield exp(multiply(number(sign), one)), tuple(math.exp(sign * value) for value in values)


def _related(wanted: Values, meaning: Expression, found: Values) -> Expression | None:
    """The number as a numeral times a known one, or plus or minus it."""
    pairs = list(zip(wanted, found, strict=True))
    if all(found):
        factor = _same([one / other for one, other in pairs])
        if factor:
            return multiply(number(factor), meaning)
    for sign in (1, -1):
        rest = _same([one - sign * other for one, other in pairs])
        if rest is not None:
            return add(number(rest), multiply(number(sign), meaning))
    return None


def _same(values: Sequence[float]) -> Fraction | None:
    """The simple number that all values are, None where they are not one."""
    first = Fraction(values[0]).limit_denominator(LARGEST_DENOMINATOR)
    near = CLOSE * max(1.0, abs(float(first)))
    return first if all(abs(value - float(first)) <= near for value in values) else None
