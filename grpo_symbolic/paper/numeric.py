"""The reference functions on the oracle's random models: the code that runs, against the definition.

The inputs are the oracle's values of what the vocabulary says the names stand for, the output is compared with the
oracle's value of the expression of the paper.
"""

from __future__ import annotations

from inspect import signature
from typing import Any

import numpy as np

from ..language import Claim, Expect, Node, Relation, StateLaw, Var, expand, unfold
from ..latex.names.meaning import plain
from ..latex.statement.reader import read_expression
from ..oracle.meaning.evaluator import Axis, Context, Evaluator, grid
from ..oracle.meaning.probabilities import law_of
from ..oracle.meaning.question import prepare
from ..oracle.meaning.sides import bindings, flat
from ..oracle.model.tables import Model
from ..oracle.search.spot import SpotCheck, batches
from .latexified import Reference, context
from .notation import pi_old

Array = Any
PROBABILITY = "probability"
TOLERANCE = 1e-9


def spot_check_reference(reference: Reference, models: int = 32, seed: int = 0) -> SpotCheck:
    """Run the code on random models of several sizes, and count those on which it is not the paper's expression."""
    known = tuple(map(plain, reference.known))
    target = unfold(expand(plain(reference.target), known))
    names = [name for name in signature(reference.function).parameters if name != PROBABILITY]
    weighted = PROBABILITY in signature(reference.function).parameters
    inputs = {name: unfold(expand(plain(meaning(name, reference, weighted)), known)) for name in names}
    question = prepare(Claim(Relation("=", target, target)))
    counted, disagreeing, largest = 0, 0, 0.0
    for model in batches(question, models, np.random.default_rng(seed)):
        values = Values(model, inputs, target, weighted)
        gap = values.largest_gap(reference)
        counted += len(gap)
        disagreeing += int((gap > TOLERANCE).sum())
        largest = max(largest, float(gap.max(initial=0)))
    return SpotCheck(counted, disagreeing, largest)


def meaning(name: str, reference: Reference, weighted: bool) -> Node:
    """What an input stands for; where the code averages over outcomes, as it is understood under that expectation."""
    latex = reference.vocabulary.words[name]
    if not weighted:
        return read_expression(latex, context())
    layout = reference.vocabulary.calls["average", "OUTCOMES", PROBABILITY]
    node = read_expression(layout.replace("#1", latex), context())
    while isinstance(node, Expect):
        _, node = node.scope.open()
    return node


class Values:
    """What the inputs and the target are on a model, as arrays: the group index or the action first, then the
    outcomes (groups and states, or states and actions, of which there is one axis), then the models of the batch."""

    def __init__(self, model: Model, inputs: dict[str, Node], target: Node, weighted: bool) -> None:
        self.model, self.inputs, self.target, self.weighted = model, inputs, target, weighted
        free = sorted(frozenset().union(target.free, *(node.free for node in inputs.values())), key=str)
        index = next((var for var in free if var.sort == "index"), None)
        action = next((var for var in free if var.sort == "action"), None)
        self.first = index or (None if weighted else action)
        rest = sorted((var for var in free if var.sort != "index"), key=lambda var: var == self.first)
        self.axes, _ = bindings(rest, model, 0)
        self.shape = (*(axis.size for axis in reversed(flat(self.axes))), model.sizes.batch)

    def rows(self, node: Node) -> list[Array]:
        """The values of a node, one array for each coordinate."""
        if self.first is None or self.first not in node.free or self.first.sort == "action":
            return self.at(node, {})
        members = [self.at(node, {self.first: place}) for place in range(1, self.model.sizes.group + 1)]
        return [np.stack(coordinate) for coordinate in zip(*members, strict=True)]

    def at(self, node: Node, indices: dict[Var, int]) -> list[Array]:
        """The values at one choice of the group index."""
        evaluator = Evaluator(self.model, {**self.axes, **indices})
        rows = evaluator.value(node, Context(depth=len(self.shape) - 1))
        return [self.laid_out(node, row[0].value) for row in rows]

    def laid_out(self, node: Node, value: Array) -> Array:
        """A value along the axes of the class; a closed term has the batch alone."""
        batch = self.shape[-1]
        if not node.free:
            return np.broadcast_to(value.reshape(-1, value.shape[-1])[0], (batch,))
        value = np.broadcast_to(value, self.shape)
        if self.first is not None and self.first.sort == "action":
            value = value.reshape(self.shape[0], -1, batch)
            return value if self.first in node.free else value[0]
        return value.reshape(-1, batch)

    def probability(self) -> Array:
        """The probability of every outcome: of its state, and of the actions drawn in it."""
        at = Evaluator(self.model, self.axes)
        ctx = Context(depth=len(self.shape) - 1)
        state = next(var for var in self.axes if var.sort == "state")
        drawn = [axis for var, axis in self.axes.items() if var is not state]
        chance = law_of(at, StateLaw(pi_old), grid(self.axes[state]), ctx)[0].value
        for axis in (part for found in drawn for part in ([found] if isinstance(found, Axis) else found)):
            chance = chance * law_of(at, pi_old | state, grid(axis), ctx)[0].value
        return np.broadcast_to(chance, self.shape).reshape(-1, self.shape[-1])

    def largest_gap(self, reference: Reference) -> Array:
        """For every model the largest relative difference between code and paper, infinite where there is no value."""
        with np.errstate(all="ignore"):
            given = {name: self.rows(node) for name, node in self.inputs.items()}
            weights = {PROBABILITY: self.probability()} if self.weighted else {}
            worst = np.zeros(self.model.sizes.batch)
            for place, wanted in enumerate(self.rows(self.target)):
                args = {name: rows[place if len(rows) > 1 else 0] for name, rows in given.items()}
                found = reference.function(**weights, **args)
                if np.shape(found) != wanted.shape:
                    return np.full_like(worst, np.inf)
                gap = np.abs(found - wanted) / np.maximum(1, np.maximum(np.abs(found), np.abs(wanted)))
                gap = np.where(np.isfinite(gap), gap, np.inf).astype(float)
                worst = np.maximum(worst, gap.reshape(-1, gap.shape[-1]).max(axis=0))
        return worst
