"""Expressions as array expressions: the evaluator's rules on cells in the place of arrays, in general position.

What needs no choice between cases is the evaluator's own rule. What looks at numbers (sums, extrema) is said here for
cells. A cell counts as positive wherever the evaluator asks: where it is not, the array that comes out is not finite.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import reduce
from typing import Any

import numpy as np
from sympy import Basic

from ...language import (
    ALL,
    NONE,
    App,
    AtOld,
    BigO,
    Const,
    Expect,
    Frac,
    Gradient,
    Hessian,
    Indicator,
    Log,
    Max,
    Min,
    Neg,
    Num,
    Ordinal,
    Parameter,
    Plus,
    Power,
    Prob,
    Product,
    Root,
    Sample,
    Step,
    StopGradient,
    Sum,
    Taylor,
    Times,
    Transpose,
)
from ...language import Exp as Exponential
from ..meaning.evaluator import RULES, Axis, Context, Evaluator, Rows, Unevaluable, each
from ..meaning.partial_functions import exponential, logarithm, repeated
from ..meaning.probabilities import law_of, members, over_range
from ..model import jets
from ..model.jets import Jet
from ..model.table_names import policy, printed
from ..model.tables import OLD, Model, Name
from .cells import Book, Cell

SHARED = (Num, Const, BigO, Plus, Neg, Times, Frac, Transpose, Log, Exponential, Root, Prob, App, Ordinal, Gradient,
          Hessian, Step, Parameter, AtOld, StopGradient, Taylor)
SMALL = 64


class Symbols:
    """The arithmetic of cells."""

    approximate = True

    def __init__(self, book: Book) -> None:
        self.book = book

    def number(self, above: Any, below: Any = 1) -> Cell:
        return self.book.cell(float(np.ravel(above)[0]) / float(below))

    def log(self, value: Cell) -> Cell:
        return self.book.function("log", value)

    def exp(self, value: Cell) -> Cell:
        return self.book.function("exp", value)

    def root(self, value: Cell) -> Cell:
        return self.book.function("root", value)

    def power(self, value: Cell, exponent: Cell) -> Cell:
        return self.book.function("power", value, exponent)

    def hull(self, left: Cell, right: Cell) -> Cell:
        return self.book.function("where", self.book.function("compare≥", left, right), left, right)

    def tamed(self, value: Cell) -> Cell:
        return value

    def sign(self, value: Cell) -> Any:
        return np.int8(1)

    def compare(self, left: Cell, right: Cell) -> Any:
        return np.int8(1)

    def agree(self, left: Cell, right: Cell) -> Any:
        return left is right


@dataclass
class Inputs(Model):
    """A model whose tables are inputs; ``shapes`` lists those that were asked for, without the batch.

    A policy is the softmax of logits given under its name; ``\\partial_{k}`` of its family is the k-th direction in
    which θ moves these logits.
    """

    shapes: dict[str, tuple[int, ...]] = field(default_factory=dict)
    book: Book = field(default_factory=Book)

    def given(self, label: str, shape: tuple[int, ...]) -> Cell:
        """The input of that name; its axes are numbered −1, −2, … from the left."""
        self.shapes[label] = shape
        return self.book.make("input", (label,), [-1 - k for k in range(len(shape))])

    def table(self, name: Name, shape: tuple[int, ...]) -> Any:
        place = f"[{name.entry[0] + 1},{name.entry[1] + 1}]" if name.kind == "step" or name.entry != (0, 0) else ""
        return self.given(printed(name, self) + place, shape)

    def start(self) -> list[Any]:
        raise Unevaluable("θ itself is no input, only the logits are; write the step Δθ")

    def normalised(self, label: str, context: tuple[int, ...], count: int, point: str, order: int) -> tuple[Jet, Jet]:
        book, shape = self.book, (*context, count)
        log = book.function("log_softmax", self.given(policy(label, OLD if point and self.at_old else point), shape))
        if not point or not order:
            return jets.constant(book.function("exp", log)), jets.constant(log)
        moved = Jet({(): book.cell(0), **{
            (k,): self.given(rf"\partial_{{{k + 1}}} {label}", shape) for k in range(self.sizes.directions)}})
        # log Σ p·exp(h), where h is how the logits move: its constant is log 1
        chance, shifted = book.function("exp", log), jets.exponential(moved, book.cell(1), order)
        partition = shifted.map(lambda term: book.total(term * chance, {-len(shape): count}))
        logs = moved + jets.constant(log) - jets.logarithm(partition, book.cell(0), order)
        return jets.exponential(logs, chance, order), logs


class Compiler(Evaluator):
    """Turns terms into cells."""

    def __init__(self, model: Inputs, free: Any) -> None:
        super().__init__(model, free)
        self.book = model.book

    def value(self, node: Basic, ctx: Context) -> Rows:
        loose = getattr(node, "loose", 0)
        key = (node, ctx.env[len(ctx.env) - loose:] if loose else (), *ctx[1:])
        if key not in self.cache:
            kind = type(node)
            meaning = COMPILED.get(kind) or (RULES[kind] if kind in SHARED else None)
            if meaning is None:
                raise Unevaluable(f"{kind.__name__} is not compiled")
            found = meaning(self, node, ctx)
            self.cache[key] = ((found,),) if isinstance(found, Jet) else found
        return self.cache[key]

    def places(self, term: Basic, ctx: Context) -> tuple[Any, ...]:
        """Axes, or places on an axis as strings."""
        if isinstance(term, Sample):
            index, group = self.resolve(term.args[1], ctx), self.resolve(term.args[0], ctx)
            if not 1 <= index <= len(group):
                raise Unevaluable(f"a group of {len(group)} has no sample {index}")
            return (group[index - 1].slot,)
        found = self.resolve(term, ctx)
        if isinstance(found, Axis):
            return (found.slot,)
        return tuple(axis.slot for axis in found) if isinstance(found, tuple) else (str(found - 1),)

    def look_up(self, table: Jet, places: tuple[Any, ...]) -> Jet:
        axes = {-1 - k: place for k, place in enumerate(places)}
        return table.map(lambda term: self.book.view(term, axes))

    def sign(self, jet: Jet) -> Any:
        return np.int8(1)

    def choose(self, condition: Any, left: Jet, right: Jet) -> Jet:
        """One of two jets: by a cell entry by entry, by a truth value as a whole."""
        if not isinstance(condition, Cell):
            return left if condition else right
        zero = self.book.cell(0)
        return Jet({monomial: self.book.function("where", condition, left.terms.get(monomial, zero),
                                                 right.terms.get(monomial, zero))
                    for monomial in {**left.terms, **right.terms}})

    def summed(self, jet: Jet, *axes: Axis) -> Jet:
        """The sum over axes."""
        sizes = {axis.slot: axis.size for axis in axes}
        return jet.map(lambda term: self.book.total(term, sizes))

    def holds(self, op: str, left: Jet, right: Jet) -> Cell:
        """Where a comparison holds."""
        return self.book.function("compare" + op, left.value, right.value)


Meaning = Callable[[Compiler, Any, Context], "Jet | Rows"]
COMPILED: dict[type, Meaning] = {}


def meaning(*kinds: type) -> Callable[[Meaning], Meaning]:
    """Register what node types become."""
    def register(function: Meaning) -> Meaning:
        COMPILED.update(dict.fromkeys(kinds, function))
        return function
    return register


@meaning(Expect)
def expectation(at: Compiler, node: Expect, ctx: Context) -> Rows:
    """The weighted sum over every outcome, for a group over those of all its members."""
    size, scope = at.outcomes(node.law), node.scope
    count = at.model.sizes.group if scope.sort == "group" else 1
    axes = tuple(Axis(ctx.depth + j, size) for j in range(count))
    body = at.value(scope.body, ctx.bind(axes if scope.sort == "group" else axes[0], count))
    weights = [law_of(at, node.law, axis.slot, ctx)[0] for axis in axes]
    weight = reduce(lambda left, right: left.times(right, ctx.order), weights)
    return each(lambda entry: at.summed(weight.times(entry, ctx.order), *axes), body)


def over_actions(at: Compiler, node: Any, ctx: Context) -> tuple[Axis, Rows]:
    """The axis of all actions, and the body along it."""
    if node.args[1] != NONE:
        raise Unevaluable("a range of actions with one left out is not compiled")
    axis = Axis(ctx.depth, members(at, node))
    return axis, at.value(node.args[2].body, ctx.bind(axis, 1))


@meaning(Sum)
def summation(at: Compiler, node: Sum, ctx: Context) -> Rows:
    """A sum over all actions, or over an index from 1 on."""
    if node.args[0] == ALL:
        axis, body = over_actions(at, node, ctx)
        return each(lambda entry: at.summed(entry, axis), body)
    terms = [term for _, term in over_range(at, node, ctx)]
    return reduce(lambda left, right: each(Jet.__add__, left, right), terms, zero_of(at, terms))


def zero_of(at: Compiler, terms: list[Rows]) -> Rows:
    """Zero in the shape of the terms."""
    return each(lambda _entry: at.number(0), terms[0]) if terms else ((at.number(0),),)


@meaning(Product)
def multiplied(at: Compiler, node: Product, ctx: Context) -> Jet:
    """A product with ranges as in a sum."""
    if node.args[0] == ALL:
        axis, ((entry,),) = over_actions(at, node, ctx)
        factors = [Jet({monomial: at.book.view(term, {axis.slot: str(k)}) for monomial, term in entry.terms.items()})
                   for k in range(axis.size)]
    else:
        factors = [term[0][0] for _, term in over_range(at, node, ctx)]
    return reduce(lambda left, right: left.times(right, ctx.order), factors, at.number(1))


@meaning(Power)
def power(at: Compiler, node: Power, ctx: Context) -> Jet:
    """A power: by multiplication for a small natural exponent, else as exp(y log x)."""
    base, exponent = at.scalar(node.args[0], ctx), at.scalar(node.args[1], ctx)
    count = exponent.value.args[0] if exponent.is_constant and exponent.value.kind == "number" else None
    if count is not None and count == int(count) and 0 <= count <= SMALL:
        return repeated(at, base, int(count), ctx)
    if exponent.is_constant:
        return jets.power(base, exponent.value, at.arithmetic.power(base.value, exponent.value), ctx.order)
    return exponential(at, exponent.times(logarithm(at, base, ctx), ctx.order), ctx)


@meaning(Max, Min)
def extremum(at: Compiler, node: Any, ctx: Context) -> Jet:
    """The larger or smaller; at a tie the first."""
    op = "≥" if isinstance(node, Max) else "≤"
    return reduce(lambda left, right: at.choose(at.holds(op, left, right), left, right),
                  (at.scalar(arg, ctx) for arg in node.args))


@meaning(Indicator)
def indicator(at: Compiler, node: Indicator, ctx: Context) -> Jet:
    """1 where the comparison holds, else 0."""
    holds = at.holds(str(node.args[0]), at.scalar(node.args[1], ctx), at.scalar(node.args[2], ctx))
    return at.choose(holds, at.number(1), at.number(0))
