"""Approximations that are no claim up to an order: estimates by what is drawn, and those near a point not printed."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import replace
from typing import Any

from .. import language as lang
from ..language.binders import Bound
from ..language.derived import unfold
from ..latex.kinds.named import letter_of
from ..proof.prove import Unproved, prove

DRAWN = ("action", "group")
OF_POLICY = re.compile(r"\\pi|\^")
VALUES = ("V", "Q", "v", "q")


def estimated(claim: lang.Claim) -> str:
    """What is drawn in an approximation of a mean or a sum by samples, which is no equality; empty in any other."""
    if claim.relation.op != "≈" or claim.order is not None:
        return ""
    sides = claim.expanded().args[1:]
    for mean, sample in (sides, reversed(sides)):
        drawn = sorted(var.name for var in sample.free - mean.free if var.sort in DRAWN)
        averaged = any(isinstance(part, Bound) and part.sort in DRAWN for part in unfold(mean).walk())
        if drawn and averaged:
            return drawn[0]
        if later := bootstrapped(mean, sample):
            return later
    return ""


def bootstrapped(one: Any, other: Any) -> str:
    """The state of a function's value on one side that the other side has the function at, and only there: the next."""
    heads = {part.head for part in one.walk() if isinstance(part, lang.App)}
    return next((var.name for part in other.walk() if isinstance(part, lang.App) and part.head in heads
                 for var in sorted(part.free - one.free, key=str) if var.sort == "state"), "")


def of_its_own(claim: lang.Claim) -> lang.App | None:
    """A learned value alone on one side of an equation, of which the other side has the value at a next state: the
    equation may say which it is. None in any other claim, and for the value of a policy."""
    sides = claim.expanded().args[1:] if claim.relation.op == "=" else ()
    return next((one for one, other in (sides, sides[::-1]) if isinstance(one, lang.App)
                 and letter_of(one.head.layout)[0] in VALUES and not OF_POLICY.search(one.head.layout)
                 and bootstrapped(one, other) in {after(param) for param in one.params}), None) if sides else None


def after(state: Any) -> str:
    """The name of the state that follows one."""
    stem, _, step = str(getattr(state, "name", "")).partition("_")
    return f"{stem}_{{{step.strip('{}')}+1}}" if step else f"{stem}'"


def loosely(claim: lang.Claim) -> str:
    """Why an approximation that fails may be meant all the same: near what it is one is not printed, or it is one at
    θ_old alone; empty of any other claim, and of one between numbers."""
    if claim.relation.op != "≈" or claim.order is not None:
        return ""
    sides = claim.expanded().args[1:]
    parts = [part for side in sides for part in side.walk()]
    slopes = any(side.shape != lang.SCALAR for side in sides)
    laws = {part.args[0] if isinstance(part, lang.Policy) else part for part in parts if isinstance(part, lang.Policy)}
    if not any(isinstance(part, (lang.App, lang.Const, lang.Var, lang.Policy)) for part in parts):
        return ""
    if not any(places(part) for part in parts):
        return "" if slopes and len(laws) < 2 else (
            "no equality, and near what it is an approximation is not printed: write = or O(...) to check it")
    if (slopes or not all(map(lang.moves, sides))) and agree(claim):
        return "the two sides agree at θ_old, and to which order it is an approximation is not printed"
    return ""


def places(part: Any) -> bool:
    """Whether a part of a claim prints θ_old, or a step from there."""
    return isinstance(part, (lang.Step, lang.AtOld, lang.Taylor)) or getattr(part, "point", "") == "old"


def agree(claim: lang.Claim) -> bool:
    """Whether the two sides of a claim are shown to agree at θ_old."""
    with suppress(Unproved):
        prove(replace(claim, relation=lang.Relation("=", *map(lang.AtOld, claim.relation.args[1:]))))
        return True
    return False
