"""The process in which the user's code runs: its time and output are bounded, and JSON is all that comes back."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from typing import IO, Any

from .recorded import Unrecorded
from .tape_json import MOST_CHARACTERS

CHILD = Path(__file__).with_name("child.py")
SECONDS = 120.0
MOST_OUTPUT = 64_000
LONGEST_REASON = 400
WITHIN = "GRPO_SYMBOLIC_WITHIN"
ENVIRONMENT = {
    WITHIN: "1",
    "CUDA_VISIBLE_DEVICES": "", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1", "TORCHDYNAMO_DISABLE": "1",
    "JAX_PLATFORMS": "cpu", "JAX_ENABLE_X64": "1", "PYTHONDONTWRITEBYTECODE": "1", "PYTHONUNBUFFERED": "1",
}


def asked(request: Mapping[str, Any], python: str = "", seconds: float = SECONDS) -> dict[str, Any]:
    """What the process answers to a request.

    Raises Unrecorded where the answer is a fault, or none comes in time.
    """
    if os.environ.get(WITHIN):
        raise Unrecorded("a file that is imported to have its loss checked checks a loss itself: let it do so only "
                         "where it is run, under if __name__ == '__main__'")
    with TemporaryDirectory(prefix="grpo-symbolic-") as folder:
        question, answer = Path(folder, "request.json"), Path(folder, "answer.json")
        question.write_text(json.dumps(request), encoding="utf-8")
        ending = run([python or sys.executable, str(CHILD), str(question), str(answer)], seconds)
        found = read(answer, ending)
    if "fault" in found:
        raise Unrecorded(printable(" ".join(str(found["fault"]).split()))[:LONGEST_REASON])
    return found


def run(command: list[str], seconds: float) -> str:
    """Run a command to its end or to that of its time; how it ended.

    Raises Unrecorded where it cannot be started or takes too long.
    """
    try:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, start_new_session=True,
                                   stderr=subprocess.STDOUT, env={**os.environ, **ENVIRONMENT})
    except OSError as fault:
        raise Unrecorded(f"{command[0]} cannot be started: {fault.strerror}") from fault
    said = bytearray()
    listener = Thread(target=listen, args=(process.stdout, said), daemon=True)
    listener.start()
    try:
        code = process.wait(seconds)
    except subprocess.TimeoutExpired as fault:
        raise Unrecorded(f"the function did not end in {seconds:g} seconds, and was stopped") from fault
    finally:
        end_all(process)
        listener.join(1)
    return f"{ended(code)}{last_line(said)}"


def listen(stream: IO[bytes] | None, said: bytearray) -> None:
    """Read all that is printed, and keep the last of it."""
    while stream and (piece := stream.read1(65_536)):  # type: ignore[attr-defined]
        said += piece
        del said[:-MOST_OUTPUT]


def end_all(process: subprocess.Popen[bytes]) -> None:
    """End a process with all that it started."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:  # all have ended
        pass
    except (AttributeError, PermissionError):  # not every system has groups of processes
        process.kill()
    process.wait()


def ended(code: int) -> str:
    """How a process ended that gave no answer."""
    if code < 0:
        return f"the process that ran the function was ended by {signal.Signals(-code).name}"
    return f"the process that ran the function left with status {code}"


def last_line(said: bytearray) -> str:
    """The last line that a process printed, if there is one."""
    lines = [line.strip() for line in said.decode("utf-8", "replace").splitlines() if line.strip()]
    found = printable(lines[-1])[:200] if lines else ""
    return f"; its last line: {found}" if found else ""


def printable(text: str) -> str:
    """A text without what could do something to a terminal."""
    return "".join(letter for letter in text if letter.isprintable())


def read(answer: Path, ending: str) -> dict[str, Any]:
    """The answer in a file.

    Raises Unrecorded where there is none, or one that is too long.
    """
    if not answer.is_file():
        raise Unrecorded(f"{ending}, without an answer")
    if answer.stat().st_size > 2 * MOST_CHARACTERS:
        raise Unrecorded("what the function did is too long to be handed back")
    try:
        found = json.loads(answer.read_bytes())
    except (ValueError, RecursionError) as fault:
        raise Unrecorded("what the process that ran the function handed back is no JSON") from fault
    if not isinstance(found, dict):
        raise Unrecorded("what the process that ran the function handed back is no answer")
    return found
