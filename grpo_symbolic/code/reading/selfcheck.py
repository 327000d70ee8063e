"""What was read against what the code gave: the value and every derivative, in all runs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..algebra.cells import DECIDED, sides_of
from ..algebra.derivative import derivative
from ..algebra.evaluate import Batch, evaluate
from ..algebra.expression import subtract
from ..algebra.nodes import ENTROPY, LIVE, LOGITS, Expression, parts
from ..recording.tape import Run, Tape
from ..unsupported import Unsupported
from .laid_out import array_of, arrays_of, batch_of
from .reading import Loss, letter_of
from .vocabulary import LABELS, slope_in_scores

CLOSE, CLOSE_TO_DIFFERENCES = 1e-9, 1e-5


@dataclass(frozen=True)
class SelfCheck:
    """On how many batches the reading was compared with the code, and the largest difference, relative above 1.

    ``kinked`` says that on-policy the loss has a kink, at which the derivatives of the two are of other sides.
    """

    batches: int
    difference: float
    kinked: bool


def checked(tape: Tape, loss: Loss) -> SelfCheck:
    """The comparison of a reading with every run of its tape.

    Raises Unsupported where they differ: then the trace does not say what the code does. On-policy, where a comparison
    is an equality, the derivative is that of one side, and the framework may have taken another: such tokens are told.
    """
    runs = (*tape.runs, *tape.checks)
    found = [_compared(loss, run, tape, run in tape.checks[:1]) for run in runs]
    worst = max(difference for difference, _ in found)
    if not worst <= bound_of(tape):
        raise Unsupported(f"the trace does not say what the code does: value or gradient differ by {worst:.2g}")
    return SelfCheck(len(runs), worst, any(kink for _, kink in found))


def bound_of(tape: Tape) -> float:
    """The largest difference that rounding explains, as derivatives are automatic or differences."""
    return CLOSE if tape.exact else CLOSE_TO_DIFFERENCES


def difference_on(tape: Tape, loss: Loss, run: Run) -> float:
    """The largest difference between a reading and the code on one run; kinks are taken for what they are."""
    return _compared(loss, run, tape, False)[0]


def _scale(tape: Tape) -> float:
    """How large values and derivatives are in the runs, at most 1: what is small beside them is rounding."""
    return min(1.0, max(abs(number) for run in tape.runs for number in _numbers(run)))


def _numbers(run: Run) -> tuple[float, ...]:
    return (run.value, *(value for one in run.gradients for value in one.array.values))


def _compared(loss: Loss, run: Run, tape: Tape, on_policy: bool) -> tuple[float, bool]:
    """The largest difference on one run, and whether there were others at kinks, which only count off-policy.

    Differences of large values say little of a gradient.
    """
    batch = batch_of(run, loss.offset)
    scale = _scale(tape) or 1.0
    worst = _gap(evaluate(loss.value, batch), np.full((1, 1, 1, 1), run.value), scale).max()
    least = scale if tape.exact else max(scale, *map(abs, _numbers(run)))
    kinked = False
    for gradient in run.gradients:
        one = next(given for given in run.inputs if given.number == gradient.number)
        ours, at_kink = _slope(loss, run, batch, letter_of(one))
        gap = _gap(ours, array_of(gradient.array, run), least)
        if on_policy:
            at_kink = np.broadcast_to(at_kink, gap.shape)
            kinked = kinked or bool((gap[at_kink] > CLOSE_TO_DIFFERENCES).any())
            gap = np.where(at_kink & (gap > CLOSE_TO_DIFFERENCES), 0.0, gap)
        worst = max(worst, gap.max())
    return float(worst), kinked


def _slope(loss: Loss, run: Run, batch: Batch, letter: str) -> tuple[np.ndarray, np.ndarray]:
    """The derivative in an input on a batch, and where it has a kink."""
    if letter != LOGITS:
        slope = loss.gradient if letter == LIVE else derivative(loss.value, letter)
        return evaluate(slope, batch), kinks(slope, batch)
    inputs = arrays_of(run)
    at_label, in_entropy = (evaluate(one, batch) for one in (loss.gradient, derivative(loss.value, ENTROPY)))
    found: np.ndarray = slope_in_scores(inputs[LOGITS], inputs[LABELS], loss.offset, at_label, in_entropy)
    return found, kinks(loss.gradient, batch)


def kinks(slope: Expression, batch: Batch) -> np.ndarray:
    """Where a comparison in a derivative is an equality."""
    found = np.zeros((1, 1, 1, 1), dtype=bool)
    for part in parts(slope):
        if part.kind in DECIDED:
            gap = np.asarray(evaluate(subtract(*sides_of(part)), batch), dtype=float)
            found = found | (np.abs(gap) < CLOSE)
    return found


def _gap(ours: np.ndarray, theirs: np.ndarray, least: float) -> np.ndarray:
    """The differences, relative to what is above ``least``; no number is as far as can be."""
    gap = np.abs(ours - theirs) / np.maximum(least, np.abs(theirs))
    return np.where(np.isfinite(gap), gap, np.inf)
