"""What a tape holds and cannot be read."""

from __future__ import annotations


class Unsupported(Exception):
    """One sentence on what cannot be read, which names the operation and its place where one is at fault."""
