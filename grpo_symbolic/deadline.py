"""A moment of a thread's processor time, of which it is asked again and again whether it has passed."""

from __future__ import annotations

from math import inf
from time import perf_counter, thread_time


class Deadline:
    """``end`` is a ``thread_time()`` of the thread that asks, in seconds.

    That time never runs faster than a clock on the wall, which is much faster to read: until that one says that the end
    may have come, the processor's time is not asked for.

    >>> Deadline(thread_time() - 1).passed(), Deadline(thread_time() + 60).passed()
    (True, False)
    """

    __slots__ = ("_not_before", "end")

    def __init__(self, end: float = inf) -> None:
        self.end, self._not_before = end, -inf

    def passed(self) -> bool:
        """Whether the thread has used more of the processor's time."""
        now = perf_counter()
        if now < self._not_before:
            return False
        left = self.end - thread_time()
        self._not_before = now + left
        return left < 0
