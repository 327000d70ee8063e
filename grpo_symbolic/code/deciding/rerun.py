"""A counterexample as a run of the code: the batch to run it on, and whether it then gives the reading's numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from itertools import accumulate
from typing import Any

import numpy as np

from ..algebra.evaluate import AXES
from ..algebra.nodes import BATCH, ENTROPY, LIVE, LOGITS, MASK, TOKEN
from ..reading.laid_out import array_of
from ..reading.packing import mask_of
from ..reading.reading import OF_TOKENS, letter_of
from ..reading.vocabulary import LABELS, slope_in_scores
from ..recording.tape import Array, Constant, Input, Run, Size, Tape
from ..unsupported import Unsupported
from .search import Difference

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
    old = {one.axis: one.size for one in first.sizes}
    sizes = old | {BATCH: len(found.lengths), TOKEN: max(found.lengths) + offset, OF_TOKENS: sum(found.lengths)}
    inputs = tuple(_input(one, found, _shape(one, old, sizes), offset) for one in first.inputs)
    constants = tuple(Constant(one.name, float(found.constants[one.name])) for one in first.constants)
    return Run(tuple(Size(axis, sizes[axis]) for axis in old), inputs, constants, (), 0, 0.0, ())


def _shape(one: Input, old: Mapping[str, int], sizes: Mapping[str, int]) -> tuple[int, ...]:
    """The shape of an input in other sizes than the old ones; offsets have one more than there are sequences."""
    lengths = {old[axis]: sizes[axis] for axis in (OF_TOKENS, TOKEN, BATCH) if axis in old}
    more = {length + 1: size + 1 for length, size in ((old[BATCH], sizes[BATCH]),)} if one.role == "cu_seqlens" else {}
    return tuple((more or lengths).get(length, length) for length in one.array.shape)


def _input(one: Input, found: Difference, shape: tuple[int, ...], offset: int) -> Input:
    """An input with the numbers of the batch, or others where the loss does not depend on it."""
    kind = {"bool": bool, "int64": int}.get(one.array.dtype, float)
    flat = tuple(kind(value) for value in np.asarray(_values(one, found, shape, offset)).reshape(shape).flat)
    return Input(one.name, one.role, one.number, Array(shape, one.array.dtype, flat), one.live, one.index)


def _values(one: Input, found: Difference, shape: tuple[int, ...], offset: int) -> Any:
    """The numbers of an input; tokens begin ``offset`` positions further along, behind what no scores predict."""
    letter, other = letter_of(one), LOG if one.role in ("logp", "old", "ref", "rollout") else OTHER
    values = found.inputs.get(letter)
    mask = mask_of(list(found.lengths), max(found.lengths))
    if letter in (MASK, "length", "offset"):
        ends = [0, *accumulate(found.lengths)]
        values = {MASK: mask, "length": found.lengths, "offset": ends}[letter]
    if letter == LOGITS:
        return scores_of(found.inputs.get(LIVE, np.full((shape[0], shape[1] - offset), LOG)), shape, offset)
    if values is None:
        return np.full(shape, other, dtype=object)
    if np.ndim(values) == len(AXES) - 1 and len(shape) == 1:
        return np.asarray(values)[mask > 0]
    if np.ndim(values) == len(AXES) - 1 and offset:
        return behind(np.asarray(values), 0 if letter == MASK else other, offset)
    return values


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
    scale = max(float(np.abs(side).max()) for side in (found.code, found.objective))
    if not letter:
        return _near(np.array(run.value), found.code, scale)
    inputs = {letter_of(one): one for one in run.inputs}
    live = inputs[LOGITS if letter == LIVE and LOGITS in inputs else letter]
    gradient = next(array_of(one.array, run) for one in run.gradients if one.number == live.number)
    if letter_of(live) != LOGITS:
        return _near(gradient, found.code, scale)
    scores, labels = (array_of(inputs[name].array, run) for name in (LOGITS, LABELS))
    shape = (1, len(found.lengths), max(found.lengths), 1)
    ours = np.concatenate([np.zeros((1, shape[1], offset, 1)), np.broadcast_to(found.code, shape)], axis=2)
    return _near(gradient, slope_in_scores(scores, labels, offset, ours, 0.0), scale)


def _near(code: Any, reading: Any, scale: float) -> bool:
    """Whether numbers are those of the reading, to within little of what is compared."""
    one, other = np.broadcast_arrays(*(np.asarray(side, dtype=float).squeeze() for side in (code, reading)))
    least = np.maximum(min(1.0, scale), np.abs(other))
    return bool(np.isfinite(one).all() and (np.abs(one - other) <= CLOSE * least).all())
