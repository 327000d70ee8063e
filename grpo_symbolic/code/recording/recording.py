"""Asking for a tape, or for a run on a given batch, of a function in a file."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from . import static
from .arguments import Told, bindings, literal
from .process import SECONDS, asked
from .recorded import Unrecorded
from .tape import Run, Tape
from .tape_json import from_json, to_json


@dataclass(frozen=True)
class Request:
    """A function, what is said of its arguments, the part of what it returns that is the loss, and where to run it.

    ``settings`` are Python literals as they are written; ``adapter`` is a function of roles that is run in place of
    the function, ``python`` the interpreter, by default that of this process.
    """

    file: str
    function: str
    roles: Mapping[str, str] = field(default_factory=dict)
    constants: Mapping[str, float] = field(default_factory=dict)
    settings: Mapping[str, str] = field(default_factory=dict)
    adapter: str = ""
    output: str = ""
    framework: str = ""
    python: str = ""
    seconds: float = SECONDS


def split(subject: str) -> tuple[str, str]:
    """The file and the function of ``FILE.py:function``; no function where only the file is named.

    Raises Unrecorded where there is no such file.
    """
    file, colon, function = subject.rpartition(":")
    file, function = (file, function) if colon and (file.endswith(".py") or function.isidentifier()) else (subject, "")
    if not file:
        raise Unrecorded("name a file, as in FILE.py:loss")
    if not os.path.isfile(file):
        raise Unrecorded(f"{file}: there is no such file")
    return file, function


def refuse_unclear(request: Request) -> None:
    """Let pass a request of which all is clear before the file is run, as far as it can be told.

    Raises Unrecorded.
    """
    file, function = split(request.adapter) if request.adapter else (request.file, request.function)
    static.definition_of(request.file, request.function)
    found = static.definition_of(file, function)
    if found is None or not static.plainly_marked(found):
        return
    settings = {name: literal(name, text) for name, text in request.settings.items()}
    bindings([one for one in static.parameters(found) if not request.adapter or one.name != "function"],
             Told(request.roles, request.constants, settings), found.args.kwarg is not None)


def record(request: Request) -> Tape:
    """The tape of a function.

    Raises Unrecorded where there is none, TapeError where it cannot be read.
    """
    refuse_unclear(request)
    return from_json(asked(asdict(request), request.python, request.seconds)["tape"])


def evaluate(request: Request, tape: Tape, batch: Run) -> Run:
    """The value and the gradients of a function on a batch whose inputs are laid out as those of its tape.

    Raises Unrecorded where there are none.
    """
    given: dict[str, Any] = asdict(request) | {"batch": to_json(replace(tape, runs=(batch,), checks=()))}
    found, = from_json(asked(given, request.python, request.seconds)["tape"]).runs
    return found
