r"""Which symbols a text prints with a group index, whether it draws a group, which letters it prints a prefix of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from ..notation.priors import INDICES, TOKENS
from ..parsing.naming import nucleus
from ..parsing.surface import Content, Item, Piece, Printed, content_of, seen_in, unwrap

SIZE = "G"  # the letter of the size of the group, and the number of its last member: who has r_G has r_i


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
    indices |= {name for item in items if is_set(item) and item.sub is not None for name in counted(item.sub)} - TOKENS
    names, sequences = set(), set()
    for item in items:
        symbol = nucleus(item)
        if symbol is None or symbol.item.sub is None:
            continue
        pieces = content_of(unwrap(symbol.item.sub)).pieces
        first = None if pieces[0].only is None else pieces[0].only.lone
        if first is not None and first.plain and (first.value in indices or first.value == SIZE):
            names.add(symbol.name + symbol.item.dashes)
        if any(piece.rels and piece.rels[0][0] == "<" and piece.sides[0] is None for piece in pieces):
            sequences.add(symbol.letter)
    grouped = any(sign == ":" for item in items if item.sub is not None for sign, _ in content_of(item.sub).seps)
    grouped = grouped or any(map(is_set, items)) or any(
        listing(inner.pieces[place:]) for item in items if item.sub is not None and (inner := seen_in(item.sub))
        for place in range(len(inner.pieces) - 2))
    return Indexed(frozenset(names), frozenset(sequences), grouped)


def listing(pieces: Sequence[Piece]) -> int:
    r"""How many pieces at the start list a group, x_1, \ldots, x_G or x_1, x_2, \ldots, x_G; 0 where they do not."""
    symbols: list[tuple[str, str]] = []
    for count, piece in enumerate(pieces):
        first = piece.sides[0]
        lone = None if first is None else first.lone
        if lone is None:
            return 0
        if lone.kind == "dots":
            following = pieces[count + 1].sides[0] if count + 1 < len(pieces) else None
            last = None if following is None else following.lone
            numbered = [(name, str(number)) for number, (name, _) in enumerate(symbols, 1)]
            if not symbols or last is None or symbols != numbered or not member(last)[1].isalpha():
                return 0
            return count + 2 if member(last)[0] == symbols[0][0] else 0
        if piece.rels:
            return 0
        symbols.append(member(lone))
    return 0


def member(item: Item) -> tuple[str, str]:
    """The symbol and the one letter or number below it, of a member of a group; empty for anything else."""
    symbol = nucleus(item)
    if symbol is None or symbol.item.sub is None or symbol.item.sup is not None:
        return "", ""
    below = seen_in(symbol.item.sub).lone
    plain = below is not None and below.kind in ("sym", "num") and below.plain
    return (symbol.name + "'" * symbol.item.primes, below.value) if plain and below is not None else ("", "")


def settle(content: Content) -> None:
    """Take note of all that a content prints, after something was put in."""
    content.printed = None
    content.printed = printed(content)


def forget(content: Content) -> None:
    """Drop what a content that has been read keeps of itself: circles, which would wait for the garbage collector."""
    found = printed(content)
    for item in found.items:
        item.content = item.nucleus = None
    for inner in found.contents:
        inner.printed = None


def every(content: Content) -> Sequence[Item]:
    """The items of a content, those inside brackets, arguments and scripts too."""
    if content.printed is not None:
        return content.printed.items
    lone = content.lone  # most scripts are one letter
    return (lone,) if lone is not None and lone.kind == "sym" and lone.plain else walked(content)[0]


def contents(content: Content) -> Sequence[Content]:
    """A content and those at any depth in it."""
    return walked(content)[1] if content.printed is None else content.printed.contents


def printed(content: Content) -> Printed:
    """All that a content prints, inside brackets, arguments and scripts too."""
    if content.printed is not None:
        return content.printed
    items, contents = walked(content)
    signs = [sign for inner in contents for sign, _ in inner.seps]
    signs += [rel for inner in contents for piece in inner.pieces for rel, _ in piece.rels]
    return Printed(tuple(items), tuple(contents), frozenset([item.kind for item in items]),
                   frozenset([item.value for item in items]), frozenset(signs))


def walked(content: Content) -> tuple[list[Item], list[Content]]:
    """The items of a content, and the contents that hold them, as they are met on a walk through it."""
    items: list[Item] = []
    contents: list[Content] = []
    waiting = [content]
    while waiting:
        inner = waiting.pop()
        contents.append(inner)
        here = [item for piece in inner.pieces for side in piece.sides if side is not None
                for _, factors, _ in side.terms for item in factors]
        items += here
        for item in here:
            if item.args:
                waiting += map(seen_in, item.args)
            if item.sub is not None:
                waiting.append(seen_in(item.sub))
            if item.sup is not None:
                waiting.append(seen_in(item.sup))
            if item.body is not None:
                waiting.append(item.body)
    return items, contents


@contextmanager
def only_seen(content: Content) -> Iterator[None]:
    """What is looked at inside is not taken by that."""
    parts = [part for item in every(content) for part in (item, item.sub, item.sup, *item.args) if part is not None]
    before = [(part.taken, part.dashed) for part in parts]
    try:
        yield
    finally:
        for part, (taken, dashed) in zip(parts, before, strict=True):
            part.taken, part.dashed = taken, dashed


def counted(sub: Item) -> Iterator[str]:
    """The letters that the range of a sum gives a start: k of k = 1."""
    for piece in content_of(unwrap(sub)).pieces:
        name = None if piece.sides[0] is None else piece.sides[0].lone
        if name is not None and name.kind == "sym" and [rel for rel, _ in piece.rels] == ["="]:
            yield name.value


def is_set(item: Item) -> bool:
    r"""Whether an item is \{a_i\}_{i=1}^G."""
    return item.kind == "group" and item.value == r"\{" and item.sub is not None and item.sup is not None
