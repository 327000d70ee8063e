"""Cells as steps of NumPy: each array is made once, in an order in which what it needs is there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from string import ascii_letters
from typing import Any

import numpy as np

from .cells import Axes, Cell

Array = Any
Step = Callable[[list[Array]], Array]
COMPARE = {"compare≥": np.greater_equal, "compare≤": np.less_equal, "compare>": np.greater, "compare<": np.less,
           "compare=": np.equal, "compare≈": np.equal}
FUNCTIONS: dict[str, Callable[..., Array]] = {
    "exp": np.exp, "log": np.log, "root": np.sqrt, "power": np.power, "where": np.where, **COMPARE}


class Plan:
    """The steps that make some cells, each with the place of its array; what is not needed any more is let go."""

    def __init__(self, wanted: list[Cell]) -> None:
        self.place: dict[Cell, int] = {}
        self.inputs: dict[str, int] = {}
        self.steps: list[tuple[int, Step, list[int]]] = []
        self.wanted = [self.visit(cell) for cell in wanted]
        last = {k: number for number, (_, _, needs) in enumerate(self.steps) for k in needs}
        self.dead: list[list[int]] = [[] for _ in self.steps]
        for k, number in last.items():
            if k not in self.wanted:
                self.dead[number].append(k)

    def visit(self, cell: Cell) -> int:
        """The place of a cell, its steps noted."""
        if cell not in self.place:
            needs, step = self.step_of(cell)
            places = [self.visit(need) for need in needs]
            self.place[cell] = len(self.place)
            if cell.kind == "input":
                self.inputs[cell.args[0]] = self.place[cell]
            else:
                self.steps.append((self.place[cell], step, places))
        return self.place[cell]

    def step_of(self, cell: Cell) -> tuple[list[Cell], Step]:
        """What a cell needs, and how it is made of that."""
        kind, args = cell.kind, cell.args
        if kind == "input":
            return [], list
        if kind == "number":
            value = np.array([args[0]])
            return [], lambda _: value
        if kind == "linear":
            return linear(cell)
        if kind == "monomial":
            return monomial(cell)
        if kind == "total":
            return total(cell)
        if kind == "log_softmax":
            return [args[0]], log_softmax
        if kind == "view":
            return [args[0]], view(args[0].axes, args[1], cell.axes)
        if kind == "exp" and args[0].kind == "view":
            base, targets = args[0].args  # the exponential of the table, then its view: one exponential for all views
            return [cell.book.function("exp", base)], view(base.axes, targets, cell.axes)
        return list(args), partial(function, FUNCTIONS[kind], [spread(arg.axes, cell.axes) for arg in args])

    def run(self, arrays: dict[str, Array]) -> list[Array]:
        """The wanted arrays, given the inputs."""
        held: list[Array] = [None] * len(self.place)
        for name, k in self.inputs.items():
            held[k] = arrays[name]
        for (k, step, needs), dead in zip(self.steps, self.dead, strict=True):
            held[k] = step([held[need] for need in needs])
            for gone in dead:
                held[gone] = None
        return [held[k] for k in self.wanted]


def spread(own: Axes, axes: Axes) -> Any:
    """The index that lines an array up with others, or None where it fits as it is."""
    kept = [axis for axis in axes if not own or axis <= own[0]]
    if all(axis in own for axis in kept):
        return None
    return tuple(slice(None) if axis in own else None for axis in kept)


def lined(array: Array, index: Any) -> Array:
    """An array lined up."""
    return array if index is None else array[index]


def function(of: Callable[..., Array], indices: list[Any], arrays: list[Array]) -> Array:
    """A function of arrays, entry by entry."""
    return of(*map(lined, arrays, indices))


def log_softmax(arrays: list[Array]) -> Array:
    """Logits less the logarithm of the sum of their exponentials, along the last axis but one."""
    logits = arrays[0]
    shifted = logits - logits.max(axis=-2, keepdims=True)
    return np.subtract(shifted, np.log(np.exp(shifted).sum(axis=-2, keepdims=True)), out=shifted)


def linear(cell: Cell) -> tuple[list[Cell], Step]:
    """Σ c·array + c₀, the widest first."""
    constant = sum(c for c, part in cell.args[0] if part is None)
    terms = sorted(((c, part) for c, part in cell.args[0] if part is not None), key=lambda term: -len(term[1].axes))
    indices = [spread(part.axes, cell.axes) for _, part in terms]
    scales = [c for c, _ in terms]

    def step(arrays: list[Array]) -> Array:
        first, *rest = map(lined, arrays, indices)
        result = first * scales[0] if scales[0] != 1 else first
        if constant:
            result = result + constant
        for scale, array in zip(scales[1:], rest, strict=True):
            result = result + array if scale == 1 else result - (array if scale == -1 else array * -scale)
        return result
    return [part for _, part in terms], step


def monomial(cell: Cell) -> tuple[list[Cell], Step]:
    """Π array^k, the narrowest first; exponentials that divide are merged with those that they meet."""
    powers = []
    for axes, group in by_axes([(part, k) for part, k in cell.args[0] if part.kind == "exp"]):
        if any(k < 0 for _, k in group):
            merged = cell.book.combined([(k, part.args[0]) for part, k in group])
            powers.append((cell.book.function("exp", merged), 1, axes))
        else:
            powers += [(part, k, axes) for part, k in group]
    powers += [(part, k, part.axes) for part, k in cell.args[0] if part.kind != "exp"]
    # multiply first, then divide
    powers.sort(key=lambda power: (power[1] < 0, len(power[2])))
    needs, indices = [part for part, _, _ in powers], [spread(axes, cell.axes) for _, _, axes in powers]
    exponents = [k for _, k, _ in powers]

    def step(arrays: list[Array]) -> Array:
        result = None
        for array, index, k in zip(arrays, indices, exponents, strict=True):
            factor = lined(array if abs(k) == 1 else array * array if abs(k) == 2 else array ** abs(k), index)
            if result is None:
                result = factor if k > 0 else 1 / factor
            else:
                result = result * factor if k > 0 else result / factor
        return result
    return needs, step


def by_axes(powers: list[tuple[Cell, int]]) -> Iterator[tuple[Axes, list[tuple[Cell, int]]]]:
    """Powers grouped by their axes."""
    for axes in dict.fromkeys(part.axes for part, _ in powers):
        yield axes, [pair for pair in powers if pair[0].axes == axes]


def total(cell: Cell) -> tuple[list[Cell], Step]:
    """Σ over one axis of one array, or of the product of two."""
    left, right, axis = cell.args
    if not right.axes and right.kind == "number":
        position = left.axes.index(axis)
        return [left], lambda arrays: arrays[0].sum(axis=position)
    letters = dict(zip(sorted({*left.axes, *right.axes}), ascii_letters, strict=False))
    names = ["".join(letters[x] for x in axes) + "Z" for axes in (left.axes, right.axes, cell.axes)]
    subscripts = f"{names[0]},{names[1]}->{names[2]}"
    return [left, right], lambda arrays: np.einsum(subscripts, *arrays)


def view(axes: Axes, targets: tuple[tuple[int, Any], ...], found: Axes) -> Step:
    """An array with its axes renamed, some taken at a place, equal ones on their diagonal."""
    where = dict(targets)
    index = tuple(int(where[axis]) if isinstance(where[axis], str) else slice(None) for axis in axes)
    left = [where[axis] for axis in axes if not isinstance(where[axis], str)]
    if tuple(left) == found:
        return lambda arrays: arrays[0][index]
    letters = dict(zip(found, ascii_letters, strict=False))
    subscripts = f"{''.join(letters[x] for x in left)}Z->{''.join(letters[x] for x in found)}Z"
    return lambda arrays: np.einsum(subscripts, arrays[0][index])
