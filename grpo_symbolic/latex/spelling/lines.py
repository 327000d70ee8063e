"""Lines of a text that are statements of their own, as those of a list are, and not the rows of one."""

from __future__ import annotations

import re

from ..parsing.parser import parse
from ..read_error import Fault

# What makes rows of lines, and what one line ends with where the next goes on, or starts with where it goes on itself.
ROWS = re.compile(r"\\\\|&|\\(?:begin|text|intertext|quad|qquad|where)(?![A-Za-z])|[$]|\\[\[(]")
OPEN = re.compile(r"(?:[-+*/=<>,;:|^_({[]|\\(?:cdot|times|le|leq|ge|geq|approx|equiv|propto|sim|implies|iff|Rightarrow"
                  r"|Longrightarrow|to|in|left|frac|sum|prod))\s*$")
GOES_ON = re.compile(r"\s*(?:[-+*/=<>,;:|^_)}\]]|\\(?:cdot|times|le|leq|ge|geq|approx|equiv|propto|sim|implies|iff"
                     r"|Rightarrow|Longrightarrow|to|in|right)(?![A-Za-z]))")


def statements_by_line(text: str) -> int:
    r"""How many statements the lines of a text are, each on its own; 1 where a line goes on in another.

    >>> statements_by_line("x = x\ny = y"), statements_by_line("x\n= x"), statements_by_line("x = \n y = z")
    (2, 1, 1)
    """
    lines = [line for line in text.split("\n") if line.strip()]
    if len(lines) < 2 or ROWS.search(text) or any(OPEN.search(line) for line in lines[:-1]) or \
            any(GOES_ON.match(line) for line in lines[1:]) or not all(map(related, lines)):
        return 1
    return len(lines)


def related(line: str) -> bool:
    """Whether a line can be parsed by itself, and relates two sides."""
    try:
        pieces = parse(line)[0].pieces
    except Fault:
        return False
    return all(piece.rels and None not in piece.sides for piece in pieces)
