"""What ≈ says of numbers that are printed with so many digits."""

from __future__ import annotations

from sympy import Rational

from ...language import Abs, App, Const, Definition, Neg, Node, Num, Prob, Relation, expand, plus
from ..parsing.surface import Expr


def rounded(rel: str, left: Node, right: Node, printed: tuple[Expr | None, ...], definitions: tuple[Definition, ...]
            ) -> Relation | None:
    """x ≈ 2.6 as |x − 2.6| ≤ 0.1, one unit of the last digit; None where ≈ does not speak of a rounded number.

    Of two numbers that are printed, the one with fewer digits rounds the other. An integer rounds a number only: that
    π(a) ≈ 1 says more than |π(a) − 1| ≤ 1.
    """
    units = [unit for side in printed if (unit := unit_of(side)) is not None]
    if rel != "≈" or not units:
        return None
    gap = Abs(plus(left, Neg(right)))
    if all(map(is_number, printed)):
        return Relation("≤", gap, Num(max(units) / 2))
    sides = [expand(side, definitions) for side in (left, right)]
    if max(units) == 1 and any(isinstance(part, (Const, App, Prob)) for side in sides for part in side.walk()):
        return None
    return Relation("≤", gap, Num(max(units)))


def is_number(side: Expr | None) -> bool:
    """Whether a side is a number that is printed."""
    lone = None if side is None else side.lone
    return lone is not None and lone.kind == "num" and lone.plain


def unit_of(side: Expr | None) -> Rational | None:
    """One unit of the last digit of a number, whatever its sign; None for 0 and for anything else."""
    items = side.terms[0][1] if side is not None and len(side.terms) == 1 else []
    if len(items) != 1 or items[0].kind != "num" or not items[0].plain or not Rational(items[0].value):
        return None
    return Rational(1, 10 ** len(items[0].value.partition(".")[2]))
