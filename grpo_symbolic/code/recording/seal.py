"""Having the system refuse what a process must not do, whatever code of it tries: of Linux, by Landlock.

Files already open stay so, and threads that already run are let be. There is no way back.
"""

from __future__ import annotations

import os
import struct
import sys
from collections.abc import Callable

CREATE, ADD, RESTRICT = 444, 445, 446  # system calls, whose numbers are the same on all processors
NO_NEW_PRIVILEGES = 38
BENEATH = 1
EXECUTE, WRITE, REFER, TRUNCATE = 1 << 0, 1 << 1, 1 << 13, 1 << 14
TAKE_AND_MAKE = sum(1 << bit for bit in range(4, 13))
BIND_AND_CONNECT = 0b11
SOCKETS_AND_SIGNALS = 0b11
# What the rules on files, on ports and on other processes are, from which version on.
FILES = ((1, EXECUTE | WRITE | TAKE_AND_MAKE), (2, REFER), (3, TRUNCATE))
PORTS, OTHERS = 4, 6


def version() -> int:
    """How much of this the system can do: 0 is nothing."""
    call = _system("syscall")
    return max(call(CREATE, None, 0, 1), 0) if call else 0


def seal(folder: str) -> None:
    """From now on change nothing but what is in a folder, start no program, and reach neither ports nor processes.

    Where the system cannot do that, or only some of it, the rest is not done.
    """
    call, control, able = _system("syscall"), _system("prctl"), version()
    if not able or not call or not control:
        return
    files = sum(rights for since, rights in FILES if able >= since)
    rules = (files, BIND_AND_CONNECT, SOCKETS_AND_SIGNALS)[:1 + (able >= PORTS) + (able >= OTHERS)]
    asked = struct.pack(f"{len(rules)}Q", *rules)
    made = call(CREATE, asked, len(asked), 0)
    for path, rights in ((folder, files & ~EXECUTE), (os.devnull, files & (WRITE | TRUNCATE))):
        place = os.open(path, os.O_PATH | os.O_CLOEXEC)
        call(ADD, made, BENEATH, struct.pack("=Qi", rights, place), 0)
        os.close(place)
    if control(NO_NEW_PRIVILEGES, 1, 0, 0, 0) == 0:
        call(RESTRICT, made, 0)
    os.close(made)


def _system(name: str) -> Callable[..., int] | None:
    """A function of the system's, which takes numbers and bytes; none where it is not Linux."""
    try:
        import ctypes
    except ImportError:  # not in every Python
        return None
    if not sys.platform.startswith("linux"):
        return None
    found = getattr(ctypes.CDLL(None), name)
    return lambda *args: int(found(*(ctypes.c_long(one) if isinstance(one, int) else one for one in args)))
