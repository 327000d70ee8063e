"""Finite models: how many actions, states, samples and tokens there are, and tables for every name.

A table is drawn when it is first asked for. Policies and functions of θ are jets, at θ and at θ_old: any two
jets belong to one smooth family, so nothing is lost by drawing them apart.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from dataclasses import dataclass, field, replace
from functools import partial
from math import prod
from typing import Any, NamedTuple

import numpy as np

from . import jets
from .jets import Array, Jet, Monomial, monomials
from .number_systems import Arithmetic, Floating
from .tree import Tree

THETA, OLD, FIXED = "θ", "old", ""
SIGNED = {"positive": (1, 1), "negative": (1, -1), "nonnegative": (0, 1), "nonpositive": (0, -1), "zero": (0, 0)}
NEAR = ((0, 2), (1, 2), (-1, 2), (0, 1), (0, 4))  # so many ones added, so many halves of a landmark
EXTREME = 10 ** 12
FRACTION = re.compile(r"\\(var)?epsilon")


@dataclass(frozen=True)
class Sizes:
    """The sizes of a model: ``batch`` models of the same sizes are evaluated at once.

    ``margin`` is how far ranges run past what a constant counts.
    """

    actions: int = 2
    group: int = 1
    states: int = 1
    directions: int = 1
    batch: int = 1
    tree: Tree | None = None
    margin: int = 0

    @property
    def members(self) -> int:
        """How many members a family has: as many as a group or a sequence, and ``margin`` more."""
        return max(self.group, self.tree.depth if self.tree is not None else 1) + self.margin

    @property
    def cells(self) -> int:
        """The number of groups of actions."""
        return self.actions ** self.group


class Name(NamedTuple):
    """What a table stands for. ``kind`` says how it is drawn; ``point`` and ``monomial`` place a coefficient."""

    kind: str
    label: str
    sign: str = "real"
    point: str = FIXED
    monomial: Monomial = ()
    entry: tuple[int, int] = (0, 0)
    sorts: tuple[str, ...] = ()


Table = tuple[Any, Any]


@dataclass
class Model(ABC):
    """Tables of numbers above/below, read in an arithmetic; the last axis is the batch.

    The laws named ``vanishing`` may give an outcome no weight; ``letters`` has what functions were applied to, and
    ``seen`` the values of functions at numbers, to print them.
    """

    sizes: Sizes
    arithmetic: Arithmetic
    rng: np.random.Generator
    at_old: bool = False
    signs: dict[str, str] = field(default_factory=dict)
    integers: dict[str, int] = field(default_factory=dict)
    aliases: dict[str, tuple[str, str]] = field(default_factory=dict)
    shifts: dict[str, Array] = field(default_factory=dict)
    vanishing: frozenset[str] = frozenset()
    tables: dict[Name, Table] = field(default_factory=dict)
    laws: dict[Any, tuple[Jet, Jet]] = field(default_factory=dict)
    numbers: dict[Name, Array] = field(default_factory=dict)
    letters: dict[str, tuple[str, ...]] = field(default_factory=dict)
    seen: dict[str, str] = field(default_factory=dict)

    def at(self, member: int, arithmetic: Arithmetic) -> Model:
        """One model of the batch, in another arithmetic."""
        tables = {name: (above[..., member:member + 1], below[..., member:member + 1] if np.ndim(below) else below)
                  for name, (above, below) in self.tables.items()}
        return replace(self, sizes=replace(self.sizes, batch=1), arithmetic=arithmetic, tables=tables,
                       laws={}, numbers={}, seen={})

    @abstractmethod
    def table(self, name: Name, shape: tuple[int, ...]) -> Array:
        """The numbers of a name."""

    def point(self, old: bool) -> str:
        """The point at which θ stands."""
        return OLD if old or self.at_old else THETA

    def series(self, name: Name, shape: tuple[int, ...], point: str, order: int) -> Jet:
        """The jet of a name, each coefficient drawn apart; at no point it is constant. A derivative has any sign."""
        wanted = monomials(self.sizes.directions, order if point else 0)
        return Jet({m: self.table(name._replace(point=point, monomial=m, sign="real" if m else name.sign), shape)
                    for m in wanted})

    def function(self, name: Name, shape: tuple[int, ...], point: str, order: int) -> Jet:
        """A named function's table, with the sign that it is declared to have or assumed to have where it stands."""
        sign = self.signs.get(name.label, "real") if name.sign == "real" else name.sign
        if point and name.sign == "nonnegative":
            sign = "positive"  # where it vanished, so would its derivatives
        table = self.series(name._replace(sign=sign), shape, point, order)
        return table + jets.constant(self.shifts[name.label]) if name.label in self.shifts else table

    def constant(self, label: str, sign: str) -> Array:
        """A named constant, one number a model: ε lies between 0 and 1 where it is positive, T counts."""
        sign = "fraction" if FRACTION.match(label) and sign == "positive" else "count" if label == "T" else sign
        value = self.table(Name("constant", label, sign), ())
        return value + self.shifts[label] if label in self.shifts else value

    def start(self) -> list[Array]:
        """θ_old."""
        return [self.table(Name("function", r"\theta_{\text{old}}", entry=(i, 0)), ())
                for i in range(self.sizes.directions)]

    def step(self, old: bool, order: int) -> list[Jet]:
        """Δθ at θ, as a function of θ; it is not zero where θ and θ_old differ."""
        here = self.point(old) == OLD
        one = self.arithmetic.number(np.ones(1, dtype=int))
        result = []
        for i in range(self.sizes.directions):
            start = one * 0 if here else self.table(Name("step", r"\Delta\theta", entry=(i, 0)), ())
            result.append(Jet({(): start, (i,): one} if order else {(): start}))
        return result

    def law(self, label: str, context: tuple[int, ...], count: int, point: str, order: int) -> tuple[Jet, Jet]:
        """Probabilities and their logarithms: tables over the context, the outcome and the batch."""
        if point == FIXED and label in self.aliases:
            label, where = self.aliases[label]
            point, order = {"current": self.point(False), "old": OLD}.get(where, FIXED), 0
        key = (label, context, count, point, order)
        if key not in self.laws:
            self.laws[key] = self.normalised(label, context, count, point, order)
        return self.laws[key]

    def sequence_law(self, label: str, context: tuple[int, ...], point: str, order: int) -> tuple[Jet, Jet]:
        """The law of whole sequences, the product of the laws of their tokens."""
        tree = self.sizes.tree
        assert tree is not None
        key = (label, context, "sequence", point, order)
        if key not in self.laws:
            parts = self.law(label, (*context, tree.contexts), tree.vocabulary, point, order)
            found = []
            for table in parts:
                found.append([[table.map(partial(_entry, context, token)) for context, token in zip(*leaf, strict=True)]
                              for leaf in zip(tree.contexts_of, tree.tokens, strict=True)])
            chances = [_product(leaf, order) for leaf in found[0]]
            logs = [sum(leaf[1:], leaf[0]) for leaf in found[1]]
            self.laws[key] = (_stack(chances), _stack(logs))
        return self.laws[key]

    @abstractmethod
    def normalised(self, label: str, context: tuple[int, ...], count: int, point: str,
                   order: int) -> tuple[Jet, Jet]:
        """A law and its logarithm."""


class Drawn(Model):
    """A model whose tables are drawn by ``rng`` when they are first asked for."""

    @abstractmethod
    def draw(self, name: Name, shape: tuple[int, ...]) -> Table:
        """Numerators and denominators for a new name."""

    def table(self, name: Name, shape: tuple[int, ...]) -> Array:
        if name not in self.numbers:
            if name not in self.tables:
                self.tables[name] = self.draw(name, (*shape, self.sizes.batch))
            self.numbers[name] = self.arithmetic.number(*self.tables[name])
        return self.numbers[name]


def _entry(context: int, token: int, table: Array) -> Array:
    return table[..., context, token, :]


def _product(factors: list[Jet], order: int) -> Jet:
    result = factors[0]
    for factor in factors[1:]:
        result = result.times(factor, order)
    return result


def _stack(leaves: list[Jet]) -> Jet:
    keys = {monomial for leaf in leaves for monomial in leaf.terms}
    return Jet({m: np.stack([leaf.terms[m] if m in leaf.terms else leaf.value * 0 for leaf in leaves], axis=-2)
                for m in sorted(keys, key=len)})


@dataclass
class Softmax(Drawn):
    """Policies from random logits, of a spread up to ``spread``; log-probabilities by log-softmax."""

    spread: float = 0.0

    def draw(self, name: Name, shape: tuple[int, ...]) -> Table:
        rng = self.rng
        if name.kind == "logit":
            return self._logits(name, shape), 1
        if name.kind == "step":
            return rng.integers(128, 1024, shape) * rng.choice((-1, 1), shape), 1024
        if name.sign == "fraction":
            return rng.integers(64, 896, shape), 1024
        if name.sign == "count":
            return rng.integers(1, 5, shape), 1
        below = 2 ** rng.integers(9, 12, shape[-1])
        if name.sign in SIGNED:
            least, sign = SIGNED[name.sign]
            return sign * rng.integers(64 * least, 2048, shape), below
        return rng.integers(-2048, 2049, shape), below

    def _logits(self, name: Name, shape: tuple[int, ...]) -> Array:
        rng = self.rng
        if name.monomial:
            return rng.standard_normal(shape) / prod(range(1, len(name.monomial) + 1))
        if name.point == THETA:
            old = name._replace(point=OLD)
            if old not in self.tables:
                self.tables[old] = self.draw(old, shape)
            return self.tables[old][0] + 0.4 * rng.standard_normal(shape)
        return rng.standard_normal(shape) + self.spread * rng.uniform(0.9, 1.0, shape) * rng.integers(0, 2, shape)

    def normalised(self, label: str, context: tuple[int, ...], count: int, point: str,
                   order: int) -> tuple[Jet, Jet]:
        logits = self.series(Name("logit", label, sorts=(str(context),)), (*context, count), point, order)
        drawn = self.tables[Name("logit", label, point=point, sorts=(str(context),))][0]
        arithmetic = self.arithmetic
        logits = logits + jets.constant(-arithmetic.number(drawn.max(axis=-2, keepdims=True)))
        weights = jets.exponential(logits, arithmetic.exp(logits.value), order)
        total = weights.map(lambda term: term.sum(axis=-2, keepdims=True))
        logs = logits - jets.logarithm(total, arithmetic.log(total.value), order)
        return jets.exponential(logs, arithmetic.exp(logs.value), order), logs


@dataclass
class Rational(Drawn):
    """Policies and functions from small fractions; ``height`` bounds the numerators.

    Of functions and constants some values are ``landmarks``, fractions that a claim mentions, or one above or below,
    or half or twice as large. With ``edges`` many tables stand at a boundary: all values equal, all 0 or 1, each of
    them 0 or 1, a weight beside which the others vanish.
    """

    height: int = 3
    landmarks: tuple[tuple[int, int], ...] = ()
    edges: bool = False

    def draw(self, name: Name, shape: tuple[int, ...]) -> Table:
        table = self.small(name, shape)
        return self.edged(name, *table) if self.edges and name.kind != "step" else table

    def small(self, name: Name, shape: tuple[int, ...]) -> Table:
        """Small numbers, with the sign that the name must have."""
        rng, height = self.rng, self.height
        if name.kind == "weight":
            return rng.integers(1, height + 2, shape), 1
        if name.kind == "tangent":
            above = rng.integers(-height, height + 1, shape)
            above[..., -1, :] = -above[..., :-1, :].sum(axis=-2)
            return above, rng.integers(1, height + 1, shape[-1])
        if name.kind == "step":
            return rng.integers(1, height + 1, shape) * rng.choice((-1, 1), shape), 1
        if name.sign == "count":
            return rng.integers(1, height + 2, shape), 1
        if name.sign == "fraction":
            below = rng.integers(2, height + 3, shape)
            return rng.integers(1, below), below
        least, sign = SIGNED.get(name.sign, (-height, 1))
        table = sign * rng.integers(least, height + 1, shape), rng.integers(1, height + 1, shape[-1])
        return self.marked(name, *table) if self.landmarks and name.sign != "zero" else table

    def marked(self, name: Name, above: Array, below: Array) -> Table:
        """A table in which some numbers are landmarks, with the sign that the name must have."""
        rng, shape = self.rng, above.shape
        over, under = np.array(self.landmarks)[rng.integers(0, len(self.landmarks), shape[-1])].T
        steps, scale = np.array(NEAR)[rng.integers(0, len(NEAR), shape)].transpose(-1, *range(len(shape)))
        marks = scale * over * below + 2 * steps * below * under
        if name.sign in SIGNED:
            least, sign = SIGNED[name.sign]
            chosen = (rng.random(shape) < 0.5) & (marks >= least)
        else:
            sign, chosen = rng.choice((-1, 1), shape), rng.random(shape) < 0.5
        return np.where(chosen, sign * marks, 2 * above * under), 2 * below * under

    def edged(self, name: Name, above: Array, below: Any) -> Table:
        """A table, in some models of the batch replaced by one at a boundary."""
        kind = self.rng.integers(0, 6, above.shape[-1])
        first = np.broadcast_to(above[(0,) * (above.ndim - 1)], above.shape)
        if name.kind == "tangent":
            return np.where(kind == 0, 0, above), below
        if name.kind == "weight":
            return self.edged_weights(name, np.where(kind == 0, first, above), kind), below
        bits = self.rng.integers(0, 2, above.shape)
        edges = [0 * above, 0 * above + below, bits * below]
        if name.sign in ("positive", "negative", "nonpositive"):
            edges = [SIGNED[name.sign][1] * edges[1]] * 3
        elif name.sign not in ("real", "nonnegative"):
            return np.where(kind == 0, first, above), below
        return np.select([kind == k for k in range(4)], [first, *edges], above), below

    def edged_weights(self, name: Name, weights: Array, kind: Array) -> Array:
        """Weights, in some models with one that is overwhelming, or with one that vanishes where it may."""
        chosen = self.rng.integers(0, weights.shape[-2], weights.shape[-1])
        here = np.arange(weights.shape[-2])[:, None] == chosen
        vanishes = here & (kind == 2) & (name.label in self.vanishing) & (weights.shape[-2] > 1)
        return np.where(here & (kind == 1), weights * EXTREME, np.where(vanishes, 0, weights))

    def normalised(self, label: str, context: tuple[int, ...], count: int, point: str,
                   order: int) -> tuple[Jet, Jet]:
        arithmetic, sorts = self.arithmetic, (str(context),)
        weights = self.table(Name("weight", label, point=point, sorts=sorts), (*context, count))
        terms: dict[Monomial, Array] = {(): weights / weights.sum(axis=-2, keepdims=True)}
        for monomial in monomials(self.sizes.directions, order if point else 0)[1:]:
            name = Name("tangent", label, point=point, monomial=monomial, sorts=sorts)
            terms[monomial] = self.table(name, (*context, count))
        chances = Jet(terms)
        if label not in self.vanishing:
            return chances, jets.logarithm(chances, arithmetic.log(chances.value), order)
        # whoever asks for the logarithm of a zero is told that it has none
        above_zero = Jet({**terms, (): np.where(weights == 0, arithmetic.number(np.array([1])), chances.value)})
        return chances, jets.logarithm(above_zero, arithmetic.log(above_zero.value), order)


def extended() -> Floating:
    """The floating point with the widest exponent that the machine has."""
    return Floating(np.longdouble)


def largest_spread(arithmetic: Floating) -> float:
    """How far logits may lie apart so that a product of a dozen extreme probabilities stays finite; at most 700."""
    return min(700.0, float(np.log(np.finfo(arithmetic.dtype).max)) / 12)
