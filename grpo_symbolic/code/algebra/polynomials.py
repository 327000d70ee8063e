"""Polynomials with rational coefficients and exponents in atoms, which they do not look into."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from itertools import count
from math import floor, gcd, lcm
from typing import Any
from weakref import WeakValueDictionary

from .nodes import MASK, TOKEN

_known: WeakValueDictionary[Any, Atom] = WeakValueDictionary()
_numbers = count()
BINARY = frozenset({"window", "positive", "zero"})
MOST_EXPANDED = 8


class Atom:
    """What a polynomial does not look into; equal ones are one object, which ``number`` orders.

    ``smooth`` says that it moves with numbers of the batch or is a hyper-parameter, and that no comparison is in it.
    """

    __slots__ = ("__weakref__", "axes", "data", "kind", "number", "smooth")
    kind: str
    data: Any
    axes: frozenset[str]
    number: int
    smooth: bool

    @property
    def binary(self) -> bool:
        """Whether it is 0 or 1."""
        return self.kind in BINARY or self.kind == "leaf" and self.data[0] == MASK

    def __repr__(self) -> str:
        return f"{self.kind}{self.data!r}"
Monomial = tuple[tuple[Atom, Fraction], ...]


@dataclass(frozen=True)
class Poly:
    """A polynomial: its terms in a fixed order, none of them 0."""

    terms: tuple[tuple[Monomial, Fraction], ...]

    @property
    def axes(self) -> frozenset[str]:
        """The axes that are free in it."""
        return frozenset().union(*(axes_of(monomial) for monomial, _ in self.terms))
NOTHING, UNIT = Poly(()), Poly((((), Fraction(1)),))


def atom(kind: str, data: Any, axes: Iterable[str] = ()) -> Atom:
    """The one atom of this kind."""
    found = _known.get((kind, data))
    if found is None:
        found = Atom()
        found.kind, found.data, found.axes, found.number = kind, data, frozenset(axes), next(_numbers)
        found.smooth = _smooth(found)
        _known[(kind, data)] = found
    return found


def _smooth(one: Atom) -> bool:
    if one.kind in ("leaf", "constant"):
        return not one.binary
    inside = [base for monomial in _inside(one) for base, _ in monomial]
    return one.kind in ("exp", "log", "poly", "sum") and any(base.smooth for base in inside) and not any(
        sharp(base) for base in inside)


def sharp(one: Atom) -> bool:
    """Whether a comparison is in an atom."""
    return one.kind in ("max", "positive", "zero") or any(
        sharp(base) for monomial in _inside(one) for base, _ in monomial)


def _inside(one: Atom) -> list[Monomial]:
    """The monomials that an atom is made of."""
    if one.kind == "exp":
        return [one.data]
    if one.kind == "sum":
        return [one.data[1]]
    return [monomial for monomial, _ in one.data.terms] if isinstance(one.data, Poly) else []


def may_vanish(one: Poly) -> bool:
    """Whether a polynomial may be 0 not just at the edge of a cell: it is, at best, one in what does not move.

    So may one in which a sum over tokens meets a single token, which is the sum where there is but one; and an input.
    """
    if len(one.terms) == 1 and [base.kind for base, _ in one.terms[0][0]] == ["leaf"]:
        return True
    moving = {base for monomial, _ in one.terms for base, _ in monomial if base.smooth}
    meets = {base.kind == "sum" or any(part.kind == "sum" for mono in _inside(base) for part, _ in mono)
             for base in moving if base.kind != "constant"}
    steady = any(all(base.smooth or positive(base) for base, _ in monomial) and any(base.smooth for base, _ in monomial)
                 for monomial, _ in one.terms)
    return not steady or len(meets) > 1 or any(sharp(base) for monomial, _ in one.terms for base, _ in monomial)


def axes_of(monomial: Monomial) -> frozenset[str]:
    """The axes that are free in a monomial."""
    return frozenset().union(*(one.axes for one, _ in monomial))


def single(one: Atom, exponent: Fraction | int = 1) -> Poly:
    """An atom, or a power of it."""
    return Poly(((((one, Fraction(exponent)),), Fraction(1)),))


def rational(value: Fraction | int) -> Poly:
    """A number."""
    return Poly((((), Fraction(value)),)) if value else NOTHING


def _order(monomial: Monomial) -> Any:
    return [(one.number, exponent) for one, exponent in monomial]


def collected(terms: dict[Monomial, Fraction]) -> Poly:
    """A polynomial from its coefficients."""
    found = [(monomial, value) for monomial, value in terms.items() if value]
    return Poly(tuple(sorted(found, key=lambda term: _order(term[0]))))


def plus(*ones: Poly) -> Poly:
    """A sum."""
    terms: dict[Monomial, Fraction] = {}
    for one in ones:
        for monomial, value in one.terms:
            terms[monomial] = terms.get(monomial, Fraction(0)) + value
    return collected(terms)


def scaled(factor: Fraction | int, one: Poly) -> Poly:
    """A multiple by a number."""
    return Poly(tuple((monomial, value * factor) for monomial, value in one.terms)) if factor else NOTHING


def minus(left: Poly, right: Poly) -> Poly:
    """A difference."""
    return plus(left, scaled(-1, right))


def product(left: Poly, right: Poly) -> Poly:
    """A product."""
    terms: dict[Monomial, Fraction] = {}
    more: list[Poly] = []
    for one, a in left.terms:
        for two, b in right.terms:
            monomial, whole = joined(one, two)
            if whole == UNIT:
                terms[monomial] = terms.get(monomial, Fraction(0)) + a * b
            else:
                more.append(scaled(a * b, product(Poly(((monomial, Fraction(1)),)), whole)))
    return plus(collected(terms), *more)


def joined(one: Monomial, two: Monomial) -> tuple[Monomial, Poly]:
    """The product of two monomials, and what is expanded in it: whole powers of polynomials."""
    powers: dict[Atom, Fraction] = dict(one)
    for base, exponent in two:
        powers[base] = powers.get(base, Fraction(0)) + exponent
    whole = UNIT
    for base, exponent in powers.items():
        if base.kind == "poly" and exponent >= 1:
            whole = product(whole, whole_power(base.data, floor(exponent)))
            powers[base] = exponent - floor(exponent)
        elif base.binary and exponent > 0:
            powers[base] = Fraction(1)
    return tuple(sorted(((base, e) for base, e in powers.items() if e), key=lambda pair: pair[0].number)), whole


def whole_power(one: Poly, exponent: int) -> Poly:
    """A power with a whole exponent, expanded."""
    found = UNIT
    for _ in range(exponent):
        found = product(found, one)
    return found


def content(one: Poly) -> tuple[Fraction, Monomial, Poly]:
    """A polynomial as a number, a monomial that divides every term, and the rest, whose first term is positive."""
    values = [value for _, value in one.terms]
    size = Fraction(gcd(*(value.numerator for value in values)), lcm(*(value.denominator for value in values)))
    factor = size if values[0] > 0 else -size
    shared = dict(one.terms[0][0])
    for monomial, _ in one.terms[1:]:
        powers = dict(monomial)
        shared = {base: min(e, powers.get(base, Fraction(0))) for base, e in shared.items()} | {
            base: e for base, e in powers.items() if e < 0 and base not in shared}
    common = tuple(sorted(((base, e) for base, e in shared.items() if e and not (base.binary and len(values) > 1)),
                          key=lambda pair: pair[0].number))
    inverse = tuple((base, -e) for base, e in common)
    rest = scaled(1 / factor, product(one, Poly(((inverse, Fraction(1)),))))  # a sum in it may be expanded
    if rest.terms and rest.terms[0][1] < 0:
        return -factor, common, scaled(-1, rest)
    return factor, common, rest


def power(one: Poly, exponent: Fraction) -> Poly:
    """A power; where it cannot be written out, what is raised is an atom."""
    if exponent.denominator == 1 and 0 <= exponent <= MOST_EXPANDED:
        return whole_power(one, int(exponent))
    if not one.terms:
        return single(atom("poly", NOTHING), exponent)
    factor, common, rest = content(one)
    if exponent.denominator > 1 and (factor < 0 or any(not positive(base) for base, _ in common)):
        return single(atom("poly", one, one.axes), exponent)
    found = Poly(((tuple((base, e * exponent) for base, e in common), Fraction(1)),))
    if exponent.denominator == 1:
        found = scaled(factor ** int(exponent), found)
    elif factor != 1:
        found = product(found, single(atom("poly", rational(factor)), exponent))
    return found if rest == UNIT else product(found, single(atom("poly", rest, rest.axes), exponent))


def positive(one: Atom) -> bool:
    """Whether an atom is positive by what it is: an exponential, a size, or how many tokens there are."""
    return one.kind in ("exp", "size") or is_count(one)


def is_count(one: Atom) -> bool:
    """Whether an atom is how many tokens a sequence or the batch has, of which it has one."""
    return TOKEN not in one.axes and counts(one)


def counts(one: Atom) -> bool:
    """Whether an atom is how many tokens a sequence or the batch has, or how many sequences a position."""
    if one.kind != "sum":
        return False
    _, inside = one.data
    return all(e == 1 and (base.kind == "leaf" and base.data[0] == MASK or counts(base)) for base, e in inside)
