"""What the folder of a paper says beside a statement."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Aside:
    """What stands beside a statement: the ``sentence`` before it, the verdict that is expected, the label of what it
    ``derives``, the reasons of its steps with their places in the file, the ``lines`` of comments that expect."""

    sentence: str
    expect: str = ""
    derives: str = ""
    reasons: tuple[tuple[tuple[int, int], str], ...] = ()
    lines: tuple[int, ...] = ()
