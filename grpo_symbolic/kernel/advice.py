"""What a search may suggest, and what is assumed: plain data that carries no fact."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain, islice
from typing import NamedTuple, TypeAlias

from .form import NOTHING, Form, Generator, Leaf, Ranges, Used, number
from .slopes import Calculus
from .terms import Variable, inside


class Assumption(NamedTuple):
    """``form`` >, ≥, = or ≠ 0 for all values of ``every``; ``label`` is recorded where a proof needs it.

    With the relation ``members`` it says instead that the index in ``every`` numbers one of 1, …, ``form``.
    """

    form: Form
    relation: str
    label: Used = NOTHING
    every: Ranges = {}


class Split(NamedTuple):
    """Tell apart whether a generator lies above, at or below a threshold."""

    generator: Generator
    threshold: Form


class Compare(NamedTuple):
    """Tell apart whether a form is positive, zero or negative, and take that as given."""

    form: Form


class Rewrite(NamedTuple):
    """Put a value for every instance of a leaf to which an assumption makes it equal."""

    leaf: Leaf
    value: Form


class Squares(NamedTuple):
    """Take a form as the difference of one that is not negative and another, and compare their squares."""

    greater: Form


class Members(NamedTuple):
    """Tell apart which member an index numbers, where there are few."""

    number: Variable


class Part(NamedTuple):
    """Take away Σ over ``binders`` of ``weight`` ≥ 0 times something that ``kind`` says of ``core``.

    ``square``: its square. ``phi``: φ(core) = core − 1 − log core. ``psi``: ψ(core) = (core − 1)(core + 5) −
    (4 core + 2) log core. ``=``, ``≥`` or ``>``: core itself, that it is so being decided in its turn. Where it is
    positive so is the sum, if the weight is and the range has a member; where it is zero any weight will do.
    """

    weight: Form
    core: Form
    kind: str
    binders: Ranges = {}


Parts: TypeAlias = tuple[Part, ...]
Advice: TypeAlias = Split | Compare | Rewrite | Squares | Members | Parts
Given: TypeAlias = Sequence[Assumption]
Suggest: TypeAlias = Callable[[Form, str, Given, int], Iterable[Advice]]


def named(advice: Advice) -> tuple[Variable, ...]:
    """The variables that a suggestion names."""
    fields = chain(*advice) if type(advice) is tuple else advice
    held = tuple(field.poly if isinstance(field, Form) else tuple(field) if isinstance(field, Mapping) else field
                 for field in fields)
    return inside(held, Variable)


def followed(steps: Sequence[Advice]) -> Suggest:
    """The suggestions of a proof that was found, one at a time, to follow it again without a search."""
    left = iter(steps)
    return lambda _form, _relation, _given, _depth: islice(left, 1)


nothing = followed(())


def total_of(calculus: Calculus, part: Part) -> Form:
    """What a part is equal to, for who suggests it and for who follows."""
    return calculus.closed(dict(part.binders), calculus.times(part.weight, core_of(calculus, part)))


def core_of(calculus: Calculus, part: Part) -> Form:
    """What the weight of a part multiplies."""
    u, times = part.core, calculus.times
    match part.kind:
        case "square":
            return times(u, u)
        case "phi":
            return u - number(1) - calculus.log(u)
        case "psi":
            return times(u - number(1), u + number(5)) - times(u.scaled(4) + number(2), calculus.log(u))
    return u
