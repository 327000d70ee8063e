"""Changes of a text, and where each place of the changed text stands in the text as it is printed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ..parsing.macros import Expanded, closing
from ..parsing.surface import Content, Item
from .indexed import contents

LABEL = re.compile(r"\\label\s*\{[^{}]*\}")
SCRIPT = re.compile(r"\s*[_^]\s*(?:(?P<brace>\{)|\\[A-Za-z]+|[^\s\\{}])|'")


class Edit(NamedTuple):
    """What stands from one offset of a text to another is to be ``text``."""

    start: int
    end: int
    text: str


class Found(NamedTuple):
    """A text, its surface, the letters of functions that are defined beside it, the outcome and the condition of the
    laws in the definitions that it uses, empty where these are not one, the names of functions of one argument, and the
    first and the last step over which other texts sum."""

    text: str
    content: Content
    defined: frozenset[str]
    at: tuple[str, str] = ("", "")
    functions: frozenset[str] = frozenset()
    steps: tuple[str, str] | None = None

    def of(self, item: Item | None) -> str:
        """What an item prints."""
        return printed(self.text, item)


class Change(NamedTuple):
    """The edits of a rule, what they take for granted, and whether the text shows so; what it does not show may put a
    refutation in doubt, and proves nothing."""

    edits: tuple[Edit, ...]
    said: str
    shown: bool = True


def edited(text: str, edits: Iterable[Edit]) -> Expanded:
    """A text after edits that do not overlap.

    >>> edited("a b c", [Edit(2, 3, "xyz")]).text
    'a xyz c'
    """
    parts, starts, origins = list[str](), list[int](), list[tuple[int, bool]]()
    length = place = 0
    for edit in [*sorted(set(edits)), Edit(len(text), len(text), "")]:
        for part, origin, verbatim in ((text[place:edit.start], place, True), (edit.text, edit.start, False)):
            if part:
                starts.append(length)
                origins.append((origin, verbatim))
                parts.append(part)
                length += len(part)
        place = edit.end
    return Expanded("".join(parts), tuple(starts), tuple(origins))


def factors(content: Content) -> Iterator[list[Item]]:
    """The factors of each term of a content."""
    for piece in content.pieces:
        for side in piece.sides:
            for _, items, _ in () if side is None else side.terms:
                yield items


def products(content: Content) -> Iterator[list[Item]]:
    """The factors of each term of a content, at any depth."""
    for found in contents(content):
        yield from factors(found)


def end_of(text: str, item: Item) -> int:
    """The offset after an item and its scripts. Raises Malformed."""
    end = item.end
    while found := SCRIPT.match(text, end):
        end = closing(text, found.start("brace")) if found["brace"] else found.end()
    return end


def printed(text: str, item: Item | None) -> str:
    """What an item prints, without the braces around it."""
    if item is None:
        return ""
    found = text[item.pos:end_of(text, item)].strip()
    return found[1:-1].strip() if found.startswith("{") and closing(found, 0) == len(found) else found
