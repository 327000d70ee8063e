r"""Sums over pairs i < j, \sum_{i<j} and \sum_{1 \leq i < j \leq n}: over i \neq j, where each pair is counted twice.

What is summed must be the same for (i, j) and (j, i); that is asked where it is read.
"""

from __future__ import annotations

import re

from .surface import Content, Expr, Item, Piece, content_of, items_of, seen_in, unwrap

# The value of a sum over such pairs, among the signs that run over something.
PAIRS = "pairs"
ORDERED = re.compile(r"\\sum(?![A-Za-z])[^<>]*(?:<|>|\\[lg]t(?![A-Za-z]))|∑[^<>]*[<>]")


def over_pairs(content: Content) -> None:
    """Write each sum over pairs in a content as one over two different indices."""
    waiting = [content]
    while waiting:
        for item in items_of(waiting.pop()):
            if item.kind == "big" and item.value == "sum" and item.sub is not None:
                written(item, content_of(item.sub))
            waiting += [seen_in(part) for part in (*item.args, item.sub, item.sup) if part is not None]
            waiting += [] if item.body is None else [item.body]


def written(item: Item, range_: Content) -> None:
    """Write one sum so, if its range is i < j."""
    *heads, piece = range_.pieces
    rels = [rel for rel, _ in piece.rels]
    lone = [None if side is None or side.lone is None else unwrap(side.lone) for side in piece.sides]
    names = lone if rels in (["<"], [">"]) else lone[1:3] if rels == ["≤", "<", "≤"] else []
    if len(heads) not in (0, 2) or any(head.rels for head in heads) or len(names) != 2 or any(
            one is None or one.kind != "sym" or not one.plain for one in names):
        return
    if item.sup is not None or heads and len(rels) > 1:
        return
    pos = piece.rels[0][1]
    if len(rels) == 3:
        first, one, two, last = piece.sides
        if first is None or one is None or two is None or last is None:
            return
        start, apart = Piece(two), Piece(one)
        start.rels, start.sides = [("=", pos)], [two, first]
        apart.rels, apart.sides = [("≠", pos)], [one, Expr("", [factor.copy() for factor in two.terms[0][1]], two.pos)]
        range_.pieces = [Piece(one), start, apart]
        range_.seps = [(",", pos), (",", pos)]
        item.sup = Item("group", "brace", last.pos, last.pos, Content(Piece(last)))
    else:
        piece.rels = [("≠", pos)]
    item.value = PAIRS
