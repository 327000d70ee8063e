"""The objectives of the field as a book: each with its definitions and what is claimed of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from ..latex.read_error import ReadError
from ..shelf.book import Book, Point
from ..shelf.entry import Item, said
from . import Fact, Objective, objectives

if TYPE_CHECKING:
    from ..checking.verdict import Verdict
    from ..shelf.argument import Argument


class ObjectivesBook(Book):
    """The objectives of the field. Nothing is derived of them step by step."""

    title = "Objectives of the field"

    def items(self) -> Iterator[Item]:
        for one in objectives():
            for place in range(len(one.definitions)):
                yield self.display(one, place)
        for one in objectives():
            for fact in one.facts:
                yield self.claim(one, fact)

    def display(self, one: Objective, place: int) -> Item:
        """One of the definitions of an objective."""
        return Item(f"{one.id}/definition-{place + 1}", one.id, "", "definition", one.name, one.definitions[place],
                    lambda: said(read_definition(one, place)), "definition", self.argument_of,
                    partial(judged_definition, one, place))

    def claim(self, one: Objective, fact: Fact) -> Item:
        """A claim on an objective."""
        return Item(f"{one.id}/{fact.id}", one.id, one.id, "claim", fact.sentence, "", partial(built, one, fact),
                    fact.expect, self.argument_of, lambda _, budget: one.check(fact, budget), one.id)

    def points(self) -> Sequence[Point]:
        return [Point(one.id, one.id, one.name, f"{one.source[:1].upper()}{one.source[1:]}.") for one in objectives()]

    def derived(self) -> dict[str, str]:
        return {}

    def loaded(self, topic: str) -> Argument:
        return self.argument_of(topic)


def built(one: Objective, fact: Fact) -> Any:
    """What a claim says, as a term of the language. Raises LanguageError."""
    if not isinstance(fact.statement, str):
        return fact.statement()
    try:
        return said(one.read(fact))
    except ReadError as error:
        return said(error)


def read_definition(one: Objective, place: int) -> Any:
    """One of the definitions of an objective, read after those before it; or why it cannot be."""
    from ..latex.statement.reader import read_statement

    try:
        return read_statement(one.definitions[place], one.definitions[:place], profile=one.notation, let=one.let)
    except ReadError as error:
        return error


def judged_definition(one: Objective, place: int, _item: Item, budget: float) -> Verdict:
    """The verdict on one of the definitions of an objective."""
    from ..checking.texts import verdict_on

    return verdict_on(read_definition(one, place), budget=budget)
