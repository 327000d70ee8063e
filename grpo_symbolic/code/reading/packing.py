"""Sequences packed into one row: a dimension of tokens is all positions that the mask picks, sequence by sequence.

Where sequences begin is told by offsets, or by their lengths; the number of a sequence at each of its tokens leads from
what has one number a sequence to what has one a token, and back.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from ..algebra.expression import add, multiply, subtract
from ..algebra.nodes import BATCH, MASK, TOKEN, Expression, leaf
from ..algebra.rebuilt import shifted, total
from ..unsupported import Unsupported
from .axes import Dimension, Segment
from .step import Step

MASKED = leaf(MASK, (BATCH, TOKEN))
LENGTH = total(TOKEN, MASKED)
TOKENS = total(BATCH, LENGTH)
PACKED = Dimension((Segment(BATCH), Segment(TOKEN)), MASKED)
OFFSETS = leaf("offset", (BATCH,))
ROW = leaf("row", (BATCH,))
BETWEEN = subtract(shifted(OFFSETS, BATCH, 1), OFFSETS)


def lengths_of(node: Expression) -> Expression:
    """An expression in which the difference of two offsets is a length."""
    return LENGTH if node is BETWEEN else node


def numbered(step: Step) -> Expression:
    """The numbers of the sequences."""
    if [one.axes for one in step.made] != [(BATCH,)]:
        raise Unsupported("positions are numbered")
    return ROW


def repeated(step: Step) -> Expression:
    """The number of its sequence at every token."""
    if step.value(0) is not LENGTH:
        raise Unsupported("something is repeated other than sequences for each of their tokens")
    return ROW


def of_row(step: Step) -> Expression:
    """What its sequence has, at every token."""
    if step.value(2) is not ROW or step.dimensions(0)[:1] != (Dimension((Segment(BATCH),)),):
        raise Unsupported("places are picked by their numbers")
    return step.value(0)


def by_row(step: Step) -> Expression:
    """What is there and the sum over the tokens of each sequence."""
    if step.value(2) is not ROW or step.dimensions(3) != (PACKED,):
        raise Unsupported("places are picked by their numbers")
    return add(step.value(0), total(TOKEN, multiply(MASKED, step.value(3))))


def unpacked(values: Any, lengths: list[int], width: int) -> Any:
    """What is packed as sequences of one width, 0 at what was no token."""
    found = np.zeros((len(lengths), width))
    start = 0
    for row, length in enumerate(lengths):
        found[row, :length] = values[start:start + length]
        start += length
    return found


def mask_of(lengths: list[int], width: int) -> Any:
    """The mask of sequences of these lengths."""
    return (np.arange(width) < np.array(lengths)[:, None]).astype(float)
