"""While a loss is run on made-up batches it may not write files, start processes or open connections.

This keeps mistakes from doing harm, many times over; it is no sandbox.
"""

from __future__ import annotations

import errno
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from .recorded import LIBRARY, OURS, TOLD, Places, Unrecorded
from .seal import seal

STARTS = ("os.fork", "os.forkpty", "os.exec", "os.posix_spawn", "os.spawn", "os.system", "subprocess.Popen",
          "pty.spawn", "os.startfile")
CHANGES = ("os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.truncate", "os.chmod",
           "os.chown", "os.utime", "os.setxattr", "os.removexattr", "shutil.rmtree", "shutil.move", "shutil.copyfile",
           "shutil.copytree")
CONNECTS = ("socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg")
SIGNALS = ("os.kill", "os.killpg", "signal.pthread_kill")
LIMITS = ("resource.setrlimit", "resource.prlimit")
DENIED = os.strerror(errno.EACCES)
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


class Guard:
    """Refuses while it is up; the first refusal is kept, in case that the user's code swallows it.

    From the first time on that it is up, the process may write to a ``folder`` alone.
    """

    def __init__(self, places: Places, folder: str) -> None:
        self.places, self.folder = places, folder
        self.up = False
        self.refused: Unrecorded | None = None
        self.left_to_it: Unrecorded | None = None
        sys.addaudithook(self.heard)

    def heard(self, event: str, args: tuple[Any, ...]) -> None:
        """Refuse what must not be. Raises Unrecorded."""
        if not self.up or not (deed := deed_of(event, args)):
            return
        if self.within_framework():
            self.left_to_it = self.left_to_it or self.refusal(deed)
            return
        self.refused = self.refused or self.refusal(deed)
        raise self.refused

    def within_framework(self) -> bool:
        """Whether it is the framework that acts, not the user's code."""
        frame = sys._getframe(2)
        while frame.f_back and frame.f_code.co_filename.startswith((LIBRARY, OURS, "<")):
            frame = frame.f_back
        return frame.f_code.co_filename.startswith(self.places.framework)

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Be up for a while. Raises Unrecorded at the end where something was refused in it."""
        seal(self.folder)
        try:
            with self.sealed():
                self.up = True
                try:
                    yield
                finally:
                    self.up = False
        except Unrecorded as fault:
            if DENIED in str(fault):
                raise self.left_to_it or Unrecorded(f"{fault}: while it is run, nothing may be changed") from fault
            raise
        finally:
            if self.refused:
                raise self.refused

    @contextmanager
    def sealed(self) -> Iterator[None]:
        """For a while let no file have anything written to it, by whatever code, where the system can."""
        try:
            import resource
        except ImportError:  # not on every system
            yield
            return
        soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        before = signal.signal(signal.SIGXFSZ, self.overflown)
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, hard))
        try:
            yield
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
            signal.signal(signal.SIGXFSZ, before)

    def overflown(self, *_: Any) -> None:
        """Keep that something was written past Python, which the system has refused."""
        self.refused = self.refused or self.refusal("writes to a file")

    def refusal(self, deed: str) -> Unrecorded:
        """What is said of a deed, with its line where that is still being run."""
        at = self.places.here()
        return Unrecorded(f"the function {deed}{'' if at == TOLD else f' at {at}'}: it is run several times on "
                          "made-up batches, and must do nothing but compute")


def deed_of(event: str, args: tuple[Any, ...]) -> str:
    """What an event does that a loss must not; empty where it may."""
    if event in STARTS:
        return "starts another process"
    if event in CHANGES:
        return f"changes files ({args[0]!r})"
    if event in CONNECTS:
        return "opens a connection"
    if event in SIGNALS:
        return "sends a signal"
    if event in LIMITS:
        return "changes its limits"
    if event == "open":
        path, mode, flags = args
        written = any(letter in "wax+" for letter in mode) if isinstance(mode, str) else bool(flags & WRITES)
        return f"opens {path!r} for writing" if written and path != os.devnull else ""
    return ""
