"""The second opinion on a proof: the models that stand at boundaries, under the hypotheses that the proof lists."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from itertools import count
from time import thread_time

import numpy as np
from sympy import Basic

from ...language import (
    ALL,
    Claim,
    Const,
    Frac,
    Indicator,
    Length,
    Max,
    Min,
    Num,
    Policy,
    Power,
    Prob,
    Product,
    Relation,
    Root,
    Sample,
    Sum,
    Times,
)
from ..meaning.evaluator import Unevaluable
from ..meaning.question import Question, prepare
from ..model.clock import OutOfTime, until
from ..model.number_systems import Floating
from ..model.tables import Model, Rational, Sizes
from .counterexample import report
from .processes import of_processes, search
from .refute import Search, attempt
from .sizes import integers_of, sizes_of
from .trials import BATCH, CELLS, FEW_CELLS, HEIGHTS, MOST_CELLS, beyond

HANDFUL, THOROUGH = 2, 8
MOST_SUSPECTS = 4
COMPARISONS = {Indicator, Max, Min, Root}
SHAPES = ((2, 2, 1, 1), (1, 1, 1, 1), (2, 1, 2, 1), (2, 3, 1, 1), (3, 1, 1, 1), (2, 1, 1, 2), (1, 2, 1, 1))


@dataclass(frozen=True)
class Granted:
    """What a proof takes for granted: ``ranges`` of constants; that ranges of sums have a size (``sizes``), that no
    derivative stands on a kink (``kinks``), that the laws named ``positive`` vanish nowhere.

    What divides, and what a root or a logarithm is taken of, needs no word: elsewhere the claim has no value.
    """

    ranges: tuple[Relation, ...] = ()
    sizes: bool = False
    kinks: bool = False
    positive: frozenset[str] = field(default_factory=frozenset)


def challenge(claim: Claim, granted: Granted, budget: float, seed: int = 0, order: int | None = None) -> Search:
    """Look for a model that contradicts a claim although all that a proof of it takes for granted holds there.

    A handful of batches for a claim without comparisons, denominators that may vanish and ranges that may be empty,
    more for others, and more where no model was admissible yet, all within ``budget`` seconds. ``order`` and
    Unevaluable are as for ``attack``.
    """
    if of_processes(claim):
        return Search(*search(claim, budget, seed + 1), bool(claim.assume))
    end, rng = thread_time() + budget, np.random.default_rng(seed)
    # a new claim would unfold its definitions again
    assumed = replace(claim, assume=(*claim.assume, *granted.ranges)) if granted.ranges else claim
    question = replace(prepare(assumed, order), sizes=granted.sizes, apart=granted.kinks)
    labels = frozenset(part.name for part in question.relation.walk() if isinstance(part, Policy))
    vanishing = frozenset() if question.differentiates or question.order else labels - granted.positive
    hazard = hazardous(question)
    found, failing = Search(None, 0, 0, bool(claim.assume)), None
    with suppress(OutOfTime), until(end):
        for number, (asked, sizes) in enumerate(faces(question, kinks=granted.kinks)):
            if number >= (THOROUGH if hazard else HANDFUL) and found.admissible:
                break
            model = drawn(asked, sizes, rng, number, vanishing)
            always = hazard and number == 0 and asked.cells(sizes.actions, sizes.group, sizes.states) <= FEW_CELLS
            admissible, failing = attempt(asked, model, always, MOST_SUSPECTS)
            found = replace(found, models=found.models + sizes.batch, admissible=found.admissible + admissible)
            if failing is not None:
                break
    return found if failing is None else replace(found, counterexample=report(asked, *failing, end))


def drawn(question: Question, sizes: Sizes, rng: np.random.Generator, number: int, vanishing: frozenset[str]) -> Model:
    """A batch of models at boundaries."""
    return Rational(sizes, Floating(), rng, question.stands_at_old, question.signs if number % 4 < 3 else {},
                    integers_of(question, sizes, number), question.aliases, vanishing=vanishing, edges=True,
                    height=HEIGHTS[number % len(HEIGHTS)], landmarks=question.landmarks if number % 3 == 1 else ())


def faces(question: Question, kinks: bool) -> Iterator[tuple[Question, Sizes]]:
    """The question with sizes of models, again and again; on both sides of each kink too, unless ``kinks`` are
    excluded.

    Raises Unevaluable where even the smallest model is too large.
    """
    if question.cells(2, 1, 1) > MOST_CELLS:
        raise Unevaluable("too many variables at once")
    shapes = [shape for shape in SHAPES if question.cells(*shape[:3]) <= CELLS and
              not (question.has_sequences and shape[0] == 1)] or [(2, 1, 1, 1)]
    sizes = [sizes_of(question, *shape, batch_of(question, shape)) for shape in shapes]
    few = 1 if question.has_sequences else 2  # a single token comes second, where there are tokens
    sizes = list(dict.fromkeys([*sizes[:few], *beyond(question), *sizes[few:]]))
    sided = not kinks and (question.differentiates or question.order is not None) and compares(question)
    for _ in count():
        for one in sizes:
            yield question, one
            if sided and one.directions == 1:
                yield from ((replace(question, side=side), one) for side in (1, -1))


def batch_of(question: Question, shape: tuple[int, int, int, int]) -> int:
    """How many models of a shape are looked at together."""
    return BATCH if question.cells(*shape[:3]) > FEW_CELLS else 2 * BATCH


def compares(question: Question) -> bool:
    """Whether the sides have kinks or jumps."""
    return not question.uses.isdisjoint(COMPARISONS)


def hazardous(question: Question) -> bool:
    """Whether a claim compares, divides by what may vanish, or has a range that may be too short."""
    if question.relation.op not in ("=", "≈") or question.assumptions or compares(question):
        return True
    return any(map(may_fail, question.relation.walk()))


def may_fail(part: Basic) -> bool:
    """Whether a term divides by what may vanish, or speaks of a member or a range that there may not be."""
    if isinstance(part, (Sum, Product)):
        return not (part.args[0] == ALL or isinstance(part.args[0], (Const, Length)))
    if isinstance(part, Power):
        return not isinstance(part.args[1], Num) or part.args[1].value.q != 1 or part.args[1].value < 0
    if isinstance(part, Sample):
        return isinstance(part.args[1], Num)
    return isinstance(part, Frac) and not surely_positive(part.args[1])


def surely_positive(term: Basic) -> bool:
    """Whether no model makes a denominator zero: a literal, a probability, a length, a positive constant, products."""
    if isinstance(term, Times):
        return all(map(surely_positive, term.args))
    if isinstance(term, Const):
        return bool(term.sign == "positive")
    return isinstance(term, (Length, Prob)) or isinstance(term, Num) and term.value != 0
