"""What a tape holds and cannot be read."""

from __future__ import annotations


class Unsupported(Exception):
    """One sentence on what cannot be read; the operation and its place are in it where one is at fault, ``placed``."""

    def __init__(self, reason: str, placed: bool = False) -> None:
        super().__init__(reason)
        self.placed = placed
