"""Laws on a model, and what expectations and sums under them mean."""

from __future__ import annotations

from functools import lru_cache, partial, reduce
from operator import itemgetter
from typing import Any

import numpy as np

from ...language import (
    ALL,
    CONSTANT,
    NONE,
    OLD,
    AtLargest,
    Bound,
    Expect,
    Largest,
    Law,
    Policy,
    Prefix,
    Prob,
    Product,
    Scope,
    StateLaw,
    Sum,
    Var,
    span,
)
from ..model import exact
from ..model.jets import Array, Jet
from ..model.tables import FIXED
from ..model.tables import OLD as AT_OLD
from .evaluator import Axis, Context, Evaluator, Rows, Unevaluable, each, grid, over_tokens, rule, trim
from .partial_functions import compare, larger

MOST_TERMS = 1000


def point_of(at: Evaluator, policy: Any, ctx: Context) -> tuple[str, int]:
    """Where a policy stands, and how far its jet goes."""
    point = CONSTANT if policy is None else described(policy)[1]
    if point == CONSTANT:
        return FIXED, 0
    return (AT_OLD, 0) if point == OLD else (at.model.point(ctx.old), ctx.order)


@lru_cache(maxsize=4096)
def described(policy: Policy) -> tuple[str, str]:
    """The name of a policy and where it stands."""
    return policy.name, policy.point


def law_of(at: Evaluator, law: Law | StateLaw, outcome: Array, ctx: Context) -> tuple[Jet, Jet]:
    """The probability of an outcome, and its logarithm."""
    sizes, model, outcomes = at.model.sizes, at.model, at.outcomes(law)
    if isinstance(law, StateLaw):
        point, order = point_of(at, law.policy, ctx)
        label = "d" if law.policy is None else rf"d^{{{described(law.policy)[0]}}}"
        tables, places = model.law(label, (), sizes.states, point, order), ()
    else:
        point, order = point_of(at, law.policy, ctx)
        context = sorted(law.context, key=lambda term: isinstance(term, Prefix))
        shape = tuple(size for term in context for size in at.dimensions(term))
        places = tuple(place for term in context for place in at.places(term, ctx))
        if sizes.tree is not None and not over_tokens(law):
            tables = model.sequence_law(described(law.policy)[0], shape, point, order)
        elif isinstance(outcome, np.ndarray) and np.max(outcome, initial=0) >= outcomes:
            raise Unevaluable("a law of tokens has no probability for a sequence")
        else:
            tables = model.law(described(law.policy)[0], shape, outcomes, point, order)
    return at.look_up(tables[0], (*places, outcome)), at.look_up(tables[1], (*places, outcome))


def log_of_law(at: Evaluator, law: Law | StateLaw, outcome: Array, ctx: Context) -> Jet:
    """The logarithm of the probability of an outcome, undefined where that is zero."""
    chance, log = law_of(at, law, outcome, ctx)
    if at.model.vanishing:
        at.record(at.undefined, at.sign(chance) == 0, ctx)
    return log


@rule(Expect)
def expectation(at: Evaluator, node: Expect, ctx: Context) -> Rows:
    """The sum over every outcome, every member of a group on its own axis, weighted by its probability."""
    size, scope = at.outcomes(node.law), node.scope
    if scope.sort == "group":
        axes = tuple(Axis(ctx.depth + j, size) for j in range(at.model.sizes.group))
        inner = ctx.bind(axes, len(axes))
    else:
        axes = (Axis(ctx.depth, size),)
        inner = ctx.bind(axes[0], 1)
    body = at.value(scope.body, inner)
    for axis in reversed(axes):
        weight = law_of(at, node.law, grid(axis), ctx)[0]
        body = each(lambda entry, w=weight, x=axis: along(w.times(entry, ctx.order), x), body)
    return body


def along(jet: Jet, axis: Axis) -> Jet:
    """The sum over an axis, the leftmost of all."""
    def add(term: Array) -> Array:
        if term.ndim < axis.slot + 2 or term.shape[0] == 1:
            return trim(term) * axis.size
        return trim(term.sum(axis=0))
    return jet.map(add)


@rule(Sum)
def summation(at: Evaluator, node: Sum, ctx: Context) -> Rows:
    """A sum over all actions, or over an index or token from 1 on."""
    if node.args[0] == ALL:
        axis, body, left_out = over_actions(at, node, ctx)
        zero = at.number(0)
        return each(lambda entry: along(at.choose(left_out, zero, entry), axis), body)
    terms = [each(partial(counted, at, mask), term) for mask, term in over_range(at, node, ctx)]
    empty = each(lambda _entry: at.number(0), terms[0]) if terms else ((at.number(0),),)
    return reduce(lambda left, right: each(Jet.__add__, left, right), terms, empty)


def counted(at: Evaluator, mask: Array | None, entry: Jet) -> Jet:
    """An entry where it counts, else zero."""
    return entry if mask is None else at.choose(mask, entry, at.number(0))


@rule(Product)
def multiplied(at: Evaluator, node: Product, ctx: Context) -> Jet:
    """A product with ranges as in a sum."""
    one = at.number(1)
    if node.args[0] == ALL:
        axis, ((entry,),), left_out = over_actions(at, node, ctx)
        factors = entries(at.choose(left_out, one, entry), axis)
    else:
        factors = [term[0][0] if mask is None else at.choose(mask, term[0][0], one)
                   for mask, term in over_range(at, node, ctx)]
    return reduce(lambda left, right: left.times(right, ctx.order), factors, one).map(trim)


@rule(Largest)
def largest(at: Evaluator, node: Largest, ctx: Context) -> Jet:
    """The largest over all there is to run over; it is not differentiated, as where it is attained may move."""
    if ctx.order:
        raise Unevaluable("a maximum over a set is differentiated")
    scope, *range_ = node.args
    if range_:
        return largest_of_range(at, Sum(*range_, *[NONE][len(range_) - 1:], scope), ctx).map(trim)
    axis, ((entry,),), _ = over_actions(at, Sum(ALL, NONE, scope), ctx)
    return reduce(lambda left, right: larger(at, left, right, ctx), entries(entry, axis)).map(trim)


def largest_of_range(at: Evaluator, ranged: Sum, ctx: Context) -> Jet:
    """The largest over a range, which is undefined where that is empty."""
    found: Jet | None = None
    for mask, term in over_range(at, ranged, ctx):
        entry = term[0][0]
        if found is None:
            if mask is not None:
                at.record(at.undefined, ~mask, ctx)
            found = entry
        else:
            greater = larger(at, found, entry, ctx)
            found = greater if mask is None else at.choose(mask, greater, found)
    if found is None:
        at.record(at.undefined, np.ones(1, dtype=bool), ctx)
        return at.number(0)
    return found


@rule(AtLargest)
def at_largest(at: Evaluator, node: AtLargest, ctx: Context) -> Jet:
    """A value where something is largest; it is undefined where that is so at several places."""
    if ctx.order:
        raise Unevaluable("what is taken at a maximum is differentiated")
    values, goals = (entries(rows[0][0], axis) for axis, rows, _ in (
        over_actions(at, Sum(ALL, NONE, scope), ctx) for scope in node.args))
    found, best = values[0], goals[0]
    tied = np.zeros(1, dtype=bool)
    for value, goal in zip(values[1:], goals[1:], strict=True):
        sign = compare(at, goal, best, ctx)
        at.record(at.undefined, sign == exact.UNKNOWN, ctx)
        tied = np.where(sign > 0, False, tied | (sign == 0))
        found, best = at.choose(sign > 0, value, found), at.choose(sign > 0, goal, best)
    at.record(at.undefined, tied, ctx)
    return found.map(trim)


def entries(jet: Jet, axis: Axis) -> list[Jet]:
    """The values along an axis, the leftmost of all."""
    wide = jet.map(lambda t: np.broadcast_to(t, np.broadcast_shapes(t.shape, grid(axis).shape)))
    return [wide.map(itemgetter(k)) for k in range(axis.size)]


def over_actions(at: Evaluator, node: Any, ctx: Context) -> tuple[Axis, Rows, Array]:
    """The axis of all actions, or states, the body along it, and where it is left out."""
    tokens = at.model.sizes.tree is not None and token_of(node.args[2])
    axis = Axis(ctx.depth, at.tree.vocabulary if tokens else members(at, node))
    body = at.value(node.args[2].body, ctx.bind(axis, 1))
    excluded = node.args[1]
    left_out = np.zeros(1, dtype=bool) if excluded == NONE else grid(axis) == at.places(excluded, ctx)[0]
    return axis, body, left_out


def members(at: Evaluator, node: Any) -> int:
    """How many actions, or states, a sum over all of them has."""
    return at.model.sizes.states if node.args[2].sort == "state" else at.model.sizes.actions


def token_of(scope: Scope) -> bool:
    """Whether the bound action of a scope stands as a token: as the outcome of a law with a prefix."""
    def found(term: Any, depth: int) -> bool:
        if isinstance(term, Prob) and over_tokens(term.law) and term.action == Bound(depth, "action"):
            return True
        return any(found(arg, depth + isinstance(term, Scope)) for arg in term.args)
    return found(scope.body, 0)


def over_range(at: Evaluator, node: Any, ctx: Context) -> Any:
    """The terms of a sum over an index or token, each with where it counts (None: everywhere)."""
    upper, excluded, scope = node.args
    start, end = span(upper)
    ends = at.bound(end, ctx)
    if at.sizes:
        at.record(at.undefined, ends < start - 1, ctx)
    if ends.max() > MOST_TERMS:
        raise Unevaluable(f"a range of {int(ends.max())} is too long")
    skip = None if excluded == NONE else at.resolve(excluded, ctx)
    if skip is not None and isinstance(excluded, Var):
        at.record(at.undefined, ends < skip, ctx)  # what is left out is one of what there is
    for k in range(start, int(ends.max()) + 1):
        if k == skip:
            continue
        live = None if np.all(ends >= k) else ends >= k
        inner = ctx.bind(k)
        if live is not None:
            before = at.masks[ctx.active]
            at.masks.append(live if before is None else live & before)
            inner = inner._replace(active=len(at.masks) - 1)
        yield live, at.value(scope.body, inner)
