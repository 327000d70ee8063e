"""The command as a user runs it: in this process, or in one of its own."""

import os
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from functools import cache
from io import BytesIO, TextIOWrapper
from unittest.mock import patch

from grpo_symbolic.cli import main


class Stream(TextIOWrapper):
    """A stream of UTF-8 in memory, whose text can be read after all is written."""

    def __init__(self, text: str = "") -> None:
        super().__init__(BytesIO(text.encode()), encoding="utf-8")

    def text(self) -> str:
        self.flush()
        return self.buffer.getvalue().decode()


def run(*arguments: str, input: str = "") -> subprocess.CompletedProcess[str]:
    """The command in this process."""
    out, err = Stream(), Stream()
    with (patch("sys.argv", ["grpo-symbolic", *arguments]), patch("sys.stdin", Stream(input)), redirect_stdout(out),
          redirect_stderr(err)):
        code = main()
    return subprocess.CompletedProcess(arguments, code, out.text(), err.text())


@cache
def spawned(*arguments: str) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own, run once."""
    return subprocess.run([sys.executable, "-m", "grpo_symbolic", *arguments], capture_output=True, text=True,
                          encoding="utf-8", env={**os.environ, "PYTHONIOENCODING": "utf-8"}, check=False)
