"""The rational models on which a question is tried, the smallest first, again and again with other numbers."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count, product
from typing import NamedTuple

import numpy as np

from ..meaning.evaluator import Unevaluable
from ..meaning.question import Question
from ..model.number_systems import Floating
from ..model.tables import Model, Rational, Sizes
from .sizes import integers_of, sizes_of

BATCH = 16
CELLS = 1000
FEW_CELLS = 64
MOST_CELLS = 50000
HEIGHTS = (3, 2, 5, 1, 9, 50, 1000)
SINGLE_TURNS = 2
LONGER, LARGER = (3, 4), (4, 5)


class Trial(NamedTuple):
    """A batch of models in floating point, the turn in which it comes, and whether one is looked at in any case."""

    model: Model
    always: bool
    turn: int


def trials(question: Question, rng: np.random.Generator) -> Iterator[Trial]:
    """Batches of models, without end."""
    for turn, sizes in ladder(question):
        landmarks = question.landmarks if turn % 3 == 1 else ()
        # an assumption f(…) > 0 may speak of one action only: every other turn its sign is left to chance
        signs = question.signs if turn % 2 == 0 else {}
        model = Rational(sizes, Floating(), rng, question.stands_at_old, signs, integers_of(question, sizes, turn),
                         question.aliases, height=HEIGHTS[turn % len(HEIGHTS)], landmarks=landmarks,
                         edges=turn % 4 in (1, 2))
        few = question.cells(sizes.actions, sizes.group, sizes.states) <= FEW_CELLS
        yield Trial(model, turn == 0 and few, turn)


def ladder(question: Question) -> Iterator[tuple[int, Sizes]]:
    """Sizes of models from the smallest up, turn after turn; longer sequences and larger groups come after them, and
    a single action last, in few turns.

    Raises Unevaluable where even the smallest is too large.
    """
    shapes = sorted(product((2, 3, 4, 5), (1, 2, 3), (1, 2), (1, 2)),
                    key=lambda shape: (shape[0] ** shape[1] * shape[2] * shape[3], shape))
    if question.cells(2, 1, 1) > MOST_CELLS:
        raise Unevaluable("too many variables at once")
    cells = {shape: question.cells(*shape[:3]) for shape in shapes}
    sizes = [sizes_of(question, *shape, BATCH if cells[shape] > FEW_CELLS else 4 * BATCH) for shape in shapes
             if cells[shape] <= CELLS or shape[:2] == (2, 1)]
    sizes += beyond(question)
    single = [] if question.has_sequences else [sizes_of(question, 1, group, 1, 1, BATCH) for group in (1, 2)]
    for turn in count():
        for shape in dict.fromkeys(sizes + single if turn < SINGLE_TURNS else sizes):
            yield turn, shape


def beyond(question: Question) -> list[Sizes]:
    """Sizes beyond the usual ones, of two actions: a claim on T or G may fail from three or four on, or at T = 1.

    Sequences of one length are there for tokens that only they have: the last of one sequence in another.
    """
    larger = [sizes_of(question, 2, group, 1, 1, BATCH) for group in LARGER if question.cells(2, group, 1) <= CELLS]
    longer = []
    if question.has_sequences:
        counted = [sizes_of(question, 2, 1, 1, 1, BATCH, tokens) for tokens in (1, *LONGER)]
        counted += [sizes_of(question, 2, group, 1, 1, BATCH, equal_lengths=True) for group in (1, 2)]
        longer = [sizes for sizes in counted if question.cells(sizes.actions, sizes.group, 1) <= CELLS]
    return longer + larger
