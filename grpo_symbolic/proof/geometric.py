r"""Sums of powers of a number to an index: Σ_{i=1}^N q^i = (q − q^{N+1})/(1 − q), for q ≠ 1. Trusted."""

from __future__ import annotations

from .. import kernel as k

PLACE = "#place"  # of an index: the number that it is


def ordinal(term: k.Term) -> k.Form:
    """The number that an index is."""
    return k.number(term.value) if isinstance(term, k.Numeral) else k.atom(PLACE, (term,), sign="positive")


def settled(calculus: k.Calculus, form: k.Form) -> k.Form:
    """A form in which an index that is 3 is the number 3."""
    if not has_ordinals(form):
        return form
    return calculus.rebuilt(form, lambda leaf: ordinal(*leaf.args) if leaf.name == PLACE else k.generated(leaf))


def has_ordinals(form: k.Form) -> bool:
    """Whether an index stands in a form as a number."""
    return any(leaf.name == PLACE for leaf in k.leaves(form.poly))


def total(calculus: k.Calculus, index: k.Term, sort: k.Sort, form: k.Form) -> k.Form:
    """Σ of a form over an index; a term in which it is an exponent, and nothing else, has a value."""
    if not has_ordinals(form):
        return calculus.total(index, sort, form)
    parts, rest = [], k.number(0).with_used(form.used)
    for m, c in form.poly:
        term = k.of(((m, c),))
        rates = {gen: rate for gen, _ in m if (rate := rate_of(gen, index)) is not None}
        if not rates or sort.kind not in ("index", "token") or any(
                k.mentions(gen, index) for gen, _ in m if gen not in rates):
            rest = rest + term
            continue
        q = calculus.exp(k.combine((rates[gen], e) for gen, e in m if gen in rates))
        size = calculus.total(calculus.fresh("index"), k.Sort("index", sort.size), k.number(1))
        last = calculus.exp(calculus.times(size, calculus.log(q)))
        others = k.of(((tuple(factor for factor in m if factor[0] not in rates), c),))
        parts.append(calculus.times(others, q, k.number(1) - last, calculus.power(k.number(1) - q, -1)))
    return settled(calculus, k.combine((part, 1) for part in (calculus.total(index, sort, rest), *parts)))


def rate_of(gen: k.Generator, index: k.Term) -> k.Form | None:
    """x of an exponential e^(i x) in which the index i is a number, and stands in no other place; else None."""
    if not isinstance(gen, k.Exp):
        return None
    (m, _), = gen.of
    here = [factor for factor in m if k.mentions(factor, index)]
    place = k.leaf(PLACE, (index,), sign="positive")
    return k.of(((tuple(factor for factor in m if factor not in here), 1),)) if here == [(place, 1)] else None
