"""Exact numbers with infinitesimal parts: rationals as long as no logarithm, exponential or root takes part.

A number is a Fraction, a float, or a ``Small``: a polynomial in ε > 0, cut off past ``LONGEST``, and in δ's with
δ² = 0. The coefficient of δ is a derivative; ε is a step away from θ_old, as short as one likes, so that a comparison
has a side as soon as it has one for all short steps.
"""

import math
from fractions import Fraction

LONGEST = 5
NEAR, APART = 1e-12, 1e-7


class Undefined(ArithmeticError):
    """A value that does not exist; ``kind`` says what is missing."""

    def __init__(self, kind, message=""):
        super().__init__(f"{kind} {message}")
        self.kind = kind


class Small:
    """``parts`` maps (power of ε, set of δ's as bits) to a coefficient that is not zero."""

    __slots__ = ("parts",)

    def __init__(self, parts):
        self.parts = parts

    def __add__(self, other):
        parts = dict(self.parts)
        for key, x in parts_of(other).items():
            parts[key] = parts.get(key, 0) + x
        return made(parts)

    def __mul__(self, other):
        parts = {}
        for (i, left), x in self.parts.items():
            for (j, right), y in parts_of(other).items():
                if not left & right and i + j <= LONGEST:
                    key = i + j, left | right
                    parts[key] = parts.get(key, 0) + x * y
        return made(parts)

    __radd__, __rmul__ = __add__, __mul__

    def __neg__(self):
        return self * -1

    def __sub__(self, other):
        return self + -other

    def __rsub__(self, other):
        return -self + other


def made(parts):
    """The number with these parts, a plain one where nothing is infinitesimal."""
    parts = {key: x for key, x in parts.items() if x != 0}
    return parts.get((0, 0), Fraction(0)) if not set(parts) - {(0, 0)} else Small(parts)


def parts_of(x):
    """The parts of a number."""
    return x.parts if isinstance(x, Small) else {(0, 0): x}


def standard(x):
    """A number without its infinitesimal parts."""
    return x.parts.get((0, 0), Fraction(0)) if isinstance(x, Small) else x


def coefficient(x, bit):
    """The coefficient of one δ."""
    return made({(i, bits ^ bit): c for (i, bits), c in parts_of(x).items() if bits & bit})


def still(x):
    """A number without its δ's."""
    return made({key: c for key, c in parts_of(x).items() if not key[1]})


def plain_sign(x):
    """−1, 0 or 1; Undefined where rounding could decide."""
    if isinstance(x, float) and abs(x) < APART:
        raise Undefined("close")
    return (x > 0) - (x < 0)


def sign(x):
    """The sign for all short steps; Undefined where a derivative is taken at a change of sign."""
    moving = parts_of(x)
    for key in sorted(key for key in moving if not key[1]):
        if found := plain_sign(moving[key]):
            return found
    if any(bits for _, bits in moving):
        raise Undefined("kink")
    return 0


def through(x, derivatives):
    """f(x) by Taylor's formula from the derivatives of f at the standard part, n ↦ f⁽ⁿ⁾."""
    if not isinstance(x, Small):
        return derivatives(0)
    small = x - standard(x)
    result, power, order = derivatives(0), small, 1
    while isinstance(power, Small):
        result, power, order = power * (derivatives(order) * Fraction(1, math.factorial(order))) + result, (
            power * small), order + 1
    return result


def exp(x):
    at = standard(x)
    if abs(at) > 300:
        raise Undefined("close", "an exponential too large")
    value = Fraction(1) if at == 0 else math.exp(at)
    return through(x, lambda _order: value)


def log(x):
    at = standard(x)
    if plain_sign(at) <= 0:
        raise Undefined("log")
    value = Fraction(0) if at == 1 else math.log(at)
    return through(x, lambda n: (-1) ** (n + 1) * math.factorial(n - 1) / at**n if n else value)


def rational_root(x, degree):
    """The root of a non-negative number: exact where there is a rational one."""
    if isinstance(x, Fraction):
        roots = [round(part ** (1 / degree)) for part in (x.numerator, x.denominator)] if x < 10**12 else [0, 1]
        found = Fraction(roots[0], roots[1] or 1)
        if found**degree == x:
            return found
    return float(x) ** (1 / degree)


def power(x, exponent):
    """x to a rational power."""
    e, at = Fraction(exponent), standard(x)
    if e.denominator == 1 and e >= 0:
        result = Fraction(1)
        for _ in range(int(e)):
            result = result * x
        return result
    where = plain_sign(at)
    if where == 0 and isinstance(x, Small):
        return short_power(x, e)
    if where == 0 and e > 0:
        return Fraction(0)
    if where == 0:
        raise Undefined("division", "of zero")
    if where < 0 and e.denominator != 1:
        raise Undefined("root", "of something negative")
    base = rational_root(at, e.denominator) if e.denominator != 1 else at
    return through(x, lambda n: math.prod((e - j for j in range(n)), start=Fraction(1)) * (
        base ** (e.numerator - n * e.denominator)))


def short_power(x, exponent):
    """The power of what vanishes with ε: of εᵐ·y with y ≠ 0, where m times the exponent is whole and not negative."""
    lowest = min((i for i, bits in x.parts if not bits), default=0)
    if not lowest or any(i < lowest for i, _ in x.parts):
        raise Undefined("division" if exponent < 0 else "root", "of zero, where it moves")
    height = lowest * exponent
    if height < 0 or height.denominator != 1:
        raise Undefined("close", "a power of ε that is no whole number")
    rest = power(made({(i - lowest, bits): c for (i, bits), c in x.parts.items()}), exponent)
    return rest * Small({(int(height), 0): Fraction(1)})
