"""A counterexample as a run of the code: the batch to run it on, and whether it then gives the reading's numbers."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np

from .evaluate import AXES
from .expression import BATCH, ENTROPY, LIVE, LOGITS, MASK, TOKEN
from .reading import letter_of
from .search import Difference
from .selfcheck import array_of
from .tape import Array, Constant, Input, Run, Size, Tape
from .unsupported import Unsupported
from .vocabulary import LABELS, slope_in_scores

Rerun = Callable[[Run], Run]
CLOSE = 1e-6
LOG, OTHER = Fraction(-1), Fraction(1)


def batch_of_difference(tape: Tape, found: Difference, offset: int = 0) -> Run:
    """The batch of a difference, laid out as the arguments of the function are; ``offset`` is that of labels.

    Raises Unsupported where scores would have to have certain entropies.
    """
    if ENTROPY in found.inputs and any(letter_of(one) == LOGITS for one in tape.runs[0].inputs):
        raise Unsupported("no scores are made up for certain entropies")
    first = tape.runs[0]
    sizes = {BATCH: len(found.lengths), TOKEN: max(found.lengths) + offset}
    old = {one.axis: one.size for one in first.sizes}
    inputs = tuple(_input(one, found, sizes, old, offset) for one in first.inputs)
    constants = tuple(Constant(one.name, float(found.constants[one.name])) for one in first.constants)
    others = tuple(one for one in first.sizes if one.axis not in sizes)
    return Run((*(Size(axis, size) for axis, size in sizes.items()), *others), inputs, constants, (), 0, 0.0, ())


def _input(one: Input, found: Difference, sizes: dict[str, int], old: dict[str, int], offset: int) -> Input:
    """An input with the numbers of the batch, or others where the loss does not depend on it.

    Tokens begin ``offset`` positions further along, behind what no scores predict.
    """
    letter = letter_of(one)
    lengths = {old[axis]: size for axis, size in sizes.items()}
    shape = tuple(lengths.get(length, length) for length in one.array.shape)
    other = LOG if one.role in ("logp", "old", "ref", "rollout") else OTHER
    values = found.inputs.get(letter)
    if letter == MASK:
        values = np.array([[int(t < length) for t in range(max(found.lengths))] for length in found.lengths])
    if letter == LOGITS:
        values = scores_of(found.inputs.get(LIVE, np.full((shape[0], shape[1] - offset), LOG)), shape, offset)
    elif values is None:
        values = np.full(shape, other, dtype=object)
    elif offset and np.ndim(values) == len(AXES) - 1 and len(shape) > 1:
        values = behind(np.asarray(values), 0 if letter == MASK else other, offset)
    kind = {"bool": bool, "int64": int}.get(one.array.dtype, float)
    flat = tuple(kind(value) for value in np.asarray(values).reshape(shape).flat)
    return Input(one.name, one.role, one.number, Array(shape, one.array.dtype, flat), one.live, one.index)


def behind(values: Any, other: Any, offset: int) -> Any:
    """Numbers of tokens with others before them."""
    return np.concatenate([np.full((len(values), offset), other, dtype=object), values], axis=1)


def scores_of(chosen: Any, shape: tuple[int, ...], offset: int) -> Any:
    """Scores of which the label, the entry number 1, has given log-probabilities; the other entries share the rest."""
    last = np.full((shape[0], offset), float(LOG))
    logs = np.concatenate([np.asarray(chosen, dtype=float), last], axis=1)
    scores = np.repeat(np.log(-np.expm1(logs) / (shape[2] - 1))[:, :, None], shape[2], axis=2)
    scores[:, :, int(OTHER)] = logs
    return scores


def agrees(run: Run, found: Difference, letter: str, offset: int = 0) -> bool:
    """Whether a run of the code gave the value, or the derivative in an input, that the reading has on the batch."""
    if not letter:
        return _near(np.array(run.value), found.code)
    inputs = {letter_of(one): one for one in run.inputs}
    live = inputs[LOGITS if letter == LIVE and LOGITS in inputs else letter]
    gradient = next(array_of(one.array) for one in run.gradients if one.number == live.number)
    if letter_of(live) != LOGITS:
        return _near(gradient, found.code)
    scores, labels = (array_of(inputs[name].array) for name in (LOGITS, LABELS))
    shape = (1, len(found.lengths), max(found.lengths), 1)
    ours = np.concatenate([np.zeros((1, shape[1], offset, 1)), np.broadcast_to(found.code, shape)], axis=2)
    return _near(gradient, slope_in_scores(scores, labels, offset, ours, 0.0))


def _near(code: Any, reading: Any) -> bool:
    one, other = np.broadcast_arrays(*(np.asarray(side, dtype=float).squeeze() for side in (code, reading)))
    return bool(np.isfinite(one).all() and (np.abs(one - other) <= CLOSE * np.maximum(1, np.abs(other))).all())
