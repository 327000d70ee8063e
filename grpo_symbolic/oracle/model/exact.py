"""Exact numbers: rationals, polynomials in logarithms of primes, and balls for all that is neither.

A number is a ``fmpq``, a ``LogSum`` or an ``arb``; arithmetic moves only to the right in this list. The first
two have a normal form, so that equality is decided; a ball proves a difference, never an equality.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import lru_cache
from typing import Any

from flint import arb, ctx, fmpq, fmpz

from . import clock

Exact = Any
LogMonomial = tuple[tuple[int, int], ...]
BITS = 192
MOST_BITS = 3072
MOST_HEIGHT, MOST_LOGS = 4096, 1000
UNKNOWN = 2
DIGIT = arb("1e-14")


class LogSum:
    """A polynomial with rational coefficients in the logarithms of primes, not constant.

    ``terms`` maps ((prime, exponent), …) to a coefficient that is not zero. Built by ``collect``.
    """

    __slots__ = ("terms",)

    def __init__(self, terms: dict[LogMonomial, fmpq]) -> None:
        self.terms = terms

    def __neg__(self) -> LogSum:
        return LogSum({monomial: -c for monomial, c in self.terms.items()})

    def __add__(self, other: Exact) -> Exact:
        if isinstance(other, arb):
            return ball(self) + other
        terms = dict(self.terms)
        for monomial, c in _terms(other).items():
            terms[monomial] = terms[monomial] + c if monomial in terms else c
        return collect(terms)

    __radd__ = __add__

    def __sub__(self, other: Exact) -> Exact:
        return self + -other

    def __rsub__(self, other: Exact) -> Exact:
        return -self + other

    def __mul__(self, other: Exact) -> Exact:
        if isinstance(other, arb):
            return ball(self) * other
        terms: dict[LogMonomial, fmpq] = {}
        for left, c in self.terms.items():
            clock.check()
            for right, e in _terms(other).items():
                exponents = dict(left)
                for prime, count in right:
                    exponents[prime] = exponents.get(prime, 0) + count
                monomial = tuple(sorted(exponents.items()))
                terms[monomial] = terms.get(monomial, fmpq(0)) + c * e
        return collect(terms)

    __rmul__ = __mul__

    def __truediv__(self, other: Exact) -> Exact:
        if isinstance(other, (LogSum, arb)):
            return quotient(self, other)
        return LogSum({monomial: c / other for monomial, c in self.terms.items()})

    def __rtruediv__(self, other: Exact) -> Exact:
        return quotient(other, self)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, LogSum) and self.terms == other.terms

    def __hash__(self) -> int:
        return hash(frozenset(self.terms.items()))

    def __str__(self) -> str:
        return " + ".join(_printed(monomial, c) for monomial, c in sorted(self.terms.items())).replace("+ -", "- ")


def _printed(monomial: LogMonomial, coefficient: fmpq) -> str:
    logs = "·".join(f"log({p})" + (f"^{e}" if e > 1 else "") for p, e in monomial)
    if not logs or coefficient not in (1, -1):
        return f"{coefficient}·{logs}" if logs else str(coefficient)
    return f"-{logs}" if coefficient < 0 else logs


def _terms(number: Exact) -> dict[LogMonomial, fmpq]:
    return number.terms if isinstance(number, LogSum) else {(): fmpq(number)}


def collect(terms: dict[LogMonomial, fmpq]) -> Exact:
    """The number with these coefficients: a rational where no logarithm is left."""
    terms = {monomial: c for monomial, c in terms.items() if c != 0}
    if all(monomial == () for monomial in terms):
        return terms.get((), fmpq(0))
    return LogSum(terms)


def rational(value: Any) -> fmpq:
    """A rational from an int, a Fraction, or a float at its exact value."""
    exact = Fraction(value)
    return fmpq(exact.numerator, exact.denominator)


def ball(number: Exact) -> arb:
    """An enclosure at the working precision."""
    if isinstance(number, arb):
        return number
    if not isinstance(number, LogSum):
        return arb(number)
    total = arb(0)
    for monomial, c in number.terms.items():
        clock.check()
        term = arb(c)
        for prime, count in monomial:
            term *= arb(prime).log() ** count
        total += term
    return total


def tamed(number: Exact) -> Exact:
    """The number, or an enclosure of it where it has grown so large that exact arithmetic would take for ever."""
    large = isinstance(number, fmpq) and number.height_bits() > MOST_HEIGHT
    return ball(number) if large or isinstance(number, LogSum) and len(number.terms) > MOST_LOGS else number


def quotient(above: Exact, below: Exact) -> Exact:
    """above / below, exact where one is a rational multiple of the other."""
    if isinstance(above, LogSum) and isinstance(below, LogSum) and above.terms.keys() == below.terms.keys():
        ratios = {above.terms[monomial] / c for monomial, c in below.terms.items()}
        if len(ratios) == 1:
            return ratios.pop()
    return ball(above) / ball(below)


@lru_cache(maxsize=4096)
def _log_of_integer(n: int) -> Exact:
    return collect({((int(prime), 1),): fmpq(count) for prime, count in fmpz(n).factor()})


def log(number: Exact) -> Exact:
    """The logarithm of a positive number; exact for a rational of moderate height."""
    if isinstance(number, (LogSum, arb)) or number.height_bits() > 96:
        return ball(number).log()
    return _log_of_integer(int(number.p)) - _log_of_integer(int(number.q))


def exp(number: Exact) -> Exact:
    """The exponential; exact for integer combinations of logarithms."""
    if number == 0:
        return fmpq(1)
    if not isinstance(number, LogSum) or any(len(m) != 1 or m[0][1] != 1 or c.q != 1 or abs(int(c.p)) > 64
                                             for m, c in number.terms.items()):
        return ball(number).exp()
    result = fmpq(1)
    for ((prime, _),), c in number.terms.items():
        result *= fmpq(prime) ** int(c.p)
    return result


def root(number: Exact, degree: int = 2) -> Exact:
    """The positive root of a number that is not negative; exact for perfect powers of rationals."""
    if isinstance(number, (LogSum, arb)):
        return ball(number).nonnegative_part().root(degree)
    above, below = (_integer_root(part, degree) for part in (number.p, number.q))
    return ball(number).root(degree) if above is None or below is None else fmpq(above, below)


def _integer_root(n: fmpz, degree: int) -> fmpz | None:
    found = n.root(degree)
    return found if found ** degree == n else None


def power(number: Exact, exponent: Exact) -> Exact:
    """number ** exponent: any base for an integer exponent (not 0 for a negative one), else a positive base."""
    if isinstance(exponent, (LogSum, arb)):
        return (ball(exponent) * ball(number).log()).exp()
    if exponent.q == 1:
        small = abs(int(exponent.p)) <= 64
        return _integer_power(number if small else ball(number), int(exponent.p))
    if exponent.q <= 16 and abs(int(exponent.p)) <= 64:
        return _integer_power(root(number, int(exponent.q)), int(exponent.p))
    return (arb(exponent) * ball(number).log()).exp()


def _integer_power(number: Exact, exponent: int) -> Exact:
    if not isinstance(number, LogSum):
        return tamed(number) ** exponent
    result: Exact = fmpq(1)
    for _ in range(abs(exponent)):
        result = tamed(result * number)
    return result if exponent >= 0 else 1 / result


def sign(number: Exact) -> int:
    """−1, 0 or 1, proved; ``UNKNOWN`` where no enclosure decides.

    >>> sign(log(fmpq(9)) - 2 * log(fmpq(3))), sign(log(fmpq(9)) - 2)
    (0, 1)
    """
    if isinstance(number, fmpq):
        return (number > 0) - (number < 0)
    if isinstance(number, LogSum):
        return refine(lambda: _sign_of_ball(ball(number)))
    return _sign_of_ball(number)


def _sign_of_ball(number: arb) -> int:
    if number.is_zero():
        return 0
    return 1 if number > 0 else -1 if number < 0 else UNKNOWN


def refine(question: Callable[[], int]) -> int:
    """The answer to ``question`` at growing precision, ``UNKNOWN`` if none is found."""
    bits, answer = BITS, UNKNOWN
    while answer == UNKNOWN and bits <= MOST_BITS:
        with ctx.workprec(bits):
            answer = question()
        bits *= 4
    return answer


def hull(left: Exact, right: Exact) -> arb:
    """A ball that holds both numbers."""
    return ball(left).union(ball(right))


def bounds(number: Exact) -> tuple[str, str]:
    """A lower and an upper bound: twice a rational itself, else decimals, widened by the rounding of the digits."""
    if isinstance(number, fmpq):
        return str(number), str(number)
    with ctx.workprec(BITS):
        enclosure = ball(number)
        low, high = enclosure.lower(), enclosure.upper()
        low, high = low - abs(low) * DIGIT, high + abs(high) * DIGIT
    return low.str(15, radius=False), high.str(15, radius=False)


def text(number: Exact) -> str:
    """An exact number as it is, a ball as its midpoint to 15 digits."""
    return number.str(15, radius=False) if isinstance(number, arb) else str(number)
