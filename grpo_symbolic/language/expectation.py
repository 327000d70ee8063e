"""Expectations, finite sums and products."""

from __future__ import annotations

from typing import Any

from sympy import Basic
from sympy.core.symbol import Str

from .arithmetic import Const, Node, node, scalar
from .binders import Scope, Var, sort_of
from .errors import LawError, ScopeError
from .policy import Law, StateLaw
from .shapes import SCALAR, Shape

GROUP_SIZE = Const("G", "positive")
NONE = Str("")
ALL = Str("all")


class Expect(Node):
    """Expect(law, scope): one draw of an action, a state or an i.i.d. group from ``law``, and a body.

    A scope of sort ``group`` draws a_{1:G}. Built by ``E``.
    """

    @classmethod
    def shape_of(cls, *args: Any) -> Shape:
        law, scope = args
        wanted = StateLaw if scope.sort == "state" else Law
        if scope.sort not in ("action", "group", "state") or not isinstance(law, wanted):
            raise LawError(f"no {scope.sort} is drawn from a {type(law).__name__}", law)
        return scope.body.shape

    @property
    def law(self) -> Law | StateLaw:
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


class Sum(Node):
    """Sum(upper, excluded, scope): over actions (upper ``all``), or an index or token from 1 to ``upper``.

    ``excluded`` is an index left out (j ≠ i), or the empty name. Built by ``total``.
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
    """Refuse a sum over nothing: actions go over ``all``, an index or token up to a bound."""
    if (upper == ALL) != (scope.sort == "action") or upper == NONE or scope.sort in ("group", "state"):
        raise ScopeError(f"the sum over {scope.name} has no range")
    if excluded != NONE and sort_of(excluded) != scope.sort:
        raise ScopeError(f"is not in the range of {scope.name}", excluded)


def total(
    var: Var | str, body: Any, upper: Basic | None = None, excluded: Basic = NONE, product: bool = False
) -> Node:
    """Σ (or Π) of ``body`` over ``var``: every action, 1…G for an index; a token needs ``upper``.

    Raises ScopeError where ``var`` has no range, or is only a name.
    """
    if isinstance(var, str):
        raise ScopeError(f"{var} is no variable with a range, so the sum runs over nothing", rf"\sum_{var}")
    default = {"action": ALL, "index": GROUP_SIZE}.get(var.sort, NONE)
    cls = Product if product else Sum
    return cls(default if upper is None else upper, excluded, Scope.close(var, node(body)))


def group_sum(index: Var, body: Any) -> Node:
    """Σ_{i=1}^G body."""
    return total(index, body)
