"""Members p_1, p_2, … of a family with the letter of a law: custom has them be probabilities, whose sum is one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ..language import NONE, App, Claim, Node, Num, Relation, Scope, Sum
from ..latex.printing.printer import latex

OF_A_LAW = re.compile(r"[pqPQ]_\{#1\}")


def with_probabilities(claim: Claim) -> tuple[Claim, str] | None:
    """A claim where such members are probabilities, and what is given so; None where it sums no such family."""
    sums = list(dict.fromkeys(sums_of_families((claim.relation, *claim.where))))
    if not sums:
        return None
    given = [one for total in sums for one in (positive(total), Relation("=", total, Num(1)))]
    return replace(claim, assume=(*claim.assume, *given)), " and ".join(map(latex, given))


def sums_of_families(terms: tuple[Node | Relation, ...]) -> Iterator[Sum]:
    """The sum of all members of each such family over the range of a sum in which it stands."""
    for part in (part for term in terms for part in term.walk()):
        if isinstance(part, Sum) and part.scope.sort == "index" and part.args[1] == NONE:
            var, body = part.scope.open()
            for app in body.walk():
                if isinstance(app, App) and OF_A_LAW.fullmatch(app.args[0].layout) and app.args[1] == var:
                    yield Sum(part.args[0], NONE, Scope.close(var, app))


def positive(total: Sum) -> Relation:
    """That every member is above zero."""
    _, member = total.scope.open()
    return Relation(">", member, Num(0))
