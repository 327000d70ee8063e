"""What a claim of the paper is as data: a sentence for readers, a statement for the checker, a verdict on record."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ..language import Claim, Definition, Node, Relation

PROVED, REFUTED = "proved", "refuted"


@dataclass(frozen=True)
class PaperClaim:
    """One statement about the paper's argument.

    ``id`` starts with the id of its group, ``sentence`` says in words what the statement says, whether it holds or
    not, and ``build`` makes it. ``expect`` is the verdict on record; it is compared with the computed one, never shown
    in its place.
    """

    id: str
    sentence: str
    build: Callable[[], Claim]
    expect: str

    @property
    def group(self) -> str:
        """The id of the group that it belongs to."""
        return self.id.partition("-")[0]


@dataclass(frozen=True)
class Group:
    """The statements that settle one point of the paper, in an order that reads as an argument.

    ``title`` is the point, ``finding`` what becomes of it.
    """

    id: str
    title: str
    finding: str
    claims: tuple[PaperClaim, ...]

    @property
    def number(self) -> str:
        """What the tables show of it: the number of the point, or its name."""
        return self.id.removeprefix("claim").lstrip("0")


def says(op: str, left: Node, right: Node | int, *where: Definition, assume: tuple[Relation, ...] = (),
         at_old: bool = False) -> Claim:
    """left op right, with the definitions that it uses and what it assumes."""
    return Claim(Relation(op, left, right), where, assume, at_old)


def holds(name: str, sentence: str, build: Callable[[], Claim]) -> PaperClaim:
    """A claim that is on record as proved."""
    return PaperClaim(name, sentence, build, PROVED)


def fails(name: str, sentence: str, build: Callable[[], Claim]) -> PaperClaim:
    """A claim that is on record as refuted."""
    return PaperClaim(name, sentence, build, REFUTED)
