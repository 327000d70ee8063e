"""The paper's displays beside ours: same meaning, same tokens, what differs and why; and beside the code that ran."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from math import isfinite
from typing import Any

from ..language import LanguageError
from ..latex.names.environment import Environment
from ..latex.names.meaning import DIFFERENT, IDENTICAL, same_meaning
from ..latex.printing.compare import Change, Difference, differences
from ..latex.printing.printer import latex
from ..latex.read_error import ReadError
from ..latex.statement.reader import read_statement
from ..latex.statement.statement import Statement
from ..paper.collection import AS_MEANT, display_of, item
from ..paper.displays import DISPLAYS, Display
from ..paper.latexified import UNRENDERED
from .explanation import derived, explained, said

ILL_FORMED = "ill-formed"


@dataclass(frozen=True)
class Comparison:
    """A display as printed beside ours: the reading that is meant, with the relation that is proved in it.

    ``meaning`` compares the print, read, with our statement: ``identical``, ``equal`` (decided by the kernel),
    ``different``, or ``ill-formed`` where the print has no reading, for the reason ``fault``. ``encoded`` says whether
    our encoding of the print agrees with its reading, or neither has one. ``code`` are the reference functions.
    """

    id: str
    number: str
    title: str
    printed: str
    ours: str
    meaning: str
    fault: str
    encoded: bool
    differences: tuple[Difference, ...]
    code: tuple[dict[str, Any], ...] = ()

    @property
    def same_meaning(self) -> bool:
        return self.meaning not in (DIFFERENT, ILL_FORMED)

    @property
    def same_tokens(self) -> bool:
        return not self.differences

    @property
    def consistent(self) -> bool:
        """Whether encoding and print agree, the code says what we say, and no random model tells them apart."""
        return self.encoded and all(one["same_meaning"] and not one["spot_checks"]["disagreements"]
                                    for one in self.code)

    def record(self) -> dict[str, Any]:
        """The comparison as one JSON record; offsets are those in ``printed`` and ``ours``, from 0."""
        return {
            "id": self.id, "number": self.number, "title": self.title, "printed": self.printed, "ours": self.ours,
            "same_meaning": self.same_meaning, "meaning": self.meaning, "reason": self.fault,
            "encoded_as_printed": self.encoded, "same_tokens": self.same_tokens,
            "differences": [{
                "reason": found.reason, "detail": found.detail,
                "spans": [{"printed": change.printed._asdict(), "ours": change.ours._asdict()}
                          for change in found.changes],
            } for found in self.differences],
            "code": list(self.code),
        }


@cache
def readings() -> dict[str, tuple[Statement | ReadError, Environment]]:
    """Every display as the reader reads the print, in the paper's order, with the definitions made before it."""
    found: dict[str, tuple[Statement | ReadError, Environment]] = {}
    environment = Environment()
    for display in DISPLAYS:
        before = environment
        try:
            reading = read_statement(display.latex, environment=before)
            environment = reading.environment
            found[display.id] = reading, before
        except ReadError as fault:
            found[display.id] = fault, before
    return found


def compare_items(ids: Sequence[str] | None = None) -> list[Comparison]:
    """The displays of the named items compared, in that order; all of them where none is named. Raises UnknownItem."""
    chosen = [display_of(name) for name in ids] if ids else list(DISPLAYS)
    return [compared(display) for place, display in enumerate(chosen) if display not in chosen[:place]]


def compared(display: Display) -> Comparison:
    """One display beside ours."""
    reading, environment = readings()[display.id]
    meant = item(display.id + (AS_MEANT if display.meant is not None else ""))
    ours = latex(derived(meant.statement))
    found = tuple(explained(one, ours, meant.statement, environment) for one in differences(display.latex, ours))
    meaning, fault = ILL_FORMED, ""
    if isinstance(reading, Statement):
        meaning = same_meaning(said(reading), meant.statement, reading.environment.definitions)
    else:
        fault = str(reading)
    return Comparison(display.id, meant.number, display.title, display.latex, ours, meaning, fault,
                      encodes(display, reading), found, code_beside(meant.id))


def encodes(display: Display, reading: Statement | ReadError) -> bool:
    """Whether the encoding of a print agrees with its reading: in what they say, or in that nothing is said."""
    try:
        encoded = display.build()
    except LanguageError:
        return isinstance(reading, ReadError)
    return isinstance(reading, Statement) and same_meaning(
        said(reading), encoded, reading.environment.definitions) != DIFFERENT


def code_beside(name: str) -> tuple[dict[str, Any], ...]:
    """The records of the reference functions for an item: what they say, and whether they compute it."""
    from ..paper.latexified import REFERENCES
    from ..paper.numeric import spot_check_reference

    found = []
    for reference in REFERENCES:
        if reference.id == name:
            spot = spot_check_reference(reference)
            found.append({**reference.record(), "spot_checks": {
                "models": spot.models, "disagreements": spot.disagreements,
                "largest_relative_difference": spot.largest if isfinite(spot.largest) else None}})
    return tuple(found)


# What is shown.

MEANINGS = {IDENTICAL: "the same", "equal": "the same, decided by the kernel", DIFFERENT: "another",
            UNRENDERED: "what nothing here can read, as latexify is missing, which ends at Python 3.13"}
COLOURS = {True: "green", False: "red"}


def show_comparisons(found: Sequence[Comparison]) -> None:
    """Print comparisons: two columns in a terminal, the differing spans coloured; plain lines in a pipe."""
    if sys.stdout.isatty():
        _two_columns(found)
    else:
        print("\n\n".join("\n".join(lines(one)) for one in found))
        print()
    print(summary(found))


def lines(one: Comparison) -> Iterator[str]:
    """A comparison in plain lines."""
    yield f"{one.id} {one.number}  {one.title}".replace("   ", "  ")
    yield f"  printed  {one.printed}"
    yield f"  ours     {one.ours}"
    yield f"  meaning  {meaning_line(one)}"
    yield f"  tokens   {'the same' if one.same_tokens else difference_line(one.differences[0])}"
    for difference in one.differences[1:]:
        yield f"           {difference_line(difference)}"
    for code in one.code:
        yield f"  code     {code_line(code)}"


def meaning_line(one: Comparison) -> str:
    """What the print says, against ours."""
    said_there = f"ill-formed as printed: {one.fault}" if one.fault else MEANINGS[one.meaning]
    return said_there if one.encoded else f"{said_there} (the encoding of the print says something else)"


def difference_line(difference: Difference) -> str:
    """The spans of a difference, printed → ours, and its reason."""
    return f"{', '.join(map(change_line, difference.changes))}: {difference.reason}"


def change_line(change: Change) -> str:
    """One span, printed → ours."""
    return f"{change.printed.text or '(nothing)'} → {change.ours.text or '(nothing)'}"


def code_line(code: dict[str, Any]) -> str:
    """What a reference function says, and on how many models it computes that."""
    spot = code["spot_checks"]
    agreeing = spot["models"] - spot["disagreements"]
    return f"{code['function']} says {MEANINGS[code['meaning']]}; right on {agreeing} of {spot['models']} models"


def summary(found: Sequence[Comparison]) -> str:
    """How many displays agree."""
    reasons = sum(bool(difference.reason) for one in found for difference in one.differences)
    return (f"{len(found)} displays: {sum(one.same_meaning for one in found)} with the same meaning, "
            f"{sum(one.same_tokens for one in found)} with the same tokens, {reasons} differences with their reasons")


def _two_columns(found: Sequence[Comparison]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    shown = Table(title="The paper", title_justify="left", header_style="bold", show_lines=True)
    shown.add_column("display", no_wrap=True)
    for heading in ("as printed", "ours"):
        shown.add_column(heading, overflow="fold", ratio=1)
    for one in found:
        marked = []
        for side in ("printed", "ours"):
            text = Text(getattr(one, side))
            for difference in one.differences:
                for change in difference.changes:
                    span = getattr(change, side)
                    text.stylize("bold reverse", span.start, span.end)
            marked.append(text)
        marked[0].append("\n" + meaning_line(one), COLOURS[one.same_meaning])
        for difference in one.differences:
            marked[0].append("\n" + difference_line(difference), "yellow")
        for code in one.code:
            marked[1].append("\n" + code_line(code), COLOURS[code["same_meaning"]])
        shown.add_row(Text(f"{one.id}\n{one.number}".strip()), *marked)
    Console().print(shown)
