r"""f'(u), f''(u): the derivative of a function of one number that a definition gives."""

from __future__ import annotations

from collections.abc import Sequence

from sympy import Basic

from ...language import Argument, Const, Node, expand, rewrite
from ..names.environment import Environment, Named
from ..read_error import Fault
from .slope import Number, slope

# A name that no text prints.
INNER = Const(r"\argument")


def primed(layout: str, environment: Environment) -> tuple[Named | None, int]:
    """The function of numbers of which a symbol is called a derivative, and its order; None and 0 where none is."""
    stem, bracket, rest = layout.partition("(")
    name = stem.rstrip("'")
    named = environment.names.get(name + bracket + rest) or environment.names.get(environment.stems.get(name, ""))
    if named is None or not any(isinstance(param, Argument) for param in named.app.params):
        return None, 0
    return named, len(stem) - len(name)


def derivative_at(named: Named, order: int, args: Sequence[Basic], environment: Environment, pos: int) -> Node:
    """The derivative of a function of one number at arguments. Raises Fault where it has none that can be said."""
    if named.printed != 1 or len(args) != len(named.app.params):
        raise Fault("a derivative by a prime is that of a function of one number", pos)
    node = expand(named.definition.expand(named.head(INNER, *args[1:])), environment.definitions)
    for _ in range(order):
        try:
            node = slope(node, Number(INNER.name), pos)
        except Fault as fault:
            raise Fault(fault.reason.replace(INNER.name, "its argument"), fault.pos) from None
    found: Node = rewrite(node, lambda part: args[0] if part == INNER else None)
    return found
