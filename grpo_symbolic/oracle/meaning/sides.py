"""Both sides of a question on a model, as arrays over its free variables and the batch."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import product
from typing import Any

import numpy as np

from ...language import Relation, Var
from ..model.jets import Array, monomials
from ..model.tables import Model
from . import algebra, derivatives, number_functions, probabilities  # noqa: F401 (their rules register themselves)
from .assumptions import solve
from .evaluator import Axis, Context, Evaluator
from .partial_functions import coefficient, relation
from .question import Question

Pair = tuple[str, Array, Array]


@dataclass
class Sides:
    """Both sides at one choice of the free indices: pairs of arrays over the free axes and the batch.

    ``excluded`` marks what the claim does not speak of: assumptions that fail, kinks, vanishing denominators of
    the free variables; ``undefined`` what has no value for another reason.
    """

    indices: dict[Var, int]
    pairs: list[Pair]
    excluded: Array
    undefined: Array


def ask(question: Question, model: Model, strict: bool = False) -> Iterator[Sides]:
    """Both sides of the relation, for every choice of the free indices and tokens; ``strict`` as for Evaluator."""
    with np.errstate(all="ignore"):
        model = solved(question, model)
    axes, indices = bindings(question.free, model, 0)
    order = 0 if question.order is None else max(question.order - 1, 1)  # what jumps at θ_old shows in a derivative
    compared = order if question.order is None else question.order - 1
    shape = (*(axis.size for axis in reversed(flat(axes))), model.sizes.batch)
    for choice in product(*(range(1, count + 1) for count in indices.values())):
        chosen = dict(zip(indices, choice, strict=True))
        at = Evaluator(model, {**axes, **chosen}, strict, question.side, question.sizes, question.apart)
        ctx = Context(depth=len(shape) - 1, order=order)
        with np.errstate(all="ignore"):
            found = both(at, question.relation, ctx, shape, compared)
            excluded = merge(at.kinks, shape) | ~assumed(question, at, shape)
            local = [mask for mask in at.undefined if mask.ndim <= len(shape)]
            yield Sides(chosen, found, excluded | merge(local, shape), merge(at.undefined, shape))


def bindings(variables: list[Var], model: Model, slot: int) -> tuple[dict[Var, Any], dict[Var, int]]:
    """Axes for variables of a finite range from a slot on, and the ranges of indices and tokens."""
    sizes = model.sizes
    axes: dict[Var, Any] = {}
    indices: dict[Var, int] = {}
    for var in variables:
        if var.sort == "group":
            axes[var] = tuple(Axis(slot + j, sizes.actions) for j in range(sizes.group))
            slot += sizes.group
        elif var.sort in ("action", "state"):
            axes[var] = Axis(slot, sizes.actions if var.sort == "action" else sizes.states)
            slot += 1
        elif var.sort == "index":
            indices[var] = sizes.group
        else:
            indices[var] = sizes.tree.depth if sizes.tree is not None else 1
    return axes, indices


def flat(axes: dict[Var, Any]) -> list[Axis]:
    """The axes in the order of their slots."""
    return [axis for found in axes.values() for axis in ([found] if isinstance(found, Axis) else found)]


def merge(masks: list[Array], shape: tuple[int, ...]) -> Array:
    """Where any mask holds; axes that are not free are asked for anywhere."""
    result = np.zeros(shape, dtype=bool)
    for mask in masks:
        extra = mask.ndim - len(shape)
        result |= mask.any(axis=tuple(range(extra))) if extra > 0 else mask
    return result


def assumed(question: Question, at: Evaluator, shape: tuple[int, ...]) -> Array:
    """Where the assumptions hold; what is free in an assumption alone is quantified there."""
    result = np.ones(shape, dtype=bool)
    for relation_ in question.assumptions:
        own = sorted(relation_.free - at.free.keys(), key=lambda var: var.name)
        extra, indices = bindings(own, at.model, len(shape) - 1)
        wide = (*(axis.size for axis in reversed(flat(extra))), *shape)
        for choice in product(*(range(1, count + 1) for count in indices.values())):
            there = Evaluator(at.model, {**at.free, **extra, **dict(zip(indices, choice, strict=True))})
            for _, left, right in both(there, relation_, Context(depth=len(wide) - 1), wide):
                holds = (at.arithmetic.agree(left, right) if relation_.op in "=≈"
                         else relation(relation_.op, at.arithmetic.compare(left, right)))
                # past the end of a sequence an assumption on every token says nothing
                holds = holds & ~merge(there.undefined, wide) | merge(there.beyond, wide)
                result &= holds.all(axis=tuple(range(len(wide) - len(shape))))
    return result


def solved(question: Question, model: Model) -> Model:
    """The model with functions shifted so that assumed equations hold, where a shift can do that."""
    if not question.solvable:
        return model
    model = replace(model, shifts={})
    for relation_, label in question.solvable:
        residuals = []
        for shift in (0, 1):
            model.shifts[label] = model.arithmetic.number(np.full(model.sizes.batch, shift))
            axes, indices = bindings(sorted(relation_.free, key=lambda var: var.name), model, 0)
            shape = (*(axis.size for axis in reversed(flat(axes))), model.sizes.batch)
            at = Evaluator(model, {**axes, **dict.fromkeys(indices, 1)})
            (_, left, right), *_ = both(at, relation_, Context(depth=len(shape) - 1), shape)
            residuals.append((left - right)[(0,) * (len(shape) - 1)])
        model.shifts[label] = solve(*residuals)
    return model


def both(at: Evaluator, relation_: Relation, ctx: Context, shape: tuple[int, ...], order: int = 0) -> list[Pair]:
    """The two sides, ready to compare up to an order."""
    left, right = (at.value(side, ctx) for side in (relation_.lhs, relation_.rhs))
    return pairs(left, right, order, at.model.sizes.directions, shape)


def pairs(left: Any, right: Any, order: int, directions: int, shape: tuple[int, ...]) -> list[Pair]:
    """The coefficients to compare, coordinate by coordinate; a single zero stands for every coordinate."""
    rows, columns = max(len(left), len(right)), max(len(left[0]), len(right[0]))
    found = []
    for i in range(rows):
        for j in range(columns):
            one, other = (side[i if len(side) > 1 else 0][j if len(side[0]) > 1 else 0] for side in (left, right))
            for monomial in monomials(directions, order):
                values = [np.broadcast_to(coefficient(jet, monomial), shape) for jet in (one, other)]
                found.append((place(i, j, rows, columns, monomial), values[0], values[1]))
    return found


def place(i: int, j: int, rows: int, columns: int, monomial: tuple[int, ...]) -> str:
    """The printed name of a coordinate and coefficient."""
    coordinate = "" if rows == columns == 1 else f"[{i + 1}]" if columns == 1 else f"[{i + 1},{j + 1}]"
    return coordinate + "".join(rf"\Delta\theta_{k + 1}" for k in monomial)
