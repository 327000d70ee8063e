r"""A statement with the symbols of standard readings unfolded, as a definition beside it would."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice, product
from typing import Any

from sympy import Basic

from ..language import (
    App,
    Claim,
    Const,
    Definition,
    Gradient,
    Hessian,
    LanguageError,
    Length,
    Prefix,
    Relation,
    Scope,
    StateLaw,
    TokenOf,
    Var,
)
from ..latex.kinds.anonymous import LAWS
from ..latex.printing.printer import latex
from ..latex.read_error import ReadError
from ..latex.statement.statement import Link, Statement
from .matching import entry_for, slot
from .roles import Unfilled, filled
from .scene import SPOKEN, Scene, exchanged, letters_of, name_of, of_sort, sight_of
from .table import Entry, Variant

MOST_CHOICES = 8


@dataclass(frozen=True)
class Reading:
    """One symbol read as a variant of an entry says: the number of the variant, and the formula as it is printed."""

    entry: Entry
    number: int
    formula: str

    @property
    def variant(self) -> Variant:
        """The variant."""
        return self.entry.variants[self.number]


def undefined(claim: Claim) -> Mapping[Basic, Entry]:
    """The symbols of a claim that have a standard reading and that no definition beside it defines, by their names."""
    known = {definition.head for definition in claim.where}
    found: dict[Basic, Entry] = {}
    for part in claim.expanded().walk():
        if isinstance(part, (App, Const)) and name_of(part) not in known and (entry := entry_for(part)) is not None:
            found.setdefault(name_of(part), entry)
    return found


def refuse_motion(claim: Claim, entries: Mapping[Basic, Entry]) -> None:
    """Raises Unfilled where values of a policy are differentiated, of several policies or states, or beside rewards."""
    parts = list(claim.expanded().walk())
    named = {slot(entries[name_of(part)], part) for part in parts
             if isinstance(part, (App, Const)) and name_of(part) in entries and entries[name_of(part)].still}
    states = {param for part in parts if isinstance(part, App) for param in of_sort(part.params, "state")}
    many = any(len(of_sort(part.params, "state")) != 1 for part in parts if isinstance(part, App)
               and name_of(part) in entries)
    moving = any(isinstance(part, (Gradient, Hessian, StateLaw)) or isinstance(part, App)
                 and letters_of(part.head.layout) in SPOKEN for part in parts)
    if many or moving or len(named) > 1 or len(states) > 1:
        raise Unfilled


def refuse_steps(claim: Claim) -> None:
    """Raises Unfilled where a claim speaks of the steps of a sequence."""
    for part in claim.expanded().walk():
        stepwise = isinstance(part, (TokenOf, Prefix, Length)) or isinstance(part, Scope) and part.sort == "token"
        if stepwise or isinstance(part, Var) and (part.sort == "token" or "_" in part.name):
            raise Unfilled


def entries_of(statement: Statement) -> list[Entry]:
    """The standard readings of the symbols of a statement that nothing defines, each once."""
    found = list(open_symbols(statement).values())
    found += [entry for link in statement.links if (entry := fixed_entry(link.content)) is not None]
    return list(dict.fromkeys(found))


def open_symbols(statement: Statement) -> dict[Basic, Entry]:
    """The symbols in the claims of a statement that have a standard reading and no definition."""
    found: dict[Basic, Entry] = {}
    for link in statement.links:
        if isinstance(link.content, Claim):
            found |= undefined(link.content)
    return found


def fixed_entry(content: Any) -> Entry | None:
    """The standard reading of a symbol of a fixed meaning for which an equation stands, that would define any other."""
    if not isinstance(content, Definition) or content.hints.get("op") != "eq" or content.head is None:
        return None
    entry = entry_for(content.lhs)
    return entry if entry is not None and entry.fixed else None


def choices(entries: Sequence[Entry]) -> Iterator[dict[str, int]]:
    """The ways to choose a variant of each entry, the likeliest first."""
    numbers = product(*(range(len(one.variants)) for one in entries)) if entries else ()
    for each in islice(numbers, MOST_CHOICES):
        yield dict(zip((one.id for one in entries), each, strict=True))


def under(statement: Statement, choice: Mapping[str, int]) -> tuple[Statement, tuple[Reading, ...]] | None:
    """A statement under one choice of standard readings, and what was read so; None where a role is not filled."""
    readings: dict[str, Reading] = {}
    try:
        links = tuple(link_under(link, choice, readings) for link in statement.links)
    except (Unfilled, LanguageError, ReadError):
        return None
    return replace(statement, links=links), tuple(readings.values())


def link_under(link: Link, choice: Mapping[str, int], readings: dict[str, Reading]) -> Link:
    """A link under one choice of standard readings. Raises Unfilled."""
    content = link.content
    if fixed_entry(content) is not None:
        content = Claim(Relation("=", content.lhs, content.rhs))
    if not isinstance(content, Claim):
        return link
    found = unfolded(content, choice, readings)
    printed = [one.formula.partition(" = ")[0] for one in readings.values()]
    known = tuple(name for name in link.known if not any(one.startswith(name) for one in printed))
    return replace(link, kind="claim" if link.kind == "definition" else link.kind, content=found, known=known)


def unfolded(claim: Claim, choice: Mapping[str, int], readings: dict[str, Reading]) -> Claim:
    """A claim with its undefined symbols unfolded; what was read is noted. Raises Unfilled."""
    entries, sight = undefined(claim), sight_of(claim)
    if any(entry.still for entry in entries.values()):
        refuse_motion(claim, entries)
    if any(entry.one_step for entry in entries.values()):
        refuse_steps(claim)
    assumed: list[Relation] = []

    def rule(scene: Scene) -> Basic | None:
        entry = entries.get(name_of(scene.symbol))
        if entry is None:
            return None
        found, given = filled(entry, entry.variants[choice[entry.id]], scene, sight)
        if found.shape != scene.symbol.shape:
            raise Unfilled
        assumed.extend(given)
        readings.setdefault(entry.id, Reading(entry, choice[entry.id], f"{latex(scene.symbol)} = {latex(found)}"))
        return found

    if any(policy in LAWS for policy in sight.policies):
        raise Unfilled  # of a law that is not named nothing more is known
    relation = exchanged(claim.expanded(), rule)
    given = tuple(exchanged(one, rule) for one in claim.given())
    return replace(claim, relation=relation, where=(), assume=(*given, *dict.fromkeys(assumed)))
