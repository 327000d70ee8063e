"""What is wrong with a text that cannot be read, and where."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..language.errors import LanguageError

PLACE = re.compile(r"#\d+")
MAX_REASON = 300


class ReadError(ValueError):
    """A text that the reader refuses: ``reason`` tells what to change, ``line`` and ``column`` count from 1.

    ``part`` names the text: empty for the statement itself, else ``where 1`` or ``assume 2``. ``status`` is the verdict
    on a text that is refused so, ``fork`` what is open where the text may be read in several ways.

    >>> str(ReadError("a bracket [ is never closed", 1, 17))
    'line 1, column 17: a bracket [ is never closed'
    """

    def __init__(self, reason: str, line: int = 1, column: int = 1, part: str = "", status: str = "unread",
                 fork: Fork | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.line = line
        self.column = column
        self.part = part
        self.status = status
        self.fork = fork

    def __str__(self) -> str:
        return f"{self.part + ', ' if self.part else ''}line {self.line}, column {self.column}: {self.reason}"

    @property
    def malformed(self) -> bool:
        """Whether the fault is one of the text."""
        return self.status == Malformed.status

    def at(self, line: int, column: int) -> ReadError:
        """The same, at another place."""
        moved = type(self).__new__(type(self), self.reason)
        vars(moved).update(vars(self), line=line, column=column)
        return moved


class UnusableText(ReadError):
    """A text under which there is no verdict: no declaration, or no record."""

    def __init__(self, reason: str, line: int = 1, column: int = 1, part: str = "") -> None:
        super().__init__(reason, line, column, part, "error")


class Fault(Exception):
    """What the reader cannot say, at an offset of the text; the reader turns it into a ReadError."""

    status = "unread"

    def __init__(self, reason: str, pos: int) -> None:
        super().__init__(reason)
        self.reason = reason
        self.pos = pos


class Malformed(Fault):
    """A fault of the text: brackets that do not match, a free index, two laws for one variable, shapes that differ."""

    status = "ill-formed"


class Blocked(Fault):
    """A symbol is used whose definition could not be read, so that nothing can be said of the text."""

    status = "undecided"


class Ambiguous(Blocked):
    """A text that may be read in two ways which need not have one verdict."""


class Fork(Fault):
    """A text that may be read in several ways: ``subject`` is what is open, ``options`` say what each takes it for."""

    def __init__(self, reason: str, pos: int, subject: str, options: Sequence[str]) -> None:
        super().__init__(reason, pos)
        self.subject, self.options = subject, tuple(options)


class Unfinished(Fault):
    """A definition by its left side, of which the right side cannot be read: it claims nothing, and defines nothing."""

    status = "definition"


class Unsayable(Fault):
    """A law for which the language has no node."""


def reason_of(error: LanguageError) -> str:
    """Why the language refuses something, in plain words; what it is only where that has a name."""
    return PLACE.sub("·", str(error))


def placed(fault: Fault, text: str, part: str = "") -> ReadError:
    """The fault with the line and column of its offset in ``text``."""
    pos = min(max(fault.pos, 0), len(text))
    line = text.count("\n", 0, pos) + 1
    reason = fault.reason if len(fault.reason) <= MAX_REASON else fault.reason[:MAX_REASON] + "…"
    return ReadError(reason, line, pos - (text.rfind("\n", 0, pos) + 1) + 1, part, fault.status,
                     fault if isinstance(fault, Fork) else None)
