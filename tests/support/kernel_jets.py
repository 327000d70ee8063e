"""Numbers with infinitesimal parts: a derivative is the coefficient of an ε with ε² = 0, whatever its order."""

import math
from fractions import Fraction


class Undefined(ArithmeticError):
    """A value that does not exist: a division by zero, the logarithm of a negative number, a slope at a kink."""


class TooClose(Undefined):
    """A value so near a jump or a pole that rounding could decide it."""


def is_zero(x):
    """Whether a number is zero, up to rounding; raises TooClose where that is not plain."""
    if 1e-13 < abs(x) < 1e-9:
        raise TooClose(str(x))
    return abs(x) <= 1e-13


class Jet:
    """A number with infinitesimal parts: ``parts`` maps a set of ε's, as bits, to the coefficient of their product."""

    __slots__ = ("parts",)

    def __init__(self, parts):
        self.parts = parts

    def __add__(self, other):
        parts = dict(self.parts)
        for bits, x in (other.parts if isinstance(other, Jet) else {0: other}).items():
            parts[bits] = parts.get(bits, 0.0) + x
        return Jet(parts)

    __radd__ = __add__

    def __mul__(self, other):
        if not isinstance(other, Jet):
            return Jet({bits: x * other for bits, x in self.parts.items()})
        parts = {}
        for left, x in self.parts.items():
            for right, y in other.parts.items():
                if not left & right:
                    parts[left | right] = parts.get(left | right, 0.0) + x * y
        return Jet(parts)

    __rmul__ = __mul__


def standard(x):
    """The number without its infinitesimal parts."""
    return x.parts.get(0, 0.0) if isinstance(x, Jet) else x


def coefficient(x, bit):
    """The coefficient of one ε."""
    if not isinstance(x, Jet):
        return 0.0
    parts = {bits ^ bit: c for bits, c in x.parts.items() if bits & bit}
    return Jet(parts) if set(parts) - {0} else parts.get(0, 0.0)


def through(x, derivatives):
    """f(x) from the derivatives of f at the standard part, k ↦ f⁽ᵏ⁾, by Taylor's formula."""
    if not isinstance(x, Jet):
        return derivatives(0)
    small = Jet({bits: c for bits, c in x.parts.items() if bits})
    result, power, order = derivatives(0), small, 1
    while power.parts:
        result, power, order = power * (derivatives(order) / math.factorial(order)) + result, power * small, order + 1
    return result


def exp(x):
    value = math.exp(standard(x))
    return through(x, lambda _order: value)


def log(x):
    at = standard(x)
    if is_zero(at) or at < 0:
        raise Undefined("log")
    return through(x, lambda n: (-1) ** (n + 1) * math.factorial(n - 1) / at**n if n else math.log(at))


def power(x, exponent):
    """x to a rational power."""
    at, e = standard(x), Fraction(exponent)
    if (e < 0 or e.denominator != 1) and is_zero(at) or at < 0 and e.denominator != 1:
        raise Undefined("power")
    return through(x, lambda n: float(math.prod(e - j for j in range(n))) * at ** (int(e - n) if e.denominator == 1
                   else float(e - n)) if not (e.denominator == 1 and 0 <= e < n) else 0.0)


def positive(x):
    """1 where x > 0, else 0; constant wherever it has a derivative."""
    if is_zero(standard(x)):
        if isinstance(x, Jet) and any(abs(c) > 1e-9 for bits, c in x.parts.items() if bits):
            raise Undefined("a kink")
        return 0.0
    return float(standard(x) > 0)
