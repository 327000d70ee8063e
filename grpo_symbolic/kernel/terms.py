"""Terms name points: variables, members of a group, tokens and prefixes of a sequence, the number of a member.

A term, and whatever holds terms, is a tuple, plain or named; each named one starts with a tag, so that any two compare.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple, TypeAlias


class Variable(NamedTuple):
    """A variable of a sort: ``action``, ``group``, ``state``, ``index``, ``token`` or ``coordinate``."""

    tag: str
    name: str
    sort: str


class Point(NamedTuple):
    """What stands at a place of a whole: ``member`` of a group, ``token`` of a sequence, ``prefix`` before a token."""

    tag: str
    whole: Any
    at: Any


class Numeral(NamedTuple):
    """The number of a member or token, from 1 on."""

    tag: str
    value: int


Term: TypeAlias = Any  # a Variable, a Point, a Numeral, or another tuple
POINT_SORTS = {"member": "action", "token": "action", "prefix": "state", "after": "state", "number": "index"}


def variable(name: str, sort: str = "") -> Variable:
    """The term that names a variable."""
    return Variable("variable", name, sort)


def point(tag: str, whole: Term, at: Term) -> Point:
    """A member, a token or a prefix."""
    return Point(tag, whole, at)


def numeral(value: int) -> Numeral:
    """The term that numbers a member or a token."""
    return Numeral("number", value)


def sort_of(term: Term) -> str:
    """The sort of what a term names."""
    return term.sort if isinstance(term, Variable) else POINT_SORTS.get(term[0], "")


def mentions(thing: Any, term: Term) -> bool:
    """Whether a term, or whatever else is made of tuples, contains a term."""
    if isinstance(term, Variable):
        return isinstance(thing, tuple) and term in variables_in(thing)
    return thing == term or any(part == term for part in inside(thing, type(term)))


@lru_cache(2**15)
def variables_in(thing: tuple[Any, ...]) -> frozenset[Variable]:
    """The variables inside; remembered, as most rules ask for them again and again."""
    own = frozenset((thing,)) if isinstance(thing, Variable) else frozenset[Variable]()
    return own.union(*[variables_in(part) for part in thing if isinstance(part, tuple)])


def inside(thing: Any, kind: type | tuple[type, ...], nested: bool = True) -> Iterator[Any]:
    """The parts of a type, the outer before the inner, else only the outer; what is shared is met once."""
    seen: set[int] = set()
    waiting = [thing] if isinstance(thing, tuple) else []
    while waiting:
        part = waiting.pop()
        if id(part) in seen:
            continue
        seen.add(id(part))
        if isinstance(part, kind):
            yield part
            if not nested:
                continue
        elif isinstance(part, Variable):
            continue
        waiting += [inner for inner in reversed(part) if isinstance(inner, tuple)]


def holds(thing: Any, kind: type) -> bool:
    """Whether some part is of a type."""
    return any(True for _ in inside(thing, kind))


def replaced(thing: Any, table: Mapping[Any, Any]) -> Any:
    """The same tuple with parts replaced, all at once."""
    if thing in table:
        return table[thing]
    if isinstance(thing, Variable) or not isinstance(thing, tuple):
        return thing
    return tuple.__new__(type(thing), [replaced(part, table) if isinstance(part, tuple) else part for part in thing])
