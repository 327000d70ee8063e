"""Where points stand in generators: members of groups, bound variables, and which points may coincide."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from functools import partial
from itertools import product
from typing import Any, TypeAlias

from .form import (Form, Generator, Hypothesis, KernelError, Leaf, Poly, Sort, Sum, atom, leaf, leaves, single)
from .terms import Numeral, Point, Term, Variable, inside, mentions, point, replaced, sort_of, variable

Binders: TypeAlias = dict[Term, Sort]
MAX_POINTS = 5
CLASSES = {"action": "action", "state": "state", "index": "number", "token": "number"}
PATH, LENGTH, PLACE = "#path:", "#length", "#place"
ENDLESS = atom(r"\infty", sign="size").poly  # how many steps a path has that does not end
SOME_ACTION = variable("∀", "action")


def without(binders: Binders, gone: Collection[Term]) -> Binders:
    """The other binders."""
    return {v: sort for v, sort in binders.items() if v not in gone}


def innermost(binders: Binders) -> Iterator[tuple[Term, Sort]]:
    """The binders that the range of no other mentions."""
    for v, sort in binders.items():
        if not any(mentions(other, v) for w, other in binders.items() if w != v):
            yield v, sort


def members_of(thing: Any, group: Term) -> set[Point]:
    """The members of the group that are named inside."""
    return {found for found in inside(thing, Point) if found.tag == "member" and found.whole == group}


def hidden(thing: Any, group: Term) -> Any:
    """The same without the members of a group."""
    return replaced(thing, dict.fromkeys(members_of(thing, group), ("masked",)))


def bound(term: Term) -> bool:
    """Whether a term mentions a variable that a generator around it binds."""
    return any(v.name.startswith("#") for v in inside(term, Variable))


def law_of(sort: Sort) -> Leaf:
    """The law that the members of a group are drawn from."""
    return leaves(sort.law)[0]


def is_law(gen: Generator, var: Term) -> bool:
    """Whether a generator is a probability of a variable, or a derivative of one, that mentions it nowhere else."""
    if not isinstance(gen, Leaf) or gen.sign != "law":
        return False
    return gen.args[0] == var and not mentions((gen.args[1:], gen.along), var)


def is_path(gen: Generator) -> bool:
    """Whether a generator is the probability of a whole path."""
    return isinstance(gen, Leaf) and gen.name.startswith(PATH) and not gen.along


def step_law(path: Leaf, action: Term, node: Term) -> Leaf:
    """The law of one step of a path."""
    _, _, *context = path.args
    return leaf(path.name.removeprefix(PATH), (action, *context, node), path.point, "law")


def steps_of(path: Leaf) -> Poly:
    """How many steps a path has: its own length, or a number that all paths have."""
    whole, horizon, *_ = path.args
    return horizon.of or atom(LENGTH, (whole,), sign="size").poly


def path_of(law: Leaf, drawn: Leaf, time: Term) -> Leaf | None:
    """The probability of a whole path that is drawn, if a law gives each step of it."""
    whole, horizon, *_ = drawn.args
    action, *context = law.args
    if law.along or law.sign != "law" or not context or (action, context.pop()) != (
            point("token", whole, time), point("prefix", whole, time)) or mentions(tuple(context), time):
        return None
    return leaf(PATH + law.name, (whole, horizon, *context), law.point, "law")


def symmetric(thing: Any, group: Term, members: Sort) -> bool:
    """Whether a group is met only in sums over all its members, whose index names nothing but the member."""
    sums = [gen for gen in inside(thing, Sum) if mentions(gen, group)]
    named = {member: ("masked",) for member in members_of(thing, group)}
    if not all(bound(member) for member in named) or {sort for gen in sums for sort in gen.sorts} != {members}:
        return False
    hidden = replaced(thing, named)
    return not mentions(hidden, group) and not any(bound(gen.body) for gen in inside(hidden, Sum))


def replaced_args(found: Leaf, table: Any) -> Leaf:
    """A leaf at other terms."""
    tag, name, *inner, point, sign = found
    args, along = replaced(tuple(inner), table)
    return Leaf(tag, name, args, tuple(sorted(along)), point, sign)


def everywhere(sort: Sort, things: Iterable[tuple[Poly, Collection[Term]]], counted: Binders) -> bool:
    """Whether what holds on a range holds wherever polynomials name something of its kind.

    The range is a whole set, or the only one that indices run over, ``counted`` being those of free indices. Beside
    each polynomial stand the variables of which it holds all values.
    """
    if sort.kind in ("action", "state"):
        return True
    found = [(part, every) for poly, every in things for part in inside(poly, (Sort, Variable))]
    sums = {part for part, _ in found if isinstance(part, Sort) and part.kind == "index"}
    free = {part for part, every in found if isinstance(part, Variable) and part.sort == "index" and part not in every}
    return sort.kind == "index" and sums <= {sort} and all(counted.get(v) == sort for v in free if not bound(v))


def unused_gap(*forms: Form) -> Form:
    """A positive number of which the forms say nothing."""
    names = {x.name for form in forms for x in leaves(form.poly)}
    k = next(k for k in range(len(names) + 1) if f"#gap{k}" not in names)
    return atom(f"#gap{k}", sign="positive")


# Coincidences


def coincidences(held: Hypothesis, free: bool = False) -> Iterator[Callable[[Leaf], Form]]:
    """Every way in which points that a hypothesis speaks of for all values may be one, as a change of leaves.

    With ``free`` also those of which it speaks for one value.
    """
    points = sorted(set(inside(held.about, (Variable, Point, Numeral))))
    classes: dict[str, list[Term]] = {}
    for found in points:
        kind = CLASSES.get(sort_of(found))
        if kind and not bound(found):
            classes.setdefault(kind, []).append(found)
    if any(len(found) > MAX_POINTS for found in classes.values()):
        raise KernelError("too many points that may coincide under a denominator or in a comparison")
    for choice in product(*(identifications(found, free) for found in classes.values())):
        table = {old: new for part in choice for old, new in part.items()}
        if table:
            yield lambda found, table=table: single(replaced_args(found, table))  # type: ignore[misc]
    for k, sort in enumerate(held.every):
        if sort.kind == "group":
            others = [v for v in classes.get("action", ()) if not mentions(v, variable(f"∀{k}", "group"))]
            for one in (SOME_ACTION, *others):
                yield partial(_merged, variable(f"∀{k}", "group"), one)


def _merged(group: Term, one: Term, found: Leaf) -> Form:
    """A leaf with one action for every member of a group."""
    return single(replaced_args(found, dict.fromkeys(members_of(found, group), one)))


def identifications(points: list[Term], free: bool = False) -> Iterator[dict[Term, Term]]:
    """The partitions of points, as maps to representatives; if not ``free`` a class holds at most one that is free."""
    if not points:
        yield {}
        return
    first, *others = points
    for table in identifications(others, free):
        yield table
        for head in dict.fromkeys(table.get(other, other) for other in others):
            old, new = (first, head) if _every(first) else (head, first)
            if free or _every(old):
                yield {**{k: new if v == old else v for k, v in table.items()}, old: new}


def _every(term: Term) -> bool:
    """Whether a term takes all its values in a hypothesis."""
    return any(v.name.startswith("∀") for v in inside(term, Variable))
