"""What was read against what the code gave: the value and every derivative, in all runs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .derivative import derivative
from .evaluate import Batch, evaluate, spread
from .expression import BATCH, TOKEN, VOCABULARY, Expression
from .reading import Loss, letter_of, sizes_of
from .tape import Array, Run, Tape
from .unsupported import Unsupported

CLOSE, CLOSE_TO_DIFFERENCES = 1e-9, 1e-5
AXES_OF_INPUTS = {1: (BATCH,), 2: (BATCH, TOKEN), 3: (BATCH, TOKEN, VOCABULARY)}


@dataclass(frozen=True)
class SelfCheck:
    """On how many batches the reading was compared with the code, and the largest difference, relative above 1."""

    batches: int
    difference: float


def checked(tape: Tape, loss: Loss) -> SelfCheck:
    """The comparison of a reading with every run of its tape.

    Raises Unsupported where they differ: then the trace does not say what the code does.
    """
    runs = (*tape.runs, *tape.checks)
    worst = max(_difference(loss, run, tape.exact) for run in runs)
    bound = CLOSE if tape.exact else CLOSE_TO_DIFFERENCES
    if not worst <= bound:
        raise Unsupported(f"the trace does not say what the code does: value or gradient differ by {worst:.2g}")
    return SelfCheck(len(runs), worst)


def _difference(loss: Loss, run: Run, exact: bool) -> float:
    """The largest difference on one run; differences of large values say little of a gradient."""
    batch = batch_of(run)
    found = [_gap(evaluate(loss.value, batch), np.full((1, 1, 1, 1), run.value), 1.0)]
    least = 1.0 if exact else max(1.0, abs(run.value))
    for gradient in run.gradients:
        one = next(given for given in run.inputs if given.number == gradient.number)
        slope: Expression = loss.gradient if letter_of(one) == "x" else derivative(loss.value, letter_of(one))
        found.append(_gap(evaluate(slope, batch), array_of(gradient.array), least))
    return max(found)


def _gap(ours: np.ndarray, theirs: np.ndarray, least: float) -> float:
    """The largest difference, relative to what is above ``least``; no number is as far as can be."""
    gap = np.abs(ours - theirs) / np.maximum(least, np.abs(theirs))
    return float(gap.max()) if np.isfinite(gap).all() else float("inf")


def batch_of(run: Run) -> Batch:
    """The batch of a run."""
    inputs = {letter_of(one): array_of(one.array) for one in run.inputs}
    return Batch(inputs, {one.name: one.value for one in run.constants}, dict(sizes_of(run)))


def array_of(array: Array) -> np.ndarray:
    """An array of a tape over all axes."""
    values = np.array(array.values, dtype=float).reshape(array.shape)
    return spread(values, AXES_OF_INPUTS[len(array.shape)] if array.shape else ())
