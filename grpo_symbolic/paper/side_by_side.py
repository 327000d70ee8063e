"""Many items checked at once, on as many processes as the machine runs side by side."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ..checking.verdict import Verdict
    from ..shelf.entry import Item

MOST = 4


def cores() -> int:
    """How many processes may run side by side."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def verdicts(items: Sequence[Item], budget: float, jobs: int | None = None) -> list[Verdict]:
    """The verdicts on the items, in their order; on ``jobs`` processes, up to ``MOST`` cores where none is named."""
    jobs = min(jobs or min(cores(), MOST), len(items))
    if jobs <= 1 or not hasattr(os, "fork"):
        return [item.check(budget) for item in items]
    from multiprocessing import get_context

    from .. import oracle  # noqa: F401 (loaded once, for all processes)
    from ..checking import check  # noqa: F401 (likewise)

    # what there is now is garbage nowhere; looking at it again would copy it into every process
    gc.freeze()
    context, others = get_context("fork"), []
    following = context.Value("i", 0)
    for _ in range(1, jobs):
        receiver, sender = context.Pipe(duplex=False)
        process = context.Process(target=_send, args=(items, budget, following, sender))
        process.start()
        sender.close()
        others.append((process, receiver))
    found = dict(_share(items, budget, following))
    for process, receiver in others:
        # a process that died has sent nothing: its share is done here
        with suppress(EOFError):
            found.update(receiver.recv())
        process.join()
    gc.unfreeze()
    return [found[k] if k in found else item.check(budget) for k, item in enumerate(items)]


def _share(items: Sequence[Item], budget: float, following: Any) -> Iterator[tuple[int, Verdict]]:
    """The places and verdicts of the items that no process has taken before, one after the other."""
    while True:
        with following.get_lock():
            k = following.value
            following.value += 1
        if k >= len(items):
            return
        yield k, items[k].check(budget)


def _send(items: Sequence[Item], budget: float, following: Any, sender: Any) -> None:
    sender.send(list(_share(items, budget, following)))
