"""What the way an expression is written shows of its sign."""

from __future__ import annotations

from sympy import Basic

from .arithmetic import Abs, Const, Exp, Frac, Num, Plus, Power, Root, Times
from .expectation import Expect, GroupMean, GroupSpread, Product, Sum
from .policy import App, Length, Prob

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
    if isinstance(node, (Prob, Exp, Length)):
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
