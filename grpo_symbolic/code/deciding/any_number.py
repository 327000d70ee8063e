"""Whether a loss differs from an objective whatever numbers the letters are that nothing in the code is called."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from typing import Any

import numpy as np

from ..algebra.evaluate import Batch, evaluate, spread
from ..algebra.nodes import BATCH, MASK, TOKEN, Expression, constant, parts

MANY, LENGTHS = 40, (2, 1, 3)
# How many settings of the letters are tried, and how many more to see that these tell what all others give.
TRIED, MORE = 24, 6
NEGLIGIBLE, DIFFERENT = 1e-9, 1e-6
LOGS = {"x", "o", "f", "b"}
UNNAMED = "?"  # before a letter of the objective, which no hyper-parameter is


def unnamed(symbol: str) -> Expression:
    """A letter of an objective beside the hyper-parameters of the code."""
    return constant(UNNAMED + symbol)


def letters_in(node: Expression) -> Set[str]:
    """The letters of an objective that are left in an expression."""
    return {part.data for part in parts(node) if part.kind == "constant" and part.data.startswith(UNNAMED)}


def differs_at_all(code: Expression, objective: Expression, constants: Mapping[str, Any]) -> bool:
    """Whether no numbers for the letters of an objective make it what the code has, on some batches, of one setting;
    a sole letter is a positive number, or 0.

    What an objective is at all numbers lies in the span of what it is at some, if that does not grow with more of
    them; what the code has does not lie in it. Where the span grows, nothing is known.
    """
    letters = sorted(letters_in(objective))
    draw = np.random.default_rng(0)
    batch = batches(code, objective, draw)
    ours = rows(code, batch, constants, {})
    settings = np.exp(draw.uniform(-1, 1, (TRIED + MORE, len(letters))))
    theirs = [rows(objective, batch, constants, dict(zip(letters, numbers, strict=True))) for numbers in settings]
    ours, *theirs = np.broadcast_arrays(ours, *theirs)
    kept = np.isfinite([ours, *theirs]).all(axis=0)
    ours, first, *others = (one[kept] for one in (ours, *theirs))
    outside = apart_from([one - first for one in others[:TRIED - 1]], first)
    if any(map(outside, others[TRIED - 1:])):
        return False
    return outside(ours) or len(letters) == 1 and below_zero(ours, [first, *others], settings[:, 0])


def below_zero(wanted: Any, found: Sequence[Any], at: Any) -> bool:
    """Whether a line, known at some numbers, is at what is wanted for a number below 0; what is no line is not."""
    step = (found[1] - found[0]) / (at[1] - at[0])
    line = (found[0] + (number - at[0]) * step for number in at)
    if not all(np.allclose(one, other, rtol=DIFFERENT) for one, other in zip(line, found, strict=True)):
        return False
    return bool(at[0] + (wanted - found[0]) @ step / max(step @ step, NEGLIGIBLE) < -DIFFERENT)


def apart_from(steps: Sequence[Any], first: Any) -> Callable[[Any], bool]:
    """Whether numbers lie outside of a point and all combinations of steps from it."""
    _, sizes, directions = np.linalg.svd(np.array(steps), full_matrices=False)
    basis = directions[sizes > NEGLIGIBLE * max(float(sizes.max(initial=0.0)), NEGLIGIBLE)]

    def outside(numbers: Any) -> bool:
        step = numbers - first
        rest = step - basis.T @ (basis @ step)
        return bool(np.linalg.norm(rest) > DIFFERENT * max(np.linalg.norm(numbers), np.linalg.norm(first)))
    return outside


def batches(code: Expression, objective: Expression, draw: np.random.Generator) -> Batch:
    """Several batches of one shape, without hyper-parameters."""
    sizes = {BATCH: len(LENGTHS), TOKEN: max(LENGTHS)}
    inputs = {name: spread(numbers(name, (MANY, *(sizes.get(axis, 2) for axis in axes)), draw), axes)
              for name, axes in sorted(set(leaves(code, objective)))}
    mask = np.array([[float(t < length) for t in range(max(LENGTHS))] for length in LENGTHS])
    return Batch({**inputs, MASK: spread(mask[None], (BATCH, TOKEN))}, {}, sizes)


def leaves(*sides: Expression) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The inputs of expressions, with their axes."""
    for side in sides:
        for part in parts(side):
            if part.kind == "leaf":
                yield part.data[0], tuple(axis for axis, _ in part.data[1])


def numbers(name: str, shape: tuple[int, ...], draw: np.random.Generator) -> Any:
    """Log-probabilities, or other numbers."""
    return -draw.uniform(0.05, 2, shape) if name in LOGS else draw.normal(0, 1, shape)


def rows(node: Expression, batch: Batch, constants: Mapping[str, Any], letters: Mapping[str, float]) -> Any:
    """What an expression is at every place of all batches, in a row."""
    values = {name: float(value) for name, value in constants.items()}
    found = evaluate(node, Batch(batch.inputs, {**values, **letters}, batch.sizes))
    shape = (MANY, batch.sizes[BATCH], batch.sizes[TOKEN], 1)
    return np.broadcast_to(np.asarray(found, dtype=float), shape).reshape(-1)


def compared_in(node: Expression) -> frozenset[str]:
    """The letters of an objective that something is compared with, or that make an end of a clip."""
    return frozenset(one.data for part in parts(node) if part.kind in ("clip", "min", "max", "compare")
                     for one in parts(part) if one.kind == "constant")
