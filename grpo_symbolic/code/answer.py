"""What the command ``loss`` prints, and its exit status."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..exits import failed
from ..report.terminal import print_record
from . import command
from .recording.process import printable
from .recording.recording import Request
from .telling.report import Report
from .telling.telling import told
from .unsupported import Unsupported

REFUTED, UNUSABLE = 1, 2


def printed(subject: str, tape: str, as_json: bool, strict: bool, options: Mapping[str, Any]) -> int:
    """Print the reports that are asked for; the exit status.

    Raises Unsupported where nothing is recorded.
    """
    asked = command.Asked(options["where"], options["exact"], command.sides(options["sides"]))
    found = []
    for one in command.reports(claimed(subject, tape, options), asked, tape if subject else ""):
        found.append(one)
        if isinstance(one, Unsupported):
            failed(printable(str(one.args[0])))
        elif as_json:
            print_record(one.record())
        else:
            print("\n".join(map(printable, told(one).splitlines())))
    return status(found, strict)


def claimed(subject: str, tape: str, options: Mapping[str, Any]) -> Any:
    """The tapes that are asked for, recorded now or before. Raises Unsupported where there are none."""
    against = options["against"]
    if not subject:
        return [command.read_tape(tape, against)]
    request = Request("", "", command.pairs(options["roles"], "--role"), command.numbers(options["constants"]),
                      command.pairs(options["settings"], "--set"), options["adapter"], options["output"],
                      options["framework"], options["python"], options["seconds"])
    return command.recordings(subject, request, against, options["run"])


def status(found: Sequence[Report | Unsupported], strict: bool) -> int:
    """2 where something cannot be read, 1 where something is refuted, and if ``strict`` where it is undecided."""
    if any(isinstance(one, Unsupported) for one in found):
        return UNUSABLE
    verdicts = {side.verdict for one in found if isinstance(one, Report) for side in (one.value, one.gradient) if side}
    return REFUTED if "refuted" in verdicts or (strict and "undecided" in verdicts) else 0
