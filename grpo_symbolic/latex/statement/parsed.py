"""A text on its way to a statement: its surface, and what it says of its letters."""

from __future__ import annotations

from collections.abc import Callable, Set
from dataclasses import dataclass, replace
from typing import NamedTuple, TypeVar

from ...language import (
    LanguageError,
)
from ..kinds.anonymous import mentions
from ..kinds.application import alone
from ..kinds.evidence import evidence
from ..kinds.facts import Facts, facts_of
from ..kinds.group_size import size_of
from ..kinds.kinds import drawn_of, numbers_of, states_of
from ..kinds.numbering import Letters, numbered
from ..kinds.outside import outside
from ..kinds.parameter import Parameter as Letter
from ..kinds.parameter import exchange, parameter_of
from ..kinds.shaped import shaped, vectors
from ..kinds.tables import Found
from ..names.arguments import local
from ..notation.profiles import PAPER, Profile
from ..parsing.bars import Lexeme
from ..parsing.parser import parse
from ..parsing.surface import Content
from ..read_error import Fault, Malformed, placed, reason_of
from ..spelling.indexed import indexed, settle

Result = TypeVar("Result")


def guarded(text: str, part: str, read: Callable[[str], Result]) -> Result:
    """The result of reading, a refusal placed by line and column."""
    try:
        return read(text)
    except Fault as fault:
        raise placed(fault, text, part) from None
    except LanguageError as error:
        raise placed(Malformed(reason_of(error), 0), text, part) from None
    except RecursionError:
        raise placed(Fault("the formula is nested too deep: split it", 0), text, part) from None


@dataclass(frozen=True)
class Parsed:
    """A text, its surface and its facts."""

    text: str
    content: Content
    facts: Facts


class Surface(NamedTuple):
    """A text as it is printed, and which one it is."""

    text: str
    part: str
    content: Content
    lexemes: list[Lexeme]

    def facts(self, parameter: Letter, profile: Profile, lawful: Set[str]) -> Facts:
        """What the text says of its letters, once the parameter is called θ; ``lawful`` are taken for laws."""
        subscripts = indexed(self.content)
        uses = evidence(self.content) | {(symbol, "compared") for symbol in lawful}
        letters = Letters(numbers_of(uses), states_of(uses), drawn_of(uses))
        return facts_of(self.lexemes, uses, anything=profile.anything_in_groups,
                        indexed=subscripts.names, sequences=subscripts.sequences, grouped=subscripts.grouped,
                        constraints=numbered(self.text, self.content, letters),
                        alone=alone(self.content), outside=outside(self.content), shaped=shaped(self.content),
                        vectors=vectors(self.content),
                        mentions=mentions(self.text, self.content), parameter=parameter, own=local(self.content))


def facts_in(surface: Surface, parameter: Letter, profile: Profile, cells: Found | None = None,
             lawful: Set[str] = frozenset()) -> Facts:
    """What a text says of its letters, and the cells of a table in it; raises ReadError."""
    found = guarded(surface.text, surface.part, lambda _: surface.facts(parameter, profile, lawful))
    if cells is None:
        return found
    uses = found.evidence - {(place, "subscript") for place, _ in cells.uses}
    return replace(found, evidence=uses | cells.uses, table=cells.table)


def surface_of(text: str, part: str, profile: Profile) -> Surface:
    """The surface of a text; raises ReadError."""
    found = guarded(text, part, lambda text: Surface(text, part, *parse(text, profile)))
    settle(found.content)
    return found


def parsed_text(text: str, profile: Profile = PAPER, parameters: frozenset[str] = frozenset(),
                sizes: frozenset[str] = frozenset()) -> Parsed:
    """The surface and the facts of a text that stands alone, in a notation; raises Fault."""
    surface = Surface(text, "", *parse(text, profile))
    parameter = parameter_of([surface.content], parameters)._replace(size=size_of([surface.content], sizes))
    exchange([surface.content], parameter)
    return Parsed(text, surface.content, surface.facts(parameter, profile, frozenset()))
