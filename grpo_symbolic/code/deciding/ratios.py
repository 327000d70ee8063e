"""Bounds on logarithms as bounds on what they are of: a clip of a log-ratio is one of the ratio."""

from __future__ import annotations

from collections.abc import Callable

from ..algebra.expression import clip, exp, maximum, minimum
from ..algebra.nodes import Expression, parts
from ..algebra.rebuilt import rebuilt

BOUNDS: dict[str, Callable[..., Expression]] = {"clip": clip, "max": maximum, "min": minimum}


def of_ratios(node: Expression) -> Expression:
    """An expression of the same value and derivatives in which no exponential is of a bounded number."""
    known: dict[Expression, Expression] = {}
    for part in parts(node):
        plain = rebuilt(part, tuple(known[arg] for arg in part.args)) if part.args else part
        known[part] = _exponential(plain.args[0]) if plain.kind == "exp" else plain
    return known[node]


def _exponential(node: Expression) -> Expression:
    """The exponential, which grows with its argument, of each of the numbers between which a bound decides."""
    return BOUNDS[node.kind](*map(_exponential, node.args)) if node.kind in BOUNDS else exp(node)
