r"""Values and paths from one state on, V^\pi(s) and \mathbb{E}_\pi[… | s_0 = s], as means over the first state.

An equation that holds in the mean over the first state, whatever its law, holds at each state.
"""

from __future__ import annotations

import re

from ..parsing.naming import nucleus, spelled
from ..parsing.surface import Item, Piece, unwrap
from .customary_laws import EXPECTATION
from .customary_paths import PATH, POLICY
from .edits import LABEL, Change, Edit, Found, end_of, products

STATE, FIRST = "s", "s_0"
OF_STARTS = re.compile(r"\\rho|\\mu|(?<![A-Za-z\\])[dJ](?![A-Za-z])|\\eta|\\mathcal")
VALUED = ("V", r"\hat{V}")


def started_paths(found: Found) -> Change | None:
    """An equation at a state, in the mean over that state, where each of its terms is a value or starts there."""
    if OF_STARTS.search(LABEL.sub("", found.text)):
        return None
    edits, conditions = list[Edit](), 0
    for piece in found.content.pieces:
        if {rel for rel, _ in piece.rels} != {"="}:
            return None
        for side in piece.sides:
            for _, items, _ in () if side is None else side.terms:
                mine, started = term(found, items)
                if mine is None:
                    return None
                edits += mine
                conditions += started
    plain = [item for items in products(found.content) for item in items
             if item.kind == "sym" and item.value == STATE and item.plain]
    if not conditions or len(plain) != len(edits):
        return None
    return Change(tuple(edits), "at s as in the mean over the first state, whatever its law")


def term(found: Found, items: list[Item]) -> tuple[list[Edit] | None, int]:
    """The edits of a term that ends in a value of the state, or in a mean over paths from it; None for another term."""
    if len(items) < 2:
        return None, 0
    before, last = items[-2], items[-1]
    for place, item in enumerate(items):
        if (given := started(found, items, place)) is not None:
            return [given], 1
        symbol = nucleus(item)
        if symbol is not None and symbol.name == EXPECTATION:
            return None, 0
    symbol = nucleus(before)
    body = last.body if last.kind == "group" and last.value == "(" and last.plain else None
    if symbol is None or symbol.name not in VALUED or body is None or body.lone is None or \
            spelled(unwrap(body.lone)) != STATE:
        return None, 0
    value = found.text[before.pos:end_of(found.text, before)]
    return [Edit(before.pos, last.end, rf"{EXPECTATION}_{{{FIRST} \sim \rho_0}}[{value}({FIRST})]")], 0


def started(found: Found, items: list[Item], place: int) -> Edit | None:
    """The edit that leaves out from which state the paths of an expectation start; None where it does not say so."""
    item = items[place]
    symbol = nucleus(item)
    if symbol is None or symbol.name != EXPECTATION or item.sub is None:
        return None
    below = unwrap(item.sub)
    inside = below.body if below.body is not None and below.kind == "group" else None
    if inside is not None and len(inside.pieces) == 2 and inside.seps[0][0] == "|" and \
            at_state(found, inside.pieces[1]):
        return Edit(inside.seps[0][1], below.end - 1, "")
    group = items[place + 1] if place + 1 < len(items) else None
    body = None if group is None or group.kind != "group" else group.body
    law = policy_alone(found, item.sub)
    if group is None or body is None or not law or len(body.pieces) != 2 or body.seps[0][0] != "|" or \
            not at_state(found, body.pieces[1]) or place + 2 != len(items):
        return None
    inner = found.text[group.pos:body.seps[0][1]]
    opening = inner.find("[")
    return Edit(item.sub.pos, group.end, rf"{{{law}}}\left[ {inner[opening + 1:]} \right]")


def at_state(found: Found, piece: Piece) -> bool:
    """Whether a piece is s_0 = s."""
    sides = [None if side is None else side.lone for side in piece.sides]
    return [rel for rel, _ in piece.rels] == ["="] and None not in sides and \
        [spelled(unwrap(side)) for side in sides if side is not None] == [FIRST, STATE]


def policy_alone(found: Found, below: Item) -> str:
    r"""\tau \sim \pi for \pi and for \tau \sim \pi below an expectation; empty for anything else."""
    printed = found.of(below)
    if re.match(r"\\tau\s*\\sim", printed):
        return printed
    symbol = nucleus(unwrap(below))
    return rf"{PATH} \sim {printed}" if symbol is not None and symbol.letter == POLICY else ""
