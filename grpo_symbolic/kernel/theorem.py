"""Theorems: what the calculus has decided, with the hypotheses used on the way."""

from __future__ import annotations

from dataclasses import dataclass

from .calculus import STEP, Calculus
from .form import ONE, Form, Generator, Poly, Rational, Used

_KEY = object()


class NotProved(Exception):
    """The calculus does not derive the claim; nothing follows about its negation."""


@dataclass(frozen=True)
class Theorem:
    """``left`` equals ``right``, up to O(‖Δθ‖^order) where an order is given, under ``hypotheses``.

    ``kind`` is ``identity`` (in θ: may be differentiated), ``value`` (stop marks were erased) or ``at_old``. Only the
    rules of this module make one.
    """

    left: Poly
    right: Poly
    hypotheses: Used
    kind: str
    order: int | None
    key: object

    def __post_init__(self) -> None:
        if self.key is not _KEY:
            raise NotProved("a theorem is made by a rule, not by hand")


def is_zero(calculus: Calculus, form: Form) -> bool:
    """Whether the form is zero: it is the empty polynomial once the denominators outside all sums are cleared."""
    while form.poly:
        lowest: dict[Generator, Rational] = {}
        for m, _ in form.poly:
            for gen, e in m:
                if gen[0] == "wrap" and e < lowest.get(gen, 0):
                    lowest[gen] = e
        if not lowest:
            return False
        # integer steps, so that fractional parts of exponents stay in [0, 1)
        factor = tuple(sorted((gen, int(-(e // 1))) for gen, e in lowest.items()))
        form = calculus.times(form, Form(((factor, ONE),)))
    return True


def equal(calculus: Calculus, left: Form, right: Form, kind: str = "identity") -> Theorem:
    """left = right, or NotProved. A ``value`` erases stop marks, ``at_old`` evaluates at θ_old, before comparing."""
    change = {"identity": lambda form: form, "value": calculus.released, "at_old": calculus.at_old}[kind]
    left, right = change(left), change(right)
    if not is_zero(calculus, left - right):
        raise NotProved("the canonical forms of the two sides differ")
    return Theorem(left.poly, right.poly, left.used | right.used, kind, None, _KEY)


def contact(calculus: Calculus, left: Form, right: Form, order: int) -> Theorem:
    """left = right + O(‖Δθ‖^order): the derivatives of the difference along Δθ below ``order`` vanish at θ_old."""
    jet = left - right
    used: Used = frozenset()
    for k in range(order):
        if k:
            jet = calculus.derivative(jet, STEP)
        here = calculus.at_old(jet)
        used |= here.used
        if not is_zero(calculus, here):
            raise NotProved(f"the terms of order {k} in Δθ differ")
    return Theorem(left.poly, right.poly, used, "at_old", order, _KEY)
