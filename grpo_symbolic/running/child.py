"""A process that answers batches, one after the other: what it is doing may end it, and costs nothing but itself."""

from __future__ import annotations

import gc
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from math import ceil
from multiprocessing import get_context
from multiprocessing.connection import Connection
from signal import SIG_IGN, SIGINT, SIGXCPU, signal
from typing import Any

from .work import Batch

Answers = Callable[[Any, Sequence[Any]], Iterable[Any]]


class Ended(Exception):
    """The process has ended before it answered; ``late`` where it had no time left."""

    def __init__(self, late: bool) -> None:
        super().__init__("the process has ended")
        self.late = late


class Child:
    """A process at the other end of a connection; ``code`` waits for its end, and tells how it ended."""

    def __init__(self, connection: Connection, kill: Callable[[], object], code: Callable[[], int | None]) -> None:
        self.connection, self.kill, self.code = connection, kill, code

    def ask(self, batch: Batch) -> None:
        """Give it a batch; what it has to say of that is for ``answer`` to find out."""
        try:
            self.connection.send(batch)
        except OSError:
            return

    def answer(self) -> Any:
        """Its next answer, waited for. Raises Ended, and what the answering raises."""
        try:
            found, fault = self.connection.recv()
        except (EOFError, OSError):
            raise Ended(self.code() == -SIGXCPU) from None
        if fault is not None:
            raise fault
        return found

    def end(self) -> None:
        """End the process, whatever it does."""
        self.kill()
        self.code()
        self.connection.close()


def forked(answers: Answers, others: Sequence[Child]) -> Child:
    """A child that inherits what is loaded here, but the connections to ``others`` it does not keep."""
    context = get_context("fork")
    ours, theirs = context.Pipe()
    process = context.Process(target=inherited, args=(theirs, answers, [ours, *(one.connection for one in others)]),
                              daemon=True)
    process.start()
    theirs.close()

    def code() -> int | None:
        process.join()
        return process.exitcode

    return Child(ours, process.kill, code)


def spawned(answers: Answers) -> Child:
    """A child that starts anew: where many threads run, a process is not to be split. ``answers`` is a function of a
    module."""
    ours, theirs = socket.socketpair()
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    with theirs:
        process = subprocess.Popen([sys.executable, "-m", __name__, str(theirs.fileno())], env=environment,
                                   pass_fds=(theirs.fileno(),), stdin=subprocess.DEVNULL)
    connection = Connection(ours.detach())
    connection.send(answers)
    return Child(connection, process.kill, process.wait)


def inherited(connection: Connection, answers: Answers, unused: Sequence[Connection]) -> None:
    """What a forked child does. It hears that its parent has gone where nobody else holds the other end; what it
    inherits is not collected, as that would copy it."""
    for one in unused:
        one.close()
    gc.freeze()
    serve(connection, answers)


def serve(connection: Connection, answers: Answers) -> None:
    """Answer batches until nobody asks. An interrupt is left to the parent, which says so once."""
    signal(SIGINT, SIG_IGN)
    while True:
        try:
            batch = connection.recv()
        except EOFError:
            return
        try:
            found = iter(answers(batch.shared, batch.items))
            for _ in batch.items:
                allow(batch.seconds)
                connection.send((next(found), None))
        except BrokenPipeError:
            return
        except Exception as fault:
            connection.send((None, fault))


def allow(seconds: float | None) -> None:
    """Have the system end this process once it has used so much more of the processor's time, whatever it does."""
    import resource

    if seconds is not None:
        most = resource.getrlimit(resource.RLIMIT_CPU)[1]
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CPU, (ceil(time.process_time() + seconds), most))


if __name__ == "__main__":
    end = Connection(int(sys.argv[1]))
    serve(end, end.recv())
