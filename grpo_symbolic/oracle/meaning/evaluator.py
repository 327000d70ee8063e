"""The evaluator's frame: environments, axes, table look-up, what is undefined. The meanings are registered apart.

Arrays are aligned at the right: the last axis is the batch of models, and every action or state in scope, bound or
free, owns the next axis to its left (its slot). Broadcasting then does what named axes would.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from sympy import Basic

from ...language import (
    ActionCount,
    Bound,
    Const,
    Length,
    Neg,
    Num,
    Plus,
    Prefix,
    ProcessLaw,
    Sample,
    StateLaw,
    Times,
    TokenOf,
    Var,
)
from ..model import clock, exact
from ..model.jets import Array, Jet
from ..model.tables import Model
from ..model.tree import Tree

Rows = tuple[tuple[Jet, ...], ...]


class Unevaluable(ValueError):
    """The statement has a part to which a finite model gives no value."""


class Axis(NamedTuple):
    """All values of an action or a state, along the array axis of ``slot``."""

    slot: int
    size: int


Bindings = Any  # an Axis, an int (index or token), or a tuple of axes (a group)


class Context(NamedTuple):
    """Where a term stands: its bound variables, the next slot, the order of its jet, θ or θ_old, live tokens."""

    env: tuple[Bindings, ...] = ()
    depth: int = 0
    order: int = 0
    old: bool = False
    active: int = 0

    def bind(self, value: Bindings, slots: int = 0) -> Context:
        """The context below a binder."""
        return self._replace(env=(*self.env, value), depth=self.depth + slots)


Rule = Callable[["Evaluator", Any, Context], "Jet | Rows"]
RULES: dict[type, Rule] = {}


def rule(*kinds: type) -> Callable[[Rule], Rule]:
    """Register the meaning of node types."""
    def register(function: Rule) -> Rule:
        for kind in kinds:
            RULES[kind] = function
        return function
    return register


@lru_cache(maxsize=4096)
def grid(axis: Axis) -> Array:
    """The values 0…size−1 along their axis."""
    return np.arange(axis.size).reshape((axis.size,) + (1,) * (axis.slot + 1))


def trim(term: Array) -> Array:
    """An array without axes at its left on which it does not depend, so that it fits where fewer are in scope."""
    while term.ndim > 1 and term.shape[0] == 1:
        term = term[0]
    return term


class Evaluator:
    """Evaluates terms on a model, free variables given; ``undefined`` and ``kinks`` collect where it cannot.

    ``beyond`` collects where that is because a sequence has ended. A ``strict`` one takes the root of zero for
    undefined; ``side``, ``sizes`` and ``apart`` are as for a question.
    """

    def __init__(self, model: Model, free: Mapping[Basic, Bindings], strict: bool = False, side: int = 0,
                 sizes: bool = False, apart: bool = False) -> None:
        self.model, self.free, self.arithmetic, self.strict = model, free, model.arithmetic, strict
        self.side, self.sizes, self.apart = side, sizes, apart
        self.undefined: list[Array] = []
        self.beyond: list[Array] = []
        self.kinks: list[Array] = []
        self.masks: list[Array | None] = [None]
        self.batch = np.arange(model.sizes.batch)
        self.cache: dict[Any, Rows] = {}

    @property
    def tree(self) -> Tree:
        """The sequences of the model."""
        if self.model.sizes.tree is None:
            raise Unevaluable("a token without sequences")
        return self.model.sizes.tree

    def value(self, node: Basic, ctx: Context) -> Rows:
        """The value as rows of jets, one for each coordinate; a scalar is one row of one."""
        loose = getattr(node, "loose", 0)
        key = (node, ctx.env[len(ctx.env) - loose:] if loose else (), *ctx[2:])
        if key not in self.cache:
            clock.check()
            if type(node) not in RULES:
                raise Unevaluable(f"{type(node).__name__} has no value on a finite model")
            found = RULES[type(node)](self, node, ctx)
            rows = ((found,),) if isinstance(found, Jet) else found
            approximate = self.arithmetic.approximate  # its numbers do not grow
            self.cache[key] = rows if approximate else each(lambda jet: jet.map(self.arithmetic.tamed), rows)
        return self.cache[key]

    def scalar(self, node: Basic, ctx: Context) -> Jet:
        """The value of a scalar."""
        rows = self.value(node, ctx)
        if len(rows) != 1 or len(rows[0]) != 1:
            raise Unevaluable(f"{type(node).__name__} is not a scalar")
        return rows[0][0]

    def resolve(self, term: Basic, ctx: Context) -> Bindings:
        """What a variable is bound to."""
        if isinstance(term, Bound):
            return ctx.env[-1 - term.depth]
        if isinstance(term, Num):
            return int(term.value)
        if isinstance(term, Var):
            return self.free[term]
        raise Unevaluable("models have functions of states, actions, indices and tokens only")

    def places(self, term: Basic, ctx: Context) -> tuple[Array, ...]:
        """Where an argument points in a table: one array of positions, for a group one each member."""
        if isinstance(term, Sample):
            index, group = self.resolve(term.args[1], ctx), self.resolve(term.args[0], ctx)
            if not 1 <= index <= len(group):
                raise Unevaluable(f"a group of {len(group)} has no sample {index}")
            return (grid(group[index - 1]),)
        if isinstance(term, TokenOf):
            return (self.along(self.tree.tokens, term, ctx),)
        if isinstance(term, Prefix):
            return (self.along(self.tree.contexts_of, term, ctx),)
        found = self.resolve(term, ctx)
        if isinstance(found, Axis):
            return (grid(found),)
        if isinstance(found, tuple):
            return tuple(map(grid, found))
        size = self.dimensions(term)[0]
        if not 1 <= found <= size:  # a sum may run past the last token or sample, where nothing has a value
            self.record(self.undefined, np.array([True]), ctx)
        return (np.array([min(max(found, 1), size) - 1]),)

    def along(self, rows: tuple[tuple[int, ...], ...], term: Basic, ctx: Context) -> Array:
        """An entry of ``rows[sequence]`` at a position; positions after the end are undefined."""
        sequence, position = self.places(term.args[0], ctx)[0], self.resolve(term.args[1], ctx)
        if not isinstance(position, int):
            raise Unevaluable("a token at a place that is no number")
        ends = np.array(self.tree.lengths)[sequence]
        for where in (self.undefined, self.beyond):
            self.record(where, position > ends, ctx)
        return np.array([row[position - 1] if position <= len(row) else 0 for row in rows])[sequence]

    def dimensions(self, term: Basic) -> tuple[int, ...]:
        """The sizes of the table axes for an argument."""
        sizes = self.model.sizes
        if isinstance(term, Prefix):
            return (self.tree.contexts,)
        sort = getattr(term, "sort", "index")
        if sort == "group":
            return (sizes.actions,) * sizes.group
        return ({"action": sizes.actions, "state": sizes.states}.get(sort, sizes.members),)

    def look_up(self, table: Jet, places: tuple[Array, ...]) -> Jet:
        """Entries of a table, broadcast over the axes of the places."""
        at = (*places, self.batch)
        return table.map(lambda term: term[at])

    def record(self, where: list[Array], mask: Array, ctx: Context) -> None:
        """Note where a value is undefined or a derivative stands on a kink, among the live tokens."""
        if np.any(mask):
            live = self.masks[ctx.active]
            mask = mask if live is None else mask & live
            if np.any(mask):
                where.append(trim(np.atleast_1d(mask)))

    def bound(self, term: Basic, ctx: Context) -> Array:
        """The upper end of a range, an array of integers."""
        if isinstance(term, Num):
            return np.array([int(term.value)])
        if isinstance(term, Const):
            return np.array([self.integer(term)])
        if isinstance(term, ActionCount):
            if self.model.sizes.tree is not None:
                raise Unevaluable("the number of actions beside sequences: it may count tokens")
            return np.array([self.model.sizes.actions])
        if isinstance(term, Length):
            return np.array(self.tree.lengths)[self.places(term.args[0], ctx)[0]]
        if isinstance(term, Neg):
            return -self.bound(term.args[0], ctx)
        if isinstance(term, (Plus, Times)):
            parts = [self.bound(arg, ctx) for arg in term.args]
            total = parts[0]
            for part in parts[1:]:
                total = total + part if isinstance(term, Plus) else total * part
            return total
        raise Unevaluable("a range ends at an expression that is no count")

    def integer(self, const: Const) -> int:
        """The value of a constant that counts: the group size, or a number of tokens."""
        if const.name in self.model.integers:
            return self.model.integers[const.name]
        raise Unevaluable(f"{const.name} counts nothing")

    def number(self, above: int, below: int = 1) -> Jet:
        """A literal."""
        return Jet({(): self.arithmetic.number(np.array([above]), below)})

    def outcomes(self, law: Basic) -> int:
        """How many outcomes a law has. Raises Unevaluable for the states of a process, which no table has."""
        if isinstance(law, ProcessLaw):
            raise Unevaluable("the states of a decision process, of which tables of laws know nothing")
        if isinstance(law, StateLaw):
            return self.model.sizes.states
        return self.tree.vocabulary if over_tokens(law) else self.model.sizes.actions

    def sign(self, jet: Jet) -> Array:
        """The sign of the value."""
        return self.arithmetic.sign(jet.value)

    def choose(self, condition: Array, left: Jet, right: Jet) -> Jet:
        """Elementwise ``left`` where the condition holds, else ``right``."""
        terms = {}
        for monomial in {**left.terms, **right.terms}:
            pair = (jet.terms[monomial] if monomial in jet.terms else jet.value * 0 for jet in (left, right))
            terms[monomial] = np.where(condition, *pair)
        return Jet(terms)

    def guard(self, jet: Jet, bad: Array, ctx: Context, where: list[Array] | None = None) -> Jet:
        """``jet`` with 1 where it is bad; the place is recorded."""
        if not np.any(bad):
            return jet
        self.record(self.undefined if where is None else where, bad, ctx)
        return self.choose(bad, self.number(1), jet)

    def poison(self, jet: Jet, bad: Array) -> Jet:
        """``jet`` without a value where it is undefined; exact numbers have no NaN, there the record must do."""
        if not np.any(bad) or jet.value.dtype == object:
            return jet
        return jet.map(lambda term: np.where(bad, np.nan, term))


def over_tokens(law: Basic) -> bool:
    """Whether a law is one of tokens: it has a prefix among its conditions."""
    return any(isinstance(term, Prefix) for term in law.args)


def each(function: Callable[..., Jet], *values: Rows) -> Rows:
    """``function`` entry by entry."""
    return tuple(tuple(function(*entries) for entries in zip(*rows, strict=True))
                 for rows in zip(*values, strict=True))


def is_zero(sign: Array) -> Array:
    """Where a number is zero or cannot be told from it."""
    return (sign == 0) | (sign == exact.UNKNOWN)
