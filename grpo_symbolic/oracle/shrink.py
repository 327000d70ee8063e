"""Shrinking: simpler numbers in a model that still contradicts a claim."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from time import monotonic

import numpy as np

from .model import Model, Name, Table

SECONDS = 0.3
SIMPLE = {
    "real": ((0, 1), (1, 1), (-1, 1)),
    "nonnegative": ((0, 1), (1, 1)),
    "positive": ((1, 1), (2, 1)),
    "negative": ((-1, 1), (-2, 1)),
    "fraction": ((1, 2), (1, 4)),
}


def shrink(model: Model, fails: Callable[[Model], bool], end: float) -> Model:
    """A model with simpler tables for which ``fails`` still holds; gives up after a moment or at ``end``."""
    end = min(max(end, monotonic() + SECONDS / 3), monotonic() + SECONDS)
    for name in list(model.tables):
        for table in simpler(name, model.tables[name]):
            if monotonic() > end:
                return model
            if same(table, model.tables[name]):
                break
            other = replace(model, tables={**model.tables, name: table}, laws={}, numbers={})
            if fails(other):
                model = other
                break
    for name in list(model.tables):
        model = shrink_entries(model, name, fails, end)
    return model


def same(left: Table, right: Table) -> bool:
    """Whether two tables hold the same numbers."""
    return bool(np.all(np.asarray(left[0]) * np.asarray(right[1]) == np.asarray(right[0]) * np.asarray(left[1])))


def simpler(name: Name, table: Table) -> Iterator[Table]:
    """Simpler whole tables, the simplest first."""
    above, below = table
    if name.kind == "weight":
        yield np.ones_like(above), 1
    elif name.kind == "tangent":
        yield above * 0, 1
        yield _one_direction(above), 1
    elif name.kind == "step":
        yield np.ones_like(above), 1
    else:
        for number, divisor in SIMPLE[name.sign]:
            yield np.full_like(above, number), divisor
    if name.sign != "fraction":
        yield above, 1


def _one_direction(above: np.ndarray) -> np.ndarray:
    result = np.zeros_like(above)
    result[..., 0, :], result[..., -1, :] = 1, -1
    return result


def shrink_entries(model: Model, name: Name, fails: Callable[[Model], bool], end: float) -> Model:
    """Simpler single entries of a table; sums of rows that must vanish are kept."""
    if name.kind in ("tangent", "step") or name.sign == "fraction":
        return model
    candidates = (1, 2) if name.kind == "weight" else [number for number, _ in SIMPLE[name.sign]]
    for index in np.ndindex(model.tables[name][0].shape):
        above, below = model.tables[name]
        for number in candidates:
            if monotonic() > end:
                return model
            if above[index] == number and np.all(np.asarray(below) == 1):
                break
            changed = np.array(above)
            changed[index] = number * (np.asarray(below).flat[0] if name.kind != "weight" else 1)
            if changed[index] == above[index]:
                break
            other = replace(model, tables={**model.tables, name: (changed, below)}, laws={}, numbers={})
            if fails(other):
                model = other
                break
    return model
