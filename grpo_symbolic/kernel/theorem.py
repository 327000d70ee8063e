"""Theorems: what the calculus has decided, with the hypotheses used on the way."""

from __future__ import annotations

from dataclasses import InitVar, dataclass

from .calculus import STEP, TAU, Calculus
from .form import Form, Hypothesis, Poly, Used, inside

_KEY = object()


class NotProved(Exception):
    """The calculus does not derive the claim; nothing follows about its negation."""


@dataclass(frozen=True)
class Theorem:
    """``left`` is =, ≥ or > ``right``, up to O(‖Δθ‖^order) where an order is given, under ``hypotheses``.

    ``kind`` is ``identity`` (in θ: may be differentiated), ``value`` (stop marks were erased) or ``at_old``. Only the
    rules of this module make one.
    """

    left: Poly
    right: Poly
    relation: str
    hypotheses: Used
    kind: str
    order: int | None
    key: InitVar[object]

    def __post_init__(self, key: object) -> None:
        if key is not _KEY:
            raise NotProved("a theorem is made by a rule, not by hand")


def is_zero(calculus: Calculus, form: Form) -> bool:
    """Whether the form is zero: it is the empty polynomial once the denominators outside all sums are cleared."""
    return not calculus.cleared(form, {"positive", "nonnegative", "real"}).poly


def difference(calculus: Calculus, left: Form, right: Form, kind: str) -> Form:
    """left − right as functions of θ (``identity``), at θ_old (``at_old``), or with stop marks erased (``value``)."""
    change = {"identity": lambda form: form, "value": calculus.released, "at_old": calculus.at_old}[kind]
    return change(left) - change(right)


def theorem(left: Form, right: Form, relation: str, used: Used, kind: str, order: int | None = None) -> Theorem:
    """For the rules of the kernel alone: each calls it when it has decided."""
    return Theorem(left.poly, right.poly, relation, used, kind, order, _KEY)


def equal(calculus: Calculus, left: Form, right: Form, kind: str = "identity") -> Theorem:
    """left = right by their canonical forms, or NotProved."""
    form = difference(calculus, left, right, kind)
    if not is_zero(calculus, form):
        raise NotProved("the canonical forms of the two sides differ")
    return theorem(left, right, "=", form.used, kind)


def contact(calculus: Calculus, left: Form, right: Form, order: int) -> Theorem:
    """left = right + O(‖Δθ‖^order): the derivatives of the difference along Δθ below ``order`` vanish at θ_old."""
    jet = calculus.released(left - right)
    for gen in inside(jet.poly, "ind"):
        if not calculus.at_old(Form(gen[1])).poly:
            raise NotProved("a comparison is at its kink at θ_old")
    used: Used = frozenset(
        Hypothesis("Differentiable", (leaf[1], len(leaf[3]) + max(order - int(dict(m).get(TAU, 0)), 1)))
        for m, _ in jet.poly for leaf in inside(m, "atom") if leaf[4] == "current" and leaf != TAU)
    for k in range(order):
        if k:
            jet = calculus.derivative(jet, STEP)
        here = calculus.at_old(jet)
        used |= here.used
        if not is_zero(calculus, here):
            raise NotProved(f"the terms of order {k} in Δθ differ")
    return theorem(left, right, "=", used, "at_old", order)
