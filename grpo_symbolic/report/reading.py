"""What was read in a text: its symbols, their kinds and why, and the meaning printed back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ..cards import reading_card
from ..language.arguments import latex_text, latex_texts
from ..latex.printing.printer import latex as printed_back
from ..latex.read_error import ReadError
from ..latex.statement.readings import Ambiguity, read_text
from ..latex.statement.statement import Statement
from .terminal import clean, table

HEADINGS = ("symbol", "kind", "moves", "why", "place")


@dataclass(frozen=True, repr=False)
class Reading:
    """A text as it was read, or the fault that refuses it, which lists the readings of a text that has several."""

    found: Statement | ReadError
    notation: str = "paper"

    @property
    def meanings(self) -> list[tuple[str, str]]:
        """What each link is, and its LaTeX as it is printed back."""
        if isinstance(self.found, ReadError):
            return []
        spoken = self.found.parameter.printed
        return [(link.kind, link.says or spoken(printed_back(link.content, self.notation)))
                for link in self.found.links]

    @property
    def tried(self) -> list[dict[str, Any]]:
        """Each reading of an ambiguous text: what it takes the text for, its meaning and its verdict."""
        if not isinstance(self.found, Ambiguity):
            return []
        from ..checking.texts import verdict_on

        return [{"read": ", ".join(one.said), "verdict": verdict_on(one.found).status,
                 "latex": [meaning for _, meaning in Reading(one.found, self.notation).meanings]}
                for one in self.found.readings]

    def record(self) -> dict[str, Any]:
        """The reading as one JSON record."""
        if isinstance(self.found, ReadError):
            fault = self.found
            said = {"verdict": fault.status, "reason": fault.reason, "part": fault.part,
                    "position": {"line": fault.line, "column": fault.column}}
            return {"read": None, "links": [], "read_as": [], "declared": [], "readings": self.tried,
                    "fault": None if self.tried else said}
        links = [{"kind": kind, "latex": meaning, "position": {"line": link.line, "column": link.column}}
                 for (kind, meaning), link in zip(self.meanings, self.found.links, strict=True)]
        return {"read": self.found.kind, "links": links, "read_as": [one.record() for one in self.found.read_as],
                "declared": [{"text": one.text, "occurs": occurs} for one, occurs in self.found.declared],
                "readings": [{"latex": [meaning for _, meaning in self.meanings]}], "fault": None}

    def __repr__(self) -> str:
        return f"<Reading {'; '.join(f'{kind} {meaning}' for kind, meaning in self.meanings) or self.found}>"

    def _repr_html_(self) -> str:
        return reading_card(self.record())

    def show(self) -> None:
        """Print it: the meaning of each link, then a table of the symbols."""
        if isinstance(self.found, ReadError):
            fault = self.found
            part = f"{fault.part}, " if fault.part else ""
            status = "open" if self.tried else fault.status
            print(f"{status} ({part}line {fault.line}, column {fault.column}): {clean(fault.reason)}")
            for one in self.tried:
                print(f"if {clean(one['read'])}: {one['verdict']} {'; '.join(one['latex'])}")
            return
        for kind, meaning in self.meanings:
            print(f"{kind}: {meaning}")
        rows = [[one.symbol, one.kind + (f" of {', '.join(one.of)}" if one.kind == "function" else ""),
                 "yes" if one.moves else "", one.why, f"line {one.line}, column {one.column}"]
                for one in self.found.read_as]
        if rows:
            print()
            table(HEADINGS, rows)
        for text in dict.fromkeys(one.text for one, occurs in self.found.declared if not occurs):
            print(f"declared, but not in the statement: {clean(text)}")


def explain(latex: str, where: str | Sequence[str] = (), assume: str | Sequence[str] = (),
            let: str | Sequence[str] = (), notation: str = "paper") -> Reading:
    r"""What a text says under definitions, assumptions, declarations. One string is a list of one.

    Raises LanguageError for an unknown notation, and Misused, which is one, for a value of the wrong type.

    >>> [one.kind for one in explain(r"\beta > 0").found.read_as]
    ['num']
    """
    texts = latex_text(latex, "a statement"), latex_texts(where, "where"), latex_texts(assume, "assume")
    try:
        return Reading(read_text(*texts, profile=notation, let=latex_texts(let, "let")), notation)
    except ReadError as fault:
        return Reading(fault, notation)
