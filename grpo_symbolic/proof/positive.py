r"""Names of which an assumption says that they are positive, as x_t > 0 does: products and powers of them have a form.

The assumption must speak of every value that the claim uses. Trusted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sympy import Basic

from .. import language as lang
from ..language.signs import POSITIVE
from .processes import discounts

MIRROR = {"<": ">", "≤": "≥", ">": "<", "≥": "≤"}
MOVED = (lang.AtOld, lang.Step, lang.Taylor, lang.BigO)  # where a name also stands at another θ
Named = tuple[lang.Relation, ...]


def signed(relation: lang.Relation, given: Named, free: frozenset[lang.Var], at_old: bool = False
           ) -> tuple[lang.Relation, Named]:
    """A claim and what it assumes, with the sign of the names under its products and powers that are assumed positive.

    ``free`` are the variables for each of whose values the claim is made: of them an assumption says one value.
    """
    if not given:
        return relation, given
    used = [part for term in (relation, *given) for part in term.walk() if isinstance(part, (lang.App, lang.Const))]
    needed = set(under(relation)) | discounts(relation)
    moved = at_old or any(isinstance(part, MOVED) for part in relation.walk())
    found: dict[Basic, Basic] = {}
    for one in (*map(above_zero, given), *not_below_zero(relation, given)):
        if isinstance(one, lang.Const) and one in needed:
            found[one] = lang.Const(one.name, POSITIVE)
        elif isinstance(one, lang.App) and one.head in needed and not (moved and one.head.theta) \
                and everywhere(one, [part for part in used if isinstance(part, lang.App)], free):
            layout, theta, _, shape = one.head.args
            found[one.head] = lang.Head(layout, theta, POSITIVE, shape)
    if not found:
        return relation, given
    return lang.rewrite(relation, found.get), tuple(lang.rewrite(one, found.get) for one in given)


def under(relation: lang.Relation) -> Iterator[Basic]:
    """The names without a sign under a product, or in a power that is no literal; of an inequality also those under a
    logarithm, a root or a line."""
    for part in relation.walk():
        found = None
        if isinstance(part, lang.Product):
            found = part.args[2]
        elif isinstance(part, lang.Power) and not isinstance(part.args[1], lang.Num):
            found = part.args[0]
        elif relation.op != "=" and isinstance(part, (lang.Log, lang.Root, lang.Frac)):
            found = part.args[-1]
        for inner in found.walk() if found is not None else ():
            if isinstance(inner, (lang.Const, lang.Head)) and inner.sign != POSITIVE:
                yield inner


def above_zero(one: lang.Relation) -> Basic | None:
    """The side of an assumption that it says to be positive."""
    for left, op, right in ((one.lhs, one.op, one.rhs), (one.rhs, MIRROR.get(one.op, ""), one.lhs)):
        if isinstance(right, lang.Num) and (op == ">" and right.value >= 0 or op == "≥" and right.value > 0):
            return left
    return None


def not_below_zero(relation: lang.Relation, given: Named) -> Iterator[Basic]:
    r"""The numbers that an equation raises to an index, as γ^t, or to a name, and that are given not to be negative.

    What is proved is proved of them where they are positive, and the theorem says so.
    """
    raised = {part.args[0] for part in relation.walk() if isinstance(part, lang.Power) and any(
        isinstance(inner, (lang.Ordinal, lang.Const)) for inner in part.args[1].walk())}
    bases = {inner for base in raised for inner in base.walk() if isinstance(inner, lang.Const)} | discounts(relation)
    for one in given if relation.op == "=" else ():
        for left, op, right in ((one.lhs, one.op, one.rhs), (one.rhs, MIRROR.get(one.op, ""), one.lhs)):
            if op == "≥" and right == lang.node(0) and left in bases:
                yield left


def everywhere(one: lang.App, used: Sequence[lang.App], free: frozenset[lang.Var]) -> bool:
    """Whether an assumption on a function at its arguments speaks of all its uses.

    An argument is a variable of which all values are meant, or stands in all uses.
    """
    args: Any = one.params
    alike = [all(use.params[place] == arg for use in used if use.head == one.head) for place, arg in enumerate(args)]
    every = [isinstance(arg, lang.Var) and arg not in free and args.count(arg) == 1 for arg in args]
    return all(map(any, zip(alike, every, strict=True)))
