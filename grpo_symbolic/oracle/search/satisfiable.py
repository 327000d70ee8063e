"""Whether anything satisfies what a claim takes for granted: a claim of which no model is one says nothing."""

from __future__ import annotations

from time import thread_time

import numpy as np
from flint import ctx

from ...language import Claim
from ..meaning.question import Question, prepare
from ..meaning.sides import ask
from ..model import exact
from ..model.clock import OutOfTime, until
from ..model.number_systems import Precise
from ..model.tables import Model
from .judgement import TOLERANCE, judge
from .processes import of_processes, search
from .trials import trials

FEW = 3
SECONDS_OF_PROCESSES = 0.2


def satisfiable(claim: Claim, budget: float, seed: int = 0, order: int | None = None) -> tuple[bool, int]:
    """Whether an exact model satisfies the assumptions, off every kink and with every root, logarithm and denominator
    defined; and among how many models one was looked for, in ``budget`` seconds.

    A root of zero does not count, else √(−x²) would be defined. Raises Unevaluable as ``attack`` does.
    """
    if of_processes(claim):
        found = search(claim, min(budget, SECONDS_OF_PROCESSES), seed, enough=1)
        return found.admissible > 0, found.models
    question, rng, tried = prepare(claim, order), np.random.default_rng(seed), 0
    try:
        with until(thread_time() + budget):
            for model, *_ in trials(question, rng):
                counts = judge(question, model, TOLERANCE).counts
                for member in np.flatnonzero(counts)[:FEW]:
                    if admits(question, model.at(int(member), Precise())):
                        return True, tried
                tried += model.sizes.batch
    except OutOfTime:
        pass
    return False, tried


def admits(question: Question, model: Model) -> bool:
    """Whether an exact model satisfies what the question takes for granted, for some value of the free variables."""
    with ctx.workprec(exact.BITS):
        return any(not np.all(sides.excluded | sides.undefined) for sides in ask(question, model, strict=True))
