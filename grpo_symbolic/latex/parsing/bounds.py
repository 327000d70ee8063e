r"""Ranges that print both ends below their sign, \sum_{1 \leq i \leq n}, \max_{i=1,\ldots,n}: from 1 to the n above.

\sum_{1 \leq i, j \leq n} is \sum_{i,j=1}^{n}, and a pair, \sum_{(i,j): i \neq j}, is both of its letters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from .pairs import in_their_order, over_products
from .surface import Content, Expr, Item, Piece, content_of, items_of, seen_in, unwrap

SIGNS = r"sum|prod|max|min|sup|inf|argmax|argmin"
BOUNDED = re.compile(rf"(?:\\(?:{SIGNS})(?![A-Za-z])|[∑∏])[^_{{}}]*_\s*\{{"
                     r"[^_^]*?(?:\\[lg][et]|[≤<≥>]|dots|…|\(|\\ne|≠|\\(?:sub|set))")
# Relations read from right to left.
TURNED = {">": "<", "≥": "≤"}
RUNNING = frozenset(SIGNS.split("|"))
CONDITION = frozenset((":", ",", "|", "such that"))


def between_bounds(content: Content) -> None:
    """Write each such range in a content with its end above its sign."""
    for item in signs_in(content):
        if item.sup is None:
            bounded(item, content_of(item.sub))


def over_letters(content: Content) -> None:
    """Write each range in rows, or over a pair, as one over letters with commas between."""
    for item in signs_in(content):
        rows_as_one(item.sub)
        over_products(content_of(item.sub))
        in_their_order(item, content_of(item.sub))
        if item.sup is None:
            open_pair(content_of(item.sub))


def signs_in(content: Content) -> Iterator[Any]:
    """The signs in a content that have a range below them."""
    waiting = [content]
    while waiting:
        for item in items_of(waiting.pop()):
            if item.kind in ("big", "fn") and item.value in RUNNING and item.sub is not None:
                yield item
            waiting += [seen_in(part) for part in (*item.args, item.sub, item.sup) if part is not None]
            waiting += [] if item.body is None else [item.body]


def rows_as_one(below: Item) -> None:
    r"""Write what stands in rows below a sign, \substack{j=1 \\ j \neq i}, with commas between the rows."""
    content = content_of(below)
    inner = content.lone
    braces = inner is not None and inner.kind == "group" and inner.value == "brace" and inner.plain
    if braces and inner is not None and inner.body is not None:
        content.pieces, content.seps = inner.body.pieces, inner.body.seps
    content.seps = [("," if sign == r"\\" else sign, pos) for sign, pos in content.seps]


def bounded(item: Item, range_: Content) -> None:
    """Write the end of one range above its sign, if the range prints it below."""
    if any(sign != "," for sign, _ in range_.seps):
        return
    for piece in list(range_.pieces):
        leave_out(range_, piece)
    apart = [piece for piece in range_.pieces if [rel for rel, _ in piece.rels] == ["≠"]]
    heads = [piece for piece in range_.pieces if piece not in apart]
    if not heads:
        return
    first, *more = heads
    if not more and (listed := members_of(first)) is not None:
        first, *more = listed
        heads = listed
    rels = [[rel for rel, _ in piece.rels] for piece in heads]
    sides = first.sides
    if len(rels[0]) == 2 and set(rels[0]) <= TURNED.keys():
        rels[0], sides = [TURNED[rel] for rel in rels[0][::-1]], sides[::-1]
    strict = [rel == "<" for rel in (*rels[0], *(rel for other in rels[1:] for rel in other))]
    if len(rels) == 1 and rels[0] in (["≤", "≤"], ["≤", "<"], ["<", "≤"], ["<", "<"]):
        start, name, end = sides
        names = [Piece(name)]
    elif rels == [["≤", "≠", "≤"]] and not apart:
        start, name, other, end = sides
        names, apart, strict = [Piece(name), Piece(other)], [Piece(name)], [False, False]
        apart[0].rels, apart[0].sides = [("≠", first.rels[0][1])], [copied(name), copied(other)]
    elif len(rels) > 1 and len(strict) == 2 and len(rels[0]) == len(rels[-1]) == 1 and not any(rels[1:-1]) and \
            {rels[0][0], rels[-1][0]} <= {"<", "≤"}:
        (start, name), (other, end) = first.sides, more[-1].sides
        names = [Piece(name), *more[:-1], Piece(other)]
    elif len(more) > 1 and rels[0] == ["="] and not any(rels[1:]) and dotted(first.sides[1], more):
        (name, start), end, strict = first.sides, more[-1].only, [False, False]
        names = [Piece(name)]
    else:
        return
    if start is None or end is None or not all(map(letter, names)):
        return
    pos = first.rels[0][1]
    names[-1].rels, names[-1].sides = [("=", pos)], [names[-1].sides[0], beside(start, "+") if strict[0] else start]
    range_.pieces = [*names, *apart]
    range_.seps = [(",", pos)] * (len(range_.pieces) - 1)
    item.sup = Item("group", "brace", pos, pos, Content(Piece(beside(end, "-") if strict[1] else end)))


def leave_out(range_: Content, piece: Piece) -> None:
    r"""Write x \in S \setminus \{y\} as x \in S, x \neq y."""
    last = piece.sides[-1]
    group = None if last is None or last.lone is None else unwrap(last.lone)
    braces = group is not None and group.kind == "group" and group.value == r"\{" and group.plain
    one = None if group is None or group.body is None or not braces else group.body.only
    if [rel for rel, _ in piece.rels] != ["∈", r"\setminus"] or one is None:
        return
    apart = Piece(copied(piece.sides[0]))
    apart.rels, apart.sides = [("≠", piece.rels[1][1])], [*apart.sides, one]
    piece.rels, piece.sides = piece.rels[:1], piece.sides[:2]
    range_.pieces.append(apart)
    range_.seps.append((",", apart.rels[0][1]))


def members_of(piece: Piece) -> list[Piece] | None:
    r"""The range x = a, \ldots, b that x \in \{a, \ldots, b\} is; None for any other."""
    right = piece.sides[1] if [rel for rel, _ in piece.rels] == ["∈"] else None
    group = None if right is None or right.lone is None else unwrap(right.lone)
    if group is None or group.kind != "group" or group.body is None or not group.plain:
        return None
    start, *more = group.body.pieces
    if group.value != r"\{" or start.only is None or len(more) < 2 or any(sign != "," for sign, _ in group.body.seps):
        return None
    found = Piece(piece.sides[0])
    found.rels, found.sides = [("=", piece.rels[0][1])], [piece.sides[0], start.only]
    return [found, *more]


def beside(end: Expr, sign: str) -> Expr:
    """The number after an end, or before it."""
    lone = end.lone
    if sign == "+" and lone is not None and lone.kind == "num" and lone.value.isdecimal() and lone.plain:
        return Expr("", [Item("num", str(int(lone.value) + 1), lone.pos, lone.end)], end.pos)
    found = Expr(*end.terms[0])
    found.terms = [*end.terms, (sign, [Item("num", "1", end.pos, end.pos)], end.pos)]
    return found


def copied(side: Expr | None) -> Expr | None:
    """A letter once more."""
    return None if side is None else Expr("", [factor.copy() for factor in side.terms[0][1]], side.pos)


def dotted(start: Expr | None, pieces: list[Piece]) -> bool:
    r"""Whether pieces are \ldots and one more, perhaps after the number that follows the first."""
    first = None if start is None else start.lone
    second = str(int(first.value) + 1) if first is not None and first.value.isdecimal() else ""
    lone = [None if piece.only is None else piece.only.lone for piece in pieces[:-1]]
    shown = [(item.kind, item.value if item.kind == "num" else "") for item in lone if item is not None]
    if len(shown) < len(lone) or shown not in ([("dots", "")], [("num", second), ("dots", "")]):
        return False
    for item in lone:
        if item is not None:
            item.taken = True
    return True


def letter(piece: Piece) -> str:
    """The letter that a piece is, without scripts; empty for anything else."""
    lone = None if piece.only is None or piece.only.lone is None else unwrap(piece.only.lone)
    return lone.value if lone is not None and lone.kind == "sym" and lone.sub is lone.sup is None else ""


def open_pair(range_: Content) -> None:
    r"""Write the pair (i,j), or i,j, of a range, perhaps under a condition, as its two letters and the condition."""
    lone = None if range_.pieces[0].only is None else range_.pieces[0].only.lone
    bracket = lone is not None and lone.kind == "group" and lone.value == "(" and lone.plain and lone.body is not None
    content = lone.body if bracket and lone is not None and lone.body is not None else range_
    names, conditions = content.pieces[:2], range_.pieces[1 if bracket else 2:]
    if not all(map(letter, names)) or not content.seps or content.seps[0][0] != "," or len(conditions) > 1 or \
            bracket and len(content.pieces) != 2 or not bracket and not conditions:
        return
    sides = conditions[0].sides if conditions else []
    shown = [one for side in sides if (one := letter(Piece(side)))]
    if conditions and (range_.seps[-1][0] not in CONDITION or not {*map(letter, names)} <= {*shown}):
        return
    if lone is not None and bracket:
        lone.taken = True
    range_.pieces = conditions if len(sides) > 2 else [*names, *conditions]
    range_.seps = [(",", range_.pos)] * (len(range_.pieces) - 1)
