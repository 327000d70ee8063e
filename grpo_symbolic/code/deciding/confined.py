"""What is proved on ordinary batches, held against those on which the code does something else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np

from ..algebra.evaluate import Batch, Unsure
from ..algebra.nodes import LOGITS, MASK, Expression, parts
from ..reading.laid_out import array_of, batch_of
from ..reading.out_of_ordinary import Apart
from ..reading.reading import letter_of
from ..recording.tape import Run
from ..unsupported import Unsupported
from .decide import ANY, MISSING, PROVED, REFUTED, UNDECIDED, Decision, Verdict, slope_sides, value_sides
from .search import Difference, cases_of, in_intervals
from .subject import Subject

# Far above what rounding makes, and what differences in place of derivatives do.
DIFFERENT = 1e-4


def confined(decision: Decision, subject: Subject, apart: Sequence[Apart]) -> Decision:
    """A decision of which no more is proved than holds on all batches that were seen."""
    if not apart:
        return decision
    if decision.equated:  # runs have other hyper-parameters than those that are supposed to be equal
        open_ = Verdict(UNDECIDED, f"on a batch {apart[0].name} the code does something else: {apart[0].reason}")
        return replace(decision, value=open_, gradient=open_)
    values, slopes = [value_sides(subject, decision.target)], slope_sides(subject, decision.target)
    return replace(decision,
                   value=_confined(decision.value, [(one.letter, one.objective) for one in values], subject, apart),
                   gradient=_confined(decision.gradient, [(one.letter, one.objective) for one in slopes], subject,
                                      apart))


def _confined(verdict: Verdict, wanted: Sequence[tuple[str, Expression]], subject: Subject,
              apart: Sequence[Apart]) -> Verdict:
    """A verdict, refuted where the code gives other numbers on a batch apart, else undecided."""
    if verdict.status != PROVED:
        return verdict
    for one in apart:
        for letter, objective in wanted:
            found = difference_of(one.run, letter, objective, subject)
            if found is not None:
                return Verdict(REFUTED, f"the two differ on this batch {one.name}, where the code does something else",
                               found, letter, True)
    return Verdict(UNDECIDED, f"on a batch {apart[0].name} the code does something else: {apart[0].reason}")


def difference_of(run: Run, letter: str, objective: Expression, subject: Subject) -> Difference | None:
    """A run as a difference, if the objective, or its derivative in an input, certainly has other numbers on it."""
    if any(letter_of(one) == LOGITS for one in run.inputs):
        return None
    laid_out = batch_of(run, subject.loss.offset)
    inputs = {part.data[0]: _exact(MISSING) for part in parts(objective) if part.kind == "leaf"}
    inputs |= {name: _exact(values) for name, values in laid_out.inputs.items()}
    constants = {part.data: ANY for part in parts(objective) if part.kind == "constant"}
    constants |= {one.name: Fraction(repr(float(one.value))) for one in run.constants}
    try:
        theirs = in_intervals(cases_of(objective, subject.facts), Batch(inputs, constants, laid_out.sizes))
    except (Unsure, Unsupported, ArithmeticError):
        return None
    ours = np.full((1, 1, 1, 1), run.value) if not letter else next(
        array_of(one.array, run) for one in run.gradients for given in run.inputs
        if given.number == one.number and letter_of(given) == letter)
    ours, theirs = np.broadcast_arrays(ours, theirs)
    scale = min(1.0, float(max(np.abs(ours).max(), max(float(one.mid()) for one in theirs.flat))))
    if not any(_apart(one, other, scale) for one, other in zip(ours.flat, theirs.flat, strict=True)):
        return None
    shown = {letter_of(one): _exact(np.array(one.array.values).reshape(one.array.shape)) for one in run.inputs}
    lengths = tuple(int(row.sum()) for row in laid_out.inputs[MASK][0, :, :, 0])
    return Difference(lengths, shown, constants, ours, np.frompyfunc(lambda one: float(one.mid()), 1, 1)(theirs))


def _apart(ours: float, theirs: Any, scale: float) -> bool:
    """Whether a number of the code is clearly outside of an interval, for how large the numbers are at most."""
    return bool(theirs.is_finite() and (theirs - ours).abs_lower() > DIFFERENT * max(scale, abs(ours)))


def _exact(values: Any) -> Any:
    """Numbers as the rational ones that they print as."""
    return np.frompyfunc(lambda one: Fraction(repr(float(one))), 1, 1)(np.asarray(values))
