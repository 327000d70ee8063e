"""Terms name points: variables, members of a group, tokens and prefixes of a sequence, the number of a member.

A term, and whatever holds terms, is a tuple, plain or named; each named one starts with a tag, so that any two compare.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from itertools import chain
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
    return thing == term or term in inside(thing, term.__class__)


@lru_cache(2**15)
def inside(thing: Any, kind: type | tuple[type, ...], nested: bool = True) -> tuple[Any, ...]:
    """The different parts of a type, the outer before the inner, else only the outer.

    They are remembered, as most rules ask for them again and again.
    """
    if not isinstance(thing, tuple):
        return ()
    own = (thing,) if isinstance(thing, kind) else ()
    if own and not nested or isinstance(thing, Variable):
        return own
    found = [own, *[inside(part, kind, nested) for part in thing if isinstance(part, tuple)]]
    found = [some for some in found if some]
    return found[0] if len(found) == 1 else tuple(dict.fromkeys(chain(*found)))


def holds(thing: Any, kind: type) -> bool:
    """Whether some part is of a type."""
    return bool(inside(thing, kind))


def replaced(thing: Any, table: Mapping[Any, Any]) -> Any:
    """The same tuple with parts replaced, all at once."""
    kinds = {type(part) for part in table}  # only what is of these is worth a look, and its hash

    def image(part: tuple[Any, ...]) -> Any:
        if type(part) in kinds and part in table:
            return table[part]
        return tuple.__new__(type(part), [
            table.get(inner, inner) if isinstance(inner, Variable) else image(inner) if isinstance(inner, tuple) else
            inner for inner in part])

    return image(thing) if isinstance(thing, tuple) else thing
