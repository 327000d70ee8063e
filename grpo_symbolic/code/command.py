"""The command ``loss``: whether the user's code may run, which functions are meant, and where their tapes are."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from .checked import report_of, wanted_of
from .recording import static
from .recording.recorded import Unrecorded
from .recording.recording import Request, record, refuse_unclear, split
from .recording.tape import Tape, TapeError
from .recording.tape_json import MOST_CHARACTERS, from_json, to_json
from .telling.report import Report
from .unsupported import Unsupported

VALUE, GRADIENT = SIDES = "value", "gradient"
LARGEST_TAPE = 4 * MOST_CHARACTERS


@dataclass(frozen=True)
class Asked:
    """What is asked of a loss: definitions of the LaTeX it is held against, stabilisers or not, value or gradient."""

    where: tuple[str, ...]
    exact: bool
    sides: tuple[str, ...]

    def sides_of(self, found: Report) -> Report:
        """The report without what is not asked for."""
        return replace(found, value=found.value if VALUE in self.sides else None,
                       gradient=found.gradient if GRADIENT in self.sides else None)


@dataclass(frozen=True)
class Claimed:
    """A function that was recorded, with what it is said to be; empty where nothing is said."""

    tape: Tape
    against: str
    request: Request | None


def pairs(given: Sequence[str], option: str) -> dict[str, str]:
    """Texts ``NAME=VALUE`` as a dictionary.

    Raises Unrecorded where one is no such text.
    """
    found = {}
    for text in given:
        name, sign, value = text.partition("=")
        if not (name.strip() and sign and value.strip()):
            raise Unrecorded(f"{option} takes NAME=VALUE, not {text}")
        found[name.strip()] = value.strip()
    return found


def numbers(given: Sequence[str]) -> dict[str, float]:
    """Texts ``NAME=NUMBER`` as a dictionary; what is written as an integer is one.

    Raises Unrecorded where one is no such text.
    """
    found: dict[str, float] = {}
    for name, text in pairs(given, "--const").items():
        try:
            found[name] = int(text) if text.lstrip("+-").isdecimal() else float(text)
        except ValueError as fault:
            raise Unrecorded(f"--const {name}={text}: {text} is no number") from fault
    return found


def requests(subject: str, asked: Request, against: str) -> list[tuple[Request, str]]:
    """The functions that a subject names, each with what it is said to be: of a file, those that are marked.

    Raises Unrecorded where there are none.
    """
    file, function = split(subject)
    if function:
        return [(replace(asked, file=file, function=function), against or dict(static.marked(file)).get(function, ""))]
    marked = static.marked(file)
    if not marked:
        raise Unrecorded(f"{file} has no function that is marked with @loss_is: name one, as in {file}:loss")
    return [(replace(asked, file=file, function=name), against or said) for name, said in marked]


def allow(files: Sequence[str], run: bool) -> None:
    """Let the user's files be imported and run where that is allowed, by an option or at a terminal.

    Raises Unrecorded where it is not.
    """
    named = ", ".join(dict.fromkeys(filter(None, files)))
    if run:
        return
    if not at_a_terminal():
        raise Unrecorded(f"this imports and runs {named}: allow it with --run")
    print(f"this imports and runs {named}, in a process of its own, with your rights", file=sys.stderr)
    print("go on? [y/N] ", end="", file=sys.stderr, flush=True)
    if sys.stdin.readline().strip().lower() not in ("y", "yes"):
        raise Unrecorded(f"{named} was not run")


def sides(text: str) -> tuple[str, ...]:
    """The sides that are asked for, by a text such as ``value,gradient``.

    Raises Unrecorded where it names another.
    """
    found = tuple(one.strip() for one in text.split(","))
    if not set(found) <= set(SIDES):
        raise Unrecorded(f"--as takes value, gradient or both with a comma, not {text}")
    return found


def at_a_terminal() -> bool:
    """Whether somebody can be asked."""
    return bool(sys.stdin and sys.stdin.isatty() and sys.stderr.isatty())


def recordings(subject: str, asked: Request, against: str, run: bool) -> Iterator[Claimed]:
    """The tapes of the functions that a subject names.

    Raises Unrecorded where one cannot be recorded, TapeError where one cannot be read.
    """
    found = requests(subject, asked, against)
    for request, _ in found:
        refuse_unclear(request)
    allow([*(request.file for request, _ in found), asked.adapter.rpartition(":")[0]], run)
    for request, said in found:
        yield Claimed(record(request), said, request)


def read_tape(path: str, against: str) -> Claimed:
    """The tape in a file.

    Raises TapeError where there is none.
    """
    try:
        if Path(path).stat().st_size > LARGEST_TAPE:
            raise TapeError(f"{path} is too long for a tape")
        text = Path(path).read_text(encoding="utf-8")
    except OSError as fault:
        raise TapeError(f"{path}: {fault.strerror}") from fault
    except UnicodeDecodeError as fault:
        raise TapeError(f"{path} is no tape: it is not UTF-8") from fault
    try:
        return Claimed(from_json(text), against, None)
    except TapeError as fault:
        raise TapeError(f"{path}: {fault}") from fault


def write_tape(path: str, tape: Tape) -> None:
    """Write a tape to a file. Raises OSError where that cannot be done."""
    Path(path).write_text(f"{to_json(tape)}\n", encoding="utf-8")


def reports(claimed: Iterable[Claimed], asked: Asked, kept: str) -> Iterator[Report | Unsupported]:
    """The report on each function, or why there is none; its tape is kept in a file where one is named."""
    for one in claimed:
        try:
            if kept:
                write_tape(kept, one.tape)
            wanted = wanted_of(one.against, asked.where)
            yield asked.sides_of(report_of(one.tape, wanted, asked.exact, one.request))
        except Unsupported as fault:
            yield fault
