"""A sequence worked off by several processes, while what is to come is still being read."""

from __future__ import annotations

import gc
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice, repeat
from multiprocessing import connection, get_context
from signal import SIG_IGN, SIGINT, signal
from typing import Generic, TypeVar

LARGEST = 32  # each process costs a start; the first batches are small, so that answers come at once

Task = TypeVar("Task")
Answer = TypeVar("Answer")


class Worker(Generic[Task, Answer]):
    """A process that answers a batch. It inherits the tasks: nothing but answers travels."""

    def __init__(self, batch: Sequence[Task], answers: Callable[[Sequence[Task]], Iterable[Answer]]) -> None:
        self.unanswered = deque(batch)
        self.found: deque[Answer] = deque()
        self.receiver, sender = get_context("fork").Pipe(duplex=False)
        self.process = get_context("fork").Process(target=work, args=(batch, answers, sender), daemon=True)
        self.process.start()
        sender.close()

    def receive(self, lost: Callable[[Task], Answer]) -> None:
        """Take the next answer; where the process has died, what it leaves is ``lost``."""
        try:
            self.found.append(self.receiver.recv())
            self.unanswered.popleft()
        except (EOFError, OSError):
            self.found.extend(map(lost, self.unanswered))
            self.unanswered.clear()
        if not self.unanswered:
            self.end()

    def end(self) -> None:
        """End the process, whatever it does."""
        self.process.terminate()
        self.process.join()
        self.receiver.close()


def side_by_side(tasks: Iterable[Task], answers: Callable[[Sequence[Task]], Iterable[Answer]],
                 lost: Callable[[Task], Answer], jobs: int) -> Iterator[Answer]:
    """An answer a task, in order, each as soon as it is there; at most ``jobs`` processes at a time."""
    tasks = iter(tasks)
    sizes = chain(range(1, LARGEST), repeat(LARGEST))
    batches = iter(lambda: list(islice(tasks, next(sizes))), [])
    workers: deque[Worker[Task, Answer]] = deque()
    try:
        while True:
            busy = [worker for worker in workers if worker.unanswered]
            if len(busy) < jobs and (batch := next(batches, None)):
                workers.append(Worker(batch, answers))
            elif busy:
                receive(busy, lost)
            else:
                return
            while workers and workers[0].found:
                yield workers[0].found.popleft()
                if not workers[0].unanswered and not workers[0].found:
                    workers.popleft()
    finally:
        for worker in workers:
            if worker.unanswered:
                worker.end()


def receive(busy: Sequence[Worker[Task, Answer]], lost: Callable[[Task], Answer]) -> None:
    """Take an answer of each process that has one; wait for the first."""
    ready = connection.wait([worker.receiver for worker in busy])
    for worker in busy:
        if worker.receiver in ready:
            worker.receive(lost)


def work(batch: Sequence[Task], answers: Callable[[Sequence[Task]], Iterable[Answer]],
         sender: connection.Connection) -> None:
    """Answer a batch. An interrupt is left to the parent, which says so once; what is inherited is not collected, as
    that would copy it."""
    signal(SIGINT, SIG_IGN)
    gc.freeze()
    for answer in answers(batch):
        sender.send(answer)
    sender.close()
