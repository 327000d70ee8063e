"""What is assumed, put to use: values for leaves, instances taken away, members told apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from fractions import Fraction

from ... import kernel as k
from ...kernel import Assumption, Form, KernelError, Part
from .forms import minus, monomial, negatives, quotient

MAX_TRIED = 40


def rewrites(form: Form, given: Sequence[Assumption]) -> Iterator[k.Rewrite]:
    """Leaves that an assumption makes equal to something else, where the form or another assumption has them."""
    for one in (one for one in given if one.relation == "="):
        others = [form, *(other.form for other in given if other is not one and other.relation != "members")]
        names = {leaf.name for other in others for leaf in k.leaves(other.poly)}
        # a value for what has no known sign first: what is known of the other is then not lost
        for m, c in sorted(one.form.poly, key=lambda term: k.sign_of_monomial(term[0]).known != "real"):
            if len(m) != 1 or abs(c) != 1 or not isinstance(m[0][0], k.Leaf) or m[0][1] != 1:
                continue
            leaf = m[0][0]
            value = k.generated(leaf) - one.form.scaled(c)
            elsewhere = {other.name for other in k.leaves(value.poly)}
            if not leaf.along and leaf.name in names - elsewhere:
                yield k.Rewrite(leaf, value)


def few_members(form: Form, given: Sequence[Assumption]) -> Iterator[k.Members]:
    """The indices of the form that number one of a few members."""
    for one in given:
        if one.relation == "members" and k.constant(one.form.poly) is not None:
            for number in one.every:
                if isinstance(number, k.Variable) and k.mentions(form.poly, number):
                    yield k.Members(number)


def assumed(calculus: k.Calculus, form: Form, relation: str, given: Sequence[Assumption]) -> Iterator[tuple[Part, ...]]:
    """Instances of assumptions, weighted so that a term of the form goes."""
    useful = ("=", "members") if relation == "=" else ("=", "≥", ">", "members")
    said = [one for one in given if one.relation in useful and not any(held.kind in k.OBLIGED for held in one.label)]
    found = []
    for one in k.instances(calculus, said, form, {}):
        if one.every or relation != "=" and apart(form, one.form):
            continue
        for weight in weights(calculus, form, one):
            part = Part(weight, one.form, one.relation)
            rest = minus(form, calculus, [part])
            found.append((negatives(rest), len(rest.poly), part))
            if len(found) > MAX_TRIED:
                break
    bad, size = negatives(form), len(form.poly)
    for left, terms, part in sorted(found, key=lambda one: one[:2]):
        if left < bad or left == bad and terms < size or relation == "=" and terms <= size:
            yield (part,)


def apart(form: Form, other: Form) -> bool:
    """Whether taking ``other``, however weighted, from a form puts for a term that goes others, one of the same sign.

    So it does where it has terms of either sign, made of positive leaves that are no factors in the form.
    """
    factors = {gen for m, _ in other.poly for gen, _ in m}
    return (len({c > 0 for _, c in other.poly}) == 2
            and not any(gen in factors for m, _ in form.poly for gen, _ in m)
            and all(isinstance(gen, k.Leaf) and k.sign_of(gen).known == "positive" for gen in factors))


def averaged(calculus: k.Calculus, form: Form, given: Sequence[Assumption]) -> Iterator[tuple[Part, ...]]:
    """Means of what is assumed of every value, under a law of the form, as often as makes a term of the form go."""
    for one in given:
        if len(one.every) != 1 or one.relation not in ("≥", ">"):
            continue
        (var, sort), = one.every.items()
        own = calculus.fresh(var.sort)
        core = calculus.identify(one.form, {var: own})
        for law in laws_at(form, own):
            weight = k.generated(law)
            mean = calculus.closed({own: sort}, calculus.times(weight, core))
            terms = dict(mean.poly)
            scales = dict.fromkeys(Fraction(c) / terms[m] for m, c in form.poly if m in terms)
            for scale in (scale for scale in scales if scale > 0):
                if len((form - mean.scaled(scale)).poly) < len(form.poly):
                    yield (Part(weight.scaled(scale), core, one.relation, {own: sort}),)


def laws_at(form: Form, var: k.Variable) -> list[k.Leaf]:
    """The laws in a form whose outcome is of the sort of a variable, at that, what they are given being free."""
    found = (leaf for leaf in k.leaves(form.poly) if leaf.sign == "law" and not leaf.along)
    moved = (leaf._replace(args=(var, *leaf.args[1:])) for leaf in found if k.sort_of(leaf.args[0]) == var.sort)
    return sorted({leaf for leaf in moved if not any(v.name.startswith(("#", "%")) for v in k.inside(
        leaf.args[1:], k.Variable))})


def weights(calculus: k.Calculus, form: Form, one: Assumption) -> Iterator[Form]:
    """Quotients of a term of the form by one of the assumption, of the right sign."""
    tried = set()
    for m, c in form.poly:
        for n, d in one.form.poly:
            scale = Fraction(c) / d
            if one.relation != "=" and scale < 0:
                continue
            with suppress(KernelError):
                weight = quotient(calculus, m, n, scale)
                if weight.poly in tried or one.relation != "=" and calculus.sign(weight).known == "real":
                    continue
                tried.add(weight.poly)
                yield weight


def cleared(calculus: k.Calculus, form: Form) -> Iterator[tuple[Part, ...]]:
    """A form without sums times what leaves no positive leaf under a fraction line, over that."""
    if k.holds(form.poly, k.Sum) or any(leaf.along for leaf in k.leaves(form.poly)):
        return
    lowest: dict[k.Generator, k.Rational] = {}
    for m, _ in form.poly:
        for gen, e in m:
            if isinstance(gen, k.Leaf) and e < 0 and k.sign_of(gen).known == "positive":
                lowest[gen] = min(e, lowest.get(gen, 0))
    if lowest:
        factor = monomial(tuple(sorted((gen, -e) for gen, e in lowest.items())))
        weight = monomial(tuple(sorted(lowest.items())))
        yield (Part(weight, calculus.times(form, factor), "≥"),)
