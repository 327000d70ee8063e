"""Which & of a row stands between two equations, and not beside the relation of one."""

from __future__ import annotations

import re

from ..notation import vocabulary as known
from .bars import Lexeme

MAX_ROW = 2_000
WORD = re.compile(r"\\(?:[A-Za-z]+|.)|\S", re.DOTALL)


def equation_before(lexemes: list[Lexeme], level: int) -> bool:
    """Whether the row that the lexemes end with holds an equation of this level already."""
    for place in range(len(lexemes) - 1, -1, -1):
        lexeme = lexemes[place]
        if lexeme.type in ("REL", "SEP") and (lexeme.level == level or lexeme.value == r"\\"):
            return lexeme.type == "REL" and place < len(lexemes) - 1
    return False


def equation_follows(text: str, pos: int, end: int) -> bool:
    """Whether the rest of the row, from an offset on, has a left side and a relation."""
    depth, first = 0, True
    for found in WORD.finditer(text, pos, min(end, pos + MAX_ROW)):
        word = found.group()
        if word in known.SILENT:
            continue
        depth += (word == "{") - (word == "}")
        if word in (r"\\", r"\end") or first and word in ("&", "+", "-", "−"):
            return False
        if word in known.RELATIONS and depth == 0:
            return not first
        first = False
    return False
