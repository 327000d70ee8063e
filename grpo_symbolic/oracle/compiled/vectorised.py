"""Expressions as vectorised NumPy functions over a batch of models: fast evidence, never a verdict."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product
from math import prod
from typing import Any, NamedTuple

import numpy as np

from ...language import GROUP_SIZE, Claim, Definition, Node, Relation, expand, unfold
from ..meaning.evaluator import Axis, Context, Unevaluable
from ..meaning.question import prepare
from ..meaning.sides import bindings, flat
from ..model.tables import Sizes
from .cell_rules import Compiler, Inputs, Symbols
from .cells import Book, Cell
from .plan import Plan, lined, spread

Array = Any
CACHED = 2 ** 19


class Evaluation(NamedTuple):
    """Values, the batch on the last axis, and for which of its models all of them are finite."""

    values: Array
    finite: Array


class Compiled:
    r"""An expression for given sizes, called with its inputs: arrays by name, the batch of models on the last axis.

    ``inputs`` gives the shape of each input without the batch. A policy is the softmax of the logits given under its
    name (``\pi_\theta``, ``\pi_{\theta_{\text{old}}}``, ``\pi_{\text{ref}}``) over contexts and actions;
    ``\partial_{1} \pi`` and so on are the directions in which θ moves the logits of that family, one for each
    coordinate of θ. A function is a table over its arguments, a constant a number; a batch of 1 serves all models.

    The values have the shape of the expression without its sides of length 1, then an axis for each free index, one
    for each free state, action and member of a group, and the batch. At a tie a minimum or maximum has the derivative
    of its first argument.
    """

    def __init__(self, at: Compiler, wanted: list[Cell], shape: tuple[int, ...], free: list[Axis]) -> None:
        sizes = at.model.sizes
        self._plan, self._sizes = Plan(wanted), tuple(axis.size for axis in free)
        axes = tuple(axis.slot for axis in free)
        self._lines = [spread(cell.axes, axes) for cell in wanted]
        shapes = at.model.shapes if isinstance(at.model, Inputs) else {}
        self.inputs = {name: shapes[name] for name in self._plan.inputs}
        self.shape = (*shape, *self._sizes)
        largest = max(max(map(prod, self.inputs.values()), default=1), prod(self._sizes), sizes.cells)
        self._chunk = max(16, CACHED // largest)

    def __call__(self, inputs: Mapping[str, Array]) -> Evaluation:
        """The values on every model of a batch. Raises ValueError where an input is missing or has another shape."""
        arrays = {name: self._checked(name, inputs) for name in self.inputs}
        batch = max((array.shape[-1] for array in arrays.values()), default=1)
        if any(array.shape[-1] not in (1, batch) for array in arrays.values()):
            raise ValueError("the inputs have batches of different sizes")
        values = np.empty((len(self._lines), *self._sizes, batch))
        with np.errstate(all="ignore"):
            for start in range(0, batch, self._chunk):
                part = slice(start, start + self._chunk)
                found = self._plan.run({name: array if array.shape[-1] == 1 else array[..., part]
                                        for name, array in arrays.items()})
                for row, array, line in zip(values, found, self._lines, strict=True):
                    row[..., part] = lined(array, line)
        finite = np.isfinite(values).all(axis=tuple(range(values.ndim - 1)))
        return Evaluation(values.reshape(*self.shape, batch), finite)

    def _checked(self, name: str, inputs: Mapping[str, Array]) -> Array:
        if name not in inputs:
            raise ValueError(f"the input {name} is missing; its shape is {self.inputs[name]} and the batch")
        array = np.asarray(inputs[name], dtype=float)
        if array.ndim == 0 or array.shape[:-1] != self.inputs[name]:
            raise ValueError(f"the input {name} has the shape {array.shape}, not {self.inputs[name]} and the batch")
        return array


def compile(node: Node, actions: int = 2, group: int = 1, states: int = 1, directions: int = 1,
            where: tuple[Definition, ...] = (), at_old: bool = False) -> Compiled:
    """``node`` for given sizes as a function of arrays, its definitions ``where`` unfolded.

    ``directions`` is the number of coordinates of θ; ``at_old`` puts θ at θ_old once all operators have acted. A
    remainder counts for nothing. Raises Unevaluable for sequences of tokens, θ itself, an optimisation problem.

    >>> from grpo_symbolic.language import KL, Policy, Var
    >>> s, p, q = Var("s", "state"), Policy("p", "constant"), Policy("q", "constant")
    >>> divergence = compile(KL(p | s, q | s), actions=8)
    >>> divergence.inputs
    {'p': (1, 8), 'q': (1, 8)}
    >>> logits = np.zeros((1, 8, 1000))
    >>> found = divergence({"p": logits, "q": logits + 1})
    >>> found.values.shape, bool(found.finite.all()), bool(abs(found.values).max() < 1e-15)
    ((1, 1000), True, True)
    """
    stated: Node = unfold(expand(node, where))
    question = prepare(Claim(Relation("=", stated, stated)))
    if question.has_sequences:
        raise Unevaluable("sequences of tokens are not compiled")
    sizes = Sizes(actions, group, states, directions)
    book = Book()
    model = Inputs(sizes, Symbols(book), np.random.default_rng(0), at_old=at_old,
                   integers={GROUP_SIZE.name: group}, book=book)
    axes, indices = bindings(question.free, model, 0)
    at = Compiler(model, axes)
    found = []
    for choice in product(*(range(1, count + 1) for count in indices.values())):
        at.free = {**axes, **dict(zip(indices, choice, strict=True))}
        at.cache.clear()
        found.append(at.value(stated, Context(depth=len(flat(axes)))))
    rows, columns = len(found[0]), len(found[0][0])
    wanted = [rows_[i][j].value for i in range(rows) for j in range(columns) for rows_ in found]
    shape = (*(size for size in (rows, columns) if size > 1), *indices.values())
    return Compiled(at, wanted, shape, flat(axes)[::-1])
