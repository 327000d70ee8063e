"""What a text says: its links, each a definition, a claim or an expression."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from ...language import (
    Claim,
    Definition,
    Node,
    Relation,
)
from ..kinds.parameter import Parameter as Letter
from ..names.brace_names import AtBraces
from ..names.declaring import Declaration
from ..names.environment import Environment
from ..names.read_as import ReadAs
from ..notation.profiles import PAPER, Profile
from ..notation.unsaid import Other
from .lengths import Lengths

UNPRINTED = re.compile(r"\\(?:label|tag)\*?\s*\{[^{}]*\}|\\(?:nonumber|notag)(?![A-Za-z])|(?<!\\)%.*")
GRANTED, NORMALISED = "granted", "normalised"


def nothing() -> None:
    """What a statement says by custom that takes nothing for granted."""


@dataclass(frozen=True)
class Link:
    """One link of a chain: a ``definition``, a ``claim``, a ``proportion`` (a claim of it at two policies) or an
    ``expression``, and where it stands (from 1). ``known`` are symbols that custom gives a meaning, and nothing a
    definition. ``says`` is its meaning in LaTeX where its content is only as true as that. ``lengths`` is what is given
    with its ranges from a letter on, ``idle`` are hypotheses of what only its reading has. ``presumed`` is what its
    claim assumes though no text says it.
    """

    kind: str
    content: Definition | Claim | Node
    line: int
    column: int
    known: tuple[str, ...] = ()
    says: str = ""
    lengths: Lengths = Lengths()
    idle: tuple[str, ...] = ()
    presumed: tuple[Relation, ...] = ()

    @property
    def told(self) -> tuple[Relation, ...]:
        """What its claim assumes since a text says it, once less than it stands there for each that is presumed."""
        found = list(self.content.assume) if isinstance(self.content, Claim) else []
        for one in self.presumed:
            if one in found:
                found.remove(one)
        return tuple(found)


def granted_by(definition: Definition) -> tuple[str, ...]:
    """What the print of a definition takes for granted."""
    return tuple(filter(None, definition.hints.get(GRANTED, "").split("\n")))


@dataclass(frozen=True)
class Taken:
    """What a statement rests on that the sentences of its document say: the LaTeX, ``definition``, ``declaration`` or
    ``assumption``, and where it stands (from 1)."""

    text: str
    kind: str
    line: int
    column: int

    @property
    def printed(self) -> str:
        """The LaTeX on one line, without what only the typesetter needs."""
        return " ".join(UNPRINTED.sub(" ", self.text).split())

    def record(self) -> dict[str, Any]:
        """It as it stands in a verdict's JSON record."""
        return {"text": self.printed, "as": self.kind, "line": self.line, "column": self.column}

    def said(self) -> str:
        """It in words."""
        return f"{self.printed} (line {self.line})"


class Told(NamedTuple):
    """A symbol as a document prints it in its sentences, and the words that say what it is; "=" where it is equated."""

    symbol: str
    words: frozenset[str]


@dataclass(frozen=True)
class Statement:
    """What a text says. ``kind`` is that of its one link, or ``chain``; ``environment`` has its definitions too,
    ``symbols`` tells what each is, ``declared`` what was declared, each with whether its symbol occurs, ``parameter``
    the letter that is θ here, ``profile`` the notation, ``taken`` what is taken from the sentences around it,
    ``doubts`` what these say that may bear on it and was not taken, ``told`` what the document tells of symbols,
    ``quantities`` what it was read with that nothing defines, ``by_step`` whether quantities of steps are written
    out in it, ``at_braces`` the formulas at its braces, which are no part of what it says, ``supposed`` what its print
    takes for granted and whether that is ``shown``, ``customary`` gives what it says if that is more than it must be,
    ``otherwise`` what it says as laws of one joint law, or in matrices of laws as columns: nothing is refuted that does
    not fail so too, nor where that cannot be said, None; ``ways`` the other ways to mean what it leaves unsaid.
    """

    kind: str
    links: tuple[Link, ...]
    latex: str = field(compare=False)
    environment: Environment = field(compare=False)
    symbols: Callable[[], Iterable[ReadAs]] = field(default=tuple, compare=False)
    declared: tuple[tuple[Declaration, bool], ...] = field(default=(), compare=False)
    parameter: Letter = field(default=Letter(), compare=False)
    profile: Profile = field(default=PAPER, compare=False)
    taken: tuple[Taken, ...] = field(default=(), compare=False)
    doubts: tuple[Taken, ...] = field(default=(), compare=False)
    told: frozenset[Told] = field(default=frozenset(), compare=False)
    quantities: tuple[str, ...] = field(default=(), compare=False)
    by_step: bool = field(default=False, compare=False)
    at_braces: AtBraces = field(default=AtBraces(), compare=False)
    supposed: tuple[str, ...] = field(default=(), compare=False)
    shown: bool = field(default=True, compare=False)
    customary: Callable[[], Statement | None] = field(default=nothing, compare=False)
    otherwise: Callable[[], Iterable[Statement | None]] = field(default=tuple, compare=False)
    ways: Callable[[], Iterable[tuple[Other, Statement]]] = field(default=tuple, compare=False)

    @cached_property
    def read_as(self) -> tuple[ReadAs, ...]:
        """What each symbol was read as, worked out once somebody asks."""
        return tuple(self.symbols())

    @property
    def granted(self) -> tuple[str, ...]:
        """What its print, and that of the definitions that it uses, takes for granted."""
        used = (definition for claim in self.claims for definition in claim.where)
        return tuple(dict.fromkeys((*self.supposed, *(said for one in used for said in granted_by(one)))))

    @property
    def claims(self) -> tuple[Claim, ...]:
        """The claims, in order."""
        return tuple(link.content for link in self.links if isinstance(link.content, Claim))

    @property
    def definitions(self) -> tuple[Definition, ...]:
        """The definitions that the text itself makes, in order."""
        return tuple(link.content for link in self.links if isinstance(link.content, Definition))

    @property
    def expressions(self) -> tuple[Node, ...]:
        """The expressions that stand without a relation."""
        return tuple(link.content for link in self.links if isinstance(link.content, Node))
