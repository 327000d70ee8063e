r"""Expectations whose subscript has values of laws, \mathbb{E}_{d(s)\pi(a|s)}: over s ∼ d, a ∼ \pi(a|s)."""

from __future__ import annotations

import re

from .naming import nucleus
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
    waiting = [content]
    while waiting:
        for item in items_of(waiting.pop()):
            if item.sub is not None and (symbol := nucleus(item)) is not None and symbol.name == EXPECTATION:
                written(unwrap(item.sub))
            waiting += [seen_in(part) for part in (*item.args, item.sub, item.sup) if part is not None]
            waiting += [] if item.body is None else [item.body]


def written(below: Item) -> None:
    """Write one subscript so, if it holds nothing but values of laws."""
    inside = seen_in(below)
    found: list[Piece] = []
    for piece in inside.pieces:
        draws = draws_of(piece)
        if not draws:
            return
        found += draws
    if any(sign != "," for sign, _ in inside.seps):
        return
    inside.pieces, inside.seps = found, [(",", piece.pos) for piece in found[1:]]


def draws_of(piece: Piece) -> list[Piece]:
    """What a product of values of laws draws, each from its law; empty for anything else."""
    only = piece.only
    items = only.terms[0][1] if only is not None and len(only.terms) == 1 and not only.terms[0][0] else []
    pairs = list(zip(items[::2], items[1::2], strict=False))
    if len(items) % 2 or not all(is_value(law, group) for law, group in pairs):
        return []
    return [drawn(law, group) for law, group in pairs]


def is_value(law: Item, group: Item) -> bool:
    """Whether two items are a symbol and, in brackets, one letter, perhaps with conditions after a bar."""
    if group.kind != "group" or group.value != "(" or group.body is None or not group.plain or nucleus(law) is None:
        return False
    outcome = group.body.pieces[0].only
    lone = None if outcome is None else outcome.lone
    return lone is not None and lone.kind == "sym" and [sign for sign, _ in group.body.seps[:1]] in ([], ["|"])


def drawn(law: Item, group: Item) -> Piece:
    """The letter of a value, drawn from its law."""
    body = group.body
    assert body is not None
    outcome = body.pieces[0].only
    found = Piece(outcome)
    found.rels = [("∼", group.pos)]
    found.sides.append(Expr("", [law, group] if body.seps else [law], law.pos))
    return found
