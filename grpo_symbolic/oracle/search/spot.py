"""Spot checks: a claim on random floating-point models. Evidence, never a verdict."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from math import inf
from time import thread_time

import numpy as np
from flint import arb, ctx

from ...language import Claim
from ..meaning.evaluator import Unevaluable
from ..meaning.question import Question, prepare
from ..meaning.sides import Sides, ask
from ..model.clock import OutOfTime, until
from ..model.number_systems import Floating, Precise
from ..model.tables import Model, Softmax, extended, largest_spread
from .judgement import Judgement, judge
from .processes import of_processes, search
from .sizes import integers_of, sizes_of

SECONDS_OF_PROCESSES = 1.0
BITS = 2400  # more than 1/π has where a policy is nearly deterministic
TINY = arb(2) ** -2000


@dataclass(frozen=True)
class SpotCheck:
    """How many models satisfied the assumptions off every kink, how many of them disagreed with the claim.

    ``largest`` is the largest difference relative to max(1, |lhs|, |rhs|); of an inequality the largest violation.
    """

    models: int
    disagreements: int
    largest: float


def spot_check(claim: Claim, models: int = 32, seed: int = 0, order: int | None = None, budget: float = inf,
               apart: bool = False) -> SpotCheck:
    """Evaluate both sides on random models of several sizes, one batch of them nearly deterministic.

    A disagreement is one that ball arithmetic proves; a model in which a side has no finite value there does not count.
    The sides are compared up to O(‖Δθ‖^order) where ``order`` is given or the
    claim has a remainder; a relation ≈ without one is compared as an equation. After ``budget`` seconds no more models
    are looked at. ``apart`` is as for a question. Raises Unevaluable for what no finite model gives a value.
    """
    if of_processes(claim):
        tried = search(claim, min(budget, SECONDS_OF_PROCESSES), seed + 2)
        return SpotCheck(tried.admissible, int(tried.counterexample is not None), 0.0)
    question, seen = replace(prepare(claim, order), apart=apart), SpotCheck(0, 0, 0.0)
    with suppress(OutOfTime), until(thread_time() + budget):
        for model in batches(question, models, np.random.default_rng(seed)):
            found = judged(question, model)
            wrong = int((found.disagrees & found.counts).sum())
            seen = SpotCheck(seen.models + int(found.counts.sum()), seen.disagreements + wrong,
                             max(seen.largest, float(found.largest[found.counts].max(initial=0))))
    return seen


def judged(question: Question, model: Model) -> Judgement:
    """What a batch says, without the disagreements that are rounding."""
    found = judge(question, model)
    for member in map(int, np.flatnonzero(found.disagrees & found.counts)):
        wrong = confirmed(question, model, member)
        found.disagrees[member], found.counts[member] = bool(wrong), wrong is not None
        found.largest[member] = found.largest[member] if wrong else 0
    return found


SHAPES = ((2, 2), (3, 3), (5, 2), (2, 5), (8, 2), (4, 3), (6, 2), (3, 4), (2, 6), (7, 2))
CELLS = 20000
MOST_CELLS = 200000


def batches(question: Question, models: int, rng: np.random.Generator) -> Iterator[Model]:
    """Models of three sizes, the last nearly deterministic in the widest floating point there is.

    Where actions are sequences, those of the first size all have the same length.
    """
    allowed = [shape for shape in SHAPES if question.cells(*shape, 2) <= CELLS] or [(2, 2)]
    if question.cells(*allowed[0], 2) > MOST_CELLS:
        raise Unevaluable("too many variables at once")
    chosen = [allowed[k] for k in rng.choice(len(allowed), 2, replace=len(allowed) < 2)] + [min(allowed[-1], (3, 2))]
    for k, (actions, group) in enumerate(chosen):
        batch = models // len(chosen) + (k < models % len(chosen))
        if batch == 0:
            continue
        sizes = sizes_of(question, min(actions, 3) if question.has_sequences else actions, group, 2, 2, batch,
                         equal_lengths=k == 0)
        nearly = k == len(chosen) - 1
        arithmetic = extended() if nearly else Floating()
        yield Softmax(sizes, arithmetic, rng, question.stands_at_old, question.signs,
                      integers_of(question, sizes), question.aliases,
                      spread=largest_spread(arithmetic) if nearly else 0.0)


def confirmed(question: Question, model: Model, member: int) -> bool | None:
    """Whether balls around the same numbers prove the disagreement; None where they have nothing to say."""
    with ctx.workprec(BITS):
        precise = model.at(member, Precise(balls=True))
        found = [contradicted(question.relation.op, gap) for sides in ask(question, precise) for gap in gaps(sides)]
    return None if all(wrong is None for wrong in found) else any(found)


def gaps(sides: Sides) -> Iterator[arb]:
    """The differences of the two sides that have a finite value."""
    valid = ~(sides.excluded | sides.undefined)
    for _, left, right in sides.pairs:
        yield from (gap for gap in (left - right)[valid] if gap.is_finite())


def contradicted(op: str, gap: arb) -> bool | None:
    """Whether a ball around lhs − rhs contradicts the relation; None where a strict one is left open.

    What a ball cannot part is equal; against a strict relation that counts only where the ball is tiny.
    """
    if op in ("<", ">"):
        gap = gap if op == "<" else -gap
        return False if gap < 0 else True if gap >= 0 or abs(gap) < TINY else None
    return bool((op != "≤" and gap < 0) or (op != "≥" and gap > 0))
