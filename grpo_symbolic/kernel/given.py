"""What is assumed, at the points in sight: whether it can hold, and what it says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..proposals import places
from .advice import Assumption, Given
from .form import NOTHING, Form, Hypothesis, NotProved, Ranges, Sort, Used
from .points import bound
from .ring import ANY_SIGN
from .sign import inhabited, of, reaches
from .slopes import Calculus
from .terms import Numeral, Point, Term, Variable, inside, mentions, replaced, sort_of

FREE_SORTS = ("action", "state")
OBLIGED = {"Nonzero": "≠", "OffKink": "≠", "Nonnegative": "≥", "Size": "≥"}
SAYS = {"Nonzero": (">", "≠"), "Nonnegative": (">", "≥"), "Size": (">", "≥"), "OffKink": ("≠",)}


def impossible(calculus: Calculus, one: Assumption) -> Used | None:
    """What it rests on that no value of the variables satisfies an assumption, None where some may."""
    if one.relation == "members" or any(not inhabited(sort) for sort in one.every.values()):
        return None
    if one.relation == "≠":
        return None if calculus.cleared(one.form, ANY_SIGN).poly else one.label
    against = ("positive", "nonnegative") if one.relation == ">" else ("positive",)
    below = (calculus.sign(-side) for side in turns(one))
    return next((rests | one.label for known, rests in below if known in against), None)


def obliged(used: Used) -> list[Assumption]:
    """What obligations say: that what is divided by is not zero, what a root is taken of not negative."""
    return [Assumption(of(held.about), OBLIGED[held.kind], frozenset({held}), held.ranges)
            for held in sorted(used) if held.kind in OBLIGED]


def contradict(calculus: Calculus, one: Assumption, other: Assumption) -> Used | None:
    """What it rests on that two assumptions exclude each other, None where they may not.

    Their sum, or difference where one may be turned, tells.
    """
    relations, labels = {one.relation, other.relation}, one.label | other.label
    if "members" in relations or one.every or other.every or "≠" in relations and "=" not in relations:
        return None
    relation = next(kind for kind in ("≠", ">", "≥", "=") if kind in relations)
    sums = (left + right for left in turns(one) for right in turns(other))
    found = (impossible(calculus, Assumption(form, relation, labels)) for form in sums)
    return next((rests for rests in found if rests is not None), None)


def turns(one: Assumption) -> tuple[Form, ...]:
    """The form of an assumption, and its negative where that is in the same relation to zero."""
    return (one.form, -one.form) if one.relation in ("=", "≠") else (one.form,)


def counted(given: Given) -> dict[Term, Sort]:
    """The ranges of the indices that are known to number a member."""
    return {v: sort for one in given if one.relation == "members" for v, sort in one.every.items()}


def instances(calculus: Calculus, given: Given, form: Form, binders: Ranges) -> Iterator[Assumption]:
    """The assumptions, those on all values of a variable also at what is in sight and has its range."""
    sight = [v for v in inside(form.poly, (Variable, Point)) if sort_of(v) in FREE_SORTS and not bound(v)]
    ranges = {v: Sort(sort_of(v)) for v in sight} | counted(given) | dict(binders)
    for one in given:
        for at in places(one.every, ranges) if one.relation != "members" else ():
            if (rests := within(one.every, at, ranges)) is not None:
                left = {v: replaced(sort, at) for v, sort in one.every.items() if v not in at}
                here = calculus.identify(one.form, at) if at else one.form
                yield Assumption(here, one.relation, one.label | rests, left)


def placed(one: Assumption) -> bool:
    """Whether what an assumption says for all values of variables holds as it stands: no range of them matters."""
    return all(inhabited(sort) and not mentions(one.form.poly, v)
               for v, sort in one.every.items() if sort.kind not in FREE_SORTS)


def within(every: Ranges, at: Mapping[Term, Term], ranges: Ranges) -> Used | None:
    """What it rests on that terms lie in the ranges of variables, None where they may not."""
    used = NOTHING
    for v, term in at.items():
        sort = replaced(every.get(v), at)
        if sort is None or any(mentions(sort, other) for other in every if other not in at):
            return None
        whole = sort.kind in FREE_SORTS and sort_of(term) == sort.kind
        if not whole and ranges.get(term) != sort:
            reached = reaches(sort, term.value) if isinstance(term, Numeral) else None
            if reached is None:
                return None
            used = used | reached
    return used


def granted(calculus: Calculus, held: Hypothesis, given: Given) -> Used:
    """What a suggestion's hypothesis rests on; or NotProved for an obligation that nothing printed or assumed says."""
    if held.kind not in SAYS:
        return frozenset({held})
    about = of(held.about)
    said = (about.poly, (-about).poly) if held.kind == "Nonzero" else (about.poly,)
    saying = [one for one in given if one.relation in (*SAYS[held.kind], "members")]
    for one in instances(calculus, saying, about, held.ranges):
        if one.form.poly in said and placed(one):
            return one.label
    raise NotProved("a suggestion divides by what may be zero, or takes a root of what may be negative")
