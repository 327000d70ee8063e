"""The page on documents: a section a file, an entry a statement, each with its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import count
from pathlib import PurePath
from typing import TYPE_CHECKING

from ...shelf.plain_words import plain
from ..terminal import clean
from .content import Entry, Heading, Line, Page, Section
from .entries import entry, identifier, typeset, witnesses
from .formulas import formula
from .summary import counts, lead, number

if TYPE_CHECKING:
    from ..checks import Stated

SIDES = ("where", "assuming")
MOST_NAMED = 4


def entry_of(one: Stated, meanings: Iterable[tuple[str, str]]) -> Entry:
    """The entry of a statement of a document, with what was read in it; its anchor is still to be made unique."""
    reading = tuple(Line("", formula(meaning)) for _, meaning in meanings)
    given = [Line(word, formula(text)) for word, texts in zip(SIDES, (one.record.where, one.record.assume), strict=True)
             for text in texts]
    return entry(one.verdict, anchor=f"s-{identifier(one.verdict.id)}", name=one.labels or one.verdict.id,
                 title=clean(plain(one.record.aside.sentence)) if one.record.aside else "", place=one.place,
                 printed=typeset(one.record.latex), reading=reading, given=tuple(given))


def page_of(found: Iterable[tuple[Heading, Entry]]) -> Page:
    """The page of documents, from their entries, each with the section in which it stands."""
    headed: dict[Heading, list[Entry]] = {}
    for heading, one in numbered(found):
        headed.setdefault(heading, []).append(one)
    entries = [one for some in headed.values() for one in some]
    sections = tuple(Section(f"file-{k}", spoken(one.title), one.said or number(len(some), "statement"), tuple(some))
                     for k, (one, some) in enumerate(headed.items(), 1))
    needed = {hypothesis.witness for one in entries for hypothesis in one.hypotheses if hypothesis.witness}
    documents = list(dict.fromkeys(one.document for one in headed))
    return Page(subject(documents), tuple(lead(entries)), counts(entries), sections, witnesses=tuple(witnesses(needed)))


def numbered(found: Iterable[tuple[Heading, Entry]]) -> Iterator[tuple[Heading, Entry]]:
    """The entries with anchors of their own: one that comes again gets a number that no other has."""
    taken: set[str] = set()
    for heading, one in found:
        name = next(name for k in count(1) if (name := one.anchor if k == 1 else f"{one.anchor}--{k}") not in taken)
        taken.add(name)
        yield heading, replace(one, anchor=name)


def subject(files: Sequence[str]) -> str:
    """What was checked, in a title."""
    shown = [PurePath(spoken(file)).name for file in files]
    return shown[0] if len(shown) == 1 else f"{number(len(shown), 'document')}: {', '.join(shown[:MOST_NAMED])}" + (
        ", …" if len(shown) > MOST_NAMED else "")


def spoken(file: str) -> str:
    """The name of a file in a sentence."""
    return "standard input" if file == "-" else clean(file)
