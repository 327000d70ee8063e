"""From a normal form back to an expression."""

from __future__ import annotations

from fractions import Fraction

from .expression import add, compare, exp, log, maximum, multiply, power
from .nodes import ZERO, Expression, constant, leaf, made, number, size, window
from .polynomials import Atom, Monomial, Poly
from .rebuilt import total


def expression_of(one: Poly) -> Expression:
    """An expression that has this normal form."""
    return add(*(multiply(number(value), of_monomial(monomial)) for monomial, value in one.terms))


def of_monomial(monomial: Monomial) -> Expression:
    """A product of powers of atoms."""
    return multiply(*(_raised(base, exponent) for base, exponent in monomial))


def _raised(base: Atom, exponent: Fraction) -> Expression:
    if base.kind == "exp":
        return exp(multiply(number(exponent), of_monomial(base.data)))
    return power(of_atom(base), exponent)


def of_atom(base: Atom) -> Expression:
    """What an atom is."""
    match base.kind:
        case "leaf":
            name, places = base.data
            return made("leaf", data=(name, places), axes=leaf(name, [axis for axis, _ in places]).axes)
        case "constant":
            return constant(base.data)
        case "size":
            return size(base.data)
        case "window":
            return window(*base.data)
        case "poly":
            return expression_of(base.data)
        case "log":
            return log(expression_of(base.data))
        case "sum":
            axis, inside = base.data
            return total(axis, of_monomial(inside))
        case "max":
            return maximum(*map(expression_of, base.data))
        case "positive":
            return compare(">", expression_of(base.data), ZERO)
        case "zero":
            return compare("=", expression_of(base.data), ZERO)
    raise AssertionError(base.kind)
