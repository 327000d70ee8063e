"""What a paper is to the commands: its statements in order, the points that they settle, what is derived of them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

from ..language import LanguageError, Misused

if TYPE_CHECKING:
    from .argument import Argument
    from .entry import Item


class UnknownItem(LanguageError, KeyError):
    """No item of that name; the message names those that come close."""


@dataclass(frozen=True)
class Point:
    """What some items settle: its id, its number or name in tables, its title, what becomes of it."""

    id: str
    number: str
    title: str
    finding: str


class Book(ABC):
    """A paper. What is asked for by name is found here; where it comes from, each kind of paper says itself."""

    title = ""
    together = False  # whether the first verdict on a statement of it finds those on all

    @abstractmethod
    def items(self) -> Iterable[Item]:
        """Every item, in the paper's order: the displays, then the claims."""

    def theorems(self) -> Iterable[Item]:
        """What is derived beside them, each derivation an item."""
        return ()

    def points(self) -> Sequence[Point]:
        """The points that claims settle, in order."""
        return ()

    @abstractmethod
    def derived(self) -> Collection[str]:
        """The topics that are derived."""

    @abstractmethod
    def loaded(self, topic: str) -> Argument:
        """The argument for a topic that is derived. Raises LanguageError where it fails."""

    def underived(self, name: str) -> str:
        """Why nothing derives an item of this name."""
        return f"no script derives {name!r}: its verdict stands alone"

    def everything(self) -> Iterator[Item]:
        """The items, and what is derived beside them."""
        yield from self.items()
        yield from self.theorems()

    def item(self, name: str) -> Item:
        """The item of that id. Raises UnknownItem, and Misused for what is no name."""
        if not isinstance(name, str):
            raise Misused(f"an item is found by its name, such as paper['eq09'], not by {name!r}")
        found = {one.id: one for one in self.items()}
        if name not in found:
            found |= {one.id: one for one in self.theorems()}
        if name not in found:
            raise UnknownItem(f"no item {name!r} in the paper; {closest(name, found) or '`list` shows what there is'}")
        return found[name]

    def __contains__(self, name: object) -> bool:
        """Whether an item has that id."""
        return isinstance(name, str) and any(one.id == name for one in self.everything())

    def claims_of(self, name: str) -> list[Item]:
        """The claim of that id, or those of the group; none where the name is neither's."""
        return [one for one in self.items() if one.kind == "claim" and not one.printed and name in (one.id, one.under)]

    def subject_of(self, name: str) -> str:
        """The topic of an item, or of the name of a topic or script."""
        if name in self.derived():
            return name
        return next((one.topic for one in self.everything() if one.id == name), name)

    def argument_of(self, name: str) -> Argument:
        """The argument of a derivation, found by its own name, a display or a claim. Raises UnknownItem."""
        found, topic = self.derived(), self.subject_of(name)
        if topic in found:
            return self.loaded(topic)
        known = {one.id for one in self.everything()}
        if name in known or self.claims_of(name):
            raise UnknownItem(self.underived(name))
        derived = closest(name, {*found, *known, *(one.under for one in self.items() if one.under)})
        there = f"there are: {', '.join(sorted(found))}" if found else "there is none"
        raise UnknownItem(f"no derivation {name!r}; {derived or there}")


def closest(name: str, known: Iterable[str]) -> str:
    """A question after the names that come close to one that is not known; empty where none does."""
    near = get_close_matches(name.lower(), sorted(known), cutoff=0.7)
    return f"did you mean {' or '.join(near)}?" if near else ""
