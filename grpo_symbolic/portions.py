"""Documents as work for many processes: what is sent of them, what is answered, and under which key that is kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from hashlib import sha256
from itertools import chain, islice, repeat, tee
from typing import TYPE_CHECKING, Any, NamedTuple

from .checking.texts import Read, check_read
from .checking.verdict import Failing, Verdict
from .latex.documents.document_reader import Displays, Record, read_records
from .latex.documents.files import records_of
from .latex.notation.profiles import profile_named
from .running.kept import Kept, program
from .running.work import Batch, Work

if TYPE_CHECKING:
    from .latex.documents.files import Document
    from .latex.documents.gathered import Gathered
    from .shelf.folder import Derivations

LARGEST = 32  # statements of a portion; the first of a stream are smaller, so that answers come at once
READING, EACH = 60.0, 0.2  # seconds for reading a document, and for each of its statements
OVER = 3  # a budget is kept to from step to step, not to the moment


class Settings(NamedTuple):
    """How texts are read and checked; where ``meanings`` are wanted, they are printed back."""

    budget: float
    notation: str
    let: tuple[str, ...]
    lore: bool
    meanings: bool = False


class Text(NamedTuple):
    """What is kept together, of so many statements: a document, or records that stand alone; ``key`` tells its content
    and how it is checked from any other, ``paper`` whether a document is that of a paper's folder."""

    key: str
    size: int
    settings: Settings
    gathered: Gathered | None = None
    paper: bool = False

    @property
    def records(self) -> Iterator[Record]:
        """The statements of a document."""
        assert self.gathered is not None
        return records_of(self.gathered, self.paper)


class Found(NamedTuple):
    """What is found of a statement: its verdict, what each link is and how it is printed back; ``lost`` where its
    process ended before there was a verdict; of a paper's derivation why it is ``failing``, if it is."""

    verdict: Verdict
    meanings: tuple[tuple[str, str], ...] = ()
    lost: bool = False
    failing: Failing | None = None


class Reader:
    """The statements of one document, read in order, and only those that are asked for or that others rest on; of a
    paper all up to there, as its derivations rest on any of them."""

    def __init__(self, text: Text) -> None:
        self.key, self.next, self.paper, self.read = text.key, 0, text.paper, list[Read]()
        self.records = list(text.records)
        self.displays = Displays(self.records, profile_named(text.settings.notation), text.settings.let)

    def at(self, place: int) -> Read:
        """The statement at a place, with its record."""
        self.next = place + 1
        if not self.paper:
            return self.displays.at(place)
        while len(self.read) <= place:
            self.read.append(self.displays.at(len(self.read)))
        return self.read[place]

    @cached_property
    def derivations(self) -> Derivations:
        """The derivations of a paper."""
        from .shelf.folder import Derivations

        self.at(len(self.records) - 1)
        return Derivations(self.read)


LAST: list[Reader] = []  # portions of one document mostly come one after the other


def reader(text: Text, first: int) -> Reader:
    """A reader of a document for what begins at a place: the last one again, if it is that of the same and has that
    before it, or keeps it."""
    if not LAST or LAST[0].key != text.key or LAST[0].next > first and not text.paper:
        LAST[:] = [Reader(text)]
    return LAST[0]


def found_in(text: Text, items: Sequence[Any]) -> Iterator[Found]:
    """What is found of statements of a document, by their places in it, or of records that stand alone."""
    settings = text.settings
    read: Iterable[Read]
    if text.gathered is None:
        read = read_records(items, settings.notation, settings.let)
    else:
        read = map(reader(text, items[0]).at, items)
    read, again = tee(read)
    for (record, statement), verdict in zip(read, check_read(again, settings.budget, settings.lore), strict=True):
        told = meanings(statement, settings.notation) if settings.meanings else ()
        failing = reader(text, 0).derivations.failing(record, settings.budget) if derives(record) else None
        yield Found(verdict, told, failing=failing)


def derives(record: Record) -> bool:
    """Whether a record is a derivation of a paper."""
    return record.aside is not None and record.aside.derives != ""


def meanings(statement: Any, notation: str) -> tuple[tuple[str, str], ...]:
    """What each link of a statement is, and how it is printed back."""
    from .report.reading import Reading

    return tuple(Reading(statement, notation).meanings)


def lost(text: Text, item: Any, why: str) -> Found:
    """What is said of a statement whose process has ended before it was checked."""
    record = item if isinstance(item, Record) else next(islice(text.records, item, None))
    failing = Failing(f"it was not decided: {why}") if derives(record) else None
    return Found(Verdict("undecided", f"this was not checked: {why}", id=record.id), lost=True, failing=failing)


class Portions:
    """Documents cut into batches, with what a folder of answers knows of them already; of ``sources`` are the records
    of the batches, in order, with the name of each one's document."""

    def __init__(self, settings: Settings, pieces: int, kept: Kept | None = None) -> None:
        self.settings, self.pieces, self.kept = settings, pieces, kept
        self.begun: dict[str, dict[int, Sequence[Found]]] = {}

    def texts(self, document: Document) -> Iterator[tuple[Text, Sequence[Record]]]:
        """What is kept together of a document, with its records."""
        if document.gathered is not None:
            yield self.whole(document), list(document.records)
            return
        # records that stand alone are answered one by one where nothing else is done meanwhile
        several = self.pieces > 1 or self.kept is not None
        sizes = chain(range(1, LARGEST), repeat(LARGEST)) if several else repeat(1)
        stream = iter(document.records)
        while some := list(islice(stream, next(sizes))):
            yield self.text(len(some), [repr((one, str(one.fault))) for one in some]), some

    def whole(self, document: Document) -> Text:
        """The text of a document that is read as a whole."""
        assert document.gathered is not None
        assert document.total is not None
        return self.text(document.total, content(document.gathered), document.gathered, document.paper)

    def read(self, document: Document) -> list[Read]:
        """The statements of a paper, as they are read here: again, where that was done elsewhere."""
        text = self.whole(document)
        if LAST and LAST[0].key == text.key and len(LAST[0].read) == text.size:
            return LAST[0].read
        return list(read_records(document.records, self.settings.notation, self.settings.let))

    def text(self, size: int, parts: Iterable[str], gathered: Gathered | None = None, paper: bool = False) -> Text:
        """A text with its key."""
        found = sha256(repr((self.settings, program() if self.kept else "", paper)).encode())
        for part in parts:
            found.update(sha256(part.encode(errors="surrogatepass")).digest())
        return Text(found.hexdigest(), size, self.settings, gathered, paper)

    def batches(self, text: Text, records: Sequence[Record]) -> Iterator[Batch]:
        """The batches of a text: one whose answers are known, or as many as there is work for."""
        known = self.kept.find(text.key) if self.kept else None
        known = known if known is not None and len(known) == text.size else None
        items: Sequence[Any] = records if text.gathered is None else range(text.size)
        seconds = READING + EACH * text.size + OVER * self.settings.budget
        for part in [items] if known is not None or text.gathered is None else shares(items, self.pieces):
            yield Batch(text, part, seconds, known)

    def done(self, batch: Batch, found: Sequence[Found]) -> None:
        """Keep what is found of a text once all of it is there; not where something was lost."""
        if self.kept is None:
            return
        text = batch.shared
        parts = self.begun.setdefault(text.key, {})
        parts[batch.items[0] if text.gathered else 0] = found
        if sum(map(len, parts.values())) == text.size:
            every = [one for _, part in sorted(self.begun.pop(text.key).items()) for one in part]
            if not any(one.lost for one in every):
                self.kept.keep(text.key, every)


def shares(items: Sequence[Any], pieces: int) -> Iterator[Sequence[Any]]:
    """Items cut into portions, each one of so many pieces of what is left: the last are small, so that the processes
    end together."""
    start = 0
    while start < len(items):
        length = min(max(1, (len(items) - start) // pieces), LARGEST)
        yield items[start:start + length]
        start += length


def content(gathered: Gathered) -> Iterator[str]:
    """What there is of a document: its text, and all of every file or cell in which that stands."""
    for one in gathered.stretches:
        yield repr((one.text, one.offset, one.sheet.file, one.sheet.cell, one.sheet.text))


def work(portions: Portions) -> Work:
    """How portions are answered."""
    return Work(found_in, lost, portions.done)
