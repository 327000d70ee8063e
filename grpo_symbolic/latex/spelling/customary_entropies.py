r"""Entropies of what capitals name, H(X, Y|Z), and what these tell of each other, I(X; Y|Z), as sums over a joint law.

A capital names something random, so H is no function of it, and no two of them are of different laws.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ..parsing.naming import nucleus
from ..parsing.surface import Content, Expr, Piece
from .edits import Change, Edit, Found, products
from .joint_draws import LETTERS, Draws, NoJoint, Signature, in_turn
from .joint_prints import laws_in

CAPITAL, MOST = re.compile(r"[A-Z]"), 4
NAMES, OTHERS, CONSTANT = "abcd", "uvwy", "s"


class Entropy(NamedTuple):
    """An entropy of lists of names, two for what these tell of each other, given others; and where it stands."""

    of: tuple[frozenset[str], ...]
    given: frozenset[str]
    start: int
    end: int


def in_entropies(found: Found) -> Iterator[Change]:
    """A text of entropies as sums over a joint law; nothing where there is none, or one of something else. Raises
    NoJoint where the text has laws besides."""
    every = list(entropies(found.content))
    names = sorted(frozenset().union(*(one.given.union(*one.of) for one in every)))
    if not any(len(one.of) > 1 or one.given or len(one.of[0]) > 1 for one in every) or {"H", "I"} & found.defined:
        return
    if laws_in(found) or len(names) > MOST or not found.defined.isdisjoint(names):
        raise NoJoint  # what is a law, or stands for something else, is nothing random
    laws = [Signature(of, one.given) for one in every for of in one.of]
    fresh = dict(zip(names, OTHERS, strict=False))
    draws = in_turn(laws, fresh, iter(LETTERS), CONSTANT)
    values = dict(zip(names, NAMES, strict=False))
    edits = tuple(Edit(one.start, one.end, summed(one, draws, values)) for one in every)
    yield Change(edits, "entropies are those of one joint law")


def tells_of_entropies(left: Expr, right: Expr | None) -> bool:
    """Whether an equation of an entropy tells what others it is made of: what that is has a meaning before."""
    return len(left.terms[0][1]) == 2 and right is not None and all(
        any(entropies(Content(Piece(side)))) for side in (left, right))


def entropies(content: Content) -> Iterator[Entropy]:
    """The entropies of a text, none where the letter of one has something else in its brackets."""
    every = list[Entropy | None]()
    for items in products(content):
        for item, group in zip(items, items[1:], strict=False):
            symbol = nucleus(item)
            if symbol is not None and symbol.name in ("H", "I") and group.kind == "group" and group.value in ("(", "["):
                assert group.body is not None
                plain = item.plain and group.plain
                every.append(entropy(group.body, symbol.name == "I", item.pos, group.end) if plain else None)
    if None not in every:
        yield from (one for one in every if one is not None)


def entropy(body: Content, mutual: bool, start: int, end: int) -> Entropy | None:
    """The entropy of what is listed in brackets; None for anything but capitals."""
    parts: list[list[str]] = [[]]
    signs = [sign for sign, _ in body.seps]
    for piece, sign in zip(body.pieces, [*signs, ""], strict=True):
        lone = None if piece.only is None else piece.only.lone
        if lone is None or not lone.plain or CAPITAL.fullmatch(lone.value) is None:
            return None
        parts[-1].append(lone.value)
        parts += [[]] if sign in (";", "|") else []
    told = [sign for sign in signs if sign != ","]
    if told not in ([[";"], [";", "|"]] if mutual else [[], ["|"]]) or len({*sum(parts, [])}) < len(body.pieces):
        return None
    *of, given = [*parts, []] if "|" not in told else parts
    return Entropy(tuple(map(frozenset, of)), frozenset(given), start, end)


def summed(one: Entropy, draws: Draws, values: dict[str, str]) -> str:
    """An entropy as a sum."""
    whole = frozenset().union(*one.of)
    sums = "".join(rf"\sum_{{{values[name]}}} " for name in sorted(whole | one.given))
    weight = draws.chance(Signature(whole | one.given, frozenset()), values, "")
    parts = [draws.chance(Signature(of, one.given), values, "") for of in (whole, *one.of)]
    return rf"\left( {sums} {weight} {logarithm(parts)} \right)"


def logarithm(parts: Sequence[str]) -> str:
    """What is told of two by each other, or of one by itself."""
    whole, *each = parts
    return rf"\log \frac{{{whole}}}{{{' '.join(each)}}}" if len(each) > 1 else rf"\log \frac{{1}}{{{whole}}}"
