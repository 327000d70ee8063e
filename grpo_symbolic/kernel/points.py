"""Where points stand in generators: members of groups, bound variables, and which points may coincide."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import partial
from itertools import product
from math import prod
from typing import Any, TypeAlias

from .form import (ACTION, STATE, Form, Generator, Hypothesis, KernelError, Leaf, Monomial, Poly, Sort, Sum, atom,
                   is_same, leaf, leaves, single)
from .terms import Numeral, Point, Term, Variable, inside, mentions, replaced, sort_of, variable

Binders: TypeAlias = dict[Term, Sort]
MOST_WAYS = 720
CLASSES = {"action": "action", "state": "state", "index": "number", "token": "number"}
PATH, LENGTH, PLACE = "#path:", "#length", "#place"
ENDLESS = atom(r"\infty", sign="size").poly  # how many steps a path has that does not end
SOME_ACTION = variable("∀", "action")


def without(binders: Binders, gone: Collection[Term]) -> Binders:
    """The other binders."""
    return {v: sort for v, sort in binders.items() if v not in gone}


def naming(m: Monomial, variables: Collection[Term]) -> Monomial:
    """The factors that mention one of the variables."""
    return tuple([(gen, e) for gen, e in m if not {*variables}.isdisjoint(inside(gen, Variable))])


def parted(m: Monomial, variables: Collection[Term]) -> tuple[Monomial, Monomial]:
    """The factors that mention one of the variables, and the others."""
    own = naming(m, variables)
    return own, tuple([factor for factor in m if factor not in own])


def ranging(binders: Binders, term: Term) -> bool:
    """Whether a range mentions a term."""
    return any(mentions(sort, term) for sort in binders.values())


def alone(binders: Binders, m: Monomial, product: Form, *gone: Term) -> bool:
    """Whether different variables of whole sets are mentioned in a product of factors, and nowhere else."""
    if len({*gone}) < len(gone) or any(binders.get(v) not in (ACTION, STATE) or ranging(binders, v) for v in gone):
        return False
    return product.poly == ((naming(m, gone), 1),)


def ordered(thing: Any) -> bool:
    """Whether something has arguments in an order that matters."""
    return isinstance(thing, Leaf) and not is_same(thing)


def members_of(thing: Any, group: Term) -> set[Point]:
    """The members of the group that are named inside."""
    return {found for found in inside(thing, Point) if found.tag == "member" and found.whole == group}


def hidden(thing: Any, group: Term) -> Any:
    """The same without the members of a group."""
    return replaced(thing, dict.fromkeys(members_of(thing, group), ("masked",)))


def bound(term: Term) -> bool:
    """Whether a term mentions a variable that a generator around it binds."""
    return any(v.name.startswith("#") for v in inside(term, Variable))


def height(thing: Any) -> int:
    """The greatest height of the sums inside, 0 where there is none."""
    return max((gen.height for gen in inside(thing, Sum, nested=False)), default=0)


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
    points = [found for found in inside(held.about, (Variable, Point, Numeral)) if not bound(found)]
    for table in identifications(points, lambda one: not (free or _every(one))):
        if any(head != one for one, head in table.items()):
            yield partial(_merged, table)
    for group, sort in held.ranges.items():
        for one in (SOME_ACTION, *points) if sort.kind == "group" else ():
            if sort_of(one) == "action" and not mentions(one, group):
                yield partial(_merged, {group: one})


def _merged(table: Mapping[Term, Term], found: Leaf) -> Form:
    """A leaf at other points; what a group is mapped to stands for every member of it."""
    members = {one: table[one.whole] for one in inside(found, Point) if one.tag == "member" and one.whole in table}
    return single(replaced_args(found, {**table, **members}))


def identifications(points: Iterable[Term], apart: Callable[[Term], bool]) -> Iterator[dict[Term, Term]]:
    """The partitions of points of a kind, as maps to representatives; a class holds at most one kept ``apart``."""
    kinds = {one: CLASSES[sort_of(one)] for one in points if sort_of(one) in CLASSES}
    points = sorted(kinds, key=lambda one: (not apart(one), one))
    heads = [[head for head in points[:k + 1] if head == one or not apart(one) and kinds[head] == kinds[one]]
             for k, one in enumerate(points)]
    if prod(map(len, heads)) > MOST_WAYS:
        raise KernelError("too many points that may coincide under a denominator or in a comparison")
    for images in product(*heads):
        table = dict(zip(points, images, strict=True))
        if all(table[image] == image for image in images):
            yield table


def _every(term: Term) -> bool:
    """Whether a term takes all its values in a hypothesis."""
    return any(v.name.startswith("∀") for v in inside(term, Variable))
