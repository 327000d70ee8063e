"""How much one document may be, and what is said of a file that is none."""

from __future__ import annotations

MAX_DOCUMENT = 1_000_000


class UnusableInput(ValueError):
    """A file that is no document: one line that says where and why."""


def check_size(size: int) -> None:
    """Refuse what is longer than one document may be."""
    if size > MAX_DOCUMENT:
        raise UnusableInput(f"longer than {MAX_DOCUMENT:,} characters: split it, and check the parts one by one")
