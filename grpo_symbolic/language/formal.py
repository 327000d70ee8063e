"""What can be said without a rule for it: an argmax, a mean over several steps at once."""

from __future__ import annotations

from typing import Any, Self

from sympy import Basic
from sympy.core.symbol import Str

from .arithmetic import Node
from .policy import SHAPES
from .shapes import Shape
from .terms import symbol, text


class Formal(Node):
    r"""Formal(layout, shape, *args): an expression that is read and printed, but neither proved nor evaluated.

    ``layout`` is its LaTeX with ``#1``, ``#2``, … where arguments are printed. The first argument may be a Scope,
    one in another for several variables: ``@1``, ``@2``, … are its variables and ``#1`` its body. Two are equal if
    they are said alike; nothing else is known of them.
    """

    def __new__(cls, layout: str | Str, shape: str | Str, *args: Basic) -> Self:
        return super().__new__(cls, symbol(layout), symbol(shape), *args)

    @classmethod
    def shape_of(cls, *args: Any) -> Shape:
        return SHAPES[text(args[1])]

    @property
    def layout(self) -> str:
        return text(self.args[0])
