r"""A statement with the symbols of standard readings unfolded, as a definition beside it would."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from itertools import product
from math import prod
from types import MappingProxyType
from typing import Any, NamedTuple

from sympy import Basic

from ..language import App, Claim, Const, Definition, LanguageError, Log, Relation
from ..latex.printing.printer import latex
from ..latex.read_error import ReadError
from ..latex.statement.statement import Link, Statement
from .matching import LETTER, entry_for, kin, layout_of, shape_of, slot
from .plain import refuse
from .roles import Unfilled, filled, number_of
from .scene import SPOKEN, Scene, Sight, Symbol, exchanged, letters_of, name_of, sight_of
from .table import Entry, Variant
from .told import EQUATED, agrees, by_kin

MOST_CHOICES = 8


@dataclass(frozen=True)
class Reading:
    """One symbol read as a variant of an entry says: the number of the variant, the formula as it is printed, the cast.

    ``alone`` says that it is a formula of any number.
    """

    entry: Entry
    number: int
    formula: str
    cast: frozenset[tuple[Basic, Basic]] = frozenset()
    alone: bool = False

    @property
    def variant(self) -> Variant:
        """The variant."""
        return self.entry.variants[self.number]


class Taken(NamedTuple):
    """The kin of symbols of which definitions and declarations beside a claim, and words, say what they are; the
    definitions of ``rewards`` among these."""

    defined: frozenset[str] = frozenset()
    declared: Set[str] = frozenset()
    told: Mapping[str, Set[str]] = MappingProxyType({})
    rewards: tuple[Definition, ...] = ()

    def says(self, symbol: Symbol, entry: Entry) -> bool:
        """Whether definitions or words say of a symbol what it is, and this is not what its entry says."""
        own, named = kin(layout_of(symbol)), kin(slot(entry, symbol))
        told = self.told.get(own, frozenset())
        return not self.defined.isdisjoint({own, *entry.rests_on, named} - {""}) or not agrees(entry, told)

    def holds(self, symbol: Symbol, entry: Entry) -> bool:
        """Whether they leave a symbol of a claim no reading. What is said of members leaves a bare ratio any number."""
        bare = not (isinstance(symbol, App) and symbol.params)
        return kin(layout_of(symbol)) in self.declared or self.says(symbol, entry) and not (entry.beside_clips and bare)


def undefined(claim: Claim, taken: Taken) -> dict[Basic, Entry]:
    """The symbols of a claim that have a standard reading, by their names.

    Not those of which a definition beside it, or a text (``taken``), says what they are, however they print them.
    """
    taken = beside(claim, taken)
    parts = [part for one in (claim.expanded(), *claim.given()) for part in one.walk()]
    members = {letters_of(part.head.layout) for part in parts if isinstance(part, App) and number_of(part) is not None}
    found: dict[Basic, Entry] = {}
    for part in parts:
        entry = entry_for(part) if isinstance(part, (App, Const)) else None
        if entry is None or taken.holds(part, entry) or part.shape != shape_of(entry):
            continue
        if entry.logged and not any(isinstance(one, Log) and part in one.walk() for one in parts):
            continue
        if slot(entry, part) in members or f"{{{LETTER}}}" not in entry.printed[0]:
            found.setdefault(name_of(part), entry)
    return found


def beside(claim: Claim, taken: Taken) -> Taken:
    """What is taken beside a claim, with the definitions that it has itself."""
    heads = (definition.head for definition in claim.where)
    return taken._replace(defined=taken.defined | {kin(head.layout) for head in heads if head is not None})


def taken_by(statement: Statement) -> Taken:
    """The symbols of which definitions and declarations beside a statement say what they are."""
    own = {layout_of(link.content.lhs) for link in statement.links if fixed_entry(link.content) is not None}
    fixed = set(map(kin, own))  # what is equated with such a symbol is a claim
    return Taken(frozenset(map(kin, set(statement.environment.names) - own)),
                 frozenset(kin(one.symbol) for one, _ in statement.declared),
                 {name: said - ({EQUATED} if name in fixed else set())
                  for name, said in by_kin(statement.told).items()},
                 tuple(one.definition for one in statement.environment.names.values() if pays(one.definition.lhs)))


def pays(symbol: Basic) -> bool:
    """Whether a symbol is a reward by its letter."""
    return isinstance(symbol, App) and letters_of(symbol.head.layout) in SPOKEN


def seen(claim: Claim, taken: Taken) -> tuple[Claim, Sight]:
    """A claim and all that it shows, with the rewards that its text defines where it prints none."""
    sight = sight_of(claim)
    if not taken.rewards or any(map(pays, sight.heads())):
        return claim, sight
    sight.scenes.extend(Scene(one.lhs, ()) for one in taken.rewards if isinstance(one.lhs, App))
    return replace(claim, where=(*claim.where, *(one for one in taken.rewards if one not in claim.where))), sight


def entries_of(statement: Statement) -> list[Entry]:
    """The standard readings of the symbols of a statement that nothing defines, each once."""
    return list(dict.fromkeys(open_symbols(statement).values()))


def open_symbols(statement: Statement) -> dict[Basic, Entry]:
    """The symbols in the claims of a statement that have a standard reading and no definition."""
    found: dict[Basic, Entry] = {}
    for link in statement.links:
        if isinstance(content := claimed(link.content), Claim):
            found |= undefined(content, taken_by(statement))
    return found


def claimed(content: Any) -> Any:
    """What a link says, of a symbol of a fixed meaning that it seems to define a claim."""
    return content if fixed_entry(content) is None else Claim(Relation("=", content.lhs, content.rhs))


def fixed_entry(content: Any) -> Entry | None:
    """The standard reading of a symbol of a fixed meaning for which an equation stands, that would define any other."""
    if not isinstance(content, Definition) or content.hints.get("op") != "eq" or content.head is None:
        return None
    entry = entry_for(content.lhs)
    return entry if entry is not None and entry.fixed else None


def choices(entries: Sequence[Entry]) -> Iterator[dict[str, int]]:
    """The ways to choose a variant of each entry, the likeliest first; none where there are more than MOST_CHOICES."""
    if not entries or prod(len(one.variants) for one in entries) > MOST_CHOICES:
        return
    for each in product(*(range(len(one.variants)) for one in entries)):
        yield dict(zip((one.id for one in entries), each, strict=True))


def under(statement: Statement, choice: Mapping[str, int]) -> tuple[Statement, tuple[Reading, ...]] | None:
    """A statement under one choice of standard readings, and what was read so; None where a role is not filled."""
    readings: dict[str, Reading] = {}
    try:
        taken = taken_by(statement)
        links = tuple(link_under(link, choice, readings, taken) for link in statement.links)
    except (Unfilled, LanguageError, ReadError):
        return None
    return replace(statement, links=links), tuple(readings.values())


def link_under(link: Link, choice: Mapping[str, int], readings: dict[str, Reading], taken: Taken) -> Link:
    """A link under one choice of standard readings. Raises Unfilled."""
    content = claimed(link.content)
    if not isinstance(content, Claim):
        return link
    found = unfolded(content, choice, readings, taken)
    printed = [one.formula.partition(" = ")[0] for one in readings.values()]
    known = tuple(name for name in link.known if not any(one.startswith(name) for one in printed))
    return replace(link, kind="claim" if link.kind == "definition" else link.kind, content=found, known=known)


def unfolded(claim: Claim, choice: Mapping[str, int], readings: dict[str, Reading], taken: Taken) -> Claim:
    """A claim with its undefined symbols unfolded; what was read is noted. Raises Unfilled."""
    entries = undefined(claim, taken)
    refuse(claim, entries)
    claim, sight = seen(claim, taken)
    taken = beside(claim, taken)
    assumed: list[Relation] = []

    def rule(scene: Scene) -> Basic | None:
        entry = entries.get(name_of(scene.symbol))
        if entry is None:
            return None
        found = filled(entry, entry.variants[choice[entry.id]], scene, sight, taken.says(scene.symbol, entry))
        reading = Reading(entry, choice[entry.id], f"{latex(scene.symbol)} = {latex(found.body)}", found.cast,
                          bool(found.assumed) and not entry.beside_clips)
        if found.body.shape != scene.symbol.shape or readings.setdefault(entry.id, reading).cast != found.cast:
            raise Unfilled  # a symbol means one thing in a statement
        assumed.extend(found.assumed)
        return found.body

    relation = exchanged(claim.expanded(), rule)
    given = tuple(exchanged(one, rule) for one in claim.given())
    return replace(claim, relation=relation, assume=(*given, *dict.fromkeys(assumed)))
