r"""Indices that stand outside what binds them: b = \sum_{i=1}^N r(x_n), and (\sum_{t=1}^T u_t)(\prod_{k=1}^t v_k)."""

from __future__ import annotations

from collections.abc import Sequence

from ..notation.priors import INDICES, TOKENS
from ..parsing.surface import Content, Expr, Item, Piece, seen_in
from ..read_error import Malformed
from .edits import products
from .indexed import every, printed

NUMBERING = INDICES | TOKENS | {"k", "l"}
EQUAL, MEAN, SET = "=", "E", r"\{"


def refuse_stray(content: Content) -> None:
    """Refuse an index that nothing binds where it stands. Raises Malformed."""
    if "big" in printed(content).kinds:
        refuse_idle_range(content)
        refuse_left_range(content)


def refuse_idle_range(content: Content) -> None:
    """Refuse an equation for one symbol by a sum that does not name its index, but another one that nothing binds.

    Raises Malformed.
    """
    piece = content.pieces[0]
    left = piece.sides[0]
    others = [one for one in content.pieces[1:] if not one.empty]
    if others or [rel for rel, _ in piece.rels] != [EQUAL] or left is None or left.lone is None or not left.lone.plain:
        return
    letters = [item.value for item in every(content) if item.kind == "sym"]
    for items in products(content):
        for place, item in enumerate(items):
            index = counted_from(item)
            rest = inside(items[place + 1:]) if index else ()
            if not rest or any(one.value == index for one in rest):
                continue
            below = [lone for one in rest if one.sub is not None and (lone := seen_in(one.sub).lone) is not None]
            stray = [one for one in below if one.value in INDICES and one.plain]
            listed = any(one.kind == "group" and one.value == SET for one in rest)
            if len(stray) == 1 and letters.count(stray[0].value) == 1 and not listed:
                raise Malformed(f"the index {stray[0].value} is bound nowhere: the sum runs over {index}, which is not "
                                "named in what is summed", stray[0].pos)


def refuse_left_range(content: Content) -> None:
    """Refuse an index that stands in a factor beside the bracket that holds its sum, and nowhere else.

    Raises Malformed.
    """
    if not any(map(summed_in, every(content))):
        return
    names = [name_of(item) for item in every(content) if item.kind == "sym"]
    bound = [name for item in every(content) if item.kind == "big" and (name := counted_from(item))]
    for items in products(content):
        for place, item in enumerate(items):
            index = summed_in(item)
            if not index or bound.count(index) > 1:
                continue
            within = sum(name_of(one) == index for one in inside([item]))
            rest = inside(items[place + 1:])
            beside = [one for one in rest if one.kind == "sym" and name_of(one) == index]
            if beside and within + len(beside) == names.count(index) and not any(binds(one, index) for one in rest):
                raise Malformed(f"the index {index} stands outside its sum, which ends with its bracket: bracket what "
                                "belongs to it", beside[0].pos)


def counted_from(item: Item) -> str:
    """The index of a sum or product from a number to an end; empty for another one."""
    if item.kind != "big" or item.value not in ("sum", "prod") or item.sub is None or item.sup is None:
        return ""
    below = seen_in(item.sub)
    piece = below.pieces[0]
    lone = [None if side is None else side.lone for side in piece.sides]
    numbered = len(below.pieces) == 1 and [rel for rel, _ in piece.rels] == [EQUAL] and lone[0] is not None
    if not numbered or lone[0] is None or lone[0].sub or lone[0].sup or lone[0].value not in NUMBERING:
        return ""
    return name_of(lone[0]) if lone[1] is not None and lone[1].kind == "num" else ""


def summed_in(item: Item) -> str:
    """The index over which all of a bracket is summed; empty for another one."""
    only = item.body.only if item.kind == "group" and item.value in ("(", "[") and item.plain and item.body else None
    return "" if only is None or len(only.terms) > 1 else counted_from(only.terms[0][1][0])


def binds(item: Item, index: str) -> bool:
    """Whether what an item prints below it may bind an index, as means, maxima and sets do."""
    if item.sub is None or item.kind == "sym" and item.value != MEAN:
        return False
    below = seen_in(item.sub)
    left = [None if piece.sides[0] is None else piece.sides[0].lone for piece in below.pieces]
    named = [one for one in left if one is not None] if item.kind == "big" else every(below)
    return any(one.kind == "sym" and name_of(one) == index for one in named)


def name_of(item: Item) -> str:
    """A letter with its primes."""
    return item.value + "'" * item.primes


def inside(items: Sequence[Item]) -> Sequence[Item]:
    """All that some factors print."""
    return every(Content(Piece(Expr("", list(items), items[0].pos)))) if items else ()
