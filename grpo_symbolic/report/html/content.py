"""What a report says, as plain data: templates only place it."""

from __future__ import annotations

from dataclasses import dataclass

from .formulas import Formula


@dataclass(frozen=True)
class Line:
    """A formula with the word before it, such as ``where``; the word may be empty."""

    word: str
    formula: Formula


@dataclass(frozen=True)
class Row:
    """A name, typeset, and its value in words or numbers."""

    name: Formula
    value: str


@dataclass(frozen=True)
class Evaluated:
    """A counterexample: its sizes in words, its numbers, and what both sides come to."""

    sizes: str
    rows: tuple[Row, ...]
    left: str
    right: str
    difference: str


@dataclass(frozen=True)
class Hypothesis:
    """A hypothesis as a verdict lists it, with what it ``excludes``, the name of its witness and
    what that says; both are empty where there is none."""

    name: str
    witness: str
    excludes: str
    why: str


@dataclass(frozen=True)
class Step:
    """A step of a derivation: the expression it arrives at, and its reason."""

    formula: Formula
    reason: str


@dataclass(frozen=True)
class Derived:
    """A derivation, step by step, and what all its steps together have shown."""

    title: str
    start: Formula
    steps: tuple[Step, ...]
    proved: str


@dataclass(frozen=True)
class Change:
    """A change that makes a refuted statement true; ``before`` is None where a condition is added."""

    before: Formula | None
    after: Formula
    statement: Formula


@dataclass(frozen=True)
class Linked:
    """A link of a chain with its verdict."""

    formula: Formula | None
    status: str
    reason: str


@dataclass(frozen=True)
class Grid:
    """A table with headings, and below it names with one value each."""

    caption: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    totals: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Fact:
    """A label, and what is said under it."""

    label: str
    said: tuple[str, ...]


@dataclass(frozen=True)
class SourceLine:
    """A line of code with its number in its file, and what is said of it; empty where nothing is."""

    number: int
    text: str
    note: str


@dataclass(frozen=True)
class Entry:
    """One statement with all that is known of it; ``anchor`` is its name on the page, ``place`` that in its file.
    ``rejected`` says whether it is a derivation that fails."""

    anchor: str
    name: str
    number: str
    title: str
    status: str
    relation: str
    reason: str
    place: str
    printed: Formula | None
    reading: tuple[Line, ...]
    given: tuple[Line, ...]
    fault: str
    rejected: bool
    differences: tuple[str, ...]
    symbols: tuple[tuple[Formula, str], ...]
    standard: tuple[tuple[Formula | None, str], ...]
    said: tuple[str, ...]
    hypotheses: tuple[Hypothesis, ...]
    evidence: str
    links: tuple[Linked, ...]
    counterexample: Evaluated | None
    changes: tuple[Change, ...]
    derivations: tuple[Derived, ...]
    batch: Grid | None = None


@dataclass(frozen=True)
class Section:
    """Statements that belong together: a point of the paper with what becomes of it, a file, or a function with its
    facts and its lines."""

    anchor: str
    title: str
    said: str
    entries: tuple[Entry, ...]
    point: bool = False
    facts: tuple[Fact, ...] = ()
    source: tuple[SourceLine, ...] = ()


@dataclass(frozen=True)
class Heading:
    """Where a statement of a document stands: the section, what is said under it if anything, and the document."""

    title: str
    said: str
    document: str


@dataclass(frozen=True)
class Witness:
    """Why a kind of hypothesis is needed: a theorem, a model without it where it fails, one with it where it holds."""

    kind: str
    excludes: str
    theorem: str
    statement: tuple[Line, ...]
    fails: str
    holds: str
    why: str


@dataclass(frozen=True)
class Shown:
    """A statement that a picture shows, by its anchor and its name, with its verdict."""

    anchor: str
    name: str
    status: str


@dataclass(frozen=True)
class Picture:
    """A drawing, what it shows in words, and the statements that it illustrates with their verdicts."""

    anchor: str
    title: str
    svg: str
    alternative: str
    caption: str
    shows: tuple[Shown, ...]


@dataclass(frozen=True)
class Page:
    """A whole report: ``subject`` is what was checked, ``counts`` how many statements got which verdict."""

    subject: str
    lead: tuple[str, ...]
    counts: tuple[tuple[str, int], ...]
    sections: tuple[Section, ...]
    pictures: tuple[Picture, ...] = ()
    witnesses: tuple[Witness, ...] = ()
    pdf: str = ""
    pdf_file: str = ""
    date: str = ""
    version: str = ""

    @property
    def points(self) -> tuple[Section, ...]:
        """The sections that settle a point."""
        return tuple(section for section in self.sections if section.point)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Every statement of the page."""
        return tuple(entry for section in self.sections for entry in section.entries)
