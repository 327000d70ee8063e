"""What a check of documents shows: a record a statement, or one table with what rests on it and a line that counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from ..checking.verdict import ORDER, SIGNS, Verdict
from .terminal import show_verdict, table, taken_from_text

if TYPE_CHECKING:
    from ..latex.documents.document_reader import Record

HEADINGS = ("place", "verdict", "label", "reason")
# What asks nothing of a person is counted; what is unread counts as a fault where the check is strict.
COUNTED = frozenset(("unread", "definition", "no-claim"))


@dataclass(frozen=True, repr=False)
class Stated:
    """A statement of the document of this name, with its verdict."""

    name: str
    record: Record
    verdict: Verdict

    @property
    def file(self) -> str:
        """The file in which it stands."""
        return self.record.file or self.name

    @property
    def place(self) -> str:
        """File, line and column of what the verdict is about, with the cell where there are some."""
        line, column = self.verdict.position if self.record.display and self.verdict.position else (self.record.line, 0)
        cell = f"cell {self.record.cell}:" if self.record.cell else ""
        file = "standard input" if self.file == "-" else self.file
        return f"{file}:{cell}{line}" + (f":{column}" if column else "")

    @property
    def labels(self) -> str:
        """What a person calls it."""
        numbered = self.record.display
        return ", ".join(f"({label})" if numbered and label.isdigit() else label for label in self.record.labels)

    @property
    def expected(self) -> str:
        """The verdict that its paper expects, empty where none is named."""
        return self.record.aside.expect if self.record.aside is not None else ""

    @property
    def as_expected(self) -> bool:
        """Whether its paper expects the verdict, it fails as no derivation, and proof and models agree."""
        return self.expected == self.verdict.status and not self.verdict.disagrees and self.verdict.failing is None

    @property
    def failing(self) -> str:
        """Where and why it fails as a derivation, in a sentence; empty where it does not."""
        fault = self.verdict.failing
        if fault is None:
            return ""
        line, column = fault.position or (self.record.line, 0)
        return f"{self.file}:{line}" + (f":{column}" if column else "") + f": {fault.reason}"

    def listed(self, everything: bool, strict: bool) -> bool:
        """Whether the table has it."""
        status = self.verdict.status
        return everything or status not in COUNTED or strict and status == "unread" or self.verdict.disagrees

    def __repr__(self) -> str:
        return f"<Stated {self.place} {self.verdict!r}>"

    def json(self) -> dict[str, Any]:
        """Its record; a place in a notebook names the cell, a derivation that fails has its fault."""
        record = {"id": self.verdict.id, "file": self.file, **self.verdict.record()}
        if self.record.cell and record["position"] is not None:
            record["position"] = {"cell": self.record.cell, **record["position"]}
        return record if self.verdict.failing is None else {**record, "fault": self.verdict.failing.record()}


def show_checks(stated: Sequence[Stated], everything: bool, strict: bool) -> None:
    """The table of a check, then the counterexamples, and how many statements got which verdict."""
    listed = [one for one in stated if one.listed(everything, strict)]
    rows = [[one.place, one.verdict.status, one.labels, said(one.verdict)] for one in listed]
    if rows:
        kept = [k for k, heading in enumerate(HEADINGS) if heading != "label" or any(row[k] for row in rows)]
        table([HEADINGS[k] for k in kept], [[row[k] for k in kept] for row in rows], status=1)
    for one in listed:
        if one.verdict.counterexample is not None or one.verdict.disagrees:
            print()
            show_verdict(replace(one.verdict, id=f"{one.place} {one.labels}".rstrip()))
    print(*[""] * bool(listed), summary((one.verdict for one in stated), len(stated) - len(listed)), sep="\n")
    if expected := [one for one in stated if one.expected]:
        print(f"{sum(one.as_expected for one in expected)} of {len(expected)} verdicts that are expected came out")


def said(verdict: Verdict) -> str:
    """Why a statement has its verdict; of one that is proved also the relation, if another one is printed.

    What was read in a standard way, and what is taken from the text around it, is always said.
    """
    standard = "".join(f"; with {one.formula}" for one in verdict.lore)
    standard += f"; {taken_from_text(verdict)}" if verdict.taken else ""
    if verdict.status != "proved":
        return verdict.reason + standard
    printed = verdict.printed or ""
    relation = f"{verdict.proved}: " if verdict.proved not in (None, printed, SIGNS.get(printed)) else ""
    return relation + (", ".join(verdict.hypotheses) or verdict.reason) + standard


def summary(verdicts: Iterable[Verdict], unlisted: int) -> str:
    """How many statements got which verdict, the worst first, and how many derivations fail."""
    verdicts = list(verdicts)
    counts = Counter(verdict.status for verdict in verdicts)
    failing = sum(verdict.failing is not None for verdict in verdicts)
    fails = f"; {failing} derivation{'s' * (failing != 1)} fail{'s' * (failing == 1)}" if failing else ""
    total = sum(counts.values())
    each = ", ".join(f"{counts[status]} {status}" for status in (*ORDER, "error") if counts[status])
    rest = f" ({unlisted} not listed: --all shows them)" if unlisted else ""
    return f"{total} statement{'s' * (total != 1)}{': ' * bool(each)}{each}{fails}{rest}"
