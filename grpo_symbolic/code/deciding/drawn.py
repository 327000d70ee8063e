"""Batches in random rational numbers, several at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from ..algebra.evaluate import spread
from ..algebra.nodes import BATCH, TOKEN, Expression, parts

LOGS = frozenset({"x", "o", "f", "b"})
# How far numbers are drawn that are no log-probabilities: as a rule, at first beyond that, and at most.
ORDINARY, FAR, FARTHEST = 2, 3, 1000


@dataclass(frozen=True)
class Mode:
    """How batches are drawn: numbers up to ``reach`` that are whole numbers of one over a ``unit``."""

    reach: int
    unit: int


COARSE, FINE = Mode(ORDINARY, 10), Mode(ORDINARY, 100)


def axes_of(*sides: Expression) -> dict[str, tuple[str, ...]]:
    """The inputs of expressions, each with its axes."""
    return {part.data[0]: tuple(axis for axis, _ in part.data[1]) for side in sides for part in parts(side)
            if part.kind == "leaf"}


def drawn(name: str, axes: tuple[str, ...], sizes: Mapping[str, int], draw: np.random.Generator, mode: Mode,
          many: int) -> Any:
    """As many batches of rational numbers with a digit or two, log-probabilities below 0."""
    shape = (many, *(sizes.get(axis, 2) for axis in axes))
    unit, most = mode.unit, 1.5 if mode.reach == ORDINARY else 6
    counted = -draw.integers(1, int(most * unit), shape) if name in LOGS else draw.integers(
        -unit * mode.reach, unit * mode.reach + 1, shape)
    return np.frompyfunc(lambda n: Fraction(int(n), unit), 1, 1)(counted)


def tokens_of(lengths: tuple[int, ...]) -> Any:
    """1 at the tokens of sequences, 0 at their padding."""
    return np.array([[Fraction(int(t < length)) for t in range(max(lengths))] for length in lengths], dtype=object)


def spread_all(inputs: Mapping[str, Any], axes: Mapping[str, tuple[str, ...]]) -> dict[str, Any]:
    """Inputs as arrays over all axes."""
    return {name: spread(values, axes.get(name, (BATCH, TOKEN))) for name, values in inputs.items()}
