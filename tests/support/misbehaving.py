"""Functions that do what a loss must not, or come to no end."""

import ctypes
import os
import resource
import subprocess
import sys
import threading
import time
from pathlib import Path

import numpy as np

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
    system.write(system.memfd_create(b"in memory", 0), b"here", 4)
    return logp.sum()


def opens_past_python(logp):
    """Makes a file without Python, empties another, and swallows what becomes of it."""
    system = ctypes.CDLL(None)
    system.open(b"written-by-a-loss", os.O_WRONLY | os.O_CREAT, 0o600)
    system.truncate(b"kept", 0)
    return logp.sum()


def starts_past_python(logp):
    """Starts a program without Python."""
    ctypes.CDLL(None).system(b"touch written-by-a-loss")
    return logp.sum()


def makes_a_pipe(logp):
    """Makes a file that is none."""
    os.mkfifo("written-by-a-loss")
    return logp.sum()


def saves(logp):
    """Has the framework write to a file."""
    np.save("written-by-a-loss", np.zeros(3))
    return logp.sum()


def signals(logp):
    """Sends a signal to who has asked, and swallows what becomes of it."""
    try:
        os.kill(os.getppid(), 0)
    except Exception:
        return logp.sum()
    return logp.sum()


def signals_past_python(logp):
    """Sends a signal without Python; only where that cannot be done it is a loss."""
    return logp.sum() if ctypes.CDLL(None).kill(os.getppid(), 0) else float("nan")


def dates(logp):
    """Changes when a file was written."""
    os.utime(__file__, (0, 0))
    return logp.sum()


def opens_the_seal(logp):
    """Allows itself files of any length."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, 1 << 20))
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
