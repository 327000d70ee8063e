"""Where an exact model provably contradicts a claim."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from flint import ctx

from ...language import Var
from ..meaning.question import Question
from ..meaning.sides import Sides, ask
from ..model import exact
from ..model.tables import Model


@dataclass(frozen=True)
class Contradiction:
    """Where a model contradicts a relation: the place in a vector, the values of the free variables, both sides."""

    place: str
    at: dict[Var, Any] = field(repr=False)
    lhs: exact.Exact
    rhs: exact.Exact


def contradiction(question: Question, model: Model) -> Contradiction | None:
    """The first place where a model provably contradicts the claim, at growing precision."""
    for bits in (exact.BITS, 4 * exact.BITS):
        with ctx.workprec(bits):
            unknown = False
            for sides in ask(question, model):
                for place, index, left, right in entries(sides):
                    sign = exact.sign(left - right)
                    unknown |= sign == exact.UNKNOWN
                    if contradicts(question.relation.op, sign):
                        return Contradiction(place, where(question, sides, model, index), left, right)
        if not unknown:
            return None
    return None


def entries(sides: Sides) -> Iterator[tuple[str, tuple[int, ...], Any, Any]]:
    """The pairs of numbers of which the claim speaks and that have a value."""
    valid = ~(sides.excluded | sides.undefined)
    for place, left, right in sides.pairs:
        for index in map(tuple, np.argwhere(valid)):
            yield place, index, left[index], right[index]


def contradicts(op: str, sign: int) -> bool:
    """Whether a proved sign of lhs − rhs contradicts a relation."""
    against = {"≤": (1,), "<": (0, 1), "≥": (-1,), ">": (-1, 0)}.get(op, (-1, 1))
    return sign in against


def where(question: Question, sides: Sides, model: Model, index: tuple[int, ...]) -> dict[Var, Any]:
    """The values of the free variables at a place of the arrays; actions and states count from 1."""
    slots = list(reversed(index[:-1]))
    result: dict[Var, Any] = {}
    for var in question.free:
        if var in sides.indices:
            result[var] = [sides.indices[var]]
        else:
            width = model.sizes.group if var.sort == "group" else 1
            result[var], slots = [int(k) + 1 for k in slots[:width]], slots[width:]
    return result
