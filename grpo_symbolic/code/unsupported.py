"""What a tape holds and cannot be read, and what cannot be decided of it."""

from __future__ import annotations


class Unsupported(Exception):
    """One sentence on what cannot be read; the operation and its place are in it where one is at fault, ``placed``."""

    def __init__(self, reason: str, placed: bool = False) -> None:
        super().__init__(reason)
        self.placed = placed


class Undecided(Exception):
    """Neither a proof nor a batch that refutes was found: one sentence. In pytest a test that raises it is skipped."""
