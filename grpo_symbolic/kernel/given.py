"""What is assumed, at the points in sight: whether it can hold, and what it says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice, product

from .advice import Assumption, Given
from .form import NOTHING, Form, Hypothesis, Leaf, NotProved, Sort, Used
from .points import replaced_args
from .ring import ANY_SIGN
from .sign import inhabited, of, reaches
from .slopes import Calculus
from .terms import Numeral, Point, Term, Variable, inside, mentions, replaced, sort_of

MAX_INSTANCES = 64
FREE_SORTS = ("action", "state")
SAYS = {"Nonzero": (">", "≠"), "Nonnegative": (">", "≥"), "Size": (">", "≥"), "OffKink": ("≠",)}


def impossible(calculus: Calculus, one: Assumption) -> Used | None:
    """What it rests on that no value of the variables satisfies an assumption, None where some may."""
    if one.relation == "members" or any(not inhabited(sort) for sort in one.every.values()):
        return None
    if one.relation == "≠":
        return None if calculus.cleared(one.form, ANY_SIGN).poly else one.label
    above, below = calculus.sign(one.form), calculus.sign(-one.form)
    if one.relation == "=" and above.known == "positive":
        return above.rests | one.label
    against = ("positive", "nonnegative") if one.relation == ">" else ("positive",)
    return below.rests | one.label if below.known in against else None


def obliged(used: Used) -> list[Assumption]:
    """That what is divided by, or compared where it is differentiated, is not zero: hypotheses say so."""
    return [Assumption(of(held.about), "≠", frozenset({held}), held.ranges)
            for held in sorted(used) if held.kind in ("Nonzero", "OffKink")]


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


def instances(calculus: Calculus, given: Given, form: Form, binders: Mapping[Term, Sort]) -> Iterator[Assumption]:
    """The assumptions, those on all values of a variable also at each variable in sight that has its range."""
    sight = [v for v in inside(form.poly, Variable) if v.sort in FREE_SORTS and not v.name.startswith("#")]
    ranges = {v: Sort(v.sort) for v in sight} | counted(given) | dict(binders)
    said = set()
    for one in given:
        for table in islice(assignments(one.every, ranges), MAX_INSTANCES) if one.relation != "members" else ():
            left = {x: replaced(sort, table) for x, sort in one.every.items() if table[x] == x}
            here = one if len(left) == len(table) else one._replace(form=calculus.identify(one.form, table), every=left)
            if (here.form.poly, here.relation) not in said:
                said.add((here.form.poly, here.relation))
                yield here


def placed(one: Assumption) -> bool:
    """Whether what an assumption says for all values of variables holds as it stands: no range of them matters."""
    return all(inhabited(sort) and not mentions(one.form.poly, v)
               for v, sort in one.every.items() if sort.kind not in FREE_SORTS)


def within(every: Mapping[Term, Sort], at: Mapping[Term, Term], ranges: Mapping[Term, Sort]) -> Used | None:
    """What it rests on that terms lie in the ranges of variables, None where they may not."""
    used = NOTHING
    for v, term in at.items():
        sort = replaced(every[v], at)
        whole = sort.kind in FREE_SORTS and sort_of(term) == sort.kind
        if not whole and ranges.get(term) != sort:
            reached = reaches(sort, term.value) if isinstance(term, Numeral) else None
            if reached is None:
                return None
            used = used | reached
    return used


def assignments(every: Mapping[Term, Sort], ranges: Mapping[Term, Sort]) -> Iterator[dict[Term, Term]]:
    """The ways to put variables of the same ranges for variables, which may stay as they are."""
    for values in product(*(dict.fromkeys((v, *ranges)) for v in every)):
        table = dict(zip(every, values, strict=True))
        if all(value == v or ranges[value] == replaced(every[v], table) for v, value in table.items()):
            yield table


def granted(calculus: Calculus, held: Hypothesis, printed: Used, given: Given) -> Used:
    """What a suggestion's hypothesis rests on; or NotProved for an obligation that nothing printed or assumed says."""
    if held.kind not in SAYS or held in printed or any(instance(calculus, held, other) for other in printed):
        return frozenset({held})
    about = of(held.about)
    said = (about.poly, (-about).poly) if held.kind == "Nonzero" else (about.poly,)
    for one in instances(calculus, given, about, {}):
        if one.form.poly in said and one.relation in SAYS[held.kind] and placed(one):
            return one.label
    raise NotProved("a suggestion divides by what may be zero, or takes a root of what may be negative")


def instance(calculus: Calculus, held: Hypothesis, general: Hypothesis) -> bool:
    """Whether an obligation is another one at certain actions or states."""
    if held.kind != general.kind or not {sort.kind for sort in general.every} <= set(FREE_SORTS):
        return False
    about, ranges = of(general.about), {x: Sort(sort_of(x)) for x in inside(held.about, (Variable, Point))}
    tables = islice(assignments(general.ranges, ranges), MAX_INSTANCES)
    return any(calculus.identify(about, table).poly == held.about for table in tables)


def values_at(pattern: Leaf, found: Leaf, every: Mapping[Term, Sort]) -> dict[Term, Term] | None:
    """The values of variables at which a leaf is what was found, None where it is at none, or they stand there too."""
    points = inside((found.args, found.along), (Variable, Point, Numeral))
    variables = [v for v in every if mentions(pattern, v)]
    if found.name != pattern.name or not every.keys().isdisjoint(points):
        return None
    tables = (dict(zip(variables, values, strict=True)) for values in product(points, repeat=len(variables)))
    return next((at for at in tables if replaced_args(pattern, at) == found), None)
