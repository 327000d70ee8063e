"""Batches worked off by several processes here, while what is to come is still being read."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from multiprocessing import connection
from typing import Any

from .child import Child, forked
from .lane import Lane
from .work import Batch, Work

USUAL = 4  # more cores than so many are not taken unasked


def cores() -> int:
    """How many processes may run side by side."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def side_by_side(batches: Iterable[Batch], work: Work, jobs: int) -> Iterator[Any]:
    """An answer an item, in order, each as soon as it is there; at most ``jobs`` processes at a time."""
    batches = iter(batches)
    lanes, children, idle = deque[Lane](), list[Child](), list[Child]()

    def start() -> Child:
        children[:] = [child for child in children if not child.connection.closed]
        children.append(forked(work.answers, children))
        return children[-1]

    try:
        while True:
            busy = [lane for lane in lanes if not lane.answered]
            if len(busy) < jobs and (batch := next(batches, None)) is not None:
                lanes.append(Lane(batch, work, start, idle.pop() if idle and batch.known is None else None))
            elif busy:
                idle += receive(busy)
            else:
                return
            while lanes and (lanes[0].found or lanes[0].answered):
                if lanes[0].found:
                    yield lanes[0].found.popleft()
                else:
                    lanes.popleft()
    finally:
        for child in children:
            child.end()


def tasks_done(tasks: Sequence[Callable[[], Any]], jobs: int) -> Iterator[Any]:
    """What tasks come to, in order, by at most ``jobs`` processes; what a process that ends leaves is done here."""
    if jobs <= 1 or not hasattr(os, "fork"):
        yield from (task() for task in tasks)
        return
    work = Work(lambda _, places: (tasks[place]() for place in places), lambda _, place, why: tasks[place]())
    yield from side_by_side((Batch(None, (place,)) for place in range(len(tasks))), work, jobs)


def receive(busy: Iterable[Lane]) -> Iterator[Child]:
    """Take an answer of each process that has one, wait for the first; the processes that have nothing left to do."""
    lanes = {lane.child.connection: lane for lane in busy if lane.child is not None}
    for ready in connection.wait(list(lanes)):
        lane = lanes[ready]  # type: ignore[index]
        lane.receive()
        if lane.answered and lane.child is not None:
            yield lane.child
            lane.child = None
