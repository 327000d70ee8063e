"""What a check finds, each with its rule, its level and its place: what annotations and logs are written from."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ..cards import counterexample_rows
from ..checking.verdict import ORDER, Verdict
from .terminal import clean

if TYPE_CHECKING:
    from ..latex.documents.document_reader import Record
    from .checks import Stated


@dataclass(frozen=True)
class Rule:
    """A kind of finding: what it says, and what to do about it; ``fails`` says whether it fails a check that is not
    strict."""

    id: str
    said: str
    help: str
    fails: bool

    def level(self, strict: bool) -> str:
        """The level of what it finds: error, warning or note."""
        return "error" if self.fails else "warning" if strict else "note"


RULES = (
    Rule("refuted", "The statement is false.",
         "The message gives a model, with exact numbers, in which the statement fails: recompute it by hand. Correct "
         "the statement, or print the definition or the assumption that excludes this model.", True),
    Rule("ill-formed", "The text says nothing definite here.",
         "At this place the text contradicts itself or leaves open what is meant, such as an index that is used "
         "outside its sum, or a bracket that is never closed. Correct the text.", True),
    Rule("disagreement", "A proof and a model disagree.",
         "This is a fault of the checker, not of the text: one of the two is wrong. Please report it.", True),
    Rule("unread", "The checker cannot read this construct.",
         "The statement may be fine. Write the construct in another way, define the macro, or leave it unchecked.",
         False),
    Rule("undecided", "Neither a proof nor a counterexample was found.",
         "The statement may be fine. Where the message names a symbol that is not defined, define it; else a longer "
         "budget may decide.", False),
    Rule("derivation", "A derivation fails.",
         "What is derived does not follow by the steps and reasons given, be it true or not. The message names the "
         "step: correct its reason, or the expression at which it arrives.", True),
)
RULE = {rule.id: rule for rule in RULES}


@dataclass(frozen=True)
class Source:
    """Where a statement stands: its file, empty for standard input; the line where it starts; its LaTeX; whether the
    places in its verdict are those of the file, not of its LaTeX; and the cell whose lines they count, if any."""

    file: str
    line: int
    latex: str
    placed: bool
    cell: int = 0

    @classmethod
    def of(cls, file: str, record: Record) -> Source:
        """The source of a record of a file."""
        return cls("" if file == "-" else from_here(file), record.line, record.latex, record.display, record.cell)


Checked = tuple[Source, Verdict]


def checked(stated: Iterable[Stated]) -> list[Checked]:
    """Verdicts on statements of documents, each with its source, but for those that a paper expects."""
    return [(Source.of(one.file, one.record), one.verdict) for one in stated if not one.as_expected]


@dataclass(frozen=True)
class Finding:
    """One fault, or one thing that is open: ``name`` is the id of its statement, ``link`` the number of its link in a
    chain, 0 where there is none; ``line`` and ``column`` are None where they are not known."""

    rule: Rule
    level: str
    name: str
    source: Source
    line: int | None
    column: int | None
    link: int
    text: str


def from_here(name: str) -> str:
    """The path of a file with slashes: from the current folder if it lies in there, else absolute."""
    here, path = Path.cwd(), Path(os.path.abspath(name))
    return (path.relative_to(here) if path.is_relative_to(here) else path).as_posix()


def findings(checked: Iterable[Checked], strict: bool) -> Iterator[Finding]:
    """What was found, in the order of the statements; of a chain each link that has a fault or is open.

    Of a derivation that fails, its fault and what is wrong beside; what is open there is not said. One is an error, or
    a warning where ``strict``, if and only if it makes the exit status 1.
    """
    for source, verdict in checked:
        for rule, link, part in faults(verdict):
            line, column = place(source, part)
            pointed = bool(source.file) and column is not None
            text = said(part, "" if pointed else place_said(source, part))
            yield Finding(rule, rule.level(strict), clean(verdict.id), source, line, column, link, text)


def faults(verdict: Verdict) -> Iterator[tuple[Rule, int, Verdict]]:
    """What is wrong or open in a verdict: the rule, the number of the link, and what is said there."""
    failing = verdict.failing
    if failing is not None:
        yield RULE["derivation"], 0, Verdict("undecided", failing.reason, position=failing.position or verdict.position)
    for link, part in links(verdict):
        rule = RULE.get("disagreement" if part.disagrees else part.status)
        if rule is not None and (rule.fails or failing is None):
            yield rule, link, part


def place(source: Source, verdict: Verdict) -> tuple[int | None, int | None]:
    """Line and column of a verdict in its file, as far as they are known."""
    if source.cell:
        return None, None
    return verdict.position if source.placed and verdict.position else (source.line, None)


def place_said(source: Source, verdict: Verdict) -> str:
    """The place of a verdict in words, after what it says; empty where none is known."""
    words = [f"cell {source.cell}"] if source.cell else []
    words += ["line {}, column {}".format(*verdict.position)] if verdict.position else []
    return f" ({', '.join(words)})" if words else ""


def links(verdict: Verdict) -> list[tuple[int, Verdict]]:
    """The links with their numbers, or the verdict itself where it has none, or says something else than they do."""
    worst = min((ORDER.index(link.status) for link in verdict.links), default=None)
    if worst is None or ORDER[worst] != verdict.status:
        return [(0, verdict)]
    return list(enumerate(verdict.links, 1))


def said(verdict: Verdict, at: str) -> str:
    """What a verdict says, a line a fact: its reason, with the place in words, and its model."""
    lines = [verdict.reason + at]
    if verdict.counterexample is not None:
        found = verdict.counterexample.record()
        lines.append(f"counterexample: {found['actions']} actions, group of {found['group']}")
        lines += [f"{name}: {value}" for name, value in counterexample_rows(found)]
    return "\n".join(map(clean, lines))
