"""Work for a cluster, whose workers import it: squares, by processes that may be killed or never end."""

import os
import signal
import time
from pathlib import Path


def squares(folder, numbers):
    """The squares; a number whose name stands in the folder has the process end that it names, so often."""
    for number in numbers:
        if (told := Path(folder) / str(number)).exists():
            whom, times = told.read_text(encoding="utf-8").split()
            told.write_text(f"{whom} {int(times) - 1}", encoding="utf-8")
            if int(times) > 0:
                end(whom)
        yield number * number


def end(whom):
    """End this process, or the worker that it belongs to; or never end."""
    while whom == "hangs":
        pass
    os.kill(os.getpid() if whom == "child" else os.getppid(), signal.SIGKILL)
    time.sleep(60)


def lost(folder, number, why):
    """What is said of a number without a square."""
    return number, why
