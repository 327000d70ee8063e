"""The second opinion on what was proved: models at boundaries, which a proof must survive to be believed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from .. import language as lang
from ..proof.prove import Proof
from .verdict import Disagreement

if TYPE_CHECKING:
    from ..oracle import Granted

SHARE = 0.5
OUT_OF_TIME = "the time budget is used up"
RANGE = re.compile(r"(.+?) *([≥≤<>]) *(\d+)")
REPORT = ("the proof and a model disagree: one of the two is wrong, which is a fault of this program; please report it "
          "with the statement")


def challenged(claim: lang.Claim, proof: Proof, budget: float) -> tuple[str, Disagreement | None]:
    """Why a proof is not believed, with the model that contradicts it if there is one; empty where it is believed."""
    from ..oracle import Unevaluable, challenge

    try:
        found = challenge(claim, granted_by(claim, proof), SHARE * budget, order=proof.order)
    except Unevaluable as fault:
        return f"a proof was found, and no finite model to try it on: {fault}", None
    if found.counterexample is not None:
        return REPORT, Disagreement(proof.relation, proof.order, proof.hypotheses, found.counterexample)
    if found.admissible:
        return "", None
    if not found.models:
        return OUT_OF_TIME, None
    return f"a proof was found, and among {found.models} models none in which both sides have a value", None


def granted_by(claim: lang.Claim, proof: Proof) -> Granted:
    """What the hypotheses of a proof exclude among models that satisfy the conventions."""
    from ..oracle import Granted

    used = proof.theorem.hypotheses
    kinds = {one.kind for one in used}
    return Granted(ranges=tuple(stated_ranges(claim, (one.about for one in used if one.kind == "Range"))),
                   sizes="Size" in kinds, kinks="OffKink" in kinds,
                   positive=frozenset(one.about for one in used if one.kind == "Positive"))


def stated_ranges(claim: lang.Claim, said: Iterator[str]) -> Iterator[lang.Relation]:
    """The ranges that hypotheses such as ``G ≥ 3`` give to constants of the claim, as relations."""
    constants = {part.name: part for part in claim.expanded().walk() if isinstance(part, lang.Const)}
    for found in filter(None, map(RANGE.fullmatch, said)):
        name, op, number = found.groups()
        if name in constants or name == lang.GROUP_SIZE.name:
            yield lang.Relation(op, constants.get(name, lang.GROUP_SIZE), lang.node(int(number)))
