"""Shrinking: simpler numbers in a model that still contradicts a claim."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from time import thread_time

import numpy as np

from ..model.clock import OutOfTime, until
from ..model.tables import Model, Name, Table

SECONDS = 0.3
SIMPLE = {
    "real": ((0, 1), (1, 1), (-1, 1)),
    "nonnegative": ((0, 1), (1, 1)),
    "nonpositive": ((0, 1), (-1, 1)),
    "zero": ((0, 1),),
    "positive": ((1, 1), (2, 1)),
    "negative": ((-1, 1), (-2, 1)),
    "fraction": ((1, 2), (1, 4)),
    "count": ((1, 1), (2, 1)),
}


def shrink(model: Model, fails: Callable[[Model], bool], end: float) -> Model:
    """A model with simpler tables for which ``fails`` still holds, after a moment or at ``end`` at the latest."""
    with suppress(OutOfTime), until(min(end, thread_time() + SECONDS)):
        for round_ in (by_tables, by_entries):
            for better in round_(model, fails):
                model = better
    return model


def by_tables(model: Model, fails: Callable[[Model], bool]) -> Iterator[Model]:
    """The model after each whole table that could be made simpler."""
    for name in list(model.tables):
        for table in simpler(name, model.tables[name]):
            if same(table, model.tables[name]):
                break
            other = with_table(model, name, table)
            if fails(other):
                model = other
                yield model
                break


def with_table(model: Model, name: Name, table: Table) -> Model:
    """The model with another table of a name."""
    return replace(model, tables={**model.tables, name: table}, laws={}, numbers={}, seen={})


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


def by_entries(model: Model, fails: Callable[[Model], bool]) -> Iterator[Model]:
    """The model after each single entry that could be made simpler; sums of rows that must vanish are kept."""
    for name in list(model.tables):
        if name.kind in ("tangent", "step") or name.sign == "fraction":
            continue
        candidates = (1, 2) if name.kind == "weight" else [number for number, _ in SIMPLE[name.sign]]
        for index in np.ndindex(model.tables[name][0].shape):
            above, below = model.tables[name]
            for number in candidates:
                if above[index] == number and np.all(np.asarray(below) == 1):
                    break
                changed = np.array(above)
                changed[index] = number * (np.asarray(below).flat[0] if name.kind != "weight" else 1)
                if changed[index] == above[index]:
                    break
                other = with_table(model, name, (changed, below))
                if fails(other):
                    model = other
                    yield model
                    break
