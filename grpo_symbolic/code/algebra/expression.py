"""Expressions over named axes: B a sequence, T a token, V an entry of the vocabulary; equal ones are one object.

An expression is a function of the axes that are free in it. Numbers are rational: no float decides anything here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from math import gcd, lcm
from typing import Any

from .nodes import (
    MASK,
    ONE,
    ZERO,
    Expression,
    is_number,
    made,
    number,
)


def is_binary(node: Expression) -> bool:
    """Whether a node is 0 or 1, whatever the batch."""
    if node.kind == "add" and len(node.args) == 2:
        return is_number(node.args[1], 1) and is_binary(negative(node.args[0]))
    return node.kind in ("compare", "window") or node.kind == "leaf" and node.data[0] == MASK or (
        node.kind == "number" and node.data in (0, 1)) or node.kind == "multiply" and all(map(is_binary, node.args))


def add(*terms: Expression) -> Expression:
    """A sum; like terms are one."""
    rational = Fraction(0)
    found: dict[Expression, Fraction] = {}
    waiting = list(reversed(terms))
    while waiting:
        term = waiting.pop()
        if term.kind == "add":
            waiting += reversed(term.args)
        elif term.kind == "number":
            rational += term.data
        else:
            factor, rest = _coefficient(term)
            found[rest] = found.get(rest, Fraction(0)) + factor
    parts = [_scaled(factor, rest) for rest, factor in found.items() if factor]
    if rational or not parts:
        return made("add", (*_ordered(parts), number(rational))) if parts else number(rational)
    return parts[0] if len(parts) == 1 else made("add", _ordered(parts))


def _coefficient(term: Expression) -> tuple[Fraction, Expression]:
    if term.kind != "multiply" or term.args[0].kind != "number":
        return Fraction(1), term
    rest = term.args[1:]
    return term.args[0].data, rest[0] if len(rest) == 1 else made("multiply", rest)


def _scaled(factor: Fraction, term: Expression) -> Expression:
    if factor == 1:
        return term
    if term.kind == "add":
        return add(*(multiply(number(factor), part) for part in term.args))
    return made("multiply", (number(factor), *(term.args if term.kind == "multiply" else (term,))))


def _ordered(parts: Iterable[Expression]) -> tuple[Expression, ...]:
    return tuple(sorted(parts, key=lambda part: part.number))


def multiply(*factors: Expression) -> Expression:
    """A product; powers of one base are one, and so are exponentials."""
    rational = Fraction(1)
    powers: dict[Expression, Fraction] = {}
    exponents: list[Expression] = []
    waiting = list(reversed(factors))
    while waiting:
        factor = waiting.pop()
        if factor.kind == "multiply":
            waiting += reversed(factor.args)
        elif factor.kind == "number":
            rational *= factor.data
        elif factor.kind == "exp":
            exponents.append(factor.args[0])
        else:
            shared, base, exponent = _base(factor)
            rational *= shared
            powers[base] = powers.get(base, Fraction(0)) + exponent
    parts = [power(base, exponent) for base, exponent in powers.items() if exponent]
    last = exp(add(*exponents)) if exponents else ONE
    if last.kind not in ("exp", "number"):
        return multiply(number(rational), *parts, last)
    for part in (*parts, last):
        rational *= part.data if part.kind == "number" else 1
    return _product(rational, [part for part in (*parts, last) if part.kind != "number"])


def _product(rational: Fraction, parts: list[Expression]) -> Expression:
    """A number times parts that are no numbers."""
    if not rational or not parts:
        return number(rational)
    return _scaled(rational, parts[0] if len(parts) == 1 else made("multiply", _ordered(parts)))


def _base(factor: Expression) -> tuple[Fraction, Expression, Fraction]:
    """A factor as a number and a power of a base."""
    base, exponent = (factor.args[0], factor.data) if factor.kind == "power" else (factor, Fraction(1))
    if base.kind != "add" or exponent.denominator > 1 or base.args[-1].kind == "number":
        return Fraction(1), base, exponent
    shared, rest = _without_content(base)
    return shared ** int(exponent), rest, exponent


def _without_content(node: Expression) -> tuple[Fraction, Expression]:
    """The number that all terms of a sum have as a factor, and the sum without it."""
    values = [_coefficient(term)[0] for term in node.args]
    shared = Fraction(gcd(*(value.numerator for value in values)), lcm(*(value.denominator for value in values)))
    return (shared, node) if shared == 1 else (shared, add(*(multiply(number(1 / shared), term) for term in node.args)))


def power(base: Expression, exponent: Fraction | int) -> Expression:
    """A power with a rational exponent."""
    exponent = Fraction(exponent)
    if exponent == 1 or exponent > 0 and is_binary(base):
        return base
    if exponent == 0:
        return ONE
    if base.kind == "number" and exponent.denominator == 1 and (base.data or exponent > 0):
        return number(base.data ** int(exponent))
    if base.kind == "power" and exponent.denominator == 1:
        return power(base.args[0], base.data * exponent)
    if base.kind == "exp":
        return exp(multiply(number(exponent), base.args[0]))
    if base.kind == "multiply" and exponent.denominator == 1:
        return multiply(*(power(part, exponent) for part in base.args))
    return made("power", (base,), exponent)


def negative(node: Expression) -> Expression:
    """Minus an expression."""
    return multiply(number(-1), node)


def subtract(left: Expression, right: Expression) -> Expression:
    """A difference."""
    return add(left, negative(right))


def divide(left: Expression, right: Expression) -> Expression:
    """A quotient; what is divided by does not vanish."""
    return multiply(left, power(right, -1))


def exp(node: Expression) -> Expression:
    """The exponential."""
    if is_number(node, 0):
        return ONE
    return node.args[0] if node.kind == "log" else made("exp", (node,))


def log(node: Expression) -> Expression:
    """The natural logarithm of what is positive."""
    if is_number(node, 1):
        return ZERO
    return node.args[0] if node.kind == "exp" else made("log", (node,))


def maximum(left: Expression, right: Expression) -> Expression:
    """The larger of two."""
    return _extremum("max", left, right, max)


def minimum(left: Expression, right: Expression) -> Expression:
    """The smaller of two."""
    return _extremum("min", left, right, min)


def _extremum(kind: str, left: Expression, right: Expression, of: Callable[[Any, Any], Any]) -> Expression:
    if left is right:
        return left
    if left.kind == right.kind == "number":
        return number(of(left.data, right.data))
    return made(kind, (left, right))


def clip(node: Expression, low: Expression | None, high: Expression | None) -> Expression:
    """An expression held between two ends, of which one may be missing."""
    if low is not None and high is not None:
        return made("clip", (node, low, high))
    if low is not None:
        return maximum(node, low)
    return node if high is None else minimum(node, high)


def absolute(node: Expression) -> Expression:
    """The absolute value."""
    return number(abs(node.data)) if node.kind == "number" else made("abs", (node,))


def sign(node: Expression) -> Expression:
    """1, 0 or −1."""
    if node.kind == "number":
        return number((node.data > 0) - (node.data < 0))
    return made("sign", (node,))


def compare(op: str, left: Expression, right: Expression) -> Expression:
    """1 where a comparison holds, else 0; ``op`` is one of > ≥ < ≤ = ≠.

    What is 0 or 1 is not compared with a number, but is that comparison, or what it leaves, itself.
    """
    if op in ("<", "≤"):
        return compare({"<": ">", "≤": "≥"}[op], right, left)
    if op == "≠":
        return subtract(ONE, compare("=", left, right))
    if left is right:
        return ZERO if op == ">" else ONE
    holds = _comparison(op)
    for one, other, at in ((left, right, holds), (right, left, lambda a, b: holds(b, a))):
        if is_binary(one) and other.kind == "number":
            none, all_ = int(at(Fraction(0), other.data)), int(at(Fraction(1), other.data))
            return add(number(none), multiply(number(all_ - none), one))
    if left.kind == right.kind == "number":
        return number(int(holds(left.data, right.data)))
    return made("compare", (left, right), op)


def _comparison(op: str) -> Callable[[Any, Any], bool]:
    return {">": lambda a, b: a > b, "≥": lambda a, b: a >= b, "=": lambda a, b: a == b}[op]


def choose(condition: Expression, yes: Expression, no: Expression) -> Expression:
    """One expression where a condition is 1, another where it is 0."""
    if yes is no:
        return yes
    if condition.kind == "number":
        return yes if condition.data else no
    return add(multiply(condition, yes), multiply(subtract(ONE, condition), no))


def stop(node: Expression) -> Expression:
    """An expression that is held fixed when a derivative is taken."""
    return made("stop", (node,)) if node.live else node


