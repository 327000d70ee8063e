"""Functions that do what a loss must not, or come to no end."""

import ctypes
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

CALLS = []


def loops(logp):
    """Never ends."""
    while True:
        pass


def leaves(logp):
    """Leaves the program."""
    sys.exit(3)


def leaves_at_once(logp):
    """Leaves the process, without a word."""
    os._exit(7)


def crashes(logp):
    """Reads where nothing is."""
    return ctypes.string_at(0)


def raises(logp):
    """Raises."""
    raise ValueError("no\nloss" * 1000)


def raises_at_the_terminal(logp):
    """Raises what would clear a terminal."""
    raise ValueError("\033[2J\a gone")


def recurses(logp):
    """Calls itself without end."""
    return recurses(logp)


def forks(logp):
    """Starts a process by splitting this one."""
    os.fork()
    return logp.sum()


def starts(logp):
    """Starts a process."""
    subprocess.run(["true"], check=True)
    return logp.sum()


def writes(logp):
    """Opens a file, and swallows what becomes of it."""
    try:
        Path("written-by-a-loss").write_text("here", encoding="utf-8")
    except Exception:
        return logp.sum()
    return logp.sum()


def writes_past_python(logp):
    """Writes to a file without Python, and does not look whether it was done."""
    system = ctypes.CDLL(None)
    system.tmpfile.restype = ctypes.c_void_p
    stream = ctypes.c_void_p(system.tmpfile())
    system.fputs(b"here", stream)
    system.fflush(stream)
    return logp.sum()


def removes(logp):
    """Takes a file away."""
    os.remove(__file__)
    return logp.sum()


def asks(logp):
    """Reads standard input."""
    return logp.sum() + len(input())


def counts(logp):
    """Keeps a state."""
    CALLS.append(1)
    return logp.sum() * len(CALLS)


def returns_nothing(logp):
    """Returns nothing."""


def returns_many(logp):
    """Returns an array."""
    return logp * 2


def is_not_a_number(logp):
    """Is no number."""
    return logp.sum() * float("nan")


def of_nobody(logp, rho_weights):
    """An argument that says nothing."""
    return (logp * rho_weights).sum()


def prints(logp):
    """Prints without measure, also past Python."""
    for _ in range(200):
        print("x" * 1000)
        print("\033[2J", file=sys.stderr)
    os.write(1, b"past Python")
    return logp.sum()


def changes_all(logp):
    """Changes what others rely on."""
    os.chdir("/")
    os.environ.clear()
    sys.stdout = sys.stderr = None
    return logp.sum()


def leaves_a_thread(logp):
    """Leaves a thread behind."""
    threading.Thread(target=time.sleep, args=(1000,)).start()
    return logp.sum()
