r"""Sums of multiples of members of sequences, and of products of members side by side: x_t, x_t^2, x_t y_{t+1}.

Products of members are monomials, and no sum of several of these vanishes of all sequences: each is a sequence of its
own. The members that it is of, counted from the first of them, name it.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import NamedTuple

from ...language import Const, Frac, Neg, Node, Num, Power, plus, times
from .whole_numbers import Form, Unsaid, added, number_of

DISCOUNTS = frozenset((r"\gamma", r"\lambda"))
NUMBERS = DISCOUNTS
Members = tuple[tuple[str, int], ...]  # the first member of each sequence, and how far behind the first one it stands


class Part(NamedTuple):
    """A number times powers of letters, to whole numbers, times ``others``, of a product of ``members`` at a place.

    The ratio, which is no letter of a discount, has the place for its exponent; what is ``summed`` has none.
    """

    number: Fraction
    powers: Mapping[str, Form]
    others: tuple[Node, ...] = ()
    members: Members = ()
    summed: bool = False

    @property
    def sequence(self) -> str:
        """The members as they are printed; empty of a number."""
        return " ".join(first.replace("_0", f"_{{{by}}}") if by else first for first, by in self.members)


ONE = Part(Fraction(1), {})
Value = list[Part]


def multiplied(one: Part, other: Part) -> Part:
    """A product. Raises Unsaid where it is one of members of which nobody knows how far they are apart."""
    powers = {base: added(one.powers.get(base, {}), other.powers.get(base, {}))
              for base in {*one.powers, *other.powers}}
    members = (*one.members, *other.members)
    if one.members and other.members:
        ratio, = {*one.powers, *other.powers} - NUMBERS or {""}
        places = [part.powers.get(ratio, {}) for part in (one, other)]
        gap = added(places[1], places[0], -1)
        if one.summed or other.summed or set(gap) - {""}:
            raise Unsaid
        by = gap.get("", 0)
        powers[ratio] = places[int(by < 0)]
        members = tuple(sorted([*moved(one.members, max(-by, 0)), *moved(other.members, max(by, 0))]))
    return Part(one.number * other.number, powers, (*one.others, *other.others), members, one.summed or other.summed)


def moved(members: Members, by: int) -> Members:
    """Members so much further behind the first one."""
    return tuple((first, place + by) for first, place in members)


def product(one: Value, other: Value) -> Value:
    """A product of sums."""
    return [multiplied(left, right) for left in one for right in other]


def expression(value: Value) -> Node:
    """A sum of parts as an expression."""
    terms = []
    for part in value:
        raised = [Power(Const(base, "positive"), number_of(form)) for base, form in sorted(part.powers.items()) if form]
        scale = Frac(Num(abs(part.number).numerator), Num(part.number.denominator))
        factors = [*([] if abs(part.number) == 1 else [scale]), *raised, *part.others]
        factors += [Const(part.sequence)] if part.members else []
        term = times(*factors) if factors else Num(1)
        terms.append(Neg(term) if part.number < 0 else term)
    return plus(*terms) if terms else Num(0)
