"""The ways in which a text may be read, where it leaves something open: each is a reading of its own."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import NamedTuple

from ...language import Definition, heads
from ..names.declaring import declarations, declared_in
from ..names.defining import Failed, met, targets_in, uses
from ..names.environment import Environment
from ..names.laws_beside import outcome_and_condition
from ..notation.profiles import Profile, profile_named
from ..notation.unsaid import Other, other_ways
from ..parsing.field_macros import spelled_out
from ..parsing.parser import parse
from ..parsing.wrapping import unwrapped
from ..read_error import Blocked, Fault, Fork, Malformed, ReadError
from ..spelling.components import Componentwise, in_components
from .customs import LETTER, RANGES, Written, at_home, read_by_custom, written_out
from .in_matrices import of_states
from .in_steps import Way, defines_a_quantity, ways_to_read
from .jointly import read_jointly
from .lengths import Lengths
from .parametrised import DEFINITION, refuse_parametrised
from .parsed import guarded
from .reader import read_statement
from .restating import refuse_restated
from .silence import NO_CLAIM, SOME, existential, silence
from .statement import Statement
from .steps import with_paths_of_policies
from .written_out import definition_of

MAX_READINGS = 16
GROUP = "G"  # how many members a group has where nothing says it


class Tried(NamedTuple):
    """One reading: what it takes the open things for, and what is read then."""

    choices: Mapping[str, int]
    said: tuple[str, ...]
    found: Statement | ReadError

    def with_option(self, fork: Fork, number: int, found: Statement | ReadError) -> Tried:
        """This reading, with one thing more decided."""
        return Tried({**self.choices, fork.subject: number}, (*self.said, fork.options[number]), found)


class Ambiguity(ReadError):
    """A text with several readings, all of them listed."""

    def __init__(self, error: ReadError, readings: Sequence[Tried]) -> None:
        super().__init__(error.reason, error.line, error.column, error.part, error.status, error.fork)
        self.plain, self.readings = error, tuple(readings)


def read_text(latex: str, where: Sequence[str] = (), assume: Sequence[str] = (),
              environment: Environment | None = None, profile: str | Profile = "paper",
              failed: Sequence[Failed] = (), let: Sequence[str] = (), called: Sequence[str] = ()) -> Statement:
    """The statement that a text makes, as ``read_statement`` has it. Raises Ambiguity where it may be read in several
    ways, at most ``MAX_READINGS``; what leaves more than that open is refused as any text that cannot be read.

    Macros that texts use by custom are expanded; the places are those of the texts as they are printed.
    """
    texts = Texts(latex, where, assume)
    try:
        found = read_expanded(texts.plain[""], *texts.beside, environment, profile, failed, let, called)
    except Ambiguity as error:
        readings = [one._replace(found=texts.at_home(one.found)) for one in error.readings]
        raise Ambiguity(texts.error(error.plain), readings) from None
    except ReadError as error:
        raise texts.error(error) from None
    return texts.statement(found)


class Texts:
    """A text and those beside it, by the names of their parts, their macros expanded."""

    def __init__(self, latex: str, where: Sequence[str], assume: Sequence[str]) -> None:
        self.printed = {"": latex, **{f"where {number}": text for number, text in enumerate(where, 1)},
                        **{f"assume {number}": text for number, text in enumerate(assume, 1)}}
        self.expanded = {part: found for part, text in self.printed.items()
                         if (found := guarded(text, part, spelled_out)) is not None}
        self.plain = {part: self.expanded[part].text if part in self.expanded else text
                      for part, text in self.printed.items()}

    @property
    def beside(self) -> tuple[list[str], list[str]]:
        """The definitions and the assumptions."""
        where, assume = ([text for part, text in self.plain.items() if part.startswith(kind)]
                         for kind in ("where", "assume"))
        return where, assume

    def place(self, line: int, column: int, part: str = "") -> tuple[int, int]:
        """A place in an expanded text as one of the printed text."""
        if part not in self.expanded:
            return line, column
        lines = self.plain[part].split("\n")
        pos = self.expanded[part].origin(sum(len(one) + 1 for one in lines[:line - 1]) + column - 1)
        before = self.printed[part][:pos]
        return before.count("\n") + 1, pos - before.rfind("\n")

    def error(self, error: ReadError) -> ReadError:
        """An error at the place in the printed text."""
        return error.at(*self.place(error.line, error.column, error.part))

    def statement(self, found: Statement) -> Statement:
        """What was read with the places in the printed text."""
        if "" not in self.expanded:
            return found
        links = tuple(replace(link, line=line, column=column) for link in found.links
                      for line, column in [self.place(link.line, link.column)])
        return replace(found, links=links, latex=self.printed[""], symbols=lambda: (
            one.at(*self.place(one.line, one.column)) for one in found.read_as))

    def at_home(self, found: Statement | ReadError) -> Statement | ReadError:
        """What one reading found, with the places in the printed text."""
        return self.statement(found) if isinstance(found, Statement) else self.error(found)


def defines_in_a_chain(statement: Statement) -> bool:
    """Whether the first link of several is a definition of a function by others: the rest may say what these are."""
    first = statement.links[0].content
    return len(statement.links) > 1 and isinstance(first, Definition) and any(True for _ in heads(first.rhs))


def read_expanded(latex: str, where: Sequence[str], assume: Sequence[str], environment: Environment | None,
                  profile: str | Profile, failed: Sequence[Failed], let: Sequence[str], called: Sequence[str]
                  ) -> Statement:
    """The statement that a text makes in which no macro is to be expanded; raises as ``read_text``."""
    def read(choices: Mapping[str, int]) -> Statement | ReadError:
        try:
            found = read_statement(latex, where, assume, environment, profile, failed, let, choices, called)
        except ReadError as error:
            return error
        return replace(found, customary=partial(customary, choices), otherwise=partial(as_joint, chosen=bool(choices)),
                       ways=partial(other_meanings, choices, found))

    def other_meanings(choices: Mapping[str, int], plain: Statement) -> Iterator[tuple[Other, Statement]]:
        known = [plain.links]
        for way in other_ways(" ".join((latex, *where, *assume))):
            other = read({**choices, **way.choices})
            if isinstance(other, Statement) and other.links not in known:
                known.append(other.links)
                yield way, other

    def beside() -> list[str]:
        known = [] if environment is None else [*environment.names]
        known += [str(one.name) for text in where for one in targets_in(text, profile_named(profile))]
        return [*known, *(str(one.name) for one in failed)]

    def by_custom(choices: Mapping[str, int]) -> Statement | ReadError | None:
        def written(latex: str, where: Sequence[str], paths: bool) -> Statement:
            known = with_paths_of_policies(environment) if paths and environment is not None else environment
            return read_statement(latex, where, assume, known, profile, failed, let, choices, called)

        try:
            return read_by_custom(latex, where, beside(), profile_named(profile), written, partial(
                outcome_and_condition, latex, where, environment or Environment(), profile_named(profile)),
                None if environment is None else environment.steps)
        except ReadError as error:
            return error

    def as_joint(chosen: bool = False) -> Iterator[Statement | None]:
        def written(latex: str, where: Sequence[str], assume: Sequence[str]) -> Statement:
            return read_expanded(latex, where, assume, environment, profile, failed, let, called)

        laws = [one.symbol for one in declarations(let) if one.kind == "law"]
        yield from read_jointly(latex, where, assume, [*beside(), *laws], profile_named(profile), written, chosen)

    def customary(choices: Mapping[str, int]) -> Statement | None:
        return found if isinstance(found := by_custom(choices), Statement) else None

    nothing_beside = not (failed or called or let or speaks_of(latex, environment))
    if nothing_beside and (matrices := of_states(latex, where, assume, environment or Environment())) is not None:
        return matrices
    first = read({})
    if isinstance(first, Statement):
        whole = customary({}) if defines_in_a_chain(first) else None
        return whole if whole is not None and whole.shown else first
    if first.fork is None and (vectors := in_components(latex, assume, [*where, *let])) is not None:
        names = [one for one, text in zip(called, where, strict=False) if text not in vectors.declared]
        others, rest = ([text for text in texts if text not in vectors.declared] for texts in (where, let))
        found = read_expanded(vectors.text.text, others, vectors.assume, environment, profile, failed, rest, names)
        return componentwise(latex, vectors, found)
    quantities = [one.text for one in failed if one.text]
    if first.fork is None and not (speaks_of(latex, environment) or called and None in map(definition_of, where)
                                   or blocked(latex, [one for one in failed if not one.text], profile)):
        where = [*where, *(text for text in quantities if text not in where)]
        if first.status in (Fault.status, Blocked.status) and (new := defines_a_quantity(latex, where)):
            raise ReadError(f"taken as the definition of {new}, which nothing defines before: it claims nothing",
                            status=DEFINITION)
        unread = first.status in (Fault.status, Blocked.status)
        ways = ways_by_step(latex, where, assume, profile, let) if unread else []
        if len(ways) == 1:
            return ways[0].found
        if ways:
            raise Ambiguity(first, [Tried({}, way.said, way.found) for way in ways])
    if first.fork is None:
        refuse_restated(latex)
        refuse_parametrised(latex)
        refused = first.status in (Fault.status, Malformed.status)
        said = silence(unwrapped(latex), profile_named(profile)) if refused else ""
        if first.status == Fault.status and not said and existential(latex):
            raise ReadError(SOME, status=Blocked.status)
        if said:
            raise ReadError(f"{said}: nothing is claimed", status=NO_CLAIM)
    tried = ways_of(first, read) if first.fork is not None else [Tried({}, (), first)]
    unread = first.status in (Fault.status, DEFINITION) and not any(isinstance(one.found, Statement) for one in tried)
    custom = by_custom({}) if unread else None
    if custom is None and (unread or first.status == Malformed.status):
        custom = next((one for one in as_joint() if one is not None and one.shown), None)
    if isinstance(custom, Statement):
        return replace(custom, otherwise=as_joint)
    if custom is not None and custom.fork is None:
        raise custom
    if custom is not None:
        raise Ambiguity(custom, ways_of(custom, by_custom))
    raise Ambiguity(first, tried) if first.fork is not None else first


def componentwise(latex: str, vectors: Componentwise, found: Statement) -> Statement:
    """What a text says of vectors that is read in their components, at its places, with what is declared of them."""
    declared = tuple((one, True) for text in vectors.declared for one in declared_in(text, "")[0])
    placed = at_home(latex, Written(vectors.text.text, (), True, (vectors.text,)), found)
    named = Lengths((f"Range({vectors.size}≥{vectors.most})",) if vectors.most > 1 else ())
    idle = (f"Range({GROUP}≥{vectors.most})",) if GROUP not in latex else ()
    links = tuple(replace(link, lengths=link.lengths.beside(named), idle=(*link.idle, *idle)) for link in placed.links)
    return replace(placed, declared=(*declared, *found.declared), links=links)


def blocked(latex: str, failed: Sequence[Failed], profile: str | Profile) -> bool:
    """Whether a text prints a symbol whose definition could not be read."""
    if not failed:
        return False
    try:
        return met(uses(parse(latex, profile_named(profile))[0]), failed) is not None
    except Fault:
        return True


# What r_{i,t} is called, and that a letter is not printed as r_t, which is another family.
NUMBERED_TWICE = re.compile(r"[^(]*_\{#1,#2")
NUMBERED_ONCE = r"(?!_(?:[A-Za-z0-9]|\{[^{},#]*\})(?!\s*[(^']))"
LAW_OF_PATHS = re.compile(r"P\(#1\|")  # what the law of paths, as p_\theta, is called once it is read


def speaks_of(latex: str, environment: Environment | None) -> bool:
    """Whether a text prints the letter of anything that is defined before; laws of paths have either case of theirs."""
    names = () if environment is None else environment.names
    printed = {(found[0], NUMBERED_ONCE if NUMBERED_TWICE.match(name) else "")
               for name in names if (found := LETTER.match(name))}
    printed |= {(name[0].lower(), "") for name in names if LAW_OF_PATHS.match(name)}
    return any(re.search(rf"(?<![A-Za-z\\]){re.escape(letter)}(?![A-Za-z]){other}", latex) for letter, other in printed)


def ways_by_step(latex: str, where: Sequence[str], assume: Sequence[str], profile: str | Profile, let: Sequence[str]
                 ) -> list[Way]:
    """The statement under each meaning that quantities of steps have by custom, its ranges written out if need be."""
    def ways(text: str) -> list[Way]:
        return ways_to_read(text, where, assume, partial(read_statement, assume=assume, profile=profile, let=let),
                            declarations(let))

    found = ways(latex)
    ranged = None if found else written_out(latex, profile=profile_named(profile), rules=RANGES)
    return found if ranged is None else [way._replace(found=at_home(latex, ranged, way.found))
                                         for way in ways(ranged.text)]


def ways_of(first: ReadError, read: Callable[[Mapping[str, int]], Statement | ReadError | None]) -> list[Tried]:
    """What a text says under each option of what it leaves open. Raises ``first`` where that is too much."""
    open_, done = [Tried({}, (), first)], list[Tried]()
    while open_:
        one = open_.pop()
        fork = one.found.fork if isinstance(one.found, ReadError) else None
        if fork is None:
            done.append(one)
            continue
        if len(open_) + len(done) + len(fork.options) > MAX_READINGS:
            raise first
        for number in reversed(range(len(fork.options))):
            found = read({**one.choices, fork.subject: number})
            open_.append(one.with_option(fork, number, found or closed(first)))
    return done


def closed(error: ReadError) -> ReadError:
    """An error of which nothing is tried."""
    return ReadError(error.reason, error.line, error.column, error.part, error.status)
