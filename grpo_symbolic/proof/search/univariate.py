"""Polynomials in one unknown as sums of squares: double roots are split off, what is left is completed."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import sympy

from ... import kernel as k
from ...kernel import Form, Part
from .completions import squares
from .forms import ONE, minus

X = sympy.Symbol("x")
MAX_DEGREE = 8


def univariate(calculus: k.Calculus, form: Form) -> Iterator[tuple[Part, ...]]:
    """For q²·h with a polynomial q in the only leaf: q² times the squares that h is made of."""
    leaves = {gen for m, _ in form.poly for gen, _ in m}
    if len(leaves) != 1 or not isinstance(leaf := leaves.pop(), k.Leaf):
        return
    terms = {int(dict(m).get(leaf, 0)): c for m, c in form.poly if dict(m).get(leaf, 0).denominator == 1}
    if len(terms) < len(form.poly) or min(terms) < 0 or not 2 < max(terms) <= MAX_DEGREE:
        return
    scale, factors = sympy.factor_list(sum(sympy.Rational(str(c)) * X**n for n, c in terms.items()), X)
    double, rest = ONE, k.number(rational(scale))
    for factor, power in factors:
        here = polynomial(calculus, factor, leaf)
        double = calculus.times(double, calculus.power(here, power // 2))
        rest = calculus.times(rest, calculus.power(here, power % 2))
    parts = squares(calculus, rest)
    left = minus(rest, calculus, parts)
    if double.poly != ONE.poly and k.constant(left.poly) is not None:
        yield (*(part._replace(core=calculus.times(part.core, double)) for part in parts), Part(left, double, "square"))


def polynomial(calculus: k.Calculus, factor: sympy.Expr, leaf: k.Leaf) -> Form:
    """A polynomial in x, with the leaf for x."""
    terms = sympy.Poly(factor, X).terms()
    return k.combine((calculus.power(k.generated(leaf), n), rational(c)) for (n,), c in terms)


def rational(value: sympy.Rational) -> k.Rational:
    """A rational number of SymPy as one of the kernel."""
    return Fraction(int(value.p), int(value.q))
