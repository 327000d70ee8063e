r"""Documents: the statements of a ``.tex`` file and the records of a ``.jsonl`` file, read one after the other."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from io import BufferedReader
from itertools import accumulate
from pathlib import Path
from typing import Any, BinaryIO, cast

from ..names.defining import Failed
from ..names.environment import Environment
from ..notation.profiles import PAPER, Profile, profile_named
from ..parsing.macros import Expanded, Expander
from ..read_error import Fault, Malformed, ReadError, UnusableText
from ..statement.readings import read_text
from ..statement.silence import NO_CLAIM
from ..statement.statement import Statement
from .joined import Joined, joined
from .prose import ASSUMPTION, DECLARATION, DEFINITION
from .rows import Part, parts, referenced
from .scopes import Item, Scopes, defined
from .segments import Display, Segments, place, silenced
from .together import Together

MAX_DOCUMENT = 1_000_000
MAX_EXPANDED = 10 * MAX_DOCUMENT
MAX_DISPLAYS = 50_000
MAX_REMEMBERED = 200
MAX_REMEMBERED_LENGTH = 10_000
ASSUMED = "the document assumes this: nothing is claimed"
KEYS = ("id", "latex", "where", "assume", "let")


class UnusableInput(ValueError):
    """A file that is no document: one line that says where and why."""


class NoRecord(UnusableText):
    """A line of a ``.jsonl`` file that is no record."""


@dataclass(frozen=True)
class Record:
    """A statement to be read: its id, its LaTeX with macros expanded, its context, the line where it starts; ``other``
    are keys of its record that say nothing here.

    A ``display`` is one of a document, whose definitions serve all of it; else it stands alone.
    """

    id: str
    latex: str
    where: tuple[str, ...] = ()
    assume: tuple[str, ...] = ()
    line: int = 1
    let: tuple[str, ...] = ()
    other: tuple[str, ...] = ()
    called: tuple[str, ...] = field(default=(), repr=False, compare=False)
    breaks: Sequence[int] = field(default=(), repr=False, compare=False)
    offset: int = field(default=0, repr=False, compare=False)
    expanded: Expanded | None = field(default=None, repr=False, compare=False)
    fault: ReadError | None = field(default=None, repr=False, compare=False)
    display: bool = field(default=False, repr=False, compare=False)
    joined: Joined | None = field(default=None, repr=False, compare=False)
    scopes: Scopes | None = field(default=None, repr=False, compare=False)

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
        if self.expanded is None:
            return line, column
        pos = self.lines[line - 1] + column - 1
        pos = pos if self.joined is None else self.joined.origin(pos)
        return place(self.breaks, self.offset + self.expanded.origin(pos))

    def in_file(self, found: Statement | ReadError) -> Statement | ReadError:
        """What was read with the places of the file instead of those of the display."""
        if isinstance(found, ReadError):
            if found.part or isinstance(found, NoRecord):
                return found
            return found.at(*self.position(found.line, found.column))
        links = []
        for link in found.links:
            line, column = self.position(link.line, link.column)
            links.append(replace(link, line=line, column=column))
        symbols = tuple(symbol.at(*self.position(symbol.line, symbol.column)) for symbol in found.read_as)
        return replace(found, links=tuple(links), read_as=symbols)


def tex_records(text: str) -> Iterator[Record]:
    r"""The statements of a ``.tex`` text, in order: its displays, and rows of displays that have names of their own.

    The id of a statement is its ``\label``, its ``\tag`` or its number. What cannot be read, such as a display that
    is never closed, is a record with a fault, and so is what follows the first MAX_DISPLAYS displays. Raises
    UnusableInput for a text of more than MAX_DOCUMENT characters.
    """
    check_size(len(text))
    return records_in(silenced(text))


def records_in(text: str) -> Iterator[Record]:
    """The records of a text whose size is known to be fine."""
    copies: dict[str, int] = {}
    number = expanded = last = 0
    scopes, before = Scopes(text), ""
    breaks = scopes.breaks
    for count, display in enumerate(Segments(text).displays(), 1):
        if count > MAX_DISPLAYS:
            many = f"the document has more than {MAX_DISPLAYS:,} displays: split it here"
            line, column = place(breaks, display.start)
            yield Record(f"display-{count}", "", line=line, display=True, fault=ReadError(many, line, column))
            return
        before = "" if scopes.heading_between(last, display.start) else before
        last = display.start
        found = [Part("", display.inner, display.end)]
        if not display.fault:
            found, number = parts(text, display, number)
        for row, part in enumerate(found, 1):
            name = part.name or (f"display-{count}" if row == 1 else f"display-{count}-{row}")
            copies[name] = copies.get(name, 0) + 1
            unique = name if copies[name] == 1 else f"{name}-{copies[name]}"
            expander = Expander(display.macros) if expanded < MAX_EXPANDED else None
            record = in_scopes(tex_record(unique, text, display, part, breaks, expander), display, part, scopes, before)
            yield record
            before = record.latex if record.fault is None else ""
            expanded += expander.spent if expander is not None else 0


def in_scopes(record: Record, display: Display, part: Part, scopes: Scopes, before: str) -> Record:
    """The record of a statement with what its document makes of it, the text ``before`` it among that."""
    record = replace(record, offset=part.start, scopes=scopes)
    if record.fault is not None:
        return record
    if display.start in scopes.premises:
        assumed = ReadError(ASSUMED, *place(scopes.breaks, display.start), status=NO_CLAIM)
        return replace(record, latex="", fault=assumed, expanded=None)
    if display.start in scopes.defining:
        return replace(record, latex=defined(record.latex))
    found = joined(before, record.latex)
    return record if found is None else replace(record, latex=found.text, joined=found)


def tex_record(name: str, text: str, display: Display, part: Part, breaks: Sequence[int], expander: Expander | None
               ) -> Record:
    """The record of one statement; what cannot be read or expanded is kept as its fault."""
    body = text[part.start:part.end]
    start = display.start if part.start == display.inner else part.start + len(body) - len(body.lstrip())
    line, column = place(breaks, start)
    if display.fault:
        return Record(name, body, line=line, display=True,
                      fault=ReadError(display.fault, line, column, status=Malformed.status))
    if expander is None:
        fault = ReadError("the macros of this document expand to too much text: split the document", line, column)
        return Record(name, body, line=line, display=True, fault=fault)
    try:
        expanded = expander.parts(body)
    except Fault as fault:
        at = place(breaks, part.start + fault.pos)
        refused = ReadError(fault.reason, *at, status=fault.status)
        return Record(name, body, line=line, display=True, fault=refused)
    return Record(name, referenced(expanded.text), line=line, display=True, breaks=breaks, offset=part.start,
                  expanded=expanded)


def jsonl_records(lines: Iterable[str | UnusableInput]) -> Iterator[Record]:
    """The records of the lines of a ``.jsonl`` text; keys other than KEYS are passed over.

    A line of more than MAX_DOCUMENT characters is a record with a fault, and so is a line that is no such record.
    """
    for number, line in enumerate(lines, 1):
        if isinstance(line, UnusableInput):
            yield no_record(number, str(line))
            continue
        line = line.strip().lstrip("\ufeff")
        if len(line) > MAX_DOCUMENT:
            fault = ReadError(f"this line is longer than {MAX_DOCUMENT:,} characters: split it", number, 1)
            yield Record(str(number), "", line=number, fault=fault)
        elif line:
            try:
                yield json_record(line, number)
            except UnusableInput as fault:
                yield no_record(number, str(fault))


def no_record(number: int, reason: str) -> Record:
    """What stands for a line that is no record."""
    return Record(str(number), "", line=number, fault=NoRecord(reason, number))


def json_record(line: str, number: int) -> Record:
    """The record of one line; raises UnusableInput."""
    try:
        found = json.loads(line)
    except (ValueError, RecursionError) as error:
        reason = error.msg if isinstance(error, json.JSONDecodeError) else "nested too deep"
        raise UnusableInput(f"this is not JSON: {reason}") from None
    if not isinstance(found, dict) or not isinstance(found.get("latex"), str):
        raise UnusableInput('a record is an object with the text "latex"')
    lists = {}
    for key in ("where", "assume", "let"):
        value = found.get(key, [])
        if not isinstance(value, list) or not all(isinstance(text, str) for text in value):
            raise UnusableInput(f'"{key}" is a list of texts')
        lists[key] = tuple(value)
    name = found.get("id", number)
    if not isinstance(name, (str, int)):
        raise UnusableInput('"id" is a text')
    other = tuple(key for key in found if key not in KEYS)
    return Record(str(name), found["latex"], lists["where"], lists["assume"], number, lists["let"], other)


def check_size(size: int) -> None:
    """Refuse what is longer than one document may be."""
    if size > MAX_DOCUMENT:
        raise UnusableInput(f"longer than {MAX_DOCUMENT:,} characters: split it, and check the parts one by one")


def text_of(stream: BinaryIO) -> str:
    """The text of a stream, of which no more is read than a document may hold; raises UnusableInput."""
    found = stream.read(4 * MAX_DOCUMENT + 1)
    check_size((len(found) + 3) // 4)
    try:
        text = found.decode("utf-8")
    except UnicodeDecodeError as error:
        raise UnusableInput(f"not UTF-8 text (byte {error.start})") from None
    check_size(len(text))
    return text


def lines_of(stream: BinaryIO) -> Iterator[str | UnusableInput]:
    """The lines of a stream one by one, or why one is none; of one beyond all measure only as much as shows that."""
    while line := stream.readline(4 * MAX_DOCUMENT + 4):
        if len(line) > 4 * MAX_DOCUMENT:
            yield line.decode("utf-8", "replace")
            while not line.endswith(b"\n") and (line := stream.readline(MAX_DOCUMENT)):
                pass
            continue
        try:
            yield line.decode("utf-8")
        except UnicodeDecodeError as error:
            yield UnusableInput(f"this is not UTF-8 text (byte {error.start})")


def records_of(path: str | Path, stream: BinaryIO | None = None) -> Iterator[Record]:
    """The records of a file by its ending: ``.tex`` or ``.jsonl``; ``stream`` is its content if that is open already.

    Standard input (``-``) is JSON Lines if its first character is ``{``, else TeX. Raises UnusableInput.
    """
    path = Path(path)
    name = "standard input" if str(path) == "-" else str(path)
    try:
        opened = BufferedReader(cast(Any, path.open("rb", buffering=0) if stream is None else stream))
        start = opened.peek(1).removeprefix(b"\xef\xbb\xbf").lstrip()
    except OSError as error:
        raise UnusableInput(f"{path}: {error.strerror}") from None
    ending = path.suffix or (".jsonl" if start.startswith(b"{") else ".tex")
    if ending not in (".tex", ".jsonl"):
        raise UnusableInput(f"{path}: a document ends in .tex or .jsonl")
    if ending == ".jsonl":
        return lines_in(opened)
    try:
        with opened:
            return tex_records(text_of(opened))
    except UnusableInput as fault:
        raise UnusableInput(f"{name}: {fault}") from None


def lines_in(opened: BinaryIO) -> Iterator[Record]:
    """The records of the lines of a stream, which is closed after the last."""
    with opened:
        yield from jsonl_records(lines_of(opened))


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
            yield from read_together([record, *records], notation, let)
        else:
            yield record, record.in_file(alone.read(record, Environment(), ()))


def read_together(records: Sequence[Record], profile: Profile, let: Sequence[str] = ()
                  ) -> Iterator[tuple[Record, Statement | ReadError]]:
    """The displays of one document, each with what it says."""
    origins = [f"{record.id}, line {record.line}" for record in records]
    reader = Remembering(profile, let)
    together = Together([record.latex for record in records], origins, profile,
                        lambda place, environment, failed, beside: reader.read(
                            records[place].under(beside), environment, failed),
                        records[0].scopes, [record.offset for record in records])
    for number, record in enumerate(records):
        yield record, record.in_file(together.result(number))


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
