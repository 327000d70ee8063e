"""What a report says of papers that are folders: sections as they print them, derivations beside what they derive."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from ...latex.documents.paper_folder import CLAIMS, DISPLAYS
from ...shelf.argument import Argument
from ...shelf.folder import Derivations, Read, title_of
from ...shelf.plain_words import plain
from ...shelf.sections import sections
from ..terminal import clean
from .content import Entry, Heading
from .entries import derived

if TYPE_CHECKING:
    from ...latex.documents.document_reader import Record
    from ..checks import Stated

NAMES = {DISPLAYS: "The displays", CLAIMS: "The claims"}


def in_sections(entries: Iterable[tuple[Stated, Entry]], papers: Mapping[str, Sequence[Read]]
                ) -> Iterator[tuple[Heading, Entry]]:
    """The entries, each with the section in which it stands; ``papers`` have what was read, by the names of folders.

    What a paper derives stands with what it is derived of, and not once more by itself; a derivation that fails stands
    alone, with its fault.
    """
    titles = {name: clean(title_of([record for record, _ in some], Path(name))) for name, some in papers.items()}
    derivations = {name: Derivations(some) for name, some in papers.items()}
    for one, entry in entries:
        if one.name not in papers:
            yield Heading(one.file, "", one.file), entry
        elif (said := within(one, entry, derivations[one.name])) is not None:
            yield heading(one.record, titles[one.name]), said


def within(one: Stated, entry: Entry, paper: Derivations) -> Entry | None:
    """The entry of a statement of a paper; None for a derivation that holds."""
    aside = one.record.aside
    if aside is not None and aside.derives:
        fault = paper.fault(one.record)
        return replace(entry, rejected=clean(f"As a derivation it fails: {fault}.")) if fault else None
    expected = (expectation(one),) if one.expected else ()
    argument = Argument(one.record.id, paper.sound(one.record.id))
    return replace(entry, said=(*entry.said, *expected), derivations=tuple(derived(argument)))


def expectation(one: Stated) -> str:
    """What a paper expects of a statement, in a sentence."""
    return "The paper expects this." if one.as_expected else f"The paper expects another verdict: {one.expected}."


def heading(record: Record, title: str) -> Heading:
    """The section of a paper in which a statement stands."""
    name = Path(record.file).name
    text = record.gathered.sheet(record.offset).text if record.gathered is not None else ""
    above = [one for one in sections(text) if one.line <= record.line] if name == CLAIMS else []
    if above:
        return Heading(clean(plain(above[-1].title)), clean(plain(above[-1].said)), title)
    return Heading(NAMES.get(name, "Derivations"), "", title)
