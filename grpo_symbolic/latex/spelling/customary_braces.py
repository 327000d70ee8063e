r"""Braces at a sum after a minus sign: - \underbrace{u - v}_{w} prints -u - v, and may mean -(u - v)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..parsing.macros import closing
from .edits import Change, Edit, Found

BRACE = re.compile(r"-\s*(\\(under|over)brace\s*(?=\{))")
SCRIPT = {"under": re.compile(r"\s*_\s*(?=\{)"), "over": re.compile(r"\s*\^\s*(?=\{)")}
CLAIMED = re.compile(r"[=<>≤≥]|\\[lg]eq?(?![A-Za-z])")
PART = re.compile(r"(?P<opens>\\\{|[{(\[])|(?P<closes>\\\}|[})\]])|(?P<sign>[+\-])|\\[A-Za-z]+|\\.|.", re.DOTALL)


def braces_without_brackets(found: Found) -> Change | None:
    """Sums at a brace after a minus sign as the print has them, in no brackets."""
    edits = tuple(edit for start, inner, stop, end in negated(found.text)
                  for edit in (Edit(start, inner, ""), Edit(stop, end, "")))
    return Change(edits, "what a brace holds stands in no brackets") if edits else None


def negated(text: str) -> Iterator[tuple[int, int, int, int]]:
    """The braces after a minus sign that hold a sum and claim nothing: where each starts, and its content, and where
    that and its script end."""
    for found in BRACE.finditer(text):
        stop = closing(text, found.end())
        script = SCRIPT[found[2]].match(text, stop)
        end = stop if script is None else closing(text, script.end())
        if is_sum(text[found.end() + 1:stop - 1]) and not CLAIMED.search(text, stop, end):
            yield found.start(1), found.end() + 1, stop - 1, end


def is_sum(text: str) -> bool:
    """Whether a text has a plus or a minus sign between its parts, not in brackets."""
    depth, begun = 0, False
    for part in PART.finditer(text):
        depth += (part["opens"] is not None) - (part["closes"] is not None)
        if part["sign"] and depth == 0 and begun:
            return True
        begun = begun or bool(part.group().strip())
    return False
