"""Normal forms: polynomials with rational coefficients and exponents in atoms, sums split into their connected parts.

Two expressions with one normal form are equal on every batch on which both have a value, away from the points where a
comparison is an equality. Nothing else is claimed: expressions of different normal forms may be equal too.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from math import floor

from .expression import subtract
from .nodes import BATCH, TOKEN, Expression, number, parts
from .polynomials import (
    NOTHING,
    UNIT,
    Monomial,
    Poly,
    _order,
    atom,
    axes_of,
    content,
    may_vanish,
    minus,
    plus,
    positive,
    power,
    product,
    rational,
    scaled,
    single,
)


def exponential(one: Poly) -> Poly:
    """e to a polynomial: a product of powers of one exponential for each monomial."""
    powers = [(atom("exp", monomial, axes_of(monomial)), value) for monomial, value in one.terms]
    return Poly(((tuple(sorted(powers, key=lambda pair: pair[0].number)), Fraction(1)),))


def logarithm(one: Poly) -> Poly:
    """The logarithm, taken apart where it is that of a product of what is positive."""
    if len(one.terms) == 1:
        (monomial, value), = one.terms
        if value > 0 and all(positive(base) for base, _ in monomial):
            logs = [scaled(e, Poly(((base.data, Fraction(1)),)) if base.kind == "exp"
                           else single(atom("log", single(base), base.axes))) for base, e in monomial]
            return plus(*logs, *([] if value == 1 else [single(atom("log", rational(value)))]))
    return single(atom("log", one, one.axes))


def summed(axis: str, one: Poly) -> Poly:
    """The sum over an axis: each monomial is an atom, what does not depend on the axis before it."""
    return plus(*(scaled(value, _sum_of(axis, monomial)) for monomial, value in one.terms))


def _sum_of(axis: str, monomial: Monomial) -> Poly:
    inside = tuple(pair for pair in monomial if axis in pair[0].axes)
    outside = Poly(((tuple(pair for pair in monomial if axis not in pair[0].axes), Fraction(1)),))
    if not inside:
        return product(outside, single(atom("size", axis)))
    if axis == TOKEN and len(inside) == 1:
        (base, exponent), = inside
        if exponent == 1 and base.kind == "sum" and base.data[0] == BATCH:
            return product(outside, summed(BATCH, _sum_of(TOKEN, base.data[1])))
    return product(outside, single(atom("sum", (axis, inside), axes_of(inside) - {axis})))


def larger(left: Poly, right: Poly) -> Poly:
    """The larger of two."""
    if left == right:
        return left
    pair = tuple(sorted((left, right), key=lambda one: [(_order(monomial), value) for monomial, value in one.terms]))
    return single(atom("max", pair, left.axes | right.axes))


def above_zero(one: Poly) -> Poly:
    """1 where a polynomial is positive, else 0; where it can only be 0 on an edge, one of it and its opposite is."""
    if not one.terms:
        return NOTHING
    factor, common, rest = content(one)
    kept = tuple(pair for pair in common if not positive(pair[0]))
    if not kept and rest == UNIT:
        return rational(int(factor > 0))
    test = product(Poly(((kept, Fraction(1)),)), rest)
    if factor < 0 and may_vanish(test):
        return single(atom("positive", scaled(-1, test), test.axes))
    found = single(atom("positive", test, test.axes))
    return found if factor > 0 else minus(UNIT, found)


def is_zero_there(one: Poly) -> Poly:
    """1 where a polynomial is 0, else 0."""
    if not one.terms:
        return UNIT
    _, common, rest = content(one)
    kept = tuple(pair for pair in common if not positive(pair[0]))
    test = product(Poly(((kept, Fraction(1)),)), rest)
    return NOTHING if test == UNIT else single(atom("zero", test, test.axes))


@lru_cache(maxsize=20_000)
def _of(node: Expression, args: tuple[Poly, ...]) -> Poly:
    match node.kind:
        case "number":
            return rational(node.data)
        case "constant" | "size" | "window" | "leaf":
            return single(atom(node.kind, node.data, node.axes))
        case "add":
            return plus(*args)
        case "multiply":
            found = args[0]
            for one in args[1:]:
                found = product(found, one)
            return found
        case "power":
            return power(args[0], node.data)
        case "exp":
            return exponential(args[0])
        case "log":
            return logarithm(args[0])
        case "sum":
            return summed(node.data, args[0])
        case "stop":
            return args[0]
    return _by_order(node, args)


def _by_order(node: Expression, args: tuple[Poly, ...]) -> Poly:
    match node.kind:
        case "max":
            return larger(*args)
        case "min":
            return smaller(*args)
        case "clip":
            return smaller(larger(args[0], args[1]), args[2])
        case "compare":
            gap = minus(*args)
            return is_zero_there(gap) if node.data == "=" else above_zero(gap) if node.data == ">" else minus(
                UNIT, above_zero(scaled(-1, gap)))
        case "abs":
            return larger(args[0], scaled(-1, args[0]))
        case "sign":
            return minus(above_zero(args[0]), above_zero(scaled(-1, args[0])))
    raise AssertionError(node.kind)


def smaller(left: Poly, right: Poly) -> Poly:
    """The smaller of two."""
    return scaled(-1, larger(scaled(-1, left), scaled(-1, right)))


def normal(node: Expression) -> Poly:
    """The normal form of an expression; what is held fixed is what it is."""
    known: dict[Expression, Poly] = {}
    for part in parts(node):
        known[part] = _of(part, tuple(known[arg] for arg in part.args))
    return known[node]


def cleared(one: Poly) -> Poly:
    """A polynomial times what it is divided by, so that no polynomial stands below."""
    while True:
        below = [base for monomial, _ in one.terms for base, e in monomial if base.kind == "poly" and e < 0]
        if not below:
            return one
        base = below[0]
        lowest = min((dict(monomial).get(base, Fraction(0)) for monomial, _ in one.terms))
        one = product(one, single(base, -floor(lowest))) if len(base.data.terms) else one


def vanishes(one: Poly) -> bool:
    """Whether a polynomial is 0 wherever it has a value, as far as its normal form shows."""
    return not one.terms or not cleared(one).terms


def equal(left: Expression, right: Expression) -> bool:
    """Whether two expressions have one normal form."""
    return vanishes(normal(subtract(left, right)))


def of_number(value: Fraction | int) -> Poly:
    """The normal form of a number."""
    return normal(number(value))
