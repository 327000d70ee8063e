r"""Sums over two indices of one range in their order, \sum_{i<j}: of i < j, i = j and i > j one holds, and each index
i has i − 1 before it, and N − i behind. Trusted.

Of a sum over i < j of x(i, j) and that over i < j of x(j, i) one is kept, as both together are all but the diagonal.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from .. import kernel as k
from .geometric import has_ordinals, ordinal

# Σ_{i=1}^N i^p as a polynomial in N, the least power first.
POWER_SUMS = {1: (0, 1, 1), 2: (0, 1, 3, 2), 3: (0, 0, 1, 2, 1)}
SHARES = {1: 2, 2: 6, 3: 4}
MOST_ROUNDS = 8


class Ordered(NamedTuple):
    """A sum over ``first`` and ``second``, of one range, of ``rest`` where the first is the later, and its others."""

    first: k.Term
    second: k.Term
    rest: k.Form
    others: dict[k.Term, k.Sort]


def settled(calculus: k.Calculus, form: k.Form) -> k.Form:
    """A form in which sums over two indices in their order are as few as they can be."""
    for _ in range(MOST_ROUNDS):
        gens = list(k.inside(form.poly, k.Sum, nested=False)) if has_ordinals(form) else []
        known = {gen: found for gen in gens if (found := fewer(calculus, gen)) is not None}
        if not known:
            break
        form = calculus.rebuilt(form, k.generated, known)
    return form


def fewer(calculus: k.Calculus, gen: k.Sum) -> k.Form | None:
    """A sum by the first law that applies, None where none does."""
    laws = (law(calculus, gen) for law in (counted, powers, turned))
    return next((found for found in laws if found is not None), None)


def counted(calculus: k.Calculus, gen: k.Sum) -> k.Form | None:
    """A sum in which an index stands in its order to another only, which counts those before it, or behind it."""
    binders = k.bound_by(gen)
    for step, (later, earlier) in steps(gen):
        for gone, other in ((later, earlier), (earlier, later)):
            if [one for one, _ in gen.body if k.mentions(one, gone)] != [step] or not alike(binders, gone, other):
                continue
            count = ordinal(other) - k.number(1) if gone == earlier else \
                calculus.size(binders[gone]) - ordinal(other)
            left = k.of(((tuple(factor for factor in gen.body if factor[0] != step), 1),))
            rest = {var: sort for var, sort in binders.items() if var != gone}
            return again(calculus, rest, calculus.times(count, left))
    return None


def powers(calculus: k.Calculus, gen: k.Sum) -> k.Form | None:
    """Σ i = N(N + 1)/2, Σ i² = N(N + 1)(2N + 1)/6 and Σ i³ = N²(N + 1)²/4."""
    binders = k.bound_by(gen)
    (var, sort), *more = binders.items()
    (leaf, exponent), *others = gen.body
    if more or others or sort.kind not in ("index", "token") or ordinal(var).poly != ((((leaf, 1),), 1),) or \
            exponent not in POWER_SUMS:
        return None
    size = calculus.size(sort)
    found = k.number(0)
    for coefficient in reversed(POWER_SUMS[int(exponent)]):
        found = calculus.times(found, size) + k.number(coefficient)
    return calculus.times(found, calculus.power(k.number(SHARES[int(exponent)]), -1))


def turned(calculus: k.Calculus, gen: k.Sum) -> k.Form | None:
    """A sum as all there is, but for the diagonal and what is in the other order: where that holds the sum itself, or
    comes before it."""
    for found in in_order(gen):
        both = {found.first: found.second, found.second: found.first}
        ends = {var: k.bound_by(gen)[var] for var in both}
        every = again(calculus, {**found.others, **ends}, found.rest)
        diagonal = again(calculus, {**found.others, found.second: ends[found.second]},
                         calculus.identify(found.rest, {found.first: found.second}))
        step = calculus.step(ordinal(found.first) - ordinal(found.second))
        other = again(calculus, {**found.others, **ends}, calculus.times(step, calculus.identify(found.rest, both)))
        all_but = every - diagonal - other
        own = next((c for m, c in other.poly if m == ((gen, 1),)), 0)  # how often it is a part of what it turns into
        if own > 0:
            return calculus.times(all_but + k.of(((((gen, 1),), own),)), calculus.power(k.number(1 + own), -1))
        match other.poly:
            case ((((k.Sum() as turn, 1),), _),) if not own and repr(turn) < repr(gen):
                return all_but
    return None


def again(calculus: k.Calculus, binders: dict[k.Term, k.Sort], form: k.Form) -> k.Form:
    """The sum of a form over fresh variables in place of those that stood in another sum."""
    fresh = {var: calculus.fresh(sort.kind) for var, sort in binders.items()}
    return calculus.closed({fresh[var]: sort for var, sort in binders.items()}, calculus.identify(form, fresh))


def in_order(gen: k.Sum) -> Iterator[Ordered]:
    """The pairs of indices of a sum that stand in an order and have one range, on which no other depends."""
    binders = k.bound_by(gen)
    if any(isinstance(arg, k.Point) for leaf in k.inside(gen.body, k.Leaf) for arg in leaf.args):
        return  # what steps of paths are is told by the order in which they stand
    for step, (later, earlier) in steps(gen):
        if alike(binders, later, earlier):
            rest = k.of(((tuple(factor for factor in gen.body if factor[0] != step), 1),))
            yield Ordered(later, earlier, rest,
                          {var: sort for var, sort in binders.items() if var not in (later, earlier)})


def alike(binders: dict[k.Term, k.Sort], one: k.Term, other: k.Term) -> bool:
    """Whether two variables run over one range of numbers that ends, and no other range depends on them."""
    sort = binders.get(one)
    if sort is None or sort != binders.get(other) or sort.kind not in ("index", "token"):
        return False
    apart = not any(k.mentions(each, var) for each in binders.values() for var in (one, other))
    return apart and sort.size != k.ENDLESS and k.whole(sort.size)


def steps(gen: k.Sum) -> Iterator[tuple[k.Generator, tuple[k.Term, k.Term]]]:
    """The factors of a sum that are 1 where one index is later than another, and else 0, with the two."""
    for one, exponent in gen.body:
        match one:
            case k.Indicator(of=((((k.Leaf(name=k.PLACE, args=(left,)), 1),), up), (((k.Leaf(name=k.PLACE, args=(
                    right,)), 1),), down))) if exponent == 1 and up == -down:
                yield one, (left, right) if up > 0 else (right, left)
