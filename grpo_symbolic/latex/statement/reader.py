"""Reading texts that belong together: a statement, the definitions, assumptions and declarations beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from typing import NamedTuple

from ...language import Node
from ..constructs.terms import TermBuilder
from ..kinds.anonymous import mention
from ..kinds.facts import Facts, Usage
from ..kinds.group_size import size_of
from ..kinds.named import is_loss
from ..kinds.open_laws import AGAINST_CUSTOM, fork, open_laws, subject, unnamed_fork, unnamed_laws
from ..kinds.parameter import exchange, parameter_of
from ..kinds.path_letter import path_of
from ..kinds.stepped import take_step, takes_a_step
from ..kinds.tables import table_in
from ..names.brace_names import AtBraces, without_labels
from ..names.contradictions import refuse_contradictions
from ..names.declaring import Declaration, Undeclarable, declarations, declared_in
from ..names.defining import (
    Circle,
    Failed,
    Name,
    Target,
    in_order,
    met,
    name_in,
    needs,
    refuse_circles,
    targets,
    targets_in,
    uses,
    uses_of,
)
from ..names.environment import Environment
from ..names.told_after import quantified_last, told_after
from ..notation.profiles import Profile, profile_named
from ..parsing.respell import meant
from ..parsing.settings import numbers_set
from ..parsing.surface import Content
from ..parsing.wrapping import unwrapped
from ..read_error import Blocked, Fault, ReadError, Unfinished, placed
from ..spelling.indexed import forget
from ..spelling.misplaced import refuse_defined_size, refuse_numbered_token, refuse_value_as_law
from ..spelling.stray import refuse_stray
from .defined import as_definition
from .numbered import refuse_numbered
from .parsed import Parsed, Surface, facts_in, guarded, parsed_text, surface_of
from .reading import Reading
from .so_far import NO_CHOICE
from .statement import Statement

LISTING = frozenset((",", ";", r"\\", "and"))


def read_statement(latex: str, where: Sequence[str] = (), assume: Sequence[str] = (),
                   environment: Environment | None = None, profile: str | Profile = "paper",
                   failed: Sequence[Failed] = (), let: Sequence[str] = (), choices: Mapping[str, int] = NO_CHOICE,
                   called: Sequence[str] = ()) -> Statement:
    r"""The statement that a text makes, under the definitions of ``where`` (in any order) and the relations of
    ``assume``.

    ``let`` declares the kinds of symbols, and a text of ``where`` may do so too. ``environment`` holds definitions made
    before, as in a document, ``failed`` those that could not be read. All texts are in the notation ``profile``; what
    is read has the paper's names. ``choices`` says which option to take where a text leaves something open, by the
    subject of a Fork, ``called`` how to call each text of ``where``, if it is of the sentences around the text: what
    these name is a value at the sample, if it depends on that. Raises ReadError for a text
    that cannot be read or that rests on a definition that cannot, and for a declaration that cannot be used,
    LanguageError for an unknown notation.

    >>> read_statement(r"\log \pi_\theta(a|s) \leq 0").kind
    'claim'
    """
    environment, profile = environment or Environment(), profile_named(profile)
    told, latex = told_after(quantified_last(numbers_set(unwrapped(latex))))
    where, assume, let = ([unwrapped(text) for text in texts] for texts in (where, assume, let))
    at_braces = without_labels(latex, profile, environment.named, [
        one for text in where for one in targets_in(text, profile)])
    latex = at_braces.text
    known_letters = environment.parameters
    beside = beside_a_text(where, let, profile, told, called)
    surfaces, unread, declared = beside.surfaces, beside.unread, beside.declared
    said = [surface_of(text, part, profile)
            for text, part in ((latex, ""), *((text, f"assume {number}") for number, text in enumerate(assume, 1)))]
    contents = [surface.content for surface in (*said, *surfaces)]
    guarded(latex, "", lambda _: refuse_stray(said[0].content))
    cells = guarded(latex, "", lambda _: table_in(contents))
    parameter = cells.parameter if cells else guarded(latex, "", lambda _: parameter_of(contents, known_letters))
    parameter = parameter._replace(size=size_of(contents, environment.sizes), path=path_of(contents))
    guarded(latex, "", lambda _: refuse_value_as_law(said[0].content, [surface.content for surface in surfaces]))
    alone = [[(part, targets(part), tuple(name for piece in part.pieces for name in uses_of(piece)))
              for part in parted(surface.content)] for surface in surfaces]
    sizes = {str(one.name) for found in alone for _, defines, _ in found for one in defines}
    for surface in said:
        guarded(surface.text, surface.part, lambda _, surface=surface: refuse_defined_size(surface.content, sizes))  # type: ignore[misc]
        guarded(surface.text, surface.part, lambda _, surface=surface: refuse_numbered_token(surface.content))  # type: ignore[misc]
    names = [uses(surface.content) for surface in said] if failed or unread or where else []
    defines = targets(said[0].content) if names else ()
    if not parameter.exchanged and takes_a_step([surface.content for surface in said]):
        parameter = parameter._replace(stepped=True)
        for surface in said:
            take_step(surface.content)
    exchange(contents, parameter)

    def facts_with(lawful: Set[str]) -> dict[str, Facts]:
        return {surface.part: facts_in(surface, parameter, profile, cells, lawful) for surface in (*said, *surfaces)}

    facts = facts_with(frozenset())
    if lawful := laws_chosen(said[0], surfaces, facts.values(), environment, declared, choices):
        facts = facts_with(lawful)
    entries = [Entry(Parsed(surface.text, content, mentioning("definition", facts[surface.part], surface.content)),
                     surface.part, defines, used)
               for surface, found in zip(surfaces, alone, strict=True) for content, defines, used in found]
    main, *given = (Parsed(surface.text, surface.content, facts[surface.part]) for surface in said)
    given = [replace(one, facts=mentioning("assumption", one.facts, one.content)) for one in given]
    usages: list[Usage] = [environment, *(entry.parsed.facts for entry in entries),
                           *(found.facts for found in (main, *given))]
    for entry in in_turn(entries):
        reading = Reading(entry.parsed, environment, usages, (), profile, declared, choices)
        reading.sampled = bool(called)
        known = [*failed, *(one for one, _ in unread)]
        try:
            environment = guarded(entry.parsed.text, entry.part, lambda _, reading=reading: reading.where())  # type: ignore[misc]
        except ReadError as error:
            if error.fork is not None:
                raise
            unread += lost(error, entry.part, entry.defines)
            continue
        if known and (found := met(entry.used, known)) is not None:
            failed = [*failed, *(found[1].resting(one.name) for one in entry.defines)]
    reading = Reading(main, environment, usages, assume, profile, declared, choices)
    reading.bounded = any(one.given for one in told)
    if not (failed or unread):
        statement = beside_braces(guarded(latex, "", lambda _: reading.statement()), at_braces)
        for content in contents:
            forget(content)
        refuse_numbered(statement)
        return statement
    blocked = [met(found, [*failed, *(one for one, _ in unread)]) for found in names]
    if unread and not any(blocked):
        raise unread[0][1]
    try:
        statement = beside_braces(guarded(latex, "", lambda _: reading.statement()), at_braces)
    except ReadError as error:
        if not (error.malformed and any(blocked)):
            raise
    else:
        renewed = any(met([one.name], failed) for one in defines)
        if not any(blocked) or not (unread and not called or renewed or statement.claims):
            refuse_numbered(statement)
            return statement
    name, cause = next(found for found in blocked if found is not None)
    raise placed(Blocked(cause.said(name), name.pos if blocked[0] is not None else 0), latex)


def beside_braces(statement: Statement, found: AtBraces) -> Statement:
    """A statement with the formulas at its braces. Raises ReadError where it defines by what they may say more of."""
    if not found.labels:
        return statement
    line = statement.latex.count("\n", 0, found.pos) + 1
    place = line, found.pos - statement.latex.rfind("\n", 0, found.pos)
    after = [one for one in statement.links if (one.line, one.column) > place]
    told = [one.content for one in (*after, *statement.links[-len(after) - 1:][:1]) if one.kind == "definition"]
    if found.telling and told:
        new, said = told[0].lhs.head.layout, "what stands at this brace says more than words: write it on its own"
        raise placed(Unfinished(as_definition(new, said), found.pos) if is_loss(new) and len(statement.links) == 1
                     else Fault(said, found.pos), statement.latex)
    return replace(statement, at_braces=found)


def laws_chosen(main: Surface, others: Sequence[Surface], facts: Iterable[Facts], environment: Environment,
                declared: Sequence[Declaration], choices: Mapping[str, int]) -> frozenset[str]:
    """The symbols that this reading takes for laws, where its texts leave that open. Raises ReadError for a fork.

    What a definition is made of may be any function.
    """
    evidence = frozenset().union(*(one.evidence for one in facts))
    if targets(main.content):
        return frozenset()
    found, unnamed = list(open_laws(evidence)), unnamed_laws(evidence)
    if not (found or unnamed):
        return frozenset()
    names = [one.name for surface in others for one in targets(surface.content)]
    names += map(name_in, environment.names)
    prints = [one for surface in (main, *others) for one in uses(surface.content)]
    told = {one.letter for one in declared}
    told |= {symbol for symbol in (*found, *unnamed) if defined(symbol, prints, names)}
    left_open = [symbol for symbol in found if symbol not in told]
    for symbol in left_open:
        if subject(symbol) not in choices:
            raise placed(fork(symbol, main.content), main.text)
    unnamed = [symbol for symbol in unnamed if symbol not in told]
    if unnamed and AGAINST_CUSTOM not in choices:
        raise placed(unnamed_fork(unnamed, main.content), main.text)
    return frozenset([symbol for symbol in left_open if choices[subject(symbol)]] +
                     (unnamed if choices.get(AGAINST_CUSTOM) else []))


def defined(symbol: str, prints: Sequence[Name], names: Sequence[Name]) -> bool:
    """Whether a symbol is defined wherever it is printed, with the scripts that it has there: w is not by w_θ."""
    found = [one for one in prints if one.name == symbol]
    return bool(found) and all(any(one.may_be(name) for name in names) for one in found)


class Beside(NamedTuple):
    """What stands beside a text: definitions, those that could not be read with their errors, and declarations."""

    surfaces: list[Surface]
    unread: list[tuple[Failed, ReadError]]
    declared: list[Declaration]


def beside_a_text(where: Sequence[str], let: Sequence[str], profile: Profile, told: Sequence[Declaration] = (),
                  called: Sequence[str] = ()) -> Beside:
    """The surfaces of definitions, which may declare, and the declarations, ``told`` among them. Raises ReadError."""
    found = Beside([], [], [*declarations(let), *told])
    for number, text in enumerate(where, 1):
        part = called[number - 1] if called else f"where {number}"
        try:
            more, text = declared_in(text, part)
        except Undeclarable as fault:
            raise ReadError(fault.reason, fault.line, fault.column, part) from None
        found.declared.extend(more)
        if more and not text.strip():
            continue
        try:
            found.surfaces.append(surface_of(text, part, profile))
        except ReadError as error:
            found.unread.extend(lost(error, part, targets_in(text, profile)))
    refuse_contradictions(found.declared)
    return found


def mentioning(kind: str, facts: Facts, content: Content) -> Facts:
    """The facts of a text beside the statement, whose symbols may be random."""
    return replace(facts, mentions=facts.mentions | {mention(kind, content)})


class Entry(NamedTuple):
    """A definition of a "where", the text that it is, or is a part of, and the names that it prints."""

    parsed: Parsed
    part: str
    defines: tuple[Target, ...]
    used: tuple[Name, ...]


def parted(content: Content) -> list[Content]:
    """The definitions of a text, each on its own if the text lists nothing else."""
    alone = all(piece.sides[0] is not None and piece.sides[-1] is not None for piece in content.pieces)
    if not alone or any(sign not in LISTING for sign, _ in content.seps):
        return [content]
    return [Content(piece) for piece in content.pieces]


def in_turn(entries: Sequence[Entry]) -> Iterator[Entry]:
    """Definitions, each after those that it uses. Raises ReadError where some use each other."""
    defined, used = [entry.defines for entry in entries], [entry.used for entry in entries]
    try:
        refuse_circles(needs(used, defined, sure=True), [[one.name for one in found] for found in defined])
    except Circle as fault:
        entry = entries[fault.place]
        raise placed(fault, entry.parsed.text, entry.part) from None
    for part in in_order(len(entries), needs(used, defined)):
        yield from (entries[place] for place in part)


def lost(error: ReadError, part: str, defined: Sequence[Target]) -> list[tuple[Failed, ReadError]]:
    """What an unread definition would define. Raises its error where the text is wrong, or names no symbol."""
    if error.malformed or not defined:
        raise error
    return [(Failed(one.name, part, error.reason), error) for one in defined]


def read_expression(latex: str, environment: Environment | None = None, profile: str | Profile = "paper") -> Node:
    """The expression that a text in a notation is; raises ReadError."""
    profile = profile_named(profile)

    def read(text: str) -> Node:
        known = environment or Environment()
        found = parsed_text(text, profile, known.parameters, known.sizes)
        node: Node = meant(TermBuilder(known, found.facts.beside([known]), text).inside(found.content, 0), profile)
        return node

    return guarded(latex, "", read)
