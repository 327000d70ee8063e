"""What the command ``loss`` prints, and its exit status."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ..exits import failed
from ..make_report import room_for, write
from ..report.terminal import print_record
from . import command
from .checked import wanted_of
from .recording.process import printable
from .recording.recording import Request, split
from .telling.report import Report
from .telling.telling import told
from .unsupported import Unsupported

REFUTED, UNUSABLE = 1, 2


def printed(subject: str, tape: str, as_json: bool, strict: bool, options: Mapping[str, Any],
            folder: Path | None = None) -> int:
    """Print the reports that are asked for, and make a page of them in a folder; the exit status.

    Raises Unsupported where nothing is recorded.
    """
    asked = command.Asked(options["where"], options["exact"], command.sides(options["sides"]))
    wanted_of(options["against"], asked.where)  # what cannot be read is refused before anything runs
    room, found = None if folder is None else room_for(folder), list[Report | Unsupported]()
    for one in command.reports(claimed(subject, tape, options), asked, tape if subject else ""):
        found.append(one)
        if isinstance(one, Unsupported):
            failed(printable(str(one.args[0])))
        elif as_json:
            print_record(one.record())
        else:
            print("\n".join(map(printable, told(one).splitlines())))
    if room is not None:
        files = paged([one for one in found if isinstance(one, Report)], subject, room)
        print("\n".join(map(str, files)), file=sys.stderr if as_json else sys.stdout)
    return status(found, strict)


def paged(found: Sequence[Report], subject: str, room: Path) -> list[Path]:
    """The files of the page on what was found; none where nothing was."""
    from .telling.loss_page import page_of

    sources = {}
    for file in {split(subject)[0]} if subject and found else ():
        sources[found[0].tape.file] = Path(file).read_text(encoding="utf-8", errors="replace")
    return write(page_of(found, sources), room, pdf=True, typeset=True) if found else []


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
