"""What the way an expression is written shows of its sign."""

from __future__ import annotations

from math import prod

from sympy import Basic

from .arithmetic import Abs, Const, Exp, Frac, Neg, Num, Plus, Power, Root, Times
from .expectation import Expect, GroupMean, GroupSpread, Product, Sum
from .policy import ActionCount, App, Length, Prob

POSITIVE, NONNEGATIVE, REAL = "positive", "nonnegative", "real"


def known_sign(node: Basic) -> str:
    """``positive``, ``nonnegative`` or ``real``: what is seen without calculating.

    >>> known_sign(Const("A") ** 2)
    'nonnegative'
    """
    if isinstance(node, Const):
        return node.sign
    if isinstance(node, App):
        return node.head.sign
    if isinstance(node, (Prob, Exp, Length, ActionCount)):
        return POSITIVE
    if isinstance(node, Num):
        return POSITIVE if node.value > 0 else NONNEGATIVE
    if isinstance(node, (Root, GroupSpread, Abs)):
        return NONNEGATIVE
    if isinstance(node, Power):
        base, exponent = node.args
        even = isinstance(exponent, Num) and exponent.value % 2 == 0
        return NONNEGATIVE if even and known_sign(base) == REAL else known_sign(base)
    if isinstance(node, (Expect, GroupMean)):
        return known_sign(node.args[-1].body)
    if isinstance(node, (Sum, Product)):
        # a range may be empty: a positive summand makes the sum no more than non-negative
        return REAL if known_sign(node.args[-1].body) == REAL else NONNEGATIVE
    if isinstance(node, (Times, Frac)):
        return max((known_sign(arg) for arg in node.args), key=(POSITIVE, NONNEGATIVE, REAL).index)
    if isinstance(node, Plus):
        signs = {known_sign(arg) for arg in node.args}
        return REAL if REAL in signs else POSITIVE if POSITIVE in signs else NONNEGATIVE
    return REAL


def least(end: Basic) -> int | None:
    """The least value that the upper end of a range is seen to have, None where none is seen.

    >>> least(Const("T", "positive") - Num(1))
    0
    """
    if isinstance(end, Num):
        return int(end.value)
    if isinstance(end, Neg) and isinstance(end.args[0], Num):
        return -int(end.args[0].value)
    if isinstance(end, (Plus, Times)):
        parts = [part for part in map(least, end.args) if part is not None]
        if len(parts) < len(end.args) or isinstance(end, Times) and min(parts) < 0:
            return None
        return sum(parts) if isinstance(end, Plus) else prod(parts)
    return {POSITIVE: 1, NONNEGATIVE: 0}.get(known_sign(end))
