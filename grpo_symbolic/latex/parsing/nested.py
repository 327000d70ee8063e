r"""Chains of inequalities below a sign, \sum_{1 \leq i < j \leq n}: a sign for each index, one after another.

The first runs from one end to the other, \sum_{i=1}^{n}, and each after it over the same range, in its order to the one
before it, \sum_{j > i}. A chain with an index of a sign around this one at its upper end is read from there down.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from .bounds import TURNED as FALLING
from .bounds import beside
from .surface import Content, Expr, Item, Piece, content_of, seen_in, unwrap

RUNNING = frozenset(("sum", "prod"))
RISING = {rising: falling for falling, rising in FALLING.items()}


class Chain(NamedTuple):
    """Indices in rising order, the signs between them, and the ends before and after them, each with its sign."""

    names: list[Item]
    signs: list[str]
    lower: tuple[Expr, str] | None
    upper: tuple[Expr, str] | None
    pos: int


def one_by_one(content: Content) -> None:
    """Write each chain below a sign so."""
    loose = set(unbound(content, frozenset()))
    split(content, frozenset(), loose)


def split(content: Content, bound: frozenset[str], loose: set[str]) -> None:
    """Write chains so where some names are bound."""
    for items in products(content):
        here, place = bound, 0
        while place < len(items):
            item = items[place]
            if item.kind == "big" and item.value in RUNNING and item.sub is not None:
                items[place:place + 1] = signs_of(item, here, loose, items[place + 1:])
                item = items[place]
            for part in parts(item):
                split(part, here | set_names(item), loose)
            here |= names_of(item)
            place += 1


def products(content: Content) -> Iterator[list[Item]]:
    """The products at the top level of a content."""
    yield from (items for piece in content.pieces for side in piece.sides if side is not None
                for _, items, _ in side.terms)


def parts(item: Item) -> Iterator[Content]:
    """What stands in an item, but for the range of a sign."""
    ranged = item.kind in ("big", "fn")
    for part in (*item.args, None if ranged else item.sub, item.sup):
        if part is not None:
            yield seen_in(part)
    if item.body is not None:
        yield item.body


def names_of(item: Item) -> frozenset[str]:
    """The letters that a sign binds in what follows it."""
    if item.kind not in ("big", "fn") or item.sub is None:
        return frozenset()
    pieces = seen_in(item.sub).pieces
    return frozenset(name for piece in pieces for side in piece.sides if (name := letter(side)))


def set_names(item: Item) -> frozenset[str]:
    r"""The letters that number the members of \{a_i\}_{i=1}^G."""
    numbered = item.kind == "group" and item.sub is not None and item.body is not None
    return frozenset() if not numbered or item.sub is None else frozenset(
        name for piece in seen_in(item.sub).pieces if (name := letter(piece.sides[0])))


def unbound(content: Content, bound: frozenset[str]) -> Iterator[str]:
    """The letters that stand where nothing binds them."""
    for items in products(content):
        here = bound
        for item in items:
            if item.kind == "sym" and (name := named(item)) not in here:
                yield name
            for part in parts(item):
                yield from unbound(part, here | set_names(item))
            here |= names_of(item)


def named(item: Item) -> str:
    """A letter and its primes."""
    return item.value + "'" * item.primes


def letter(side: Expr | None) -> str:
    """The index that an expression is, a small letter without scripts; empty for anything else."""
    lone = None if side is None or side.lone is None else unwrap(side.lone)
    plain = lone is not None and lone.kind == "sym" and lone.sub is lone.sup is None
    return named(lone) if lone is not None and plain and lone.value.isalpha() and lone.value.islower() else ""


def signs_of(item: Item, bound: frozenset[str], loose: set[str], rest: list[Item]) -> list[Item]:
    """A sign over a chain as signs over one index each; any other sign as it is."""
    assert item.sub is not None
    content = content_of(item.sub)
    used = set(unbound(Content(Piece(Expr("", rest, item.pos))), frozenset())) if rest else set()
    *heads, piece = content.pieces
    named_first = {name for head in heads if (name := letter(head.only))}
    if item.sup is not None or len(named_first) < len(heads) or not named_first <= set(map(letter, piece.sides)):
        return [item]
    chain = chain_of(piece, bound, loose - named_first, used | named_first)
    if chain is None or len(chain.names) < 2:
        return [item]
    down = chain.upper is not None and letter(chain.upper[0]) in bound
    if down and chain.lower is not None and letter(chain.lower[0]) in bound:
        return [item]
    rising = chain.names, [RISING[sign] for sign in chain.signs]
    names, signs = (chain.names[::-1], chain.signs[::-1]) if down else rising
    found = [first_of(item, chain, names[0])]
    for before, after, sign in zip(names, names[1:], signs, strict=False):
        piece = Piece(Expr("", [after], after.pos))
        piece.rels, piece.sides = [(sign, chain.pos)], [*piece.sides, Expr("", [before.copy()], before.pos)]
        found.append(signed(item, piece))
    return found


def first_of(item: Item, chain: Chain, name: Item) -> Item:
    """The sign over the first index of a chain, from its lower to its upper end."""
    piece = Piece(Expr("", [name], name.pos))
    if chain.lower is not None:
        end, sign = chain.lower
        piece.rels, piece.sides = [("=", chain.pos)], [*piece.sides, beside(end, "+") if sign == "<" else end]
    found = signed(item, piece)
    if chain.upper is not None:
        end, sign = chain.upper
        last = beside(end, "-") if sign == "<" else end
        found.sup = Item("group", "brace", chain.pos, chain.pos, Content(Piece(last)))
    return found


def signed(item: Item, piece: Piece) -> Item:
    """The sign of an item over another range."""
    found = item.copy()
    found.sub = Item("group", "brace", item.sub.pos if item.sub is not None else item.pos, item.end, Content(piece))
    return found


def chain_of(piece: Piece, bound: frozenset[str], loose: set[str], used: set[str]) -> Chain | None:
    """The chain that a range is; None where it is none, or what is an index in it is not said."""
    signs = [sign for sign, _ in piece.rels]
    sides = [side for side in piece.sides if side is not None]
    if not signs or len(sides) < len(piece.sides) or not ({*signs} <= RISING.keys() or {*signs} <= FALLING.keys()):
        return None
    if signs[0] in FALLING:
        signs, sides = [FALLING[sign] for sign in signs[::-1]], sides[::-1]
    lower = upper = None
    pos = piece.rels[0][1]
    if not runs(letter(sides[0]), bound, loose, used):
        (lower, sides, signs) = (sides[0], signs[0]), sides[1:], signs[1:]
    if not sides:
        return None
    if not runs(letter(sides[-1]), bound, loose, used):
        (upper, sides, signs) = (sides[-1], signs[-1] if signs else ""), sides[:-1], signs[:-1]
    names = [letter(side) for side in sides]
    between = lower is not None and upper is not None
    if not all(name and name not in bound and (between or name in used) for name in names) or \
            len({*names}) < len(names):
        return None
    lone = [unwrap(side.lone) for side in sides if side.lone is not None]
    return Chain(lone, signs, lower, upper, pos)


def runs(name: str, bound: frozenset[str], loose: set[str], used: set[str]) -> bool:
    """Whether the first or last letter of a chain is an index of it, and no end: it stands after the sign only."""
    return bool(name) and name in used and name not in bound and name not in loose
