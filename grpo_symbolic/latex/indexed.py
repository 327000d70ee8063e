r"""Which symbols a text prints with a group index, whether it draws a group, which letters it prints a prefix of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .naming import nucleus
from .surface import Content, Item, content_of, items_of, unwrap
from .symbols import INDICES, TOKENS

LAST = "G"  # the number of the last member: who has r_G has r_i


@dataclass(frozen=True)
class Indexed:
    r"""``names`` are symbols with a group index, as ``\tilde{A}`` of ``\tilde{A}_i``; ``sequences`` letters as ``o`` of
    ``o_{<t}``; ``grouped`` is set where a range as ``1:G`` is printed."""

    names: frozenset[str]
    sequences: frozenset[str]
    grouped: bool


def indexed(content: Content) -> Indexed:
    """What the subscripts of a text say."""
    items = list(every(content))
    indices = INDICES | {name for item in items if item.kind == "big" and item.sub is not None
                         for name in counted(item.sub)} - TOKENS
    names, sequences = set(), set()
    for item in items:
        symbol = nucleus(item)
        if symbol is None or symbol.item.sub is None:
            continue
        pieces = content_of(unwrap(symbol.item.sub)).pieces
        first = None if pieces[0].only is None else pieces[0].only.lone
        if first is not None and first.plain and (first.value in indices or first.value == LAST):
            names.add(symbol.name + symbol.item.dashes)
        if any(piece.rels and piece.rels[0][0] == "<" and piece.sides[0] is None for piece in pieces):
            sequences.add(symbol.letter)
    grouped = any(sign == ":" for item in items if item.sub is not None for sign, _ in content_of(item.sub).seps)
    return Indexed(frozenset(names), frozenset(sequences), grouped or any(map(is_set, items)))


def seen_in(item: Item) -> Content:
    """The content of a bracket or of an item on its own, as ``content_of`` has it, but not taken."""
    taken = item.taken
    content = content_of(item)
    item.taken = taken
    return content


def every(content: Content) -> Iterator[Item]:
    """The items of a content, those inside brackets, arguments and scripts too."""
    waiting = [content]
    while waiting:
        for item in items_of(waiting.pop()):
            yield item
            waiting += [seen_in(part) for part in (*item.args, item.sub, item.sup) if part is not None]
            if item.body is not None:
                waiting.append(item.body)


def counted(sub: Item) -> Iterator[str]:
    """The letters that the range of a sum gives a start: k of k = 1."""
    for piece in content_of(unwrap(sub)).pieces:
        name = None if piece.sides[0] is None else piece.sides[0].lone
        if name is not None and name.kind == "sym" and [rel for rel, _ in piece.rels] == ["="]:
            yield name.value


def is_set(item: Item) -> bool:
    r"""Whether an item is \{a_i\}_{i=1}^G."""
    return item.kind == "group" and item.value == r"\{" and item.sub is not None and item.sup is not None
