"""Which bound variables look alike, whatever their names: only these are tried in each order to name a sum."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import factorial, prod
from typing import Any

from .form import Leaf, Monomial, is_same
from .points import Binders
from .terms import Term, Variable, mentions

FEW_ORDERS = 24


def alike(binders: Binders, factors: Monomial) -> list[list[Term]]:
    """The variables in classes, by kind and, where these are large, by where they stand: only in a class any two may
    trade places.

    The ranks of variables are refined by what stands around them, until they tell no more apart.
    """
    rank = ranked({v: sort.kind for v, sort in binders.items()})
    while orders_of(classes(rank)) > FEW_ORDERS:
        colours = {}
        for v, sort in binders.items():
            seen = {w: ("rank", rank[w], w == v) for w in binders}
            around = sorted(repr((shaded(gen, seen), e)) for gen, e in factors if mentions(gen, v))
            ranges = sorted(repr(shaded(other, seen)) for other in binders.values() if mentions(other, v))
            colours[v] = repr((rank[v], shaded(sort, seen), around, ranges))
        finer = ranked(colours)
        if len(set(finer.values())) == len(set(rank.values())):
            break
        rank = finer
    return classes(rank)


def ranked(colours: Mapping[Term, str]) -> dict[Term, int]:
    """The places of colours among all of them."""
    order = sorted(set(colours.values()))
    return {v: order.index(colour) for v, colour in colours.items()}


def classes(rank: Mapping[Term, int]) -> list[list[Term]]:
    """The variables of each rank, in turn."""
    return [sorted(v for v in rank if rank[v] == one) for one in sorted(set(rank.values()))]


def orders_of(found: Iterable[list[Term]]) -> int:
    """In how many orders the variables of classes may be named."""
    return prod(factorial(len(one)) for one in found)


def shaded(thing: Any, table: Mapping[Term, Any]) -> Any:
    """What stands around variables, whatever their names: other terms for them, and all that is in no order sorted."""
    if thing in table:
        return table[thing]
    if isinstance(thing, Variable) or not isinstance(thing, tuple):
        return thing
    if isinstance(thing, Leaf) and not is_same(thing):
        along = sorted(repr(shaded(v, table)) for v in thing.along)
        return thing.name, thing.point, [shaded(arg, table) for arg in thing.args], along
    parts = [shaded(part, table) for part in thing]
    return sorted(parts, key=repr) if type(thing) is tuple else parts
