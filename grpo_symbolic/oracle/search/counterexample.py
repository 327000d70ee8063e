"""Counterexamples: the numbers of a model in which a claim fails, for everything that the claim names."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import product
from math import prod
from time import thread_time
from typing import Any

import numpy as np

from ...language import App, Argument, Definition, Node, Var, expand, heads, unfold
from ..meaning.algebra import sort_of_argument
from ..meaning.evaluator import Context, Evaluator, Unevaluable
from ..meaning.question import Question
from ..meaning.sides import bindings, flat, merge, solved
from ..meaning.sides import place as place_in
from ..model import exact
from ..model.clock import OutOfTime, until
from ..model.table_names import lettered, places, values
from ..model.tables import Model
from .contradiction import Contradiction, contradiction
from .shrink import shrink

SECONDS = 0.3
MOST_CELLS = 256
UNDEFINED = "undefined"
BESIDE = {0: "", 1: r"\Delta\theta_1 \downarrow 0 ", -1: r"\Delta\theta_1 \uparrow 0 "}


@dataclass(frozen=True)
class Counterexample:
    """A model in which a claim fails, in numbers that anyone can recompute.

    ``values`` maps printed names to fractions: tables in the order of their arguments, the last fastest; derivatives of
    what depends on θ, in coordinates of θ; what is defined, as it comes out. ``at`` says where each free variable
    stands: at an action, or at a member by its number. Where actions are ``sequences``, these are they, each by its
    tokens; a law of tokens then has a row for every proper beginning, the shortest first. ``place`` names the
    coordinate of a vector or the coefficient in Δθ that differs, and on which side of a kink; ``difference`` holds
    bounds of lhs − rhs, twice itself where it is rational.
    """

    actions: int
    group: int
    values: dict[str, list[str]]
    lhs: str
    rhs: str
    difference: tuple[str, str]
    at: dict[str, str] = field(default_factory=dict)
    place: str = ""
    states: int = 1
    directions: int = 1
    sequences: tuple[str, ...] = ()

    def record(self) -> dict[str, Any]:
        """The counterexample as it stands in a verdict's JSON record."""
        sizes = {"states": self.states} if self.states > 1 else {}
        sequences = {"sequences": list(self.sequences)} if self.sequences else {}
        place = {"place": self.place} if self.place else {}
        return {"actions": self.actions, "group": self.group, **sizes, **sequences, "at": self.at,
                "values": self.values, **place, "lhs": self.lhs, "rhs": self.rhs, "difference": list(self.difference)}


def report(question: Question, model: Model, found: Contradiction, end: float) -> Counterexample:
    """The counterexample in a model, shrunk to simple numbers while time is left."""
    def fails(other: Model) -> bool:
        nonlocal found
        again = contradiction(question, other)
        found = again or found
        return again is not None

    model = solved(question, shrink(model, fails, end))
    sizes = model.sizes
    defined_values = defined(question, model, found.at)  # which may ask for tables that the claim did not
    return Counterexample(
        actions=sizes.actions, group=sizes.group, states=sizes.states, directions=sizes.directions,
        values={**values(model), **counts(question, model), **defined_values},
        at=places(model, found.at), lhs=exact.text(found.lhs), rhs=exact.text(found.rhs),
        difference=exact.bounds(found.lhs - found.rhs), place=BESIDE[question.side] + found.place,
        sequences=() if sizes.tree is None else sizes.tree.words)


def counts(question: Question, model: Model) -> dict[str, list[str]]:
    """The constants that count, among them the size of the group where the claim names it."""
    return {name: [str(model.integers[name])] for name in question.integers}


def defined(question: Question, model: Model, at: dict[Var, Any]) -> dict[str, list[str]]:
    """What the functions that a claim uses and something defines come to.

    Arguments that are not printed are those of the claim.
    """
    found: dict[str, list[str]] = {}
    with suppress(OutOfTime), until(thread_time() + SECONDS), np.errstate(all="ignore"):
        for definition in used(question):
            with suppress(Unevaluable):
                found.update(worked_out(definition.lhs, unfold(expand(definition.rhs, question.where)), model, at))
    return found


def used(question: Question) -> Iterator[Definition]:
    """The definitions that a claim or its assumptions use, or one of these in its turn."""
    wanted = {head for term in question.stated for head in heads(term)}
    for definition in reversed(question.where):
        if definition.head in wanted:
            wanted |= set(heads(definition.rhs))
            yield definition


def worked_out(left: App, right: Node, model: Model, at: dict[Var, Any]) -> Iterator[tuple[str, list[str]]]:
    """The values of a function, coordinate by coordinate, under its printed name; the last argument fastest."""
    if any(isinstance(param, Argument) for param in left.params):
        return  # of the numbers for which it stands there is no list
    ambient: dict[Any, Any] = {**{var.sort: place for var, place in at.items()}, **at}
    places = [cells(var, model) for var in left.params]
    for k, var in enumerate(left.params):
        here = ambient.get(var, ambient.get(var.sort))
        if f"#{k + 1}" not in left.head.layout and here is not None:
            places[k] = [tuple(here)]
    if prod(map(len, places)) > MOST_CELLS:
        return
    axes, indices = bindings(list(left.params), model, 0)
    name = lettered(left.head.layout, tuple(map(sort_of_argument, left.params)))
    columns: dict[str, list[str]] = {}
    for chosen in product(*places):
        at_cell = dict(zip(left.params, chosen, strict=True))
        evaluator = Evaluator(model, {**axes, **{var: at_cell[var][0] for var in indices}})
        rows = evaluator.value(right, Context(depth=len(flat(axes))))
        index = tuple(k - 1 for var in axes for k in at_cell[var])[::-1]
        missing = merge([*evaluator.undefined, *evaluator.kinks], tuple(axis.size for axis in flat(axes))[::-1] + (1,))
        for i, row in enumerate(rows):
            for j, entry in enumerate(row):
                value = np.broadcast_to(entry.value, missing.shape)[(*index, 0)]
                where = place_in(i, j, len(rows), len(row), ())
                columns.setdefault(name + where, []).append(UNDEFINED if missing[(*index, 0)] else exact.text(value))
    yield from columns.items()


def cells(var: Var, model: Model) -> list[tuple[int, ...]]:
    """Every value of a variable, counted from 1; of a group one number a member."""
    sizes = model.sizes
    if var.sort == "group":
        return list(product(range(1, sizes.actions + 1), repeat=sizes.group))
    tokens = 1 if sizes.tree is None else sizes.tree.depth
    count = {"action": sizes.actions, "state": sizes.states, "index": sizes.group}.get(var.sort, tokens)
    return [(k,) for k in range(1, count + 1)]
