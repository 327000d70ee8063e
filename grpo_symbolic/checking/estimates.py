"""Approximations that are estimates: a mean on one side, on the other what is drawn."""

from __future__ import annotations

from typing import Any

from .. import language as lang
from ..language.binders import Bound
from ..language.derived import unfold

DRAWN = ("action", "group")


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
