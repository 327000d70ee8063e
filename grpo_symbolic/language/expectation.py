"""Expectations, finite sums and products."""

from __future__ import annotations

import re
from typing import Any, Self

from sympy import Basic
from sympy.core.symbol import Str

from .arithmetic import Const, Max, Min, Neg, Node, Num, Plus, Power, Times, node, scalar
from .binders import Scope, Var, sort_of
from .errors import LawError, ScopeError
from .policy import ActionCount, App, Law, Length, ProcessLaw, StateLaw
from .shapes import SCALAR, Shape
from .terms import Term

GROUP_SIZE = Const("G", "positive")
NONE = Str("")
ALL = Str("all")
LETTER = re.compile(r"\|?(?:\\[A-Za-z]+\{)*(?:[A-Za-z]|\\[A-Za-z]+(?![A-Za-z{]))")


class Expect(Node):
    """Expect(law, scope): one draw of an action, a state or an i.i.d. group from ``law``, and a body.

    A scope of sort ``group`` draws a_{1:G}. Built by ``E``.
    """

    @classmethod
    def shape_of(cls, *args: Any) -> Shape:
        law, scope = args
        wanted = (StateLaw, ProcessLaw) if scope.sort == "state" else (Law,)
        if scope.sort not in ("action", "group", "state") or not isinstance(law, wanted):
            raise LawError(f"no {scope.sort} is drawn from a {type(law).__name__}", law)
        return scope.body.shape

    @property
    def law(self) -> Law | StateLaw | ProcessLaw:
        return self.args[0]

    @property
    def scope(self) -> Scope:
        return self.args[1]


Draw = tuple[Var, Basic]


def E(*draws_and_body: Any, style: str = "") -> Node:
    r"""The expectation over draws ``(variable, law)``, outermost first, of the last argument.

    A state's law is a StateLaw, an action's or a group's a Law. A variable is drawn once: a second
    law for it raises LawError. Several draws are one printed \mathbb{E}.
    """
    *draws, body = draws_and_body
    names = [var.name for var, _ in draws]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise LawError(f"two laws are named for {' and for '.join(twice)}", "E")
    result = node(body)
    for position, (var, law) in reversed(list(enumerate(draws))):
        result = Expect(law, Scope.close(var, result))
        if position:
            result = result.hinted(joint="inner")
    return result.hinted(style=style) if style else result


class Span(Term):
    """Span(start, end): the range of an index or a token that starts later than at 1, empty where it ends before."""

    def __new__(cls, start: int | Basic, end: Basic) -> Self:
        start = node(start)
        if not isinstance(start, Num) or start.value.q != 1 or start.value < 2:
            raise ScopeError("a range starts at a numeral", start)
        return super().__new__(cls, start, whole(node(end)))


def span(upper: Basic) -> tuple[int, Basic]:
    """Where a range starts and what it ends at."""
    return (int(upper.args[0].value), upper.args[1]) if isinstance(upper, Span) else (1, upper)


class Sum(Node):
    """Sum(upper, excluded, scope): over actions or states (upper ``all``), or an index or token from 1 to ``upper``.

    In place of ``upper`` a Span starts later. ``excluded`` is an index left out (j ≠ i), or the empty name. Built by
    ``total``.
    """

    @classmethod
    def shape_of(cls, *args: Any) -> Shape:
        check_range(*args)
        return args[2].body.shape

    @property
    def scope(self) -> Scope:
        return self.args[2]


class Product(Node):
    """Product(upper, excluded, scope), with ranges as in Sum."""

    @classmethod
    def shape_of(cls, *args: Any) -> Shape:
        check_range(*args)
        scalar(args[2].body, "a product")
        return SCALAR


def check_range(upper: Basic, excluded: Basic, scope: Scope) -> None:
    """Refuse a sum over nothing: actions and states go over ``all``, an index or token up to a whole number."""
    if (upper == ALL) != (scope.sort in ("action", "state")) or upper == NONE or scope.sort == "group":
        raise ScopeError(f"the sum over {scope.name} has no range")
    if excluded != NONE and sort_of(excluded) != scope.sort:
        raise ScopeError(f"is not in the range of {scope.name}", excluded)
    if excluded != NONE and isinstance(upper, Span):
        raise ScopeError("an index is left out of a range that starts at 1", excluded)
    if upper != ALL and not isinstance(upper, Span):
        whole(upper)


def whole(end: Basic) -> Basic:
    """The upper end of a range; raises ScopeError where it is not built from what counts something."""
    if not is_whole(end):
        raise ScopeError("a range ends at a whole number, such as G, T, N, |o| or a sum or product of them", end)
    return end


def is_whole(end: Basic) -> bool:
    """Whether an upper end counts something: a numeral, a name, a length, or what these add up to.

    A name that stands as an upper end is a whole number by that.
    """
    if isinstance(end, Num):
        return bool(end.value.q == 1)
    if isinstance(end, (Const, App)):
        name = end.name if isinstance(end, Const) else end.head.layout
        return LETTER.match(name) is not None and end.shape == SCALAR
    if isinstance(end, Power):
        return is_whole(end.args[0]) and isinstance(end.args[1], Num) and is_whole(end.args[1])
    if isinstance(end, (Plus, Neg, Times, Min, Max)):
        return all(map(is_whole, end.args))
    return isinstance(end, (Length, ActionCount))


def total(
    var: Var | str, body: Any, upper: Basic | None = None, excluded: Basic = NONE, product: bool = False
) -> Node:
    """Σ (or Π) of ``body`` over ``var``: every action or state, 1…G for an index; a token needs ``upper``.

    Raises ScopeError where ``var`` has no range, or is only a name.
    """
    if isinstance(var, str):
        raise ScopeError(f"{var} is no variable with a range, so the sum runs over nothing", rf"\sum_{var}")
    default = {"action": ALL, "state": ALL, "index": GROUP_SIZE}.get(var.sort, NONE)
    cls = Product if product else Sum
    return cls(default if upper is None else upper, excluded, Scope.close(var, node(body)))


def group_sum(index: Var, body: Any) -> Node:
    """Σ_{i=1}^G body."""
    return total(index, body)
