r"""Displays that go on with the one before: what begins with a relation relates the last side that was displayed."""

from __future__ import annotations

import re
from typing import NamedTuple

from ..names.defining import PART, targets_in
from ..notation.profiles import PAPER
from ..notation.vocabulary import RELATIONS
from .rows import FIRST, IDLE

OPENING = re.compile(r"\s*\\begin\s*\{(?:aligned|split|gathered|alignedat)\}(?:\[[^\]]*\]|\{\d+\})?")
LABELLED = re.compile(r"\\(?:overset|stackrel)\s*\{(?:[^{}]|\{[^{}]*\})*\}\s*\{\s*([^{}\s]+)\s*\}")
# What may precede a relation that relates what is displayed before: the sign of a step is a statement of its own.
RELATING = frozenset(RELATIONS) - {r"\to", r"\rightarrow", r"\gets", r"\leftarrow"}


class Joined(NamedTuple):
    """A text with what was displayed before put in at a place."""

    text: str
    pos: int
    length: int

    def origin(self, pos: int) -> int:
        """The offset in the text without that."""
        return pos if pos < self.pos else max(self.pos, pos - self.length)


def joined(before: str, text: str) -> Joined | None:
    r"""A display that begins with a relation, after the last side of the one before; None where it does not.

    >>> joined(r"a = b.", r"\leq c").text
    'b \\leq c'
    """
    opened = OPENING.match(text)
    idle = IDLE.match(text, opened.end() if opened else 0)
    start = idle.end() if idle else 0
    labelled, first = LABELLED.match(text, start), FIRST.match(text, start)
    sign = labelled[1] if labelled else first.group() if first else ""
    side = last_side(before) if sign in RELATING else ""
    whole = f"{text[:start]}{side} {text[start:]}"
    # a symbol alone would be defined by what follows it
    return Joined(whole, start, len(side) + 1) if side and not targets_in(whole, PAPER) else None


def last_side(text: str) -> str:
    """What stands after the last relation of a text, empty where anything else follows it."""
    depth, side, ended = 0, "", True
    related = False
    for found in PART.finditer(text):
        kind, part = found.lastgroup, found.group()
        if kind == "rel" and depth <= 0:
            side, ended, related = "", False, True
        elif kind == "end" and depth <= 0 and not part.startswith("\\\\"):
            ended = True
        elif kind == "idle" or kind == "end" and depth <= 0:
            side += " "
        else:
            if ended and related and part.strip(" \t\n.,;"):
                return ""
            depth += (kind == "opens") - (kind == "closes")
            side += part if not ended else ""
    return side.strip(" \t\n.,;") if related and depth == 0 else ""
