"""The time that an evaluation may take: a deadline that is looked at between its steps."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from ...deadline import Deadline

NEVER = Deadline()
_end: ContextVar[Deadline] = ContextVar("_end", default=NEVER)


class OutOfTime(Exception):
    """The deadline has passed in the middle of an evaluation; nothing follows from it."""


@contextmanager
def until(end: float) -> Iterator[None]:
    """Whatever is evaluated inside raises OutOfTime past ``end``, a ``thread_time()``, or an outer deadline."""
    token = _end.set(Deadline(min(end, _end.get().end)))
    try:
        yield
    finally:
        _end.reset(token)


def check() -> None:
    """Raise OutOfTime where the deadline has passed."""
    if _end.get().passed():
        raise OutOfTime
