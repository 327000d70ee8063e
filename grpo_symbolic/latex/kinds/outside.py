"""Which symbols stand outside of all expectations: what is bare there is no value at what one draws."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..notation.priors import DRAWING, EXPECTATIONS
from ..parsing.naming import nucleus
from ..parsing.surface import Content, Item, content_of, unwrap
from .evidence import takes


def outside(content: Content) -> frozenset[str]:
    """The symbols without brackets after them that stand somewhere in a text, and there in no expectation."""
    return frozenset(_content(content))


def _content(content: Content) -> Iterator[str]:
    for piece in content.pieces:
        for side in piece.sides:
            for _, items, _ in () if side is None else side.terms:
                yield from _factors(items)


def _factors(items: Sequence[Item]) -> Iterator[str]:
    place = 0
    while place < len(items):
        item, after = items[place], items[place + 1] if place + 1 < len(items) else None
        symbol, place = nucleus(item), place + 1
        if symbol is not None and symbol.item.sub is not None and symbol.name in EXPECTATIONS | DRAWING:
            if after is None or after.kind != "group":
                return
            place += 1
            continue
        if symbol is not None and (after is None or not takes(item, after)):
            yield symbol.name
        elif symbol is not None and after is not None:
            place += 1
        for part in item.args if symbol is None else ():
            yield from _content(content_of(unwrap(part)))
        if symbol is None and item.body is not None:
            yield from _content(item.body)
