r"""Verdicts under standard readings: what a symbol that nothing defines may mean in the field, and what follows."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from time import thread_time
from typing import NamedTuple

from ..language import App, Claim, Definition, Expect, Frac, Head, LanguageError, Law, Log, Prob, Relation, StateLaw
from ..latex.statement.statement import NORMALISED, Link, Statement
from ..lore.process import read_processes, restatements
from ..lore.time_told import SURROGATES, may_fail, parts_of, relates_values, tells_time, weighed
from ..lore.unfolding import Reading, choices, entries_of, open_symbols, under
from ..proof.hypotheses import EXCLUDES
from .mending import is_turned
from .notices import PLACE, alone_in_range
from .verdict import Standard, Verdict

Judge = Callable[[Statement, float], Verdict]
OPEN = ("undecided", "refuted", "definition")
MOST_SAID = 3
TURNED = "with one sign or difference turned it is what the field means by the symbol"
VALUES = ("V^pi", "Q^pi", "A^pi", "J", "J at a state")
MOST_RESTATED = 6
DEFINED = 0.1  # of the time, in each way, for what a text says of its values: the rest is for the statement
VANISHES = EXCLUDES["Nonzero"]
OBJECTIVE = re.compile(r" = \\mathbb\{E\}\[[^|]*\]$")  # of an objective, not of a value at a state


@dataclass(frozen=True)
class Judged:
    """The verdict under one choice of standard readings."""

    readings: tuple[Reading, ...]
    verdict: Verdict

    @property
    def usual(self) -> bool:
        """Whether all of them are the usual ones."""
        return all(one.variant.usual for one in self.readings)

    @property
    def empty(self) -> bool:
        """Whether the statement has no value so, as a denominator vanishes in it where points coincide."""
        return self.verdict.status == "undecided" and VANISHES in self.verdict.reason

    def said(self) -> str:
        """The readings, as a condition."""
        return ", ".join(one.formula for one in self.readings) or "steps are those of a decision process"


class Way(NamedTuple):
    """A statement read in one way, under these readings, and whether what its text says of its values ``holds`` so."""

    read: Statement
    readings: tuple[Reading, ...]
    holds: bool = True

    def verdict(self, judge: Judge, budget: float) -> Verdict:
        """The verdict on it, which is proved only in a way in which the rest of its text holds."""
        found = judge(self.read, budget)
        if found.status != "proved" or self.holds:
            return found
        return Verdict("undecided", "it holds only where what the text says of its values does not", found.printed)


def by_standard(statement: Statement, plain: Verdict, judge: Judge, budget: float) -> Verdict:
    """The verdict on a statement once the symbols that nothing defines are read as the field reads them.

    ``plain`` is that without standard readings, and remains where there are none. A statement is proved under a named
    choice of usual readings, and refuted only under all choices that it has the roles for.
    """
    if plain.status not in OPEN or plain.disagrees or any(
            approximate(link) for link in statement.links) and not of_one_meaning(statement):
        return plain
    end = thread_time() + budget
    found = by_symbols(statement, plain, judge, budget / 2)
    if found.status == "refuted" and any(one.entry in VALUES for one in found.lore) and tells_time(statement):
        found = replace(plain, status="undecided", counterexample=None,
                        reason=f"it fails of one step, {found.lore[0].formula}, and steps in time are not all read")
    if found.status not in OPEN or found.status == "refuted" and found.lore:
        return found
    return by_process(statement, found, judge, end)


def by_process(statement: Statement, plain: Verdict, judge: Judge, end: float) -> Verdict:
    """The verdict on a statement as one of a decision process, until ``end``: each way to read it, the likeliest
    first, has half of what is left."""
    known, ways = read_ways(statement, judge, (end - thread_time()) * DEFINED)
    if not ways or plain.status == "definition" and any(says_what_is_paid(one.read, one.readings) for one in ways):
        return plain
    found = [Judged(one.readings, one.verdict(judge, (end - thread_time()) / 2)) for one in ways]
    best, *others = found
    if best.verdict.status != "proved" and others and others[0].verdict.status == "proved" and weighs_states(statement):
        others, best = [best], others[0]
    if plain.status == "definition" and not relates_values(statement) and best.verdict.status != "proved":
        return plain
    fails = all(one.verdict.status == "refuted" for one in found) and may_fail(statement) and (
        weighed(statement) or not tells_time(statement)
        and fails_undiscounted(statement, judge, (end - thread_time()) / 2)) and (
        fails_without_more(statement, known, judge, end - thread_time()))
    if best.verdict.status == "proved" or fails:
        return replace(best.verdict, id=plain.id, read_as=plain.read_as, declared=plain.declared,
                       lore=tuple(standard(one, others) for one in best.readings))
    said = "; ".join(f"if {one.said()}, it is {one.verdict.status}" for one in found)
    reason = f"it depends on what is not defined: {said}" if others or best.verdict.status == "refuted" else (
        best.verdict.reason)
    return plain if plain.status == "definition" else replace(plain, status="undecided", counterexample=None,
                                                              reason=reason)


def says_what_is_paid(statement: Statement, readings: Sequence[Reading]) -> bool:
    """Whether a statement says of an objective alone that it is the mean of what is paid along a path."""
    claims = statement.claims
    if len(statement.links) != 1 or len(claims) != 1 or [OBJECTIVE.search(one.formula) is None for one in readings] != [
            False]:
        return False
    mean = claims[0].rhs
    return isinstance(mean, Expect) and isinstance(mean.law, Law) and not any(
        isinstance(part, (Prob, Frac, Log)) for part in mean.walk())


def weighs_states(statement: Statement) -> bool:
    """Whether a statement has visited states as weights under a sum, which are usually not divided by their sum, and
    draws from them nowhere, nor says anything of them."""
    parts = parts_of(statement)
    assumed = [part for claim in statement.claims for one in claim.assume for part in one.walk()]
    if any(isinstance(part, StateLaw) for part in assumed) or any(NORMALISED in one.words for one in statement.told):
        return False
    drawn = any(isinstance(part, Expect) and isinstance(part.law, StateLaw) for part in parts)
    return not drawn and any(isinstance(part, Prob) and isinstance(part.law, StateLaw) for part in parts)


def fails_undiscounted(statement: Statement, judge: Judge, budget: float) -> bool:
    """Whether a statement that prints no discount also fails where nothing is discounted."""
    found = [judge(read, budget) for read, _ in read_processes(statement, discounts=False)]
    return bool(found) and all(one.status == "refuted" for one in found)


def fails_without_more(statement: Statement, known: Sequence[Definition], judge: Judge, budget: float) -> bool:
    """Whether a statement with an objective on the states that another policy visits also fails where that is only
    what is gained on them; others do."""
    if not any(isinstance(part, App) and SURROGATES.fullmatch(part.head.layout) for part in parts_of(statement)):
        return True
    return all(judge(read, budget).status == "refuted" for read, _ in read_processes(statement, known, bare=True))


def read_ways(statement: Statement, judge: Judge, budget: float) -> tuple[tuple[Definition, ...], list[Way]]:
    """The ways to read a statement as one of a process, and the definitions of values and objectives in its text that
    say in one of them what their symbols mean anyway; none of these where they say something else in all."""
    found = restatements(statement)
    if 0 < len(found) <= MOST_RESTATED:
        used = statement.environment.used_by
        said = tuple(Link("claim", Claim(Relation("=", one.lhs, one.rhs), used([one.rhs])), 1, 1) for one in found)
        ways = [Way(replace(read, links=read.links[len(said):]), readings,
                    judge(replace(read, links=read.links[:len(said)]), budget).status == "proved")
                for read, readings in read_processes(replace(statement, links=(*said, *statement.links)), found)]
        if any(one.holds for one in ways):
            return found, ways
    return (), [Way(read, readings) for read, readings in read_processes(statement)]


def by_symbols(statement: Statement, plain: Verdict, judge: Judge, budget: float) -> Verdict:
    """The verdict on a statement once each symbol that nothing defines is read by itself."""
    try:
        entries = entries_of(statement)
    except LanguageError:
        return plain  # definitions that are too long to be unfolded
    chosen = list(choices(entries))
    share = budget / max(len(chosen), 1)
    ways = list(filter(None, (under(statement, choice) for choice in chosen)))
    found = [Judged(readings, judge(read, share)) for read, readings in ways]
    if plain.status == "definition":
        told = [one for one in found if one.usual and one.verdict.status == "proved"]
        found = told or [replace(one, verdict=replace(one.verdict, reason=f"{one.verdict.reason}; {TURNED}"))
                         for one in found] * slips(ways, found, share)
    named = any(not entry.schematic for entry in entries)
    if not found and plain.status == "refuted" and named and not in_range(statement):
        name = next(iter(open_symbols(statement)))
        shown = PLACE.sub("·", name.layout if isinstance(name, Head) else str(name))
        return replace(plain, status="undecided", counterexample=None,
                       reason=f"{shown} is not defined: define it, to check what is said of it")
    if plain.status == "refuted" and not named and all(one.verdict.status == "refuted" or one.empty for one in found):
        return plain  # it fails with each of the usual advantages already
    return combined(found, plain) if found else plain


def slips(ways: Sequence[tuple[Statement, tuple[Reading, ...]]], found: Sequence[Judged], budget: float) -> bool:
    """Whether an equation for a symbol of a fixed meaning is what the field means by it, but for one sign that is
    turned: that is a slip, and no other meaning."""
    if not found or any(one.verdict.status != "refuted" for one in found):
        return False
    return any(is_turned(claim, budget) for claim in ways[0][0].claims)


def in_range(statement: Statement) -> bool:
    """Whether a statement speaks of one symbol alone, of which it assumes in which range it lies."""
    return any(alone_in_range(link.content) for link in statement.links if isinstance(link.content, Claim))


def of_one_meaning(statement: Statement) -> bool:
    """Whether all symbols of a statement that nothing defines have a fixed meaning, which is no sample of anything."""
    try:
        entries = entries_of(statement)
    except LanguageError:
        return False
    return bool(entries) and all(entry.fixed for entry in entries)


def approximate(link: Link) -> bool:
    """Whether a link claims an approximation, which a sample may be of what is defined."""
    return isinstance(link.content, Claim) and link.content.relation.op == "≈"


def combined(found: Sequence[Judged], plain: Verdict) -> Verdict:
    """What the verdicts under several choices come to."""
    best = next((one for one in found if one.usual and one.verdict.status == "proved"), None)
    alone = any(reading.alone or reading.entry.logged for one in found for reading in one.readings)
    if best is None and not alone and all(one.verdict.status == "refuted" for one in found):
        best = found[0]
    if best is None and alone:
        return plain
    usual = next((one for one in found if one.usual), None)
    statuses = {one.verdict.status for one in found}
    if best is None and usual is not None and statuses == {"undecided"}:
        best = usual
    if best is None:
        said = "; ".join(f"if {one.said()}, it is {one.verdict.status}" for one in found[:MOST_SAID])
        return replace(plain, status="undecided", counterexample=None,
                       reason=f"it depends on what is not defined: {said}")
    others = [one for one in found if one is not best]
    return replace(best.verdict, id=plain.id, read_as=plain.read_as, declared=plain.declared,
                   lore=tuple(standard(one, others) for one in best.readings))


def standard(reading: Reading, others: Sequence[Judged]) -> Standard:
    """A reading as a verdict names it, with the other variants and what is found under them."""
    beside: Mapping[int, str] = {other.number: one.verdict.status for one in others for other in one.readings
                                 if other.entry is reading.entry and other.number != reading.number}
    return Standard(reading.entry.id, reading.formula, reading.number, tuple(sorted(beside.items())))

