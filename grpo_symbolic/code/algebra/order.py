"""The sign of a normal form, from what is known to be positive."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from .polynomials import NOTHING, Atom, Monomial, Poly, content, minus, plus, positive, scaled

DEEPEST = 3


@dataclass(frozen=True)
class Facts:
    """What is known: polynomials that are positive, each as ``content`` leaves it or with the sign turned.

    ``constants`` are the hyper-parameters that are positive; ``values`` are theirs where one setting is looked at.
    """

    above: frozenset[Poly] = frozenset()
    constants: frozenset[str] = frozenset()
    values: frozenset[tuple[str, Fraction]] = frozenset()

    def with_sign(self, one: Poly, sign: int) -> Facts:
        """What is known once a polynomial has a sign, 1 or −1."""
        return replace(self, above=self.above | {scaled(sign, one)})


def sign_of(one: Poly, facts: Facts) -> int | Poly:
    """The sign of a polynomial, 1, 0 or −1; where it is not known, the first factor whose sign decides it."""
    if not one.terms:
        return 0
    factor, common, rest = content(one)
    sign = 1 if factor > 0 else -1
    for base, exponent in common:
        if always_positive(base, facts) or exponent % 2 == 0:
            continue
        own = _known_sign(Poly(((((base, Fraction(1)),), Fraction(1)),)), facts)
        if own is None:
            return Poly(((((base, Fraction(1)),), Fraction(1)),))
        sign *= own
    logs = in_logarithms(rest)
    if logs is not None:
        found = sign_of(logs, facts)
        return sign * found if isinstance(found, int) else found
    own = _known_sign(rest, facts)
    return rest if own is None else sign * own


def in_logarithms(one: Poly) -> Poly | None:
    """What has the sign of a difference of two products of exponentials: that of their exponents; None of any other."""
    if len(one.terms) != 2 or one.terms[0][1] + one.terms[1][1] or any(
            base.kind != "exp" for monomial, _ in one.terms for base, _ in monomial):
        return None
    return plus(*(scaled(exponent * (1 if value > 0 else -1), Poly(((base.data, Fraction(1)),)))
                  for monomial, value in one.terms for base, exponent in monomial))


def always_positive(base: Atom, facts: Facts) -> bool:
    """Whether an atom is positive, whatever the batch."""
    return positive(base) or base.kind == "constant" and base.data in facts.constants


def _known_sign(one: Poly, facts: Facts) -> int | None:
    for sign in (1, -1):
        if implied(scaled(sign, one), facts, DEEPEST):
            return sign
    return None


def implied(one: Poly, facts: Facts, depth: int) -> bool:
    """Whether a polynomial is positive: a sum of multiples of what is known to be, and of what visibly is not below 0.

    Each fact that is used takes away a term that is not visibly positive.
    """
    if facts.values:
        values = dict(facts.values)
        above = frozenset(at_values(fact, values) for fact in facts.above)
        return implied(at_values(one, values), Facts(above, facts.constants), depth)
    bad = next((term for term in one.terms if not _visible(*term, facts)), None)
    if bad is None:
        return bool(one.terms)
    if not depth:
        return False
    monomial, value = bad
    for fact in facts.above:
        own = dict(fact.terms).get(monomial)
        if own is not None and own * value > 0:
            rest = minus(one, scaled(value / own, fact))
            if not rest.terms or implied(rest, facts, depth - 1):
                return True
    return False


def _visible(monomial: Monomial, value: Fraction, facts: Facts) -> bool:
    """Whether a term is positive as it stands."""
    return value > 0 and all(always_positive(base, facts) or exponent % 2 == 0 for base, exponent in monomial)


def at_values(one: Poly, values: Mapping[str, Fraction]) -> Poly:
    """A polynomial in which hyper-parameters are set."""
    found = []
    for monomial, value in one.terms:
        kept = []
        for base, exponent in monomial:
            if base.kind == "constant" and base.data in values and exponent.denominator == 1:
                value *= values[base.data] ** int(exponent)
            else:
                kept.append((base, exponent))
        found.append(Poly(((tuple(kept), value),)) if value else NOTHING)
    return plus(*found)
