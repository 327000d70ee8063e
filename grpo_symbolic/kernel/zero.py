"""Decides whether a form is zero."""

from __future__ import annotations

from .form import Form, Leaf, is_same, number, single
from .points import bound
from .ring import ANY_SIGN
from .slopes import Calculus
from .terms import inside


def is_zero(calculus: Calculus, form: Form) -> bool:
    """Whether the form is zero: it is the empty polynomial once the denominators outside all sums are cleared.

    Where it compares two terms, it is zero where these are one and where they are not.
    """
    form = calculus.cleared(form, ANY_SIGN)
    compared = next((gen for gen in inside(form.poly, Leaf) if is_same(gen) and not bound(gen)), None)
    if compared is None:
        return not form.poly
    apart = calculus.rebuilt(form, lambda gen: number(0) if gen == compared else single(gen))
    return is_zero(calculus, apart) and is_zero(calculus, calculus.identify(form, dict([compared.args])))
