"""Two arithmetics for arrays, with one interface: floating point, and exact numbers held as objects."""

from __future__ import annotations

from typing import Any, Protocol

import numpy as np

from . import exact

Array = Any


class Arithmetic(Protocol):
    """What the evaluator needs of numbers beyond + − × ÷.

    ``sign`` and ``compare`` (the sign of a difference) give −1, 0, 1, or ``exact.UNKNOWN``. An ``approximate``
    arithmetic makes evidence and no proofs: there numbers that cannot be told apart ``agree``. ``hull`` encloses both.
    ``tamed`` gives up exactness where numbers have grown too large for it.
    """

    approximate: bool

    def number(self, above: Any, below: Any = 1) -> Array: ...
    def log(self, value: Array) -> Array: ...
    def exp(self, value: Array) -> Array: ...
    def root(self, value: Array) -> Array: ...
    def power(self, value: Array, exponent: Array) -> Array: ...
    def sign(self, value: Array) -> Array: ...
    def compare(self, left: Array, right: Array) -> Array: ...
    def agree(self, left: Array, right: Array) -> Array: ...
    def hull(self, left: Array, right: Array) -> Array: ...
    def tamed(self, value: Array) -> Array: ...


class Floating:
    """Floating point of a NumPy type; numbers that agree to ``tolerance`` compare equal."""

    approximate = True
    tolerance = 1e-13

    def __init__(self, dtype: Any = np.float64) -> None:
        self.dtype = dtype
        self.log, self.exp, self.root, self.power, self.hull = np.log, np.exp, np.sqrt, np.power, np.maximum

    def number(self, above: Any, below: Any = 1) -> Array:
        return np.asarray(above).astype(self.dtype) / np.asarray(below).astype(self.dtype)

    def sign(self, value: Array) -> Array:
        return (value > 0).astype(np.int8) - (value < 0).astype(np.int8)

    def compare(self, left: Array, right: Array) -> Array:
        near = np.abs(left - right) <= self.tolerance * (np.abs(left) + np.abs(right))
        return np.where(near, np.int8(0), self.sign(left - right))

    def tamed(self, value: Array) -> Array:
        return value

    def agree(self, left: Array, right: Array) -> Array:
        return np.abs(left - right) <= 1e-9 * (1 + np.abs(left) + np.abs(right))


_number = np.frompyfunc(lambda above, below: exact.rational(above) / exact.rational(below), 2, 1)
_ball = np.frompyfunc(exact.ball, 1, 1)
_sign = np.frompyfunc(exact.sign, 1, 1)
_tamed = np.frompyfunc(exact.tamed, 1, 1)


class Precise:
    """Exact numbers (``exact``) as objects. With ``balls`` every number is an enclosure: quicker, and approximate."""

    def __init__(self, balls: bool = False) -> None:
        self.approximate = balls
        self.log, self.exp, self.root = (np.frompyfunc(f, 1, 1) for f in (exact.log, exact.exp, exact.root))
        self.power, self.hull = np.frompyfunc(exact.power, 2, 1), np.frompyfunc(exact.hull, 2, 1)

    def number(self, above: Any, below: Any = 1) -> Array:
        value = _number(np.atleast_1d(above), below)
        return _ball(value) if self.approximate else value

    def sign(self, value: Array) -> Array:
        return np.asarray(_sign(value), dtype=np.int8)

    def tamed(self, value: Array) -> Array:
        return value if self.approximate else np.asarray(_tamed(value))

    def compare(self, left: Array, right: Array) -> Array:
        return self.sign(left - right)

    def agree(self, left: Array, right: Array) -> Array:
        sign = self.compare(left, right)
        return (sign == 0) | (sign == exact.UNKNOWN) if self.approximate else sign == 0
