"""One batch on its way: what of it is answered, what is left, and what becomes of it where its process ends."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import Any

from .child import Child, Ended
from .work import Batch, Work

MOST = 3  # so many processes may end over one item: the first may have ended for a reason that has gone
CUT_OFF = "it was cut off: {} s of the processor's time were not enough"
ENDED = f"{MOST} processes were ended while they worked on this"


class Lane:
    """A batch, and the child that answers it; ``start`` makes another one where that ends."""

    def __init__(self, batch: Batch, work: Work, start: Callable[[], Child], child: Child | None = None) -> None:
        self.batch, self.work, self.start, self.child = batch, work, start, child
        self.answers = list(batch.known or ())
        self.found = deque(self.answers)
        self.failures = 0
        if not self.answered:
            self.ask()

    @property
    def answered(self) -> bool:
        """Whether every item has its answer."""
        return self.batch.known is not None or len(self.answers) == len(self.batch.items)

    def ask(self) -> None:
        """Have what is left answered."""
        self.child = self.child or self.start()
        self.child.ask(self.batch._replace(items=self.batch.items[len(self.answers):]))

    def receive(self) -> None:
        """Take the next answer; of an item over which processes end, that it is lost, while the rest is done again."""
        assert self.child is not None
        try:
            self.take(self.child.answer())
        except Ended as fault:
            self.child.end()
            self.child = None
            self.failures += 1
            if fault.late or self.failures == MOST:
                item, late = self.batch.items[len(self.answers)], CUT_OFF.format(self.batch.seconds)
                self.take(self.work.lost(self.batch.shared, item, late if fault.late else ENDED))
            if not self.answered:
                self.ask()

    def take(self, answer: Any) -> None:
        """Note an answer."""
        self.answers.append(answer)
        self.found.append(answer)
        self.failures = 0
        if self.answered:
            self.work.done(self.batch, self.answers)
