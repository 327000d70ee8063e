"""The text of one document, gathered from files or cells, and the place in them of each of its characters."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate


@dataclass(frozen=True, eq=False)
class Sheet:
    """Where text is printed: a file, by its path as a person wrote it, empty for the document itself, or one cell of
    it, counted from 1."""

    text: str = field(repr=False)
    file: str = ""
    cell: int = 0

    @cached_property
    def breaks(self) -> Sequence[int]:
        """The offsets of the line breaks."""
        return [pos for pos, char in enumerate(self.text) if char == "\n"]

    def place(self, pos: int) -> tuple[int, int]:
        """Line and column of an offset, both from 1."""
        line = bisect_left(self.breaks, pos)
        return line + 1, pos - (self.breaks[line - 1] if line else -1)


@dataclass(frozen=True)
class Stretch:
    """Some text, the sheet where it is printed, and its offset there."""

    text: str
    sheet: Sheet
    offset: int = 0


class Gathered:
    """Stretches one after the other: their text as one."""

    def __init__(self, stretches: Iterable[Stretch]) -> None:
        self.stretches = [one for one in stretches if one.text]
        self.text = "".join(one.text for one in self.stretches)
        self.starts = list(accumulate((len(one.text) for one in self.stretches), initial=0))

    def number(self, pos: int) -> int:
        """The number of the stretch in which an offset lies."""
        return min(bisect_right(self.starts, pos), len(self.stretches)) - 1

    def sheet(self, pos: int) -> Sheet:
        """The sheet where the character at an offset is printed."""
        return self.stretches[self.number(pos)].sheet

    def place(self, pos: int, sheet: Sheet) -> tuple[int, int]:
        """Line and column on a sheet of an offset of the text; of what is printed on another one, where that is
        included."""
        number = at = self.number(pos)
        while self.stretches[at].sheet is not sheet:
            at -= 1
        found = self.stretches[at]
        return sheet.place(found.offset + (pos - self.starts[at] if at == number else len(found.text)))
