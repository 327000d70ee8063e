"""A request or a tape to its report: recorded where need be, read, decided, and run again on what refutes it."""

from __future__ import annotations

from functools import cache

from .deciding.claimed import Against, against
from .recording.folding import folded, in_rows, unfolded
from .recording.recording import Request, evaluate, record
from .recording.tape import Run, Tape
from .telling.report import Report, report
from .unsupported import Unsupported


def checked_loss(request: Request, claim: str, where: tuple[str, ...] = (), exact: bool = False) -> Report:
    """The report on a function of a file.

    Raises Unsupported where it cannot be recorded or read, or what it is held against cannot.
    """
    wanted = wanted_of(claim, where)
    return report_of(record(request), wanted, exact, request)


@cache
def wanted_of(claim: str, where: tuple[str, ...] = ()) -> Against | None:
    """What a loss is held against; None where nothing is asked for. Raises Unsupported where it cannot be read."""
    return against(claim, where) if claim else None


def report_of(tape: Tape, wanted: Against | None, exact: bool, request: Request | None = None) -> Report:
    """The report on a tape; what refutes it is run again where the function can be run. Raises Unsupported."""
    rows = folded(tape)

    @cache  # value and gradient are often refuted by one batch
    def rerun(batch: Run) -> Run:
        if request is None:
            raise Unsupported("a tape alone cannot be run")
        if rows is tape:
            return evaluate(request, tape, batch)
        return in_rows(evaluate(request, tape, unfolded(batch, tape.runs[0])))
    return report(rows, wanted, exact, rerun if request else None)
