"""Sums decided summand by summand, or pair by pair."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import permutations

from ... import kernel as k
from ...kernel import Assumption, Form, Part
from .forms import ONE, monomial, uniform

KINDS = ("coordinate", "state", "group", "action", "index", "token")
WHOLE = KINDS[:4]
MAX_SYMMETRIC = 3


def over_coordinates(form: Form) -> bool:
    """Whether every term of a form has a sum over coordinates."""
    return all(any(isinstance(gen, k.Sum) and k.COORDINATE in gen.sorts for gen, _ in m) for m, _ in form.poly)


def by_summand(calculus: k.Calculus, form: Form, relation: str, given: Sequence[Assumption]
               ) -> Iterator[tuple[Part, ...]]:
    """Sums decided summand by summand, with the terms outside taken under the sum, or apart from them."""
    parts, outside = [], form
    for ranges, summand, sums in summands(calculus, form, relation, given):
        if summand.poly:
            # a name of their own: what is decided next opens sums again
            own = {v: calculus.fresh(v.sort) for v in ranges}
            binders = {own[v]: k.replaced(sort, own) for v, sort in ranges.items()}
            parts.append(Part(ONE, calculus.identify(summand, own), relation, binders))
            outside = outside - sums
    if not parts:
        return
    apart = not outside.poly or relation != "=" and calculus.sign(outside).known != "real"
    if apart:
        yield tuple(parts)
    if outside.poly and len(parts) == 1:
        yield from shared(calculus, parts[0], outside)
    if not apart:
        yield tuple(parts)
    if len(parts) > 1 and relation != "=":
        yield from ((part,) for part in parts)


def summands(calculus: k.Calculus, form: Form, relation: str, given: Sequence[Assumption]
             ) -> Iterator[tuple[dict[k.Term, k.Sort], Form, Form]]:
    """What stands under the sums over the same ranges, with the ranges and the sums themselves.

    Of nested sums the outermost is opened, where something is compared inside or assumed of all that it ranges over;
    where something ≥ 0 is sought, also one over coordinates, states, groups or actions, so that the squares within can
    be seen.
    """
    assumed = {sort.kind for one in given for sort in one.every.values()}
    groups: dict[str, list[tuple[Form, k.Sum, Form]]] = {}
    wanted, divided = set(), set()
    for m, c in form.poly:
        at = min((n for n, (gen, e) in enumerate(m) if isinstance(gen, k.Sum) and e == 1),
                 key=lambda n: min(KINDS.index(sort.kind) for sort in m[n][0].sorts), default=None)
        if at is None:
            continue
        gen = m[at][0]
        ranges = outermost(gen)
        kind, key = next(iter(ranges)).sort, repr(ranges)
        groups.setdefault(key, []).append((monomial(m[:at] + m[at + 1:], c), gen, monomial(m, c)))
        if kind in assumed or k.holds(gen.body, k.Indicator) or relation != "=" and kind in WHOLE:
            wanted.add(key)
        if k.holds(gen.body, k.Power):
            divided.add(key)
    for key, terms in groups.items():
        if key not in wanted and key not in divided:
            continue
        ranges = outermost(terms[0][1])
        opened = [calculus.times(weight, under(calculus, gen, ranges)) for weight, gen, _ in terms]
        bodies = alike(calculus, ranges, opened)
        summand = k.combine((body, 1) for body in bodies)
        # what is zero once its denominators are cleared is so under the sum; without any the sums were no longer there
        if key in wanted or k.is_zero(calculus, summand) or relation == "=" and within(calculus, summand, given):
            yield ranges, symmetrised(calculus, ranges, summand), k.combine((one, 1) for _, _, one in terms)


def alike(calculus: k.Calculus, ranges: dict[k.Term, k.Sort], bodies: list[Form]) -> list[Form]:
    """What stands under sums over the same pair or triple, its variables in the order in which most laws agree."""
    if not 1 < len(ranges) <= MAX_SYMMETRIC or len(set(ranges.values())) > 1:
        return bodies
    first = laws(bodies[0])

    def agreeing(body: Form) -> Form:
        orders = (dict(zip(ranges, order, strict=True)) for order in permutations(ranges))
        return max((calculus.identify(body, order) for order in orders), key=lambda one: len(first & laws(one)))

    return [bodies[0], *map(agreeing, bodies[1:])]


def laws(form: Form) -> set[k.Leaf]:
    """The laws in a form."""
    return {leaf for leaf in k.leaves(form.poly) if leaf.sign == "law"}


def within(calculus: k.Calculus, form: Form, given: Sequence[Assumption]) -> bool:
    """Whether a summand may be shown to be zero under the sums that stand in it."""
    return any(True for _ in summands(calculus, form, "=", given))


def outermost(gen: k.Sum) -> dict[k.Term, k.Sort]:
    """The ranges of the outermost kind that a sum has, its variables named ``?0``, ``?1``, …."""
    bound = k.bound_by(gen)
    kind = min((v.sort for v in bound), key=KINDS.index)
    table = {v: k.variable(f"?{n}", kind) for n, v in enumerate(v for v in bound if v.sort == kind)}
    return {new: k.replaced(bound[v], table) for v, new in table.items()}


def under(calculus: k.Calculus, gen: k.Sum, ranges: dict[k.Term, k.Sort]) -> Form:
    """What stands under the outermost sums of a sum, at the variables of ``ranges``."""
    names, body = calculus.opened(gen)
    kind = next(iter(ranges)).sort
    outer = [v for v in names if v.sort == kind]
    # what is closed has names of its own, which the outermost do not get
    body = closed(calculus, {v: sort for v, sort in names.items() if v not in outer}, body)
    return calculus.identify(body, dict(zip(outer, ranges, strict=True)))


def by_pair(calculus: k.Calculus, form: Form) -> Iterator[tuple[Part, ...]]:
    """Sums over pairs, and products of two sums over one range, decided pair by pair: squares that mix the two.

    Sums over one variable, and what is no sum, join them where weights that sum to one make them sums over pairs.
    """
    pairs_of: dict[str, tuple[k.Variable, k.Variable]] = {}
    found: dict[k.Sort, dict[int, list[tuple[Form, Form]]]] = {}
    for m, c in form.poly:
        sums = [(gen, e) for gen, e in m if isinstance(gen, k.Sum)]
        if any(e not in (1, 2) for _, e in sums) or sum(e * len(gen.sorts) for gen, e in sums) > 2:
            continue
        names: dict[k.Term, k.Sort] = {}
        body = monomial(tuple(f for f in m if f not in sums), c)
        for binders, inner in (calculus.opened(gen) for gen, e in sums for _ in range(int(e))):
            names, body = names | binders, calculus.times(body, inner)
        if len(set(names.values())) == 1:
            kind = next(iter(names.values())).kind
            pair = pairs_of.setdefault(kind, (calculus.fresh(kind), calculus.fresh(kind)))
            body = calculus.identify(body, dict(zip(names, pair, strict=False)))
            found.setdefault(next(iter(names.values())), {}).setdefault(len(names), []).append((body, monomial(m, c)))
    for sort, bodies in found.items():
        pair = pairs_of[sort.kind]
        ranges, pairs, singles = dict.fromkeys(pair, sort), bodies.get(2, []), bodies.get(1, [])
        core = symmetrised(calculus, ranges, k.combine((body, 1) for body, _ in pairs))
        outside = form - k.combine((term, 1) for _, term in pairs)
        if len(pairs) > 1 and (not outside.poly or calculus.sign(outside).known != "real"):
            yield (Part(ONE, core, "≥", ranges),)
        rest = outside - k.combine((term, 1) for _, term in singles)
        for first, second in zip(*(uniform(calculus, v, sort, core) for v in pair), strict=False) if pairs else ():
            alone = calculus.times(k.combine((body, 1) for body, _ in singles), second)
            joined = alone + calculus.times(rest, first, second)
            yield (Part(ONE, core + symmetrised(calculus, ranges, joined), "≥", ranges),)


def symmetrised(calculus: k.Calculus, ranges: dict[k.Term, k.Sort], form: Form) -> Form:
    """The mean of a summand over all orders of its variables, which has the same sum and shows the squares in it."""
    if not 1 < len(ranges) <= MAX_SYMMETRIC or len(set(ranges.values())) > 1:
        return form
    orders = [dict(zip(ranges, order, strict=True)) for order in permutations(ranges)]
    return k.combine((calculus.identify(form, order), Fraction(1, len(orders))) for order in orders)


def closed(calculus: k.Calculus, binders: dict[k.Term, k.Sort], form: Form) -> Form:
    """Σ over binders whose ranges may mention each other, those first that no other mentions."""
    while binders:
        last = next(v for v in binders if not any(k.mentions(sort, v) for sort in binders.values()))
        form = calculus.total(last, binders[last], form)
        binders = {v: sort for v, sort in binders.items() if v != last}
    return form


def shared(calculus: k.Calculus, part: Part, outside: Form) -> Iterator[tuple[Part, ...]]:
    """A part with the terms outside its sum taken under it, times one of its laws, their mean, or one over its size."""
    if len(part.binders) != 1:
        return
    (var, sort), = part.binders.items()
    weights = list(uniform(calculus, var, sort, part.core)) if sort.kind != "group" else [ONE]
    if len(weights) > 1:
        weights.insert(0, k.combine((weight, Fraction(1, len(weights))) for weight in weights))
    for weight in weights:
        yield (part._replace(core=part.core + calculus.times(outside, weight)),)
