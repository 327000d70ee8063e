r"""What stands around a statement and is no part of it: signs of a display, \[ \] or $ $, and marks of a quotation."""

from __future__ import annotations

import re

# A pair of signs around the whole of a text, neither of which stands inside.
WRAPPED = tuple(re.compile(rf"\s*({opening})(?:(?!{inside}).)*({closing})[\s.,;]*", re.DOTALL)
                for opening, inside, closing in (
                    (r"\\\[", r"(?<!\\)\\[\[\]]", r"\\\]"), (r"\\\(", r"(?<!\\)\\[()]", r"\\\)"),
                    (r"\$\$", r"\$", r"\$\$"), (r"\$", r"\$", r"\$")))
QUOTED = re.compile(r"[ \t]*>")
# A mark of a quotation that was at the start of a line: nothing or a relation follows it.
MARK = re.compile(r">(?=\s*(?:[=<]|\\(?:le|leq|ge|geq|approx|equiv|doteq|propto)(?![A-Za-z])|$))")


def unwrapped(text: str) -> str:
    """A text with blanks for what stands around it, so that every place stays what it is."""
    text = unquoted(text)
    for pattern in WRAPPED:
        if (found := pattern.fullmatch(text)) is not None:
            return blank(blank(text, *found.span(1)), *found.span(2))
    return text


def unquoted(text: str) -> str:
    """A text without the marks of a quotation in Markdown, if each of its lines has one.

    Where line breaks are lost, one stands at its start and at its end, and any other before a relation.
    """
    if ">" not in text[:len(text) - len(text.lstrip()) + 1]:
        return text
    lines = text.split("\n")
    if len(lines) > 1:
        starts = [QUOTED.match(line) for line in lines]
        if any(start is None and line.strip() for start, line in zip(starts, lines, strict=True)):
            return text
        return "\n".join(line if start is None else " " * start.end() + line[start.end():]
                         for start, line in zip(starts, lines, strict=True))
    first, marks = text.index(">"), {found.start() for found in MARK.finditer(text.rstrip())}
    ends = len(text.rstrip()) - 1 in marks - {first}
    others = {place for place, char in enumerate(text) if char == ">"} - {first}
    if not ends or others - marks:
        return text
    return "".join(" " if place in marks | {first} else char for place, char in enumerate(text))


def blank(text: str, start: int, end: int) -> str:
    """A text with blanks at a place."""
    return text[:start] + " " * (end - start) + text[end:]
