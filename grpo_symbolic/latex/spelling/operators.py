"""Operators on functions, (T f)(s): a definition of one is read, and what then uses the operator has no verdict."""

from __future__ import annotations

from typing import NamedTuple

from ..notation.priors import LAW_LETTERS, POLICY
from ..parsing.naming import Nucleus, nucleus
from ..parsing.surface import Expr, Item


class Applied(NamedTuple):
    """An operator, the function that it is applied to, and the bracket of the arguments."""

    operator: Nucleus
    function: Nucleus
    arguments: Item


def operator_applied(left: Expr | None, defining: bool = False) -> Applied | None:
    r"""(T_\pi f)(s) on the left of a definition: an operator, by its capital or its font, and a function by a letter.

    Under a sign that only defines, \mathcal{T} f(s) is one too.
    """
    items = left.terms[0][1] if left is not None and len(left.terms) == 1 and not left.terms[0][0] else []
    bare = len(items) == 3 and defining
    inner = items[:2] if bare else _factors(items[0]) if len(items) == 2 else []
    if len(inner) != 2 or items[-1].kind != "group" or items[-1].value != "(" or not items[-1].plain:
        return None
    operator, function = (nucleus(item) for item in inner)
    if operator is None or function is None or not function.item.plain or operator.letter == POLICY:
        return None
    named = bool(operator.decorations) or operator.letter.isupper() and not bare
    lawful = function.letter in LAW_LETTERS - {"Q"} or function.letter == POLICY
    return Applied(operator, function, items[-1]) if named and not lawful else None


def _factors(group: Item) -> list[Item]:
    """The factors of a product in brackets."""
    only = group.body.only if group.kind == "group" and group.value == "(" and group.plain and group.body else None
    return only.terms[0][1] if only is not None and len(only.terms) == 1 and not only.terms[0][0] else []
