"""The page of the documentation on a paper that is a folder: its claims with verdicts, and its derivations."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..latex.documents.document_reader import Record
from ..latex.printing.printer import latex
from ..shelf.entry import Item
from ..shelf.folder import FolderBook
from ..shelf.plain_words import REFERENCE
from ..shelf.sections import Section
from .markdown import anchor, formula
from .paths_page import chain
from .sentences import sentence

HOW = """\
Every statement is decided when this page is written: what is proved holds for every finite action set and every
parametrisation, what is refuted fails in a model with numbers. The sentence says what is true; the formula under it
is what was put to the test. `grpo-symbolic check --paper {name}` decides them again and shows the counterexamples,
`grpo-symbolic derive --paper {name} {example}` one with its hypotheses and steps.
"""


def book_page(book: FolderBook, name: str) -> str:
    """The whole page; every verdict on it is computed, and so is every step."""
    items = list(book.items())
    example = next((one.id for one in items if one.topic in book.derived()), "LABEL")
    parts = [f"# {book.title}\n", HOW.format(name=name, example=example), *contents(book.sections), "## Symbols\n"]
    for one in items:
        if one.printed:
            parts += [f"{words(book, one)}\n", formula(one.latex)]
    for section in book.sections:
        parts += [f"## {section.title}\n", f"{section.said}\n" if section.said else ""]
        parts += [line for one in items if one.under == section.id for line in entry(book, one)]
    return "\n".join(filter(None, parts))


def contents(sections: list[Section]) -> Iterator[str]:
    """Links to the sections."""
    yield "\n".join(f"- [{one.title}](#{anchor(one.title)})" for one in sections) + "\n"


def words(book: FolderBook, item: Item) -> str:
    """The sentence on an item, with its formulas; a reference in it is a label."""
    return told(next(record for record, _ in book.read if record.id == item.id))


def told(record: Record) -> str:
    """The sentence before a statement, for Markdown."""
    text = record.aside.sentence if record.aside is not None else ""
    referring = REFERENCE.sub(r"(`\1`)", re.sub(r"\s*\\eqref\{[^{}]*\}(?=\.$)", "", text))
    return sentence(re.sub(r"\\emph\s*\{([^{}]*)\}", r"*\1*", referring))


def entry(book: FolderBook, item: Item) -> Iterator[str]:
    """A statement: its label and verdict, the sentence, the formula, and how it is derived."""
    verdict = item.check()
    order = verdict.proved.partition("+")[2].strip() if verdict.proved else ""
    yield f"`{item.id}`, **{verdict.status}**{f' up to {order}' if order else ''}. {words(book, item)}\n"
    yield formula(item.printed or latex(item.statement.relation))
    if item.topic in book.derived():
        for one, derivation in zip(book.derived()[item.topic], book.argument_of(item.topic).derivations, strict=True):
            yield f"*Derivation.* {told(one.record)}\n"
            yield from chain(derivation)

