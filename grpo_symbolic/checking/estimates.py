"""Approximations that are estimates: a mean on one side, on the other what is drawn."""

from __future__ import annotations

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
    return ""
