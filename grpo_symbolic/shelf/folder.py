"""A paper that is a folder, as a book: its statements are read together, and checked as those of a document are."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from functools import cached_property
from math import inf
from pathlib import Path
from typing import TYPE_CHECKING

from ..checking.verdict import Failing
from ..language import Claim
from ..latex.documents.aside import Aside
from ..latex.documents.document_reader import Record, read_records
from ..latex.documents.paper_folder import CLAIMS, DERIVATIONS, paper_in
from ..latex.read_error import ReadError
from ..latex.statement.statement import Statement
from .argument import Argument
from .book import Book, Point
from .chains import Chain, Unfounded, decided, derivation, readings
from .entry import Item, said
from .plain_words import plain
from .sections import Section, sections

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..checking.verdict import Verdict
    from ..proof.derivation import Derivation

TITLE = re.compile(r"\\title\s*\{([^{}]*)\}")
Read = tuple[Record, Statement | ReadError]


class FolderBook(Book):
    """The paper in a folder. Raises UnusableInput where its files cannot be read."""

    together = True

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        _, records, self.complaints = paper_in(folder)
        self.read: list[Read] = list(read_records(records))
        self.derivations = Derivations(self.read)
        self.title = title_of(records, folder)
        self.checked: dict[float, Mapping[str, Verdict]] = {}

    def verdicts(self, budget: float) -> Mapping[str, Verdict]:
        """The verdict on each statement within ``budget`` seconds, as the check of the folder gives it: all are found
        together, once."""
        from ..checking.one_choice import settled
        from ..checking.texts import check_read

        if budget not in self.checked:
            found = settled(check_read(iter(self.read), budget, True), lambda place: str(self.folder))
            self.checked[budget] = {record.id: verdict
                                    for (record, _), verdict in zip(self.read, found, strict=True)}
        return self.checked[budget]

    @cached_property
    def sections(self) -> list[Section]:
        """The sections of the claims."""
        texts = (record.gathered.sheet(record.offset).text for record, _ in self.read
                 if record.gathered is not None and Path(record.file).name == CLAIMS)
        return list(sections(next(texts, "")))

    def points(self) -> list[Point]:
        return [Point(one.id, str(one.number), plain(one.title), plain(one.said)) for one in self.sections]

    def items(self) -> Iterator[Item]:
        for record, read in self.read:
            if record.aside is None or not record.aside.derives:
                yield self.entry(record, read)

    def entry(self, record: Record, read: Statement | ReadError) -> Item:
        """A statement of the paper, as an item."""
        in_claims, aside = Path(record.file).name == CLAIMS, record.aside or Aside("")
        number = next((f"({label})" for label in record.labels if label.isdigit()), "")
        under = next((one for one in reversed(self.sections) if in_claims and one.line <= record.line), None)
        printed = "" if in_claims and isinstance(read, Statement) else record.latex.strip()
        return Item(record.id, record.id, number, kind_of(read, in_claims), plain(aside.sentence), printed,
                    lambda: said(read), aside.expect, self.argument_of,
                    lambda item, budget: self.verdicts(budget)[item.id],
                    under.id if under else "")

    def derived(self) -> Mapping[str, Sequence[Chain]]:
        return self.derivations.chains

    def loaded(self, topic: str) -> Argument:
        return Argument(topic, self.derivations.of(topic))

    def underived(self, name: str) -> str:
        script = next(iter(sorted((self.folder / DERIVATIONS).glob("*.py"))), None)
        beside = f"; a script such as {script} is not run here: run it yourself, python {script}" if script else ""
        return f"nothing in {self.folder / DERIVATIONS} derives {name!r}: its verdict stands alone{beside}"


class Derivations:
    """The derivations of a paper, by the id of what they derive."""

    def __init__(self, read: Sequence[Read]) -> None:
        self.statements: dict[str, Statement | ReadError] = {}
        self.ids: dict[str, str] = {}
        self.chains: dict[str, list[Chain]] = {}
        self.astray: list[Chain] = []
        self.deriving: list[str] = []
        for record, found in read:
            if record.aside is None or not record.aside.derives:
                self.statements[record.id] = found
                self.ids.update({label: record.id for label in (*record.labels, record.id)})
        for record, found in read:
            if record.aside is not None and (label := record.aside.derives):
                chain = Chain(record, found)
                if label in self.ids:
                    self.chains.setdefault(self.ids[label], []).append(chain)
                else:
                    self.astray.append(chain)

    def of(self, name: str) -> tuple[Derivation, ...]:
        """The derivations of what has that id, each step decided. Raises Unfounded."""
        return tuple(decided(chain, self.built(chain, name)) for chain in self.chains[name])

    def built(self, chain: Chain, name: str) -> Derivation:
        """A chain as the derivation of what has that id. Raises Unfounded."""
        ways = [claimed(one) for one in readings(self.statements[name])]
        targets = [claims[0] for claims in ways if len(claims) == 1]
        if not targets:
            raise chain.refused(f"({name}) is no single equation that is claimed: nothing is derived of it")
        if name in self.deriving:
            raise chain.refused(f"the derivation of ({name}) rests on itself")
        self.deriving.append(name)
        try:
            return derivation(chain, name, targets, self.cited)
        finally:
            self.deriving.pop()

    def cited(self, label: str) -> Derivation:
        """The derivation of what another one cites. Raises Unfounded."""
        name = self.ids.get(label, "")
        if name not in self.chains:
            raise Unfounded(f"“by {label}”: " + ("nothing derives it" if name else "there is no such label"))
        return self.built(self.chains[name][0], name)

    def faults(self, seconds: float = inf) -> list[str]:
        """What is wrong with the derivations, a sentence each, in the order of the files; each is decided within so
        many seconds."""
        found = sorted(self.named, key=lambda one: (one[1].record.file, one[1].record.line))
        return [str(fault) for name, chain in found if (fault := self.wrong(name, chain, seconds))]

    def failing(self, record: Record, seconds: float) -> Failing | None:
        """Why the derivation that a record is fails, decided within so many seconds; None if it holds."""
        fault = next(self.wrong(name, chain, seconds) for name, chain in self.named if chain.record == record)
        return None if fault is None else Failing(fault.reason, fault.position)

    def wrong(self, name: str, chain: Chain, seconds: float) -> Unfounded | None:
        """What is wrong with a chain as the derivation of what has that id; there may be no such."""
        try:
            if not name:
                label = chain.record.aside.derives if chain.record.aside is not None else ""
                raise chain.refused(f"no display and no claim has the label {label}")
            decided(chain, self.built(chain, name), seconds)
        except Unfounded as fault:
            return fault
        return None

    @property
    def named(self) -> list[tuple[str, Chain]]:
        """Every chain with the id of what it derives; empty where nothing has it."""
        known = [(name, chain) for name, chains in self.chains.items() for chain in chains]
        return [*known, *(("", chain) for chain in self.astray)]

    def sound(self, name: str, failing: Collection[int]) -> tuple[Derivation, ...]:
        """The derivations of what has that id, but those at the places that are failing."""
        return tuple(self.built(chain, name) for chain in self.chains.get(name, ())
                     if chain.record.offset not in failing)


def title_of(records: Sequence[Record], folder: Path) -> str:
    """The title that the file of the first statement of a paper prints, else the name of its folder."""
    first = next(iter(records), None)
    found = TITLE.search(first.gathered.sheet(first.offset).text) if first and first.gathered else None
    return plain(found[1]) if found else folder.resolve().name


def claimed(read: Statement | ReadError) -> list[Claim]:
    """What a display claims, beside what it defines; nothing where it cannot be read."""
    return [one.content for one in read.links if isinstance(one.content, Claim)] if isinstance(read, Statement) else []


def kind_of(read: Statement | ReadError, in_claims: bool) -> str:
    """What a statement is: a claim, also beside a definition, else a definition or an expression; a display that cannot
    be read is one."""
    if in_claims or claimed(read):
        return "claim"
    kind = read.links[0].kind if isinstance(read, Statement) and read.links else ""
    return kind or "display"

