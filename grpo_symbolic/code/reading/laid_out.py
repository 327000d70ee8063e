"""The numbers of a run as arrays over sequences, tokens and the vocabulary."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np

from ..algebra.evaluate import Batch, spread
from ..algebra.nodes import BATCH, LOGITS, MASK, TOKEN, VOCABULARY
from ..recording.tape import Array, Run
from .packing import mask_of, unpacked
from .reading import OF_TOKENS, letter_of, sizes_of
from .vocabulary import LABELS, arrays

AXES_OF_INPUTS = {0: (), 1: (BATCH,), 2: (BATCH, TOKEN), 3: (BATCH, TOKEN, VOCABULARY)}


def batch_of(run: Run, offset: int = 0) -> Batch:
    """The batch of a run; of scores and labels, what they make, and of packed sequences, the mask."""
    inputs, sizes = arrays_of(run), dict(sizes_of(run))
    if LOGITS in inputs and LABELS in inputs:
        inputs |= arrays(inputs.pop(LOGITS), inputs[LABELS], offset)
        if offset and MASK in inputs:
            inputs[MASK] = inputs[MASK] * (np.arange(inputs[MASK].shape[2]) >= offset)[None, None, :, None]
    if MASK not in inputs:
        lengths = lengths_of_run(run)
        inputs[MASK] = spread(mask_of(lengths, width_of(run)), (BATCH, TOKEN))
        sizes |= {BATCH: len(lengths), TOKEN: width_of(run)} if is_packed(run) else {}
    return Batch(inputs, {one.name: one.value for one in run.constants}, sizes)


def arrays_of(run: Run) -> dict[str, Any]:
    """The inputs of a run by their letters."""
    return {letter_of(one): array_of(one.array, run) for one in run.inputs if one.index is None}


def array_of(array: Array, run: Run) -> Any:
    """An array of a run over all axes; what is packed is laid out as sequences."""
    values = np.array(array.values, dtype=float).reshape(array.shape)
    if _packed(array, run):
        return spread(unpacked(values, lengths_of_run(run), width_of(run)), (BATCH, TOKEN))
    return spread(values, AXES_OF_INPUTS[len(array.shape)])


def _packed(array: Array, run: Run) -> bool:
    """Whether an array has one row for all tokens."""
    sizes = dict(sizes_of(run))
    return array.shape == (sizes.get(OF_TOKENS),) and sizes[OF_TOKENS] != sizes.get(BATCH)


def is_packed(run: Run) -> bool:
    """Whether an input of a run is packed."""
    return any(_packed(one.array, run) for one in run.inputs)


def lengths_of_run(run: Run) -> list[int]:
    """The lengths of the sequences; where nothing tells them, all tokens are one sequence, or each row is full."""
    told = {letter_of(one): one.array.values for one in run.inputs}
    if "length" in told:
        return list(map(int, told["length"]))
    if "offset" in told:
        return [int(end - start) for start, end in pairwise(told["offset"])]
    sizes = dict(sizes_of(run))
    return [sizes[OF_TOKENS]] if is_packed(run) else [sizes[TOKEN]] * sizes[BATCH]


def width_of(run: Run) -> int:
    """How many positions a row has."""
    return max(lengths_of_run(run)) if is_packed(run) else dict(sizes_of(run))[TOKEN]
