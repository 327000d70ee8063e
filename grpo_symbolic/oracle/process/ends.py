"""What is left of a sum over the steps of a path without an end, where the path has come to a state that is its end."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import Any

from sympy import Basic

from ...language import (
    After,
    App,
    Bound,
    Expect,
    Frac,
    Gradient,
    Indicator,
    Log,
    Neg,
    Ordinal,
    Plus,
    Prefix,
    Prob,
    Sum,
    Times,
    TokenOf,
    Value,
    sort_of,
)
from ..meaning.evaluator import Unevaluable
from .numbers import ONE, ZERO, Dual

STEP = (Prefix, TokenOf, After)
LOOKED_AT = 4
Over = frozenset[Basic]


def vanishes(body: Any, over: Over) -> bool:
    """Whether a body is nothing where the steps, and the states and actions, that are ``over`` come after the end of
    the path, at which all functions are nothing, and policies do not move. What is drawn where the path has ended is
    over too.
    """
    match body:
        case Plus() | Neg():
            return all(vanishes(arg, over) for arg in body.args)
        case Times():
            later = over.union(*(found for arg in body.args if (found := not_before(arg, over))))
            return any(vanishes(arg, later) for arg in body.args)
        case Sum():
            return vanishes(body.scope.body, inside(over))
        case Expect():
            drawn = {Bound(0, body.scope.sort)} if names(body.law, over) else set[Basic]()
            return vanishes(body.scope.body, inside(over) | drawn)
        case Frac():
            return vanishes(body.args[0], over)
        case App() | Value():
            return names(body, over)
        case Gradient(args=(Log(args=(Prob() as chance,)) | (Prob() as chance),)):
            return names(chance.law, over)
    return False


def not_before(factor: Any, over: Over) -> Over:
    """The step that a factor says is not before one that is over, or the product vanishes."""
    match factor:
        case Indicator(args=(op, Ordinal() as left, Ordinal() as right)):
            late, early = (left, right) if op.name in ("≥", ">", "=") else (right, left)
            return frozenset(late.args) if early.args[0] in over else frozenset()
    return frozenset()


def names(term: Any, over: Over) -> bool:
    """Whether a term names a state or an action that is over, or one at a step that is."""
    return any(isinstance(part, STEP) and part.args[1] in over or part in over and sort_of(part) != "token"
               for part in term.walk())


def inside(over: Over) -> Over:
    """The same terms as they are named under one more binder."""
    return frozenset(Bound(one.depth + 1, one.sort) if isinstance(one, Bound) else one for one in over)


def series(terms: Iterable[Dual]) -> Dual:
    """The sum of the geometric series that begins with some terms. Raises Unevaluable where they are of none."""
    first, *others = terms
    if all(one == ZERO for one in (first, *others)):
        return ZERO
    ratio = others[0] * first.inverse()
    if abs(ratio.known()) >= 1 or any(after != before * ratio for before, after in pairwise((first, *others))):
        raise Unevaluable("a sum without an end of what does not vanish")
    return first * (ONE + -ratio).inverse()
