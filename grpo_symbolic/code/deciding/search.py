"""A batch on which two losses, or two derivatives, differ: small, of simple numbers, and certain.

Candidates are sifted in floating point, made simpler as long as they differ, and then computed in intervals: what is
found differs for certain, and on no edge of a cell. That nothing is found says nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property, lru_cache, partial
from typing import Any

import numpy as np

from ..algebra.cells import DECIDED, cells
from ..algebra.evaluate import INTERVALS, Batch, Unsure, evaluate
from ..algebra.expression import subtract
from ..algebra.nodes import BATCH, MASK, TOKEN, Expression, parts
from ..algebra.order import Facts
from ..algebra.rebuilding import expression_of
from ..unsupported import Unsupported
from .drawn import COARSE, FAR, FARTHEST, FINE, LOGS, Mode, axes_of, drawn, spread_all, tokens_of

SHAPES = ((1,), (2,), (1, 1), (1, 2), (2, 2), (1, 3), (1, 2, 2), (1, 1, 3))
DRAWS, SEEN = 200, 1e-6
SIMPLE = {True: (Fraction(-1), Fraction(-1, 2), Fraction(-2)), False: (Fraction(1), Fraction(-1), Fraction(0))}
CLEAR = 1000


@dataclass(frozen=True)
class Difference:
    """A batch in rational numbers, by letters, with what each side is on it; ``lengths`` are those of the sequences."""

    lengths: tuple[int, ...]
    inputs: Mapping[str, Any]
    constants: Mapping[str, Fraction]
    code: Any
    objective: Any


@dataclass(frozen=True)
class Test:
    """A condition of a cell: the expression that has a sign, or is 0."""

    node: Expression
    sign: int


@dataclass(frozen=True)
class Case:
    """A cell: its conditions, and what the expression is in it."""

    tests: tuple[Test, ...]
    value: Expression


@dataclass(frozen=True)
class Question:
    """Two expressions, ``code`` with its stabilisers and ``relaxed`` without them, and what is set."""

    code: Expression
    relaxed: Expression
    objective: Expression
    constants: Mapping[str, Fraction]
    facts: Facts

    @cached_property
    def cases(self) -> tuple[tuple[Case, ...], ...]:
        """The cells of the three. Raises Unsupported where there are too many."""
        return tuple(cases_of(side, self.facts) for side in (self.code, self.relaxed, self.objective))


@lru_cache(maxsize=64)
def cases_of(node: Expression, facts: Facts) -> tuple[Case, ...]:
    """The cells of an expression. Raises Unsupported where there are too many."""
    return tuple(Case(tuple(Test(expression_of(one.test), one.sign) for one in cell.conditions), cell.value)
                 for cell in cells(node, facts))


def difference(question: Question) -> Difference | None:
    """A batch on which the sides differ, the smallest first; None where none was found."""
    gap = subtract(question.relaxed, question.objective)
    axes = axes_of(question.code, question.objective)
    try:
        for number, lengths in enumerate(SHAPES):
            for seed, mode in enumerate((COARSE, replace(COARSE, reach=_reach(question)), FINE)):
                found = _among(question, gap, axes, lengths, np.random.default_rng([number, seed]), mode)
                if found is not None:
                    return found
    except Unsupported:
        return None
    return None


def _among(question: Question, gap: Expression, axes: Mapping[str, tuple[str, ...]], lengths: tuple[int, ...],
           draw: np.random.Generator, mode: Mode) -> Difference | None:
    """The first certain difference among random batches of one shape."""
    sizes = {BATCH: len(lengths), TOKEN: max(lengths)}
    if not _defined(question.code, sizes):
        return None
    inputs = {name: drawn(name, own, sizes, draw, mode, DRAWS) for name, own in sorted(axes.items())}
    inputs[MASK] = tokens_of(lengths)[None]
    for place in _differing(gap, question, Batch(spread_all(inputs, axes), question.constants, sizes)):
        one = {name: values[0] if name == MASK else values[place] for name, values in inputs.items()}
        found = certain(question, simpler(gap, one, axes, question, sizes), axes, lengths, sizes) or certain(
            question, one, axes, lengths, sizes)
        if found is not None:
            return found
    return None


def _defined(node: Expression, sizes: Mapping[str, int]) -> bool:
    """Whether nothing of sizes alone is divided by that is 0 for these."""
    below = [part.args[0] for part in parts(node) if part.kind == "power" and part.data < 0]
    return all(float(evaluate(one, Batch({}, {}, sizes)).item()) != 0 for one in below
               if {part.kind for part in parts(one)} <= {"add", "multiply", "number", "size"})


def _reach(question: Question) -> int:
    """How far numbers must be drawn to go beyond what they are compared with."""
    compared = [abs(arg.data) for side in (question.code, question.objective) for part in parts(side)
                if part.kind in DECIDED for arg in part.args if arg.kind == "number"]
    return int(min(max([FAR, *(2 * one for one in compared)]), FARTHEST))


def _scale(question: Question, batch: Batch) -> float:
    """How large the sides are on batches, at most 1: what is small beside the sides is not seen."""
    sides = (np.asarray(evaluate(side, batch), dtype=float) for side in (question.relaxed, question.objective))
    return min(1.0, max(float(np.abs(one[np.isfinite(one)]).max(initial=0.0)) for one in sides))


def _differing(gap: Expression, question: Question, batch: Batch) -> Iterator[int]:
    """The places of those batches on which a gap is seen, in order."""
    values = np.asarray(evaluate(gap, batch), dtype=float)
    values = np.broadcast_to(values, (DRAWS, *values.shape[1:])).reshape(DRAWS, -1)
    least = SEEN * _scale(question, batch)
    seen = np.isfinite(values).all(axis=1) & (np.abs(np.nan_to_num(values)).max(axis=1) > least)
    yield from map(int, np.flatnonzero(seen)[:5])


def simpler(gap: Expression, inputs: Mapping[str, Any], axes: Mapping[str, tuple[str, ...]], question: Question,
            sizes: Mapping[str, int]) -> dict[str, Any]:
    """The batch with every number made simpler for which the gap is still seen."""
    found = {name: values.copy() for name, values in inputs.items()}
    least = SEEN * _scale(question, Batch(spread_all(found, axes), question.constants, sizes))

    def seen() -> bool:
        values = np.asarray(evaluate(gap, Batch(spread_all(found, axes), question.constants, sizes)), dtype=float)
        return bool(np.isfinite(values).all() and np.abs(values).max() > least)
    for name in sorted(found):
        for place in np.ndindex(*found[name].shape) if name != MASK else ():
            before = found[name][place]
            for value in SIMPLE[name in LOGS]:
                found[name][place] = value
                if seen():
                    break
                found[name][place] = before
    return found


def certain(question: Question, inputs: Mapping[str, Any], axes: Mapping[str, tuple[str, ...]],
            lengths: tuple[int, ...], sizes: Mapping[str, int]) -> Difference | None:
    """The difference on a batch, if intervals show it, and stabilisers do not make it."""
    batch = Batch(spread_all(inputs, axes), question.constants, sizes)
    try:
        code, relaxed, objective = (in_intervals(side, batch) for side in question.cases)
    except Unsure:
        return None
    gaps = np.broadcast_arrays(code, relaxed, objective)
    if not all(one.is_finite() for side in gaps for one in side.flat):
        return None
    for one, plain, other in zip(*(side.flat for side in gaps), strict=True):
        if not (plain - other).contains(0) and (one - plain).abs_upper() * CLEAR <= (plain - other).abs_lower():
            return Difference(lengths, inputs, question.constants, _floats(code), _floats(objective))
    return None


def in_intervals(cases: tuple[Case, ...], batch: Batch) -> Any:
    """An expression in intervals, each place in the cell in which it lies. Raises Unsure on an edge."""
    found: Any = np.zeros((1, 1, 1, 1), dtype=object)
    covered: Any = np.zeros((1, 1, 1, 1), dtype=bool)
    for case in cases:
        inside = _inside(case, batch)
        if inside.any():
            inside, value, found, covered = np.broadcast_arrays(
                inside, evaluate(case.value, batch, INTERVALS), found, covered)
            found, covered = np.where(inside, value, found), covered | inside
    if not covered.all():
        raise Unsure
    return found


def _inside(case: Case, batch: Batch) -> Any:
    """Where the conditions of a cell hold. Raises Unsure where that is not certain."""
    inside = np.ones((1, 1, 1, 1), dtype=bool)
    for test in case.tests:
        if inside.any():
            holds = np.frompyfunc(partial(_holds, test.sign), 1, 1)
            inside = inside & np.asarray(holds(evaluate(test.node, batch, INTERVALS)), dtype=bool)
    return inside


def _holds(sign: int, value: Any) -> bool:
    """Whether a number has a sign; 0 stands for one that is no 1, of what is 1 or 0."""
    if value == 0:
        return sign == 0
    if value.contains(0):
        raise Unsure
    return bool(value > 0) if sign > 0 else bool(value < 0) if sign < 0 else False


def _floats(values: Any) -> Any:
    return np.frompyfunc(lambda one: float(one.mid()), 1, 1)(values).astype(float)


