"""What a report says of papers that are folders: sections as they print them, derivations beside what they derive."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
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
    from ...proof.derivation import Derivation
    from ..checks import Stated

NAMES = {DISPLAYS: "The displays", CLAIMS: "The claims"}


def in_sections(entries: Sequence[tuple[Stated, Entry]], papers: Mapping[str, Sequence[Read]]
                ) -> Iterator[tuple[Heading, Entry]]:
    """The entries, each with the section in which it stands; ``papers`` have what was read, by the names of folders.

    What a paper derives stands with what it is derived of, and not once more by itself; a derivation that fails stands
    alone, with its fault.
    """
    titles = {name: clean(title_of([record for record, _ in some], Path(name))) for name, some in papers.items()}
    derivations = {name: Derivations(some) for name, some in papers.items()}
    failing = {name: {one.record.offset: one for one, _ in entries if one.name == name and one.failing}
               for name in papers}
    for one, entry in entries:
        if one.name not in papers:
            yield Heading(one.file, "", one.file), entry
        elif one.record.aside is None or not one.record.aside.derives:
            chains = derivations[one.name].chains.get(one.record.id, ())
            astray = [failing[one.name][at] for chain in chains if (at := chain.record.offset) in failing[one.name]]
            sound = derivations[one.name].sound(one.record.id, failing[one.name])
            yield heading(one.record, titles[one.name]), within(one, entry, sound, astray)
        elif one.failing:
            yield heading(one.record, titles[one.name]), entry


def within(one: Stated, entry: Entry, sound: tuple[Derivation, ...], astray: Sequence[Stated]) -> Entry:
    """The entry of a statement of a paper, with what it expects, the derivations that hold, and where others fail."""
    fails = tuple(clean(f"A derivation of it fails, at {other.place}.") for other in astray)
    expected = (expectation(one),) if one.expected else ()
    argument = Argument(one.record.id, sound)
    return replace(entry, said=(*entry.said, *expected, *fails), derivations=tuple(derived(argument)))


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
