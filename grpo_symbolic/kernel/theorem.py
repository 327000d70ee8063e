"""Theorems: all that a statement rests on, made by rules only."""

from __future__ import annotations

from dataclasses import InitVar, dataclass, replace

from .advice import Advice, Given, Suggest, followed, nothing
from .form import Form, Hypothesis, NotProved, Used, leaves
from .given import impossible, obliged
from .points import coincidences
from .order import Order, is_zero
from .sign import kinks, of
from .slopes import STEP, TAU, Calculus, smooth

_KEY = object()
SETTLED_BY = {"Nonzero": ">", "Nonnegative": "≥", "Size": "≥"}


@dataclass(frozen=True)
class Theorem:
    """``assumptions ⊢ left relation right``, up to O(‖Δθ‖^order) where an order is given, under ``hypotheses``.

    ``kind`` is ``identity`` (in θ, may be differentiated), ``value`` (stop marks erased) or ``at_old``. ``rules`` were
    in force; ``advice`` was followed for the relation and for each obligation that was shown to hold.
    """

    assumptions: Given
    left: Form
    relation: str
    right: Form
    kind: str
    order: int | None
    hypotheses: Used
    rules: frozenset[str]
    advice: tuple[tuple[Hypothesis | None, tuple[Advice, ...]], ...]
    key: InitVar[object] = None

    def __post_init__(self, key: object) -> None:
        if key is not _KEY:
            raise NotProved("a theorem is made by a rule, not by hand")


def related(calculus: Calculus, left: Form, right: Form, relation: str = "=", kind: str = "identity",
            given: Given = (), suggest: Suggest = nothing) -> Theorem:
    """left =, ≥ or > right, as functions of θ (``identity``), at θ_old, or with stop marks erased; or NotProved."""
    form = at(calculus, kind, left) - at(calculus, kind, right)
    found = Order(calculus, relation, suggest).shown(form, standing(calculus, kind, given, form.used))
    apart(calculus, found.used)
    return Theorem(tuple(given), left, relation, right, kind, None, found.used, calculus.rules,
                   ((None, found.steps),), _KEY)


def at(calculus: Calculus, kind: str, form: Form) -> Form:
    """A form where the statement is made: as a function of θ, with stop marks erased, or at θ_old."""
    return calculus.at_old(form) if kind == "at_old" else calculus.released(form) if kind == "value" else form


def standing(calculus: Calculus, kind: str, given: Given, used: Used) -> Given:
    """What is given where the statement is made, obligations that are not to vanish among it; or NotProved."""
    said = [one._replace(form=at(calculus, kind, one.form)) for one in given]
    held = (*said, *obliged(used.union(*(one.form.used for one in said))))
    if any(impossible(calculus, one) is not None for one in held):
        raise NotProved("the assumptions contradict each other")
    return held


def apart(calculus: Calculus, used: Used) -> None:
    """NotProved where a comparison is of the same thing at one point, which is no kink, though a hypothesis bars it."""
    for held in used:
        for change in coincidences(held, free=True) if held.kind == "OffKink" else ():
            if not calculus.rebuilt(of(held.about), change).poly:
                raise NotProved("a comparison at two points that may be one")


def settled(calculus: Calculus, theorem: Theorem, held: Hypothesis, suggest: Suggest = nothing) -> Theorem:
    """The theorem without an obligation that its assumptions and other hypotheses imply; or NotProved."""
    others = theorem.hypotheses - {held}
    order = Order(calculus, SETTLED_BY[held.kind], suggest)
    found = order.shown(of(held.about), standing(calculus, theorem.kind, theorem.assumptions, others))
    if held in found.used:
        raise NotProved("an obligation that is shown only by itself")
    return replace(theorem, hypotheses=others | found.used, advice=(*theorem.advice, (held, found.steps)), key=_KEY)


def contact(calculus: Calculus, left: Form, right: Form, order: int) -> Theorem:
    """left = right + O(‖Δθ‖^order): the derivatives of the difference along Δθ below ``order`` vanish at θ_old."""
    if order < 1:
        raise NotProved("an order of contact below one")
    jet = calculus.released(left - right)
    jet = jet.with_used(kinks(jet.poly))
    used: Used = frozenset().union(*(
        smooth(x, len(x.along) + max(order - int(dict(m).get(TAU, 0)), 1))
        for m, _ in jet.poly for x in leaves(m) if x.point == "current" and x != TAU))
    for k in range(order):
        if k:
            jet = calculus.derivative(jet, STEP)
        here = calculus.at_old(jet)
        used |= here.used
        if not is_zero(calculus, here):
            raise NotProved(f"the terms of order {k} in Δθ differ")
    apart(calculus, used)
    return Theorem((), left, "=", right, "at_old", order, used, calculus.rules, ((None, ()),), _KEY)


def follow(theorem: Theorem) -> Theorem:
    """The theorem once more, along the advice that it records and with nothing searched for; or NotProved."""
    calculus = Calculus(theorem.rules, mark="&")
    if theorem.order is not None:
        return contact(calculus, theorem.left, theorem.right, theorem.order)
    (_, steps), *more = theorem.advice
    again = related(calculus, theorem.left, theorem.right, theorem.relation, theorem.kind, theorem.assumptions,
                    followed(steps))
    for held, inner in more:
        if held is not None:
            again = settled(calculus, again, held, followed(inner))
    return again
