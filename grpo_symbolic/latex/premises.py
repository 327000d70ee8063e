"""What a premise is said of: of the one value that it names, or of every value."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from ..language import Claim, Relation, Var
from ..language.binders import substitute


def of_every(relation: Relation, variables: Collection[Var], taken: Collection[str]) -> Relation:
    """A relation that is assumed of every value of some variables: their names are none of those that are ``taken``."""
    values = {}
    for var in sorted(relation.free & frozenset(variables), key=str):
        name = var.name + "'"
        while name in taken:
            name += "'"
        values[var] = Var(name, var.sort)
    found: Relation = substitute(relation, values) if values else relation
    return found


def widened(claim: Claim) -> Claim:
    """A claim whose premises are assumed of every value of what they name."""
    taken = {var.name for var in claim.free.union(*(one.free for one in claim.assume))}
    return replace(claim, assume=tuple(of_every(one, claim.fixed, taken) for one in claim.assume), fixed=frozenset())
