"""The time that an evaluation may take: a deadline that is looked at between its steps."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from math import inf
from time import thread_time

_end: ContextVar[float] = ContextVar("_end", default=inf)


class OutOfTime(Exception):
    """The deadline has passed in the middle of an evaluation; nothing follows from it."""


@contextmanager
def until(end: float) -> Iterator[None]:
    """Whatever is evaluated inside raises OutOfTime past ``end``, a ``thread_time()``, or an outer deadline."""
    token = _end.set(min(end, _end.get()))
    try:
        yield
    finally:
        _end.reset(token)


def check() -> None:
    """Raise OutOfTime where the deadline has passed."""
    if thread_time() > _end.get():
        raise OutOfTime
