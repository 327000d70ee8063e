"""What the way an expression is written shows of its sign."""

from __future__ import annotations

from math import prod

from sympy import Basic

from .arithmetic import Const, Exp, Frac, Max, Neg, Num, Plus, Power, Root, Times, Transpose
from .derived import unfold
from .expectation import ALL, GROUP_SIZE, NONE, Expect, Product, Sum
from .extremum import Largest
from .policy import ActionCount, App, Length, Ordinal, Prob, Same

POSITIVE, NONNEGATIVE, REAL = "positive", "nonnegative", "real"


def known_sign(node: Basic) -> str:
    """``positive``, ``nonnegative`` or ``real``: what is seen without calculating.

    >>> known_sign(Const("A") ** 2)
    'nonnegative'
    """
    return _sign(unfold(node))


def _sign(node: Basic) -> str:
    if isinstance(node, Const):
        return node.sign
    if isinstance(node, App):
        return node.head.sign
    if isinstance(node, (Prob, Exp, Length, Ordinal, ActionCount)):
        return POSITIVE
    if isinstance(node, Num):
        return POSITIVE if node.value > 0 else NONNEGATIVE
    if isinstance(node, (Root, Same)) or is_square(node):
        return NONNEGATIVE
    if isinstance(node, Power):
        base, exponent = node.args
        even = isinstance(exponent, Num) and exponent.value % 2 == 0
        return NONNEGATIVE if even and _sign(base) == REAL else _sign(base)
    if isinstance(node, Expect):
        return _sign(node.scope.body)
    if isinstance(node, Largest):
        return _sign(node.args[0].body)
    if isinstance(node, (Sum, Product)):
        inside = _sign(node.args[2].body)
        return inside if inside == REAL or never_empty(node) else NONNEGATIVE
    if isinstance(node, Max):
        return NONNEGATIVE if opposite(*node.args) else REAL
    if isinstance(node, (Times, Frac)):
        return max(map(_sign, node.args), key=(POSITIVE, NONNEGATIVE, REAL).index)
    if isinstance(node, Plus):
        signs = set(map(_sign, node.args))
        return REAL if REAL in signs else POSITIVE if POSITIVE in signs else NONNEGATIVE
    return REAL


def least(end: Basic, count: int | None = None) -> int | None:
    """The least value that the upper end of a range is seen to have, None where none is seen.

    ``count`` is the least value of a name of which nothing is seen but that it counts something.

    >>> least(Const("T", "positive") - Num(1))
    0
    """
    if isinstance(end, Num):
        return int(end.value)
    if isinstance(end, Neg) and isinstance(end.args[0], Num):
        return -int(end.args[0].value)
    if isinstance(end, (Plus, Times)):
        parts = [part for arg in end.args if (part := least(arg, count)) is not None]
        if len(parts) < len(end.args) or isinstance(end, Times) and min(parts) < 0:
            return None
        return sum(parts) if isinstance(end, Plus) else prod(parts)
    found = {POSITIVE: 1, NONNEGATIVE: 0}.get(known_sign(end))
    return count if found is None and isinstance(end, (Const, App)) else found


def is_square(node: Basic) -> bool:
    """Whether a term is written vᵀv."""
    if not isinstance(node, Times) or len(node.args) != 2:
        return False
    row, column = node.args
    return isinstance(row, Transpose) and row.args[0] == column


def opposite(left: Basic, right: Basic) -> bool:
    """Whether the second of two terms is written as minus the first."""
    return isinstance(right, Neg) and right.args[0] == left


def never_empty(node: Sum | Product) -> bool:
    """Whether a range surely has a member, as all actions and a whole group have."""
    upper, excluded, _ = node.args
    return excluded == NONE and upper in (ALL, GROUP_SIZE)
