r"""Expectations whose subscript has values of laws, \mathbb{E}_{d(s)\pi(a|s)}: over s ∼ d, a ∼ \pi(a|s).

Where d is given something elsewhere, d(s|a), its brackets stay: d alone may be that one.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from .naming import nucleus, spelled
from .surface import Content, Expr, Item, Piece, items_of, seen_in, unwrap

EXPECTATION = r"\mathbb{E}"
BELOW = re.compile(r"\\mathbb\s*\{?\s*E\s*\}?\s*_\s*\{")
BRACE = re.compile(r"(?<!\\)[{}]")


def has_values(text: str) -> bool:
    """Whether a bracket stands below an expectation of a text."""
    return any("(" in text[found.end():closed(text, found.end())] for found in BELOW.finditer(text))


def closed(text: str, start: int) -> int:
    """Where the brace that is open at a place is closed, or the end of the text."""
    depth = 1
    for brace in BRACE.finditer(text, start):
        depth += 1 if brace[0] == "{" else -1
        if not depth:
            return brace.start()
    return len(text)


def over_draws(content: Content) -> None:
    """Write each expectation over values of laws as one over draws from them."""
    given = conditional(content)
    for found in contents(content):
        for item in items_of(found):
            if item.sub is not None and (symbol := nucleus(item)) is not None and symbol.name == EXPECTATION:
                written(unwrap(item.sub), given)


def contents(content: Content) -> Iterator[Content]:
    """A content and those at any depth in it, each before what is in it."""
    waiting = [content]
    while waiting:
        yield (found := waiting.pop())
        for item in items_of(found):
            waiting += [seen_in(part) for part in (*item.args, item.sub, item.sup) if part is not None]
            waiting += [] if item.body is None else [item.body]


def conditional(content: Content) -> set[str]:
    """The laws of a text that are printed with what they are given, π(y|x): without that, π(y) may be another."""
    sides = (side for found in contents(content) for piece in found.pieces for side in piece.sides if side is not None)
    return {spelled(law) for side in sides for _, items, _ in side.terms
            for law, group in zip(items, items[1:], strict=False)
            if group.kind == "group" and group.body is not None and any(sign == "|" for sign, _ in group.body.seps)}


def written(below: Item, given: Collection[str]) -> None:
    """Write one subscript so, if it holds nothing but values of laws; ``given`` are the laws with conditions."""
    inside = seen_in(below)
    found: list[Piece] = []
    for piece in inside.pieces:
        draws = draws_of(piece, given)
        if not draws:
            return
        found += draws
    if any(sign != "," for sign, _ in inside.seps):
        return
    inside.pieces, inside.seps = found, [(",", piece.pos) for piece in found[1:]]


def draws_of(piece: Piece, given: Collection[str]) -> list[Piece]:
    """What a product of values of laws draws, each from its law; empty for anything else."""
    only = piece.only
    items = only.terms[0][1] if only is not None and len(only.terms) == 1 and not only.terms[0][0] else []
    pairs = list(zip(items[::2], items[1::2], strict=False))
    if len(items) % 2 or not all(is_value(law, group) for law, group in pairs):
        return []
    return [drawn(law, group, spelled(law) in given) for law, group in pairs]


def is_value(law: Item, group: Item) -> bool:
    """Whether two items are a symbol and, in brackets, one letter, perhaps with conditions after a bar."""
    if group.kind != "group" or group.value != "(" or group.body is None or not group.plain or nucleus(law) is None:
        return False
    outcome = group.body.pieces[0].only
    lone = None if outcome is None else outcome.lone
    return lone is not None and lone.kind == "sym" and [sign for sign, _ in group.body.seps[:1]] in ([], ["|"])


def drawn(law: Item, group: Item, whole: bool) -> Piece:
    """The letter of a value, drawn from its law, which keeps its brackets where it is ``whole`` or has a condition."""
    body = group.body
    assert body is not None
    outcome = body.pieces[0].only
    found = Piece(outcome)
    found.rels = [("∼", group.pos)]
    found.sides.append(Expr("", [law, group] if whole or body.seps else [law], law.pos))
    return found
