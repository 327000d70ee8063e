r"""Documents: the statements of a text, one after the other, and what each says under the definitions of all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import accumulate
from typing import Any

from ..names.defining import Failed
from ..names.environment import Environment
from ..notation.priors import POLICY
from ..notation.profiles import PAPER, Profile, profile_named
from ..parsing.macros import Expanded, Expander
from ..printing.printer import latex
from ..read_error import Fault, ReadError
from ..statement.parametrised import named_law
from ..statement.readings import Ambiguity, read_text
from ..statement.restating import OF_VISITS, restated
from ..statement.silence import NO_CLAIM
from ..statement.statement import NORMALISED, Statement, Taken, Told
from .aside import Aside
from .gathered import Gathered, Sheet, Stretch
from .joined import Joined, joined
from .limits import MAX_DOCUMENT, check_size
from .prose import ASSUMPTION, DECLARATION, DEFINITION
from .rows import Part, parts, referenced
from .scopes import Item, Scopes, defined
from .segments import Display, Segments, silenced
from .together import Together

ASSUMED = "the document assumes this: nothing is claimed"
# What a display of the visited states says where it is the usual one, and claims nothing.
VISITS = Told(r"d^\pi", frozenset((NORMALISED,)))
MAX_EXPANDED = 10 * MAX_DOCUMENT
MAX_DISPLAYS = 50_000
MAX_REMEMBERED = 200
MAX_REMEMBERED_LENGTH = 10_000


@dataclass(frozen=True)
class Record:
    r"""A statement to be read: its id, its LaTeX with macros expanded, its context, the line where it starts; ``other``
    are keys of its record that say nothing here.

    ``file`` and ``cell`` say where that line stands, if not in the document itself; ``labels`` are what a person calls
    it: its labels, else its tags, else its number. A ``display`` is one of a document, whose definitions serve all of
    it; else it stands alone. ``aside`` is what the folder of a paper says beside it.
    """

    id: str
    latex: str
    where: tuple[str, ...] = ()
    assume: tuple[str, ...] = ()
    line: int = 1
    let: tuple[str, ...] = ()
    other: tuple[str, ...] = ()
    file: str = ""
    cell: int = 0
    labels: tuple[str, ...] = ()
    called: tuple[str, ...] = field(default=(), repr=False, compare=False)
    gathered: Gathered | None = field(default=None, repr=False, compare=False)
    offset: int = field(default=0, repr=False, compare=False)
    expanded: Expanded | None = field(default=None, repr=False, compare=False)
    fault: ReadError | None = field(default=None, repr=False, compare=False)
    display: bool = field(default=False, repr=False, compare=False)
    joined: Joined | None = field(default=None, repr=False, compare=False)
    scopes: Scopes | None = field(default=None, repr=False, compare=False)
    aside: Aside | None = field(default=None, repr=False, compare=False)

    @property
    def place(self) -> str:
        """Where it starts, in words."""
        return f"line {self.line}" + (f" of {self.file}" if self.file else f" of cell {self.cell}" if self.cell else "")

    @cached_property
    def lines(self) -> tuple[int, ...]:
        """The offset of each line of the LaTeX."""
        return tuple(accumulate((len(line) + 1 for line in self.latex.split("\n")), initial=0))

    def under(self, items: Sequence[Item]) -> Record:
        """The record under what its document says beside it."""
        if not items or self.scopes is None:
            return self
        texts = {kind: tuple(item.text for item in items if item.kind == kind)
                 for kind in (DEFINITION, DECLARATION, ASSUMPTION)}
        called = tuple(self.scopes.called(item) for item in items if item.kind == DEFINITION)
        return replace(self, where=texts[DEFINITION], let=texts[DECLARATION], assume=texts[ASSUMPTION], called=called)

    def position(self, line: int, column: int) -> tuple[int, int]:
        """A place in the LaTeX as line and column of the file; for a record of a ``.jsonl`` file it stays as it is."""
        if self.expanded is None or self.gathered is None:
            return line, column
        pos = self.lines[line - 1] + column - 1
        origin = self.expanded.origin(pos if self.joined is None else self.joined.origin(pos))
        return self.gathered.place(self.offset + origin, self.gathered.sheet(self.offset))

    def in_file(self, found: Statement | ReadError) -> Statement | ReadError:
        """What was read with the places of the file instead of those of the display."""
        if isinstance(found, Ambiguity):
            readings = [one._replace(found=self.in_file(one.found)) for one in found.readings]
            return Ambiguity(self.error_in_file(found.plain), readings)
        if isinstance(found, ReadError):
            return self.error_in_file(found)
        links = []
        for link in found.links:
            line, column = self.position(link.line, link.column)
            links.append(replace(link, line=line, column=column))
        return replace(found, links=tuple(links), symbols=lambda: (
            symbol.at(*self.position(symbol.line, symbol.column)) for symbol in found.read_as))

    def error_in_file(self, found: ReadError) -> ReadError:
        """An error with its place in the file."""
        return found if found.part else found.at(*self.position(found.line, found.column))


def tex_records(text: str) -> Iterator[Record]:
    """The statements of a ``.tex`` text that includes no other. Raises UnusableInput for one of more than MAX_DOCUMENT
    characters."""
    check_size(len(text))
    return records_in(Gathered([Stretch(silenced(text), Sheet(text))]))


def records_in(gathered: Gathered) -> Iterator[Record]:
    r"""The statements of a text, in order: its displays, and rows of displays that have names of their own.

    The id of a statement is its ``\label``, its ``\tag`` or its number. What cannot be read, such as a display that
    is never closed, is a record with a fault, and so is what follows the first MAX_DISPLAYS displays.
    """
    copies: dict[str, int] = {}
    number = expanded = last = 0
    scopes, before = Scopes(gathered), ""
    for count, display in enumerate(Segments(gathered.text).displays(), 1):
        if count > MAX_DISPLAYS:
            many = f"the document has more than {MAX_DISPLAYS:,} displays: split it here"
            display = replace(display, fault=many, status=Fault.status, end=display.inner)
        before = "" if scopes.heading_between(last, display.start) else before
        last = display.start
        found = [Part((), display.inner, display.end)]
        if not display.fault:
            found, number = parts(gathered.text, display, number)
        for row, part in enumerate(found, 1):
            name = part.labels[0] if part.labels else f"display-{count}" if row == 1 else f"display-{count}-{row}"
            copies[name] = copies.get(name, 0) + 1
            unique = name if copies[name] == 1 else f"{name}-{copies[name]}"
            expander = Expander(display.macros) if expanded < MAX_EXPANDED else None
            record = in_scopes(tex_record(unique, gathered, display, part, expander), display, scopes, before)
            yield record
            before = record.latex if record.fault is None else ""
            expanded += expander.spent if expander is not None else 0
        if count > MAX_DISPLAYS:
            return


def in_scopes(record: Record, display: Display, scopes: Scopes, before: str) -> Record:
    """The record of a statement with what its document makes of it, the text ``before`` it among that."""
    record = replace(record, scopes=scopes)
    if record.fault is not None:
        return record
    if display.start in scopes.premises:
        assumed = ReadError(ASSUMED, *scopes.place(display.start), status=NO_CLAIM)
        return replace(record, latex="", fault=assumed, expanded=None)
    if display.start in scopes.defining:
        return replace(record, latex=defined(record.latex))
    found = joined(before, record.latex)
    return record if found is None else replace(record, latex=found.text, joined=found)


def tex_record(name: str, gathered: Gathered, display: Display, part: Part, expander: Expander | None) -> Record:
    """The record of one statement; what cannot be read or expanded is kept as its fault."""
    body = gathered.text[part.start:part.end]
    start = display.start if part.start == display.inner else part.start + len(body) - len(body.lstrip())
    sheet = gathered.sheet(start)
    line, column = gathered.place(start, sheet)
    record = Record(name, body, line=line, file=sheet.file, cell=sheet.cell, labels=part.labels, gathered=gathered,
                    offset=part.start, display=True)
    if display.fault:
        return replace(record, fault=ReadError(display.fault, line, column, status=display.status))
    if expander is None:
        reason = "the macros of this document expand to too much text: split the document"
        return replace(record, fault=ReadError(reason, line, column))
    try:
        expanded = expander.parts(body)
    except Fault as fault:
        at = gathered.place(part.start + fault.pos, sheet)
        return replace(record, fault=ReadError(fault.reason, *at, status=fault.status))
    return replace(record, latex=referenced(expanded.text), expanded=expanded)


def read_records(records: Iterable[Record], profile: str | Profile = PAPER, let: Sequence[str] = ()
                 ) -> Iterator[tuple[Record, Statement | ReadError]]:
    """Each record of one document with its statement, or with the error that refuses it; ``profile`` is its notation,
    ``let`` declares symbols of all of them.

    Definitions of a display serve all displays, those before it too; records of a ``.jsonl`` file stand alone. A text
    that comes again under the same definitions is read once. Raises LanguageError for an unknown notation.
    """
    notation, records = profile_named(profile), iter(records)
    alone = Remembering(notation, let)
    for record in records:
        if record.display:
            displays = Displays([record, *records], notation, let)
            yield from map(displays.at, range(len(displays.records)))
        else:
            yield record, record.in_file(alone.read(record, Environment(), ()))


class Displays:
    """The displays of one document, which are asked for in order, each once. One that is passed over is read only as
    far as others rest on it."""

    def __init__(self, records: Sequence[Record], profile: Profile, let: Sequence[str] = ()) -> None:
        self.records = records
        reader = Remembering(profile, let)
        self.together = Together([record.latex for record in records],
                                 [f"{record.id}, {record.place}" for record in records], profile,
                                 lambda place, environment, failed, beside: reader.read(
                                     records[place].under(beside), environment, failed),
                                 records[0].scopes, [record.offset for record in records])
        self.told = frozenset(VISITS for record in records if restated(record.latex) == OF_VISITS)
        self.forms = {place: self.definition(place) for place, record in enumerate(records) if named_law(record.latex)}

    def at(self, place: int) -> tuple[Record, Statement | ReadError]:
        """The display at a place, with what it says."""
        record = self.records[place]
        return record, record.in_file(noted(self.together.result(place), lambda one: self.beside(place, one)))

    def beside(self, place: int, one: Statement) -> Statement:
        """A statement with what it uses of other displays, and what of them may bear on it."""
        used = [*used_by(one, place, self.together.defined_at, self.records),
                *(map(self.definition, self.together.steps_behind(place)) if one.by_step else ())]
        doubts = [form for other, form in self.forms.items() if other != place and POLICY in one.latex]
        doubts += map(self.definition, self.together.awaited[place])
        return replace(one, taken=(*one.taken, *used), told=one.told | self.told, doubts=(*one.doubts, *doubts))

    def definition(self, place: int) -> Taken:
        """A display as the definition that it is."""
        record = self.records[place]
        return Taken(record.latex.strip(), DEFINITION, *record.position(1, 1))


def noted(found: Statement | ReadError, note: Callable[[Statement], Statement]) -> Statement | ReadError:
    """What was read, in each of its readings, with a note."""
    if isinstance(found, Ambiguity):
        return Ambiguity(found.plain, [one._replace(found=noted(one.found, note)) for one in found.readings])
    return note(found) if isinstance(found, Statement) else found


def used_by(found: Statement, place: int, defined_at: Mapping[str, int], records: Sequence[Record]) -> Iterator[Taken]:
    """What a statement uses of the definitions in other displays, with where they stand."""
    heads = {one.lhs: one.head for claim in found.claims for one in claim.where if one.head is not None}
    for symbol, head in heads.items():
        other = defined_at.get(head.layout, place)
        if other != place:
            yield Taken(latex(symbol), DEFINITION, *records[other].position(1, 1))


class Remembering:
    """Reads records, and each text once under the same definitions."""

    def __init__(self, profile: Profile, let: Sequence[str] = ()) -> None:
        self.profile, self.let = profile, tuple(let)
        self.under = Environment()
        self.known: dict[Any, Statement | ReadError] = {}

    def read(self, record: Record, environment: Environment, failed: Sequence[Failed]) -> Statement | ReadError:
        """What a record says."""
        if record.fault is not None:
            return record.fault
        if environment is not self.under and environment.names:
            self.known.clear()
        self.under = environment
        text = record.latex, record.where, record.assume
        key = text, tuple(failed), record.let, record.called
        found = self.known.get(key)
        if found is None:
            try:
                found = read_text(*text, environment, self.profile, failed, (*self.let, *record.let), record.called)
            except ReadError as error:
                found = error
            if len(record.latex) < MAX_REMEMBERED_LENGTH:
                self.known[key] = found
                if len(self.known) > MAX_REMEMBERED:
                    del self.known[next(iter(self.known))]
        return found
