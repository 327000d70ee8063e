"""Signs and cases: what is zero, positive or non-negative, shown by a witness that an untrusted search supplies.

Trusted: a witness is believed only as far as ``verify`` rebuilds it with the kernel and finds no difference.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from ..kernel import (
    ACTION,
    COORDINATE,
    STATE,
    Calculus,
    Form,
    Generator,
    Hypothesis,
    Monomial,
    NotProved,
    Sort,
    Term,
    Theorem,
    Used,
    difference,
    inside,
    is_zero,
    mentions,
    number,
    sign,
    sign_of_generator,
    single,
)
from ..kernel.theorem import theorem

NOTHING: Used = frozenset()
WHOLE = (ACTION, STATE, COORDINATE)



class Assumption(NamedTuple):
    """``form`` > 0, ≥ 0 or = 0, as ``relation`` says; ``label`` holds what is recorded where a proof needs it."""

    form: Form
    relation: str
    label: Used = NOTHING

    def impossible(self, calculus: Calculus) -> bool:
        """Whether no value of the variables satisfies the assumption."""
        above, below = calculus.sign(self.form), calculus.sign(-self.form)
        return {">": below != "real", "≥": below == "positive", "=": "positive" in (above, below)}[self.relation]


@dataclass(frozen=True)
class Cases:
    """A generator lies above, at or below a threshold, by the positive number ``gap``: one witness for each."""

    generator: Generator
    threshold: Form
    gap: Generator
    witnesses: tuple[Witness, Witness, Witness]

    def values(self, calculus: Calculus) -> tuple[Form, Form, Form]:
        """The generator above, at and below the threshold; together they leave out no value of it."""
        gap = single(self.gap)
        below = self.threshold - gap
        if sign_of_generator(self.generator) == calculus.sign(self.threshold) == "positive":
            below = calculus.times(self.threshold, calculus.power(number(1) + gap, -1))
        return self.threshold + gap, self.threshold, below


@dataclass(frozen=True)
class Part:
    """Σ over ``binders`` of ``weight`` ≥ 0 times: ``core`` squared (``square``), φ(core) = core − 1 − log core ≥ 0 for
    a positive ``core`` (``phi``), or a ``core`` that ``witness`` shows to satisfy the claim itself (``case``)."""

    weight: Form
    core: Form
    kind: str
    binders: dict[Term, Sort] = field(default_factory=dict)
    witness: Witness = ()


Witness = Cases | tuple[Part, ...]


def ordered(calculus: Calculus, left: Form, right: Form, relation: str, kind: str, given: Sequence[Assumption],
            witness: Witness) -> Theorem:
    """left = right, left ≥ right or left > right by a witness, or NotProved; see ``verify`` and ``equal``."""
    used = verify(calculus, difference(calculus, left, right, kind), relation, given, witness)
    if used is None:
        raise NotProved("the assumptions leave no case")
    return theorem(left, right, relation, used, kind)


def verify(calculus: Calculus, form: Form, relation: str, given: Sequence[Assumption], witness: Witness) -> Used | None:
    """The hypotheses under which ``form`` is > 0, ≥ 0 or = 0; None where the assumptions leave no case.

    Raises NotProved where the witness does not show it.
    """
    if any(one.impossible(calculus) for one in given):
        return None
    if isinstance(witness, Cases):
        if witness.gap[:1] != ("atom",) or sign_of_generator(witness.gap) != "positive" or mentions(
                (form.poly, witness.threshold.poly, *(one.form.poly for one in given)), witness.gap):
            raise NotProved("the name for the gap of a case distinction is taken")
        used, live = form.used, False
        for value, inner in zip(witness.values(calculus), witness.witnesses, strict=True):
            moved = [one._replace(form=put(calculus, one.form, witness.generator, value)) for one in given]
            here = put(calculus, form, witness.generator, value)
            obliged = [Form(h.about) for h in form.used if h.kind in ("OffKink", "Nonzero")]
            kinked = any(not put(calculus, one, witness.generator, value).poly for one in obliged)
            found = None if kinked else verify(calculus, here, relation, moved, inner)
            used |= found or NOTHING.union(*(one.label for one in moved if one.impossible(calculus)))
            live = live or found is not None
        return used if live else None
    rest = form
    for part in witness:
        if part.kind == "case":
            # an assumption speaks of its own free variables, not of the bound ones
            outer = [one for one in given if not any(mentions(one.form.poly, v) for v in part.binders)]
            if verify(calculus, part.core, "=" if relation == "=" else "≥", outer, part.witness) is None:
                raise NotProved("a part for which the assumptions leave no case")
        elif relation == "=" or part.kind == "phi" and calculus.sign(part.core) != "positive":
            raise NotProved("a part that is not known to be non-negative")
        if relation != "=" and calculus.sign(part.weight) == "real":
            raise NotProved("a weight that is not known to be non-negative")
        if any(sort not in WHOLE and not has_members(sort) for sort in part.binders.values()):
            raise NotProved("a sum over a range that may be empty")
        rest = rest - contribution(calculus, part)
    known = calculus.sign(rest)
    if not {"=": is_zero(calculus, rest), "≥": known != "real", ">": known == "positive"}[relation]:
        raise NotProved("the parts of the witness do not add up")
    return rest.used if relation == "=" else rest.used | positive_laws(rest, *(part.weight for part in witness))


def has_members(sort: Sort) -> bool:
    """Whether a range goes up to a single constant, which is at least one by convention."""
    return len(sort[1]) == 1 and sort[1][0][1] == 1 and len(sort[1][0][0]) == 1 and sign(sort[1]) == "positive"


def positive_laws(*forms: Form) -> Used:
    """The laws whose positivity gives these forms their sign."""
    leaves = (leaf for form in forms for leaf in inside(form.poly, "atom"))
    return frozenset(Hypothesis("Positive", leaf[1]) for leaf in leaves if leaf[5] == "law")


def contribution(calculus: Calculus, part: Part) -> Form:
    """What a part is equal to."""
    core = part.core
    if part.kind != "case":
        core = calculus.times(core, core) if part.kind == "square" else core - number(1) - calculus.log(core)
    term = calculus.times(part.weight, core)
    for var, sort in part.binders.items():
        term = calculus.total(var, sort, term)
    return term


def put(calculus: Calculus, form: Form, target: Generator, value: Form) -> Form:
    """The form with ``value`` for a generator, also under logarithms, roots and comparisons; sums are left alone."""
    build = {"wrap": lambda moved: moved, "log": calculus.log, "exp": calculus.exp, "ind": calculus.step}
    known = {target: value}

    def inner(gen: Generator) -> Form:
        if gen not in known:
            known[gen] = build[gen[0]](moved(Form(gen[1]))) if gen[0] in build else single(gen)
        return known[gen]

    def moved(part: Form) -> Form:
        return part.linear(product)

    def product(m: Monomial) -> Form:
        factors = ((inner(gen), e) for gen, e in m)
        return calculus.times(number(1), *(part if e == 1 else calculus.power(part, e) for part, e in factors))

    return moved(form)
