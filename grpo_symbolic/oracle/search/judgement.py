"""Claims on batches of floating-point models: where both sides differ by more than rounding."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..meaning.question import Question
from ..meaning.sides import ask
from ..model.jets import Array
from ..model.tables import Model

TOLERANCE = 1e-9


@dataclass
class Judgement:
    """For every model of a batch: does it count, does it disagree, by how much."""

    counts: Array
    disagrees: Array
    largest: Array


def judge(question: Question, model: Model, tolerance: float = TOLERANCE) -> Judgement:
    """Compare the sides on every model of a batch; they differ where they do by more than ``tolerance``."""
    batch = model.sizes.batch
    found = Judgement(np.zeros(batch, bool), np.zeros(batch, bool), np.zeros(batch))
    for sides in ask(question, model):
        counts = ~(sides.excluded | sides.undefined)
        found.counts |= collapse(counts).any(axis=0)
        for _, left, right in sides.pairs:
            excess, wrong = violation(question.relation.op, left, right, tolerance)
            found.disagrees |= collapse(wrong & counts).any(axis=0)
            found.largest = np.maximum(found.largest, collapse(np.where(counts, excess, 0)).max(axis=0))
    return found


def collapse(mask: Array) -> Array:
    """One axis for all free variables, one for the batch."""
    return mask.reshape(-1, mask.shape[-1])


def violation(op: str, left: Array, right: Array, tolerance: float) -> tuple[Array, Array]:
    """By how much a relation fails, relative to the size of its sides, and where it does."""
    with np.errstate(all="ignore"):
        scale = np.maximum(1, np.maximum(abs(left), abs(right)))
        gap = ((left - right) / scale).astype(float)
    gap = {"≤": gap, "<": gap, "≥": -gap, ">": -gap}.get(op, abs(gap))
    gap = np.where(np.isfinite(gap), gap, np.inf)
    return np.maximum(gap, 0), gap >= 0 if op in "<>" else gap > tolerance
