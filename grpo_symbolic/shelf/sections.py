"""The sections of a text in LaTeX: a heading, and the paragraph under it where that leads to no display."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ..latex.documents.segments import silenced

HEADING = re.compile(r"\\(?:chapter|(?:sub)*section)\*?\s*\{([^{}]*)\}")
DISPLAYED = re.compile(r"\\begin|\\\[|\$\$")
APART = re.compile(r"\n\s*\n")


class Section(NamedTuple):
    """A heading, the line on which it stands, what is said under it, as LaTeX, and its number from 1."""

    number: int
    title: str
    line: int
    said: str

    @property
    def id(self) -> str:
        """The name by which it is asked for."""
        return f"section-{self.number}"


def sections(text: str) -> Iterator[Section]:
    """The sections of a text, in order."""
    text = silenced(text)
    for number, found in enumerate(HEADING.finditer(text), 1):
        first, *_ = [*APART.split(text[found.end():].lstrip()), ""]
        said = "" if DISPLAYED.search(first) or HEADING.search(first) else " ".join(first.split())
        yield Section(number, found[1], text.count("\n", 0, found.start()) + 1, said)
