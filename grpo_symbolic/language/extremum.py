"""The largest value of an expression over all actions, over all states, or over the members of a group."""

from __future__ import annotations

from typing import Any

from .arithmetic import Node, scalar
from .errors import ScopeError
from .expectation import ALL, NONE, check_range
from .shapes import SCALAR, Shape


class Largest(Node):
    """Largest(scope): over all actions or all states, of which there are finitely many, and one at least.

    Largest(scope, upper) is that over an index or a token, in a range as a sum has, which has a member;
    Largest(scope, upper, excluded) leaves out an index, beside which the range has another one.
    """

    @classmethod
    def shape_of(cls, *args: Any) -> Shape:
        check_range(args[1] if len(args) > 1 else ALL, args[2] if len(args) > 2 else NONE, args[0])
        scalar(args[0].body, "a maximum")
        return SCALAR


class AtLargest(Node):
    """AtLargest(value, objective): one expression where another is largest, over all actions or all states.

    Where it is largest at several places, one of them is meant, whichever it is, and everywhere the same one.
    """

    @classmethod
    def shape_of(cls, *args: Any) -> Shape:
        value, objective = args
        if value.sort != objective.sort or value.sort not in ("action", "state"):
            raise ScopeError(f"where something is largest is no {value.sort}")
        scalar(value.body, "a value")
        scalar(objective.body, "a maximum")
        return SCALAR
