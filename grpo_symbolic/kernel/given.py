"""What is assumed, at the points in sight: whether it can hold, and what it says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice, product
from typing import Any

from .advice import Assumption, Given
from .form import Form, Hypothesis, Sort, Used
from .ring import ANY_SIGN
from .sign import of
from .slopes import Calculus
from .terms import Numeral, Point, Term, Variable, inside, replaced, sort_of

MAX_INSTANCES = 64
FREE_SORTS = ("action", "state")
SAYS = {"Nonzero": (">", "≠"), "Nonnegative": (">", "≥"), "Size": (">", "≥"), "OffKink": ("≠",)}


def impossible(calculus: Calculus, one: Assumption) -> bool:
    """Whether no value of the variables satisfies an assumption."""
    if one.relation == "members":
        return False
    if one.relation == "≠":
        return not calculus.cleared(one.form, ANY_SIGN).poly
    above, below = calculus.sign(one.form).known, calculus.sign(-one.form).known
    if one.relation == "=":
        return "positive" in (above, below)
    return below == "positive" or one.relation == ">" and below == "nonnegative"


def contradict(calculus: Calculus, one: Assumption, other: Assumption) -> bool:
    """Whether two assumptions exclude each other: their sum, or difference where one is an equation, tells."""
    relations = {one.relation, other.relation}
    if "members" in relations or one.every or other.every:
        return False
    if relations == {"=", "≠"}:
        return not (one.form - other.form).poly or not (one.form + other.form).poly
    if "≠" in relations:
        return False
    relation = "=" if relations == {"="} else ">" if ">" in relations else "≥"
    sums = [one.form + other.form]
    if one.relation == "=":
        sums.append(other.form - one.form)
    if other.relation == "=":
        sums.append(one.form - other.form)
    return any(impossible(calculus, Assumption(form, relation)) for form in sums)


def counted(given: Given) -> dict[Term, Sort]:
    """The ranges of the indices that are known to number a member."""
    return {v: sort for one in given if one.relation == "members" for v, sort in one.every.items()}


def instances(calculus: Calculus, given: Given, form: Form, binders: Mapping[Term, Sort]) -> Iterator[Assumption]:
    """The assumptions, those on all values of a variable also at each variable in sight that has its range."""
    seen = {v: Sort(v.sort) for v in inside(form.poly, Variable) if v.sort in FREE_SORTS and not v.name.startswith("#")}
    ranges = {**seen, **counted(given), **binders}
    given = [one for one in given if one.relation != "members"]
    said = set()
    for one in given:
        for table in islice(assignments(tuple(one.every.items()), ranges), MAX_INSTANCES):
            left = {x: replaced(sort, table) for x, sort in one.every.items() if table[x] == x}
            here = one if len(left) == len(table) else one._replace(form=calculus.identify(one.form, table), every=left)
            if (here.form.poly, here.relation) not in said:
                said.add((here.form.poly, here.relation))
                yield here


def assignments(every: tuple[tuple[Term, Sort], ...], ranges: Mapping[Term, Sort]) -> Iterator[dict[Term, Term]]:
    """The ways to put variables of the same ranges for variables, which may stay as they are."""
    if not every:
        yield {}
        return
    *others, (var, sort) = every
    for table in assignments(tuple(others), ranges):
        here = replaced(sort, table)
        for value in (var, *(v for v, other in ranges.items() if v != var and other == here)):
            yield {**table, var: value}


def granted(calculus: Calculus, held: Hypothesis, printed: Used, given: Given) -> Used | None:
    """What an obligation of a suggestion rests on, where the statement has it already or an assumption says it."""
    if held in printed or any(instance(calculus, held, other) for other in printed):
        return frozenset({held})
    about = of(held.about)
    said = (about.poly, (-about).poly) if held.kind == "Nonzero" else (about.poly,)
    for one in instances(calculus, given, about, {}):
        if one.form.poly in said and one.relation in SAYS[held.kind]:
            return one.label
    return None


def instance(calculus: Calculus, held: Hypothesis, general: Hypothesis) -> bool:
    """Whether an obligation is another one at certain actions or states."""
    sorts = [sort.kind for sort in general.every]
    if held.kind != general.kind or not 0 < len(sorts) <= 2 or not set(sorts) <= set(FREE_SORTS):
        return False
    names = sorted({v for v in inside(general.about, Variable) if v.name.startswith("∀")})
    points = set(inside(held.about, (Variable, Point, Numeral)))
    choices = [[x for x in points if sort_of(x) == v.sort] for v in names]
    about = of(general.about)
    tables = (dict(zip(names, at, strict=True)) for at in product(*choices))
    return any(calculus.identify(about, table).poly == held.about for table in tables)


def matched(pattern: Any, found: Any, variables: Mapping[Term, Sort]) -> dict[Term, Term] | None:
    """The values of variables at which a pattern is what was found, None where it is not."""
    if pattern in variables:
        return {pattern: found} if sort_of(pattern) == sort_of(found) else None
    if not isinstance(pattern, tuple) or type(pattern) is not type(found) or len(pattern) != len(found):
        return {} if pattern == found else None
    table: dict[Term, Term] = {}
    for ours, theirs in zip(pattern, found, strict=True):
        here = matched(ours, theirs, variables)
        if here is None or any(table.get(var, value) != value for var, value in here.items()):
            return None
        table |= here
    return table
