"""Sequences in a list, handled one by one in a loop, as rows of one tensor with padding: what a tape says then.

The operations on each sequence must be the same; what runs over all of them must be a sum, a stack or a concatenation.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from .loops import Loop
from .tape import Array, Gradient, Input, Run, Size, Small, Tape

MASK = "tokens"
PADDING = -1.0
FLOAT = "float64"
OF_TOKENS = "P"  # how many tokens there are in all, which code may count in its loop


def is_listed(tape: Tape) -> bool:
    """Whether a tape has sequences in a list."""
    return any(one.index is not None for one in tape.runs[0].inputs)


def folded(tape: Tape) -> Tape:
    """A tape with rows in place of lists; any other as it is.

    Raises Unsupported where sequences are not handled alike.
    """
    if not is_listed(tape):
        return tape
    return replace(tape, runs=tuple(map(folded_run, tape.runs)), checks=tuple(map(folded_run, tape.checks)),
                   small=tuple(folded_small(one, tape.runs[0]) for one in tape.small))


def folded_small(small: Small, usual: Run) -> Small:
    """A run on a batch out of the ordinary in rows, without records, for a loop of one turn is no loop: what it does
    is compared with what is done in a usual run by operations and lines alone."""
    if small.run is None:
        return small
    ours, theirs = ({(one.op, one.at): None for one in run.records} for run in (small.run, usual))
    other = next((one for one in (*ours, *theirs) if (one in ours) != (one in theirs)), None)
    fault = f"the path taken depends on the batch: {other[0]} at {other[1]} is not done on both" if other else ""
    return Small(small.name, replace(in_rows(small.run), records=(), result=0), fault)


def folded_run(run: Run) -> Run:
    """A run with rows in place of lists. Raises Unsupported where sequences are not handled alike."""
    rows = in_rows(run)
    records, result = Loop(run, {one.name: one.number for one in rows.inputs}, lengths_of(run)).folded()
    return replace(rows, records=records, result=result)


def in_rows(run: Run) -> Run:
    """A run with the inputs and derivatives of lists as rows, its records as they are."""
    inputs = rows_of(run)
    numbers = {one.name: one.number for one in inputs}
    gradients = tuple(Gradient(numbers[name], padded(arrays, run)) for name, arrays in derivatives(run).items())
    sizes = (*run.sizes, Size(OF_TOKENS, sum(lengths_of(run))))
    return replace(run, sizes=sizes, inputs=inputs, gradients=gradients)


def lengths_of(run: Run) -> tuple[int, ...]:
    """The numbers of tokens of the sequences of a run."""
    rows = [one for one in run.inputs if one.index is not None and one.array.shape]
    return tuple(one.array.shape[0] for one in rows if one.name == rows[0].name)


def padded(arrays: Sequence[Array], run: Run, filler: float = 0.0) -> Array:
    """Arrays of a list as rows of one with padding, or as one row where each is a number; one array as it is."""
    sizes = {one.axis: one.size for one in run.sizes}
    if len(arrays) == 1 and len(arrays[0].shape) != 1:
        return arrays[0]
    if not arrays[0].shape:
        return Array((len(arrays),), arrays[0].dtype, tuple(one.values[0] for one in arrays))
    values = [value for one in arrays for value in (*one.values, *[filler] * (sizes["T"] - len(one.values)))]
    return Array((len(arrays), sizes["T"]), arrays[0].dtype, tuple(values))


def rows_of(run: Run) -> tuple[Input, ...]:
    """The inputs of a run, those of a list as one, and the mask of their tokens behind them."""
    lists: dict[str, list[Array]] = {}
    for one in run.inputs:
        lists.setdefault(one.name, []).append(one.array)
    first = {one.name: one for one in reversed(run.inputs)}
    found = [first[name] if first[name].index is None else
             replace(first[name], array=padded(arrays, run, PADDING), index=None) for name, arrays in lists.items()]
    size = next(one.size for one in run.sizes if one.axis == "T")
    mask = tuple(float(t < length) for length in lengths_of(run) for t in range(size))
    found.append(Input(MASK, "mask", 0, Array((len(lengths_of(run)), size), FLOAT, mask)))
    return tuple(replace(one, number=number) for number, one in enumerate(found, 1))


def derivatives(run: Run) -> dict[str, list[Array]]:
    """The derivatives in each argument, those of a list in its order."""
    names = {one.number: one.name for one in run.inputs}
    found: dict[str, list[Array]] = {}
    for one in run.gradients:
        found.setdefault(names[one.number], []).append(one.array)
    return found


def unfolded(batch: Run, run: Run) -> Run:
    """A batch of rows as one of lists, laid out as those of a run of the function."""
    lengths = [int(sum(row)) for row in each_row(next(one for one in batch.inputs if one.name == MASK).array)]
    listed = {one.name: bool(one.array.shape) for one in run.inputs if one.index is not None}
    found = []
    for one in batch.inputs:
        if one.name in listed:
            parts = each_row(one.array)
            found += [replace(one, index=k, array=Array((length,), one.array.dtype, parts[k][:length])
                              if listed[one.name] else Array((), one.array.dtype, (one.array.values[k],)))
                      for k, length in enumerate(lengths)]
        elif one.name != MASK:
            found.append(one)
    return replace(batch, inputs=tuple(replace(one, number=number) for number, one in enumerate(found, 1)))


def each_row(array: Array) -> list[tuple[float, ...]]:
    """The rows of an array."""
    width = len(array.values) // array.shape[0]
    return [array.values[k * width:(k + 1) * width] for k in range(array.shape[0])]
