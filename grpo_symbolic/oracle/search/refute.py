"""Refutations: a finite model with small rational numbers in which a claim provably fails."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from time import monotonic
from typing import Any

import numpy as np
from flint import ctx

from ...language import Claim, Var
from ..meaning.question import Question, prepare
from ..meaning.sides import Sides, ask, solved
from ..model import exact
from ..model.clock import OutOfTime, until
from ..model.number_systems import Precise
from ..model.table_names import values
from ..model.tables import Model
from .judgement import judge
from .shrink import shrink
from .trials import trials

TOLERANCE = 1e-12


@dataclass(frozen=True)
class Counterexample:
    """A model in which a claim fails, in numbers that anyone can recompute.

    ``values`` maps printed names to fractions: tables in the order of their arguments, the last fastest; where a free
    variable stands; derivatives of what depends on θ, in coordinates of θ. Where actions are ``sequences``, these are
    they, each by its tokens; a law of tokens then has a row for every proper beginning, the shortest first. ``place``
    names the coordinate of a vector or the coefficient in Δθ that differs; ``difference`` holds bounds of lhs − rhs,
    twice itself where it is rational.
    """

    actions: int
    group: int
    values: dict[str, list[str]]
    lhs: str
    rhs: str
    difference: tuple[str, str]
    place: str = ""
    states: int = 1
    directions: int = 1
    sequences: tuple[str, ...] = ()

    def record(self) -> dict[str, Any]:
        """The counterexample as it stands in a verdict's JSON record."""
        sizes = {"states": self.states} if self.states > 1 else {}
        sequences = {"sequences": list(self.sequences)} if self.sequences else {}
        place = {"place": self.place} if self.place else {}
        return {"actions": self.actions, "group": self.group, **sizes, **sequences, "values": self.values, **place,
                "lhs": self.lhs, "rhs": self.rhs, "difference": list(self.difference)}


@dataclass(frozen=True)
class Search:
    """What a search found: ``models`` were tried, ``admissible`` of them satisfied conventions and assumptions.

    ``assuming`` says whether there were assumptions to satisfy.
    """

    counterexample: Counterexample | None
    models: int
    admissible: int
    assuming: bool = True

    @property
    def vacuous(self) -> bool:
        """Models were tried, and none satisfied the assumptions off every kink: the search says nothing."""
        return self.counterexample is None and self.admissible == 0 < self.models

    @property
    def reason(self) -> str:
        """One sentence."""
        if self.counterexample is not None:
            return "a finite model contradicts the statement"
        if self.vacuous and not self.assuming:
            return f"no model was found in which both sides are defined, among {self.models}"
        if self.vacuous:
            return f"none of {self.models} models satisfies the assumptions with both sides defined"
        return f"no counterexample among {self.admissible} models"


@dataclass(frozen=True)
class Contradiction:
    """Where a model contradicts a relation: the place in a vector, the values of the free variables, both sides."""

    place: str
    at: dict[Var, Any] = field(repr=False)
    lhs: exact.Exact
    rhs: exact.Exact


def refute(claim: Claim, budget: float = 2.0, order: int | None = None) -> Counterexample | None:
    """A proved counterexample, or None where ``attack`` finds none within ``budget`` seconds."""
    return attack(claim, budget, order=order).counterexample


def attack(claim: Claim, budget: float = 2.0, seed: int = 0, order: int | None = None) -> Search:
    """Look for a counterexample from two actions and one sample upwards, for ``budget`` seconds.

    Batches of rational models are sifted in floating point; one that seems to contradict the claim counts only when
    exact arithmetic proves it. ``order``, ≈ and Unevaluable are as for ``spot_check``.
    """
    question, rng, end = prepare(claim, order), np.random.default_rng(seed), monotonic() + budget
    found, failing = Search(None, 0, 0, bool(claim.assume)), None
    with suppress(OutOfTime), until(end):
        for model, always in trials(question, rng):
            admissible, failing = attempt(question, model, always)
            found = replace(found, models=found.models + model.sizes.batch, admissible=found.admissible + admissible)
            if failing is not None:
                break
    return found if failing is None else replace(found, counterexample=report(question, *failing, end))


Failing = tuple[Model, Contradiction]


def attempt(question: Question, model: Model, always: bool) -> tuple[int, Failing | None]:
    """How many models of a batch are admissible, and one that provably contradicts the claim; ``always`` tries one."""
    sifted = judge(question, model, TOLERANCE)
    sifted.disagrees[0] |= always  # a difference too small for floating point
    for member in np.flatnonzero(sifted.disagrees):
        precise = model.at(int(member), Precise())
        found = contradiction(question, precise)
        if found is not None:
            return int(sifted.counts.sum()), (precise, found)
    return int(sifted.counts.sum()), None


def contradiction(question: Question, model: Model) -> Contradiction | None:
    """The first place where a model provably contradicts the claim, at growing precision."""
    for bits in (exact.BITS, 4 * exact.BITS):
        with ctx.workprec(bits):
            unknown = False
            for sides in ask(question, model):
                for place, index, left, right in entries(sides):
                    sign = exact.sign(left - right)
                    unknown |= sign == exact.UNKNOWN
                    if contradicts(question.relation.op, sign):
                        return Contradiction(place, where(question, sides, model, index), left, right)
        if not unknown:
            return None
    return None


def entries(sides: Sides) -> Iterator[tuple[str, tuple[int, ...], Any, Any]]:
    """The pairs of numbers of which the claim speaks and that have a value."""
    valid = ~(sides.excluded | sides.undefined)
    for place, left, right in sides.pairs:
        for index in map(tuple, np.argwhere(valid)):
            yield place, index, left[index], right[index]


def contradicts(op: str, sign: int) -> bool:
    """Whether a proved sign of lhs − rhs contradicts a relation."""
    against = {"≤": (1,), "<": (0, 1), "≥": (-1,), ">": (-1, 0)}.get(op, (-1, 1))
    return sign in against


def where(question: Question, sides: Sides, model: Model, index: tuple[int, ...]) -> dict[Var, Any]:
    """The values of the free variables at a place of the arrays; actions and states count from 1."""
    slots = list(reversed(index[:-1]))
    result: dict[Var, Any] = {}
    for var in question.free:
        if var in sides.indices:
            result[var] = [sides.indices[var]]
        else:
            width = model.sizes.group if var.sort == "group" else 1
            result[var], slots = [int(k) + 1 for k in slots[:width]], slots[width:]
    return result


def report(question: Question, model: Model, found: Contradiction, end: float) -> Counterexample:
    """The counterexample in a model, shrunk to simple numbers while time is left."""
    def fails(other: Model) -> bool:
        nonlocal found
        again = contradiction(question, other)
        found = again or found
        return again is not None

    model = solved(question, shrink(model, fails, end))
    sizes = model.sizes
    return Counterexample(
        actions=sizes.actions, group=sizes.group, states=sizes.states, directions=sizes.directions,
        values=values(model, found.at), lhs=exact.text(found.lhs), rhs=exact.text(found.rhs),
        difference=exact.bounds(found.lhs - found.rhs), place=found.place,
        sequences=() if sizes.tree is None else sizes.tree.words)
