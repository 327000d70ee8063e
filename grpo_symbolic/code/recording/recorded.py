"""What all front ends share: the outcome of a run, the line of the user's that is behind it, and what goes wrong."""

from __future__ import annotations

import math
import os
import sys
import sysconfig
from dataclasses import dataclass
from types import FrameType
from typing import Any

from ..unsupported import Unsupported
from .tape import Gradient, Place, Record

OURS = os.path.dirname(os.path.abspath(__file__)) + os.sep
LIBRARY = sysconfig.get_paths()["stdlib"] + os.sep
# What is computed before any line of the user's is: expressions that arguments were said to be.
TOLD = Place("--role", 0)
ORDINARY = " on a batch of ordinary numbers"
PACKAGES = ("site-packages" + os.sep, "dist-packages" + os.sep)


class Unrecorded(Unsupported):
    """What keeps a function from being recorded: one sentence."""


@dataclass(frozen=True)
class Outcome:
    """The operations of one run, and what came out."""

    records: tuple[Record, ...]
    result: int
    value: float
    gradients: tuple[Gradient, ...]


class Places:
    """Finds the lines of the user's code; ``root`` is the folder by which its files are named."""

    def __init__(self, root: str, framework: str) -> None:
        self.root = os.path.join(root, "")
        self.framework = os.path.join(framework, "")

    def named(self, file: str) -> str:
        """The name of a file: from the root on, or its last two parts."""
        return file.removeprefix(self.root) if file.startswith(self.root) else os.sep.join(file.split(os.sep)[-2:])

    def foreign(self, file: str) -> bool:
        """Whether a file is the framework's, the standard library's or our own."""
        if file.startswith("<") or file.startswith((OURS, self.framework)):
            return True
        return file.startswith(LIBRARY) and not any(part in file for part in PACKAGES)

    def here(self) -> Place:
        """The line of the user's that is being run."""
        frame: FrameType | None = sys._getframe(1)
        while frame and self.foreign(frame.f_code.co_filename):
            frame = frame.f_back
        return Place(self.named(frame.f_code.co_filename), frame.f_lineno) if frame else TOLD

    def of_fault(self, fault: BaseException) -> Place | None:
        """The last line of the user's that an exception went through; none where it met none."""
        found, trace = None, fault.__traceback__
        while trace:
            file = trace.tb_frame.f_code.co_filename
            if not self.foreign(file):
                found = Place(self.named(file), trace.tb_lineno)
            trace = trace.tb_next
        return found


def finite(value: float) -> float:
    """The value of a result, if it is one number.

    Raises Unrecorded where it is none.
    """
    if value != value or value in (float("inf"), float("-inf")):
        raise Unrecorded(f"the function returned {value}{ORDINARY}")
    return value


def refuse_shape(shape: tuple[int, ...]) -> None:
    """Let pass the shape of one number.

    Raises Unrecorded where a result is not one number.
    """
    if any(size != 1 for size in shape):
        raise Unrecorded(f"the function returned a tensor of shape {tuple(shape)}, and a loss is one number: "
                         "name the part that is the loss with --output, or reduce it in an adapter")


def refuse_other(recorded: float, value: float) -> None:
    """Let pass the value of a second run that is the first one's.

    Raises Unrecorded where it is another.
    """
    if not math.isclose(recorded, value, rel_tol=1e-9, abs_tol=1e-12):
        raise Unrecorded(f"the function returned {recorded:.6g} and then {value:.6g} on the same batch: it draws "
                         "random numbers, keeps a state, or writes to a tensor that it has detached")


def plain(value: Any) -> Any:
    """A scalar, a list of them or the text of something else, as an argument of a record."""
    if value is None or isinstance(value, (bool, str)):
        return value
    if isinstance(value, (int, float)):
        return float(value) if isinstance(value, float) else int(value)
    if isinstance(value, (list, tuple)):
        return tuple(map(plain, value))
    return str(value)
