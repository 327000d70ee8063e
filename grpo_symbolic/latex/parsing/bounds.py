r"""Ranges that print both ends below their sign, \sum_{1 \leq i \leq n}, \max_{i=1,\ldots,n}: from 1 to the n above.

\sum_{1 \leq i, j \leq n} is \sum_{i,j=1}^{n}, and a pair, \sum_{(i,j): i \neq j}, is both of its letters.
"""

from __future__ import annotations

import re

from .surface import Content, Expr, Item, Piece, content_of, items_of, seen_in, unwrap

SIGNS = r"sum|prod|max|min|sup|inf|argmax|argmin"
BOUNDED = re.compile(rf"(?:\\(?:{SIGNS})(?![A-Za-z])|[∑∏])[^_{{}}]*_\s*\{{[^{{}}]*(?:\\le|≤|<|dots|…|\(|\\ne|≠)")
RUNNING = frozenset(SIGNS.split("|"))
CONDITION = frozenset((":", ",", "|", "such that"))


def between_bounds(content: Content) -> None:
    """Write each such range in a content with its end above its sign."""
    waiting = [content]
    while waiting:
        for item in items_of(waiting.pop()):
            if item.kind in ("big", "fn") and item.value in RUNNING and item.sub is not None and item.sup is None:
                open_pair(content_of(item.sub))
                bounded(item, content_of(item.sub))
            waiting += [seen_in(part) for part in (*item.args, item.sub, item.sup) if part is not None]
            waiting += [] if item.body is None else [item.body]


def bounded(item: Item, range_: Content) -> None:
    """Write the end of one range above its sign, if the range prints it below."""
    if any(sign != "," for sign, _ in range_.seps):
        return
    first, *more = range_.pieces
    rels = [[rel for rel, _ in piece.rels] for piece in range_.pieces]
    apart: list[Piece] = []
    if rels in ([["≤", "≤"]], [["≤", "<"]]):
        start, name, end = first.sides
        names = [Piece(name)]
    elif rels == [["≤", "≠", "≤"]]:
        start, name, other, end = first.sides
        names, apart = [Piece(name), Piece(other)], [Piece(name)]
    elif rels == [["≤"], ["≤"]]:
        (start, name), (other, end) = first.sides, more[0].sides
        names = [Piece(name), Piece(other)]
    elif len(more) > 1 and rels[0] == ["="] and not any(rels[1:]) and dotted(more):
        (name, start), end = first.sides, more[-1].only
        names = [Piece(name)]
    else:
        return
    if start is None or end is None or not all(map(letter, names)):
        return
    pos = first.rels[0][1]
    if rels == [["≤", "<"]]:
        end.terms.append(("-", [Item("num", "1", pos, pos)], pos))
    for piece in apart:
        piece.rels, piece.sides = [("≠", pos)], [copied(side) for side in (names[0].sides[0], names[1].sides[0])]
    names[-1].rels, names[-1].sides = [("=", pos)], [names[-1].sides[0], start]
    range_.pieces = [*names, *apart]
    range_.seps = [(",", pos)] * (len(range_.pieces) - 1)
    item.sup = Item("group", "brace", pos, pos, Content(Piece(end)))


def copied(side: Expr | None) -> Expr | None:
    """A letter once more."""
    return None if side is None else Expr("", [factor.copy() for factor in side.terms[0][1]], side.pos)


def dotted(pieces: list[Piece]) -> bool:
    r"""Whether pieces are \ldots and one more, perhaps after the number 2."""
    lone = [None if piece.only is None else piece.only.lone for piece in pieces[:-1]]
    shown = [(item.kind, item.value if item.kind == "num" else "") for item in lone if item is not None]
    if len(shown) < len(lone) or shown not in ([("dots", "")], [("num", "2"), ("dots", "")]):
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
