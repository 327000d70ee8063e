"""A sieve for many claims of one context: what they share is evaluated once, and nearly all false ones fall through."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice, product
from math import inf
from typing import NamedTuple

import numpy as np

from ...language import Claim, LanguageError, Relation, expand, literal, unfold
from ..meaning.evaluator import Context, Evaluator, Unevaluable
from ..meaning.question import Question, check_remainders, prepare
from ..meaning.sides import assumed, bindings, both, flat, merge, solved
from ..model.clock import OutOfTime, until
from ..model.jets import Array
from ..model.tables import Model
from .judgement import TOLERANCE, violation
from .spot import batches
from .trials import trials

MODELS, BATCHES = 24, 2  # the last batch, of nearly deterministic policies, is left out: it tells less apart
MORE = 6  # of rational models, for what smooth ones hardly ever meet: bounds, and assumptions that are equations


@dataclass(frozen=True)
class Stand:
    """Models at one choice of the free indices: what evaluates there, and where the claim does not speak."""

    at: Evaluator
    context: Context
    shape: tuple[int, ...]
    silent: Array
    order: int

    def judged(self, relation: Relation) -> Tried:
        """What the models say of a relation."""
        undefined, kinks = len(self.at.undefined), len(self.at.kinks)
        with np.errstate(all="ignore"):
            pairs = both(self.at, relation, self.context, self.shape, self.order)
        masks = self.at.undefined[undefined:] + self.at.kinks[kinks:]
        speaks = ~(self.silent | merge(masks, self.shape))
        wrong = ((violation(relation.op, left, right, TOLERANCE)[1] & speaks).any() for _, left, right in pairs)
        values = (abs(side[speaks]).max(initial=0) for _, *sides in pairs for side in sides)
        return Tried(bool(speaks.any()), any(wrong), any(value > TOLERANCE for value in values))


class Tried(NamedTuple):
    """Whether both sides have values somewhere, whether these contradict the relation, and whether any is not zero."""

    speaks: bool
    wrong: bool
    nonzero: bool


class Sieve:
    """Random models of a claim, on which relations are tried in its place; evidence only, and nothing is decided.

    ``order`` is as for ``spot_check``. After ``end``, a ``thread_time()``, nothing holds any more, nor does what no
    finite model gives a value. Raises Unevaluable for remainders that cannot be compared.
    """

    def __init__(self, claim: Claim, order: int | None = None, end: float = inf, seed: int = 0) -> None:
        self.question, self.end = prepare(claim, order), end
        self.rest = drawn(self.question, np.random.default_rng(seed))
        self.stands: list[Stand] = []

    def holds(self, relation: Relation) -> bool:
        """Whether a relation over the same free variables, its definitions those of the claim, holds in all models in
        which it has a value, and has one in some; that two sides which are not written so are always 0 does not count.
        """
        question = self.question
        with suppress(LanguageError, OutOfTime, Unevaluable), until(self.end):
            stated = unfold(expand(relation, question.where))
            check_remainders(stated, [])
            return stated.free <= {*question.free} and self.passed(
                stated, any(literal(side) == 0 for side in (relation.lhs, relation.rhs)))
        return False

    def passed(self, stated: Relation, nonzero: bool) -> bool:
        """Whether no stand contradicts a relation over the core nodes, one speaks of it, and it is more than 0 = 0."""
        spoken = False
        for stand in self.every():
            found = stand.judged(stated)
            if found.wrong:
                return False
            spoken, nonzero = spoken or found.speaks, nonzero or found.nonzero
        return spoken and nonzero

    def every(self) -> Iterator[Stand]:
        """The stands, each built when it is first asked for."""
        yield from self.stands
        for stand in self.rest:
            self.stands.append(stand)
            yield stand


def drawn(question: Question, rng: np.random.Generator) -> Iterator[Stand]:
    """The stands of which a claim speaks; rational models where smooth ones do not tell much."""
    smooth = (stand for model in islice(batches(question, MODELS, rng), BATCHES) for stand in stands(question, model))
    found = [stand for stand in smooth if not stand.silent.all()]
    yield from found
    if not found or question.relation.op not in ("=", "≈"):
        for trial in islice(trials(question, rng), MORE):
            yield from (stand for stand in stands(question, trial.model) if not stand.silent.all())


def stands(question: Question, model: Model) -> Iterator[Stand]:
    """The stands of a batch of models, one for each choice of the free indices and tokens."""
    with np.errstate(all="ignore"):
        model = solved(question, model)
    axes, indices = bindings(question.free, model, 0)
    order = 0 if question.order is None else max(question.order - 1, 1)
    shape = (*(axis.size for axis in reversed(flat(axes))), model.sizes.batch)
    for choice in product(*(range(1, count + 1) for count in indices.values())):
        at = Evaluator(model, {**axes, **dict(zip(indices, choice, strict=True))}, apart=question.apart)
        context = Context(depth=len(shape) - 1, order=order)
        with np.errstate(all="ignore"):
            silent = ~assumed(question, at, shape)
        yield Stand(at, context, shape, silent, order if question.order is None else question.order - 1)
