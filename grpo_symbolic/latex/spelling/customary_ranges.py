r"""Ranges of steps that print no end, or no start, \sum_{t \geq 0}, \sum_{t' < t} and \sum_t, as ranges from a to b."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ..parsing.naming import spelled
from ..parsing.surface import Item, Piece, seen_in
from .customary_paths import PATH, draws
from .edits import Change, Edit, Found, products

SUMS, FIRST_TO_LAST = ("sum", "prod"), ("0", "T")
STEP = re.compile(r"(?:t|k|l|t'+)")
OF_PATH = re.compile(r"P\(\\tau\|")
HATTED = re.compile(r"\\hat\s*(?:\{\s*t\s*\}|\s+t(?![A-Za-z]))")


class Range(NamedTuple):
    """A range: the script that prints it, its variable, the sign after it, what follows, and its upper end."""

    below: Item
    name: str
    sign: str
    right: str
    upper: str


def ranges(found: Found) -> Iterator[Range]:
    """The ranges of sums and products over one letter."""
    for items in products(found.content):
        for item in items:
            if item.kind == "big" and item.value in SUMS and item.sub is not None:
                inside = seen_in(item.sub)
                piece = inside.pieces[0]
                name, sign, right = sides(found, piece)
                if name and len(inside.pieces) == 1:
                    yield Range(item.sub, name, sign, right, found.of(item.sup))


def sides(found: Found, piece: Piece) -> tuple[str, str, str]:
    """The letter that a piece speaks of, the sign after it, and what follows; no letter where there is more."""
    left = piece.sides[0]
    if left is None or left.lone is None or len(piece.rels) > 1 or piece.rels and piece.sides[1] is None:
        return "", "", ""
    right = piece.sides[1] if piece.rels else None
    sign = piece.rels[0][0] if piece.rels else ""
    if right is None:
        return found.of(left.lone), sign, ""
    items = [item for _, factors, _ in right.terms for item in factors]
    return found.of(left.lone), sign, found.of(items[0]) if len(items) == 1 else "…"


def hatted_steps(found: Found) -> Change | None:
    r"""t' for the index \hat{t}."""
    if not any(HATTED.fullmatch(one.name) for one in ranges(found)) or "t'" in found.text:
        return None
    return Change(tuple(Edit(place.start(), place.end(), "t'") for place in HATTED.finditer(found.text)), "")


def endless_ranges(found: Found) -> Change | None:
    """Ranges that say where they start, and that they do not end."""
    known = list(ranges(found))
    edits = []
    for one in known:
        if one.sign == "≥" and not one.upper and one.right != "…":
            ends = {other.upper for other in known if other.name == one.right and other.upper}
            edits.append(ranged(one, one.right, ends.pop() if len(ends) == 1 else r"\infty"))
        elif one.sign == ">" and one.right.isdecimal():
            edits.append(ranged(one, str(int(one.right) + 1), "" if one.upper else r"\infty"))
    return Change(tuple(edits), "") if edits else None


def ranges_before(found: Found) -> Change | None:
    """Ranges that stop before another step, from the first one on."""
    known = list(ranges(found))
    edits = []
    for one in known:
        if one.sign == "<" and not one.upper and STEP.fullmatch(one.right):
            starts = {other.right for other in known if other.name == one.right and other.sign in ("=", "≥")}
            first, _ = found.steps or FIRST_TO_LAST
            edits.append(ranged(one, starts.pop() if len(starts) == 1 else first, f"{one.right}-1"))
    return Change(tuple(edits), "") if edits else None


def whole_ranges(found: Found) -> Change | None:
    r"""\sum_t over the steps of a path, as far as the other sums over steps go, of its text or else of the others."""
    if not any(spelled(item) == PATH for item, _ in draws(found)) and not OF_PATH.search(found.text):
        return None
    known = list(ranges(found))
    bare = [one for one in known if not one.sign and not one.upper and is_step(found, one.name)]
    if not bare:
        return None
    others = {(one.right, one.upper) for one in known if one.sign == "=" and one.right.isdecimal() and one.upper}
    if len(others) > 1:
        return None
    start, end = others.pop() if others else found.steps or FIRST_TO_LAST
    said = rf"\sum_{bare[0].name} runs over the steps {start}, \ldots, {end}"
    return Change(tuple(ranged(one, start, end) for one in bare), said)


def is_step(found: Found, name: str) -> bool:
    """Whether a letter numbers the actions, states or rewards of a path."""
    place = re.escape(name)
    return STEP.fullmatch(name) is not None and re.search(rf"(?<![A-Za-z\\])[asor]_(?:{place}|\{{\s*{place}\s*\}})",
                                                          found.text) is not None


def ranged(one: Range, start: str, end: str) -> Edit:
    """The edit that prints a range from one number to another."""
    return Edit(one.below.pos, one.below.end, f"{{{one.name}={start}}}" + (f"^{{{end}}}" if end else ""))
