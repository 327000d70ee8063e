"""In which orders to name the bound variables of a sum, so that what they were called before does not matter.

Nothing here is trusted: of the orders that are proposed the kernel takes the one with the least name. They decide how
many sums that differ by names are found to be one, and how fast, but not what holds.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from itertools import chain, permutations, product
from math import factorial, prod
from typing import Any

FEW_ORDERS, MOST_ORDERS, MOST_NAMES = 24, 720, 16
Ordered = Callable[[Any], bool]


def orders(ranges: Mapping[Any, Any], factors: Iterable[tuple[Any, Any]], ordered: Ordered) -> Iterator[Sequence[Any]]:
    """Orders of the variables of a sum, none where there are too many: only what looks alike trades places.

    ``ordered`` tells which tuples are leaves, with arguments in an order that matters: of other plain tuples none does.
    """
    if len(ranges) == 1:
        yield tuple(ranges)
        return
    apart = alike(ranges, tuple(factors), ordered)
    if many(apart) <= MOST_ORDERS and len(ranges) <= MOST_NAMES:
        yield from (tuple(chain(*choice)) for choice in product(*map(permutations, apart)))


def alike(ranges: Mapping[Any, Any], factors: Sequence[tuple[Any, Any]], ordered: Ordered) -> list[list[Any]]:
    """The variables in classes, by kind and, where these are large, by where they stand: only in a class any two may
    trade places.

    The ranks of variables are refined by what stands around them, until they tell no more apart.
    """
    rank = ranked({v: sort.kind for v, sort in ranges.items()})
    while many(classes(rank)) > FEW_ORDERS:
        held, colours = {thing: within(thing, ranges) for thing in (*dict(factors), *ranges.values())}, {}
        for v, sort in ranges.items():
            seen = {w: ("rank", rank[w], w == v) for w in ranges}
            around = sorted(repr((shaded(gen, seen, ordered), e)) for gen, e in factors if v in held[gen])
            there = sorted(repr(shaded(other, seen, ordered)) for other in ranges.values() if v in held[other])
            colours[v] = repr((rank[v], shaded(sort, seen, ordered), around, there))
        finer = ranked(colours)
        if len(set(finer.values())) == len(set(rank.values())):
            break
        rank = finer
    return classes(rank)


def ranked(colours: Mapping[Any, str]) -> dict[Any, int]:
    """The places of colours among all of them."""
    order = sorted(set(colours.values()))
    return {v: order.index(colour) for v, colour in colours.items()}


def classes(rank: Mapping[Any, int]) -> list[list[Any]]:
    """The variables of each rank, in turn."""
    return [sorted(v for v in rank if rank[v] == one) for one in sorted(set(rank.values()))]


def many(found: Iterable[Sequence[Any]]) -> int:
    """In how many orders the variables of classes may be named."""
    return prod(factorial(len(one)) for one in found)


def within(thing: Any, terms: Container[Any]) -> set[Any]:
    """Which terms stand somewhere in a thing made of tuples."""
    if not isinstance(thing, tuple):
        return set()
    return {thing} if thing in terms else set().union(*(within(part, terms) for part in thing))


def shaded(thing: Any, table: Mapping[Any, Any], ordered: Ordered) -> Any:
    """What stands around variables, whatever their names: other terms for them, and all that is in no order sorted."""
    if thing in table:
        return table[thing]
    if ordered(thing):
        along = sorted(repr(shaded(v, table, ordered)) for v in thing.along)
        return thing.name, thing.point, [shaded(arg, table, ordered) for arg in thing.args], along
    if not isinstance(thing, tuple):
        return thing
    parts = [shaded(part, table, ordered) for part in thing]
    return sorted(parts, key=repr) if type(thing) is tuple else parts
