"""Theorems: what the calculus decides, along suggestions that are believed only as far as they add up."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import InitVar, dataclass, replace
from functools import partial
from itertools import product
from typing import NamedTuple

from .calculus import STEP, TAU, Calculus, Sort, positive_laws, smooth
from .form import (NOTHING, Form, Generator, Hypothesis, KernelError, Poly, Term, Used, atom, combine, inhabited,
                   inside, mentions, number, sign_of_generator, single)

_KEY = object()


class NotProved(Exception):
    """The calculus does not derive the claim; nothing follows about its negation."""


class Assumption(NamedTuple):
    """``form`` > 0, ≥ 0 or = 0 for all values of ``every``; ``label`` is recorded where a proof needs it."""

    form: Form
    relation: str
    label: Used = NOTHING
    every: Mapping[Term, Sort] = {}

    def impossible(self, calculus: Calculus) -> bool:
        """Whether no value of the variables satisfies the assumption."""
        above, below = calculus.sign(self.form), calculus.sign(-self.form)
        return {">": below != "real", "≥": below == "positive", "=": "positive" in (above, below)}[self.relation]


class Split(NamedTuple):
    """Tell apart whether a generator lies above, at or below a threshold."""

    generator: Generator
    threshold: Form


class Part(NamedTuple):
    """Take away Σ over ``binders`` of ``weight`` ≥ 0 times something that ``kind`` says of ``core``.

    ``square``: its square. ``phi``: φ(core) = core − 1 − log core of a positive core. ``rest``: 1 − core of a
    probability. ``case``: core itself, decided in its turn.
    """

    weight: Form
    core: Form
    kind: str
    binders: Mapping[Term, Sort] = {}

    def sum(self, calculus: Calculus) -> Form:
        """What the part is equal to."""
        core = {"square": lambda: calculus.times(self.core, self.core), "rest": lambda: number(1) - self.core,
                "phi": lambda: self.core - number(1) - calculus.log(self.core), "case": lambda: self.core}[self.kind]()
        term = calculus.times(self.weight, core)
        for var, sort in self.binders.items():
            term = calculus.total(var, sort, term)
        return term


SHOWS = {">": ("positive",), "≥": ("positive", "nonnegative")}
Given = Sequence[Assumption]
Suggest = Callable[[Form, str, Given, int], Iterable[Split | tuple[Part, ...]]]


def is_zero(calculus: Calculus, form: Form) -> bool:
    """Whether the form is zero: it is the empty polynomial once the denominators outside all sums are cleared."""
    return not calculus.cleared(form, {"positive", "nonnegative", "real"}).poly


@dataclass(frozen=True)
class Order:
    """Decides whether forms are > 0, ≥ 0 or = 0, as ``relation`` says; what is suggested is not believed."""

    calculus: Calculus
    relation: str
    suggest: Suggest

    def decide(self, form: Form, given: Given, depth: int = 0) -> Used | None:
        """The hypotheses under which the relation holds, None where the assumptions leave no case; or NotProved."""
        if any(one.impossible(self.calculus) for one in given):
            return None
        equality = self.relation == "="
        if is_zero(self.calculus, form) if equality else self.calculus.sign(form) in SHOWS[self.relation]:
            return form.used | (NOTHING if equality else positive_laws(form.poly))
        for advice in self.suggest(form, self.relation, given, depth):
            with suppress(NotProved, KernelError):
                if isinstance(advice, Split):
                    return self._by_cases(advice, form, given, depth + 1)
                shown = [self._shown(part, given, depth + 1) for part in advice]
                rest = form - combine((part.sum(self.calculus), 1) for part in advice)
                found = self.decide(rest, given, depth + 1)
                return found if found is None else found.union(*shown)
        raise NotProved("the canonical forms of the two sides differ" if equality else
                        "no sum of divergences, squares and positive terms was found")

    def _shown(self, part: Part, given: Given, depth: int) -> Used:
        """What a part needs to be zero, for the relation =, or non-negative; or NotProved."""
        used: Used | None = None
        if part.kind == "case":
            # a bound variable is one of those for which an assumption holds that speaks of every one
            outer = [one._replace(form=self.calculus.identify(one.form, dict(zip(one.every, at, strict=True))))
                     for one in given if not any(mentions(one.form.poly, v) for v in part.binders) for at in product(
                         *([x, *(v for v, s in part.binders.items() if s == sort)] for x, sort in one.every.items()))]
            used = replace(self, relation="=" if self.relation == "=" else "≥").decide(part.core, outer, depth)
        elif part.kind == "rest":
            law = next(inside(part.core.poly, "atom"), None)
            if law and law[5] == "law" and not law[3] and part.core.poly == single(law).poly:
                used = positive_laws(part.core.poly) | {Hypothesis("Normalised", law[1])}
        elif part.kind == "square" or self.calculus.sign(part.core) == "positive":
            used = NOTHING
        if self.relation == "=" and part.kind != "case" or not all(map(inhabited, part.binders.values())) or (
                used is None or self.relation != "=" and self.calculus.sign(part.weight) == "real"):
            raise NotProved("a part that is not known to be non-negative")
        return used | (NOTHING if self.relation == "=" else positive_laws(part.weight.poly))

    def _by_cases(self, split: Split, form: Form, given: Given, depth: int) -> Used | None:
        """Each of three cases; together they leave out no value of the generator."""
        gap = single(atom("#gap", (self.calculus.fresh(),), kind="positive"))
        below = split.threshold - gap
        if sign_of_generator(split.generator) == self.calculus.sign(split.threshold) == "positive":
            below = self.calculus.times(split.threshold, self.calculus.power(number(1) + gap, -1))
        used, live = form.used, False
        obliged = [Form(h.about) for h in form.used  # sides that compare in their turn may agree where there is no kink
                   if h.kind == "Nonzero" or h.kind == "OffKink" and not any(map(bool, inside(h.about, "ind")))]
        for value in (split.threshold + gap, split.threshold, below):
            put = partial(self.calculus.map_leaves, change=single, known={split.generator: value})
            moved = [one if (to := put(one.form)).poly == one.form.poly else Assumption(to, *one[1:3]) for one in given]
            found = self.decide(put(form), moved, depth) if all(put(one).poly for one in obliged) else None
            used |= found or NOTHING.union(*(one.label for one in moved if one.impossible(self.calculus)))
            live = live or found is not None
        return used if live else None


@dataclass(frozen=True)
class Theorem:
    """``left`` is =, ≥ or > ``right``, up to O(‖Δθ‖^order) where an order is given, under ``hypotheses``.

    ``kind`` is ``identity`` (may be differentiated), ``value`` (stop marks erased) or ``at_old``. Only rules make one.
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


def related(calculus: Calculus, left: Form, right: Form, relation: str = "=", kind: str = "identity",
            given: Given = (), suggest: Suggest = lambda *_: ()) -> Theorem:
    """left =, ≥ or > right, as functions of θ (``identity``), at θ_old, or with stop marks erased; or NotProved."""
    change = {"identity": lambda form: form, "value": calculus.released, "at_old": calculus.at_old}[kind]
    used = Order(calculus, relation, suggest).decide(change(left) - change(right), given)
    if used is None:
        raise NotProved("the assumptions leave no case")
    return Theorem(left.poly, right.poly, relation, used, kind, None, _KEY)


def contact(calculus: Calculus, left: Form, right: Form, order: int) -> Theorem:
    """left = right + O(‖Δθ‖^order): the derivatives of the difference along Δθ below ``order`` vanish at θ_old."""
    jet = calculus.released(left - right)
    for gen in inside(jet.poly, "ind"):
        if not calculus.at_old(Form(gen[1])).poly:
            raise NotProved("a comparison is at its kink at θ_old")
    used: Used = frozenset().union(*(
        smooth(leaf, len(leaf[3]) + max(order - int(dict(m).get(TAU, 0)), 1))
        for m, _ in jet.poly for leaf in inside(m, "atom") if leaf[4] == "current" and leaf != TAU))
    for k in range(order):
        if k:
            jet = calculus.derivative(jet, STEP)
        here = calculus.at_old(jet)
        used |= here.used
        if not is_zero(calculus, here):
            raise NotProved(f"the terms of order {k} in Δθ differ")
    return Theorem(left.poly, right.poly, "=", used, "at_old", order, _KEY)
