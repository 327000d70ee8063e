r"""Ranges that begin or end at the index of another: \sum_{t'=t}^{T}, \sum_{j=1}^{i-1}.

Each is a sum over the whole range of the other, of what is counted where the two indices stand in that order.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from sympy import Basic

from ...language import (
    ENDLESS,
    NONE,
    Indicator,
    Neg,
    Node,
    Num,
    Ordinal,
    Power,
    Product,
    Scope,
    Span,
    Sum,
    Var,
    plus,
    span,
    times,
)
from ..kinds.numbering import range_of, shift_of
from ..parsing.naming import spelled
from ..parsing.surface import Content, Expr, Item, Piece, content_of, unwrap
from .builder import Builder

COMPARED = frozenset("<≤≥>")


class Order(NamedTuple):
    """The index ``name`` of a range from ``start`` to ``end``, in a ``relation`` to another one plus ``by``."""

    name: str
    start: int
    end: Basic
    relation: str
    other: Var
    by: int


def read_order(builder: Builder, item: Item, upper: Callable[[int], Basic]) -> Order | None:
    """What a range says that begins, or ends, at the index of another; None of any other range.

    ``upper`` reads the end of one that begins so, its members numbered so much higher.
    """
    if item.sub is None:
        return None
    content = content_of(item.sub)
    piece = content.pieces[0]
    left = None if piece.sides[0] is None else piece.sides[0].lone
    signs = [rel for rel, _ in piece.rels]
    if len(content.pieces) > 1 or len(signs) != 1 or left is None or piece.sides[1] is None:
        return None
    name = spelled(unwrap(left))
    offset = builder.facts.numbering.offset(range_of(builder.text, item, name))
    if signs[0] in COMPARED and item.sup is None:
        return read_beside(builder, name, signs[0], piece.sides[1], offset)
    if signs != ["="] or item.sup is None:
        return None
    first = indexed(builder, whole(piece.sides[1]))
    last = indexed(builder, item.sup)
    found = first or last
    if found is None or offset is None or offset != builder.raises.get(found[0], 0):
        return None
    other, by = found
    for part in (piece.sides[1], content_of(item.sup).only):
        note(part)
    if first is not None and last is None and by >= 0:
        return Order(name, 1, upper(offset), "≥", other, by)
    start = None if first is not None else number(piece.sides[1])
    if last is None or start is None or by > 0 or start + offset < 1:
        return None
    return Order(name, start + offset, span(builder.spans[other])[1], "≤", other, by)


def read_beside(builder: Builder, name: str, sign: str, right: Expr, offset: int | None) -> Order | None:
    r"""What \sum_{j>i} says: j runs over what i runs over, behind i. None where that is no index around it."""
    found = indexed(builder, whole(right))
    if found is None or found[0] not in builder.bound.values() or offset != builder.raises.get(found[0], 0):
        return None
    note(right)
    start, end = span(builder.spans[found[0]])
    relation, more = {"<": ("≤", -1), ">": ("≥", 1)}.get(sign, (sign, 0))
    return Order(name, start, end, relation, found[0], found[1] + more)


def indexed(builder: Builder, item: Item) -> tuple[Var, int] | None:
    """The index of a range around this one, or a step of a path, and what is added to it; None of anything else."""
    shift = shift_of(item)
    if shift is None:
        return None
    var = builder.bound.get(shift[0]) or some_step(builder, shift[0], item.pos)
    printed = var is not None and var in builder.raises and var in builder.spans and var not in builder.starts
    return (var, shift[1]) if var is not None and printed else None


def some_step(builder: Builder, name: str, pos: int) -> Var | None:
    """The step that a letter names which nothing binds, where a path is drawn; None of any other letter."""
    if not builder.on_a_path or builder.facts.sorts.get(name) != "token":
        return None
    found = builder.named(name, "token", pos)
    builder.loose.add(name)
    builder.spans = {**builder.spans, found: ENDLESS}
    builder.raises[found] = builder.facts.numbering.offset(("letter", name)) or 0
    return found


def note(expr: Expr | None) -> None:
    """Its letters and numbers are accounted for."""
    for _, items, _ in expr.terms if expr is not None else ():
        for item in items:
            item.taken = True


def whole(expr: Expr) -> Item:
    """An expression as one item."""
    return expr.lone or Item("group", "brace", expr.pos, expr.pos, Content(Piece(expr)))


def number(expr: Expr) -> int | None:
    """The number that an expression is."""
    lone = expr.lone
    plain = lone is not None and lone.kind == "num" and lone.plain and lone.value.isdecimal()
    return int(lone.value) if lone is not None and plain else None


def ordered(builder: Builder, order: Order, var: Var, body: Node, pos: int, product: bool = False) -> Node:
    """The sum, or the product, of a body over a range in its order."""
    bound = plus(Ordinal(order.other), Num(order.by) if order.by > 0 else Neg(Num(-order.by))) if order.by else \
        Ordinal(order.other)
    there = Indicator(order.relation, Ordinal(var), bound)
    counted = Power(body, there) if product else times(there, body)
    upper = order.end if order.start == 1 else builder.built(Span, order.start, order.end, pos=pos)
    node: Node = builder.built(Product if product else Sum, upper, NONE, Scope.close(var, counted), pos=pos)
    if order.relation == "≤":
        node.hints = {"end": "index"}
    return node
