r"""Numbers beside the letter of a vector, x_3 beside x \in \mathbb{R}^d: components, no numbers by themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...language import SCALAR, App, Claim, Const, Node, Parameter
from ..parsing.naming import bare
from ..read_error import Fault, placed
from .statement import Statement

COMPONENT = re.compile(r"(?P<letter>.+)_\{?[\d,\s]+\}?")


def refuse_components(statement: Statement) -> None:
    """Refuse a claim of a number that may be a component of a vector in it. Raises ReadError."""
    for claim in statement.claims:
        parts = [part for term in terms(claim) for part in term.walk() if isinstance(part, Node)]
        arrays = {bare(statement.parameter.name if isinstance(part, Parameter) else part.head.layout) for part in parts
                  if isinstance(part, (App, Parameter)) and part.shape != SCALAR}
        for part in parts:
            found = COMPONENT.fullmatch(part.name) if isinstance(part, Const) else None
            if found is not None and bare(found["letter"]) in arrays:
                raise placed(Fault(f"{found[0]} may be a component of {found['letter']}: give any other number another "
                                   "letter", 0), statement.latex)


def terms(claim: Claim) -> Iterator[Node]:
    """All that a claim speaks of."""
    for relation in (claim.relation, *claim.assume):
        yield from (relation.lhs, relation.rhs)
    yield from (one.rhs for one in claim.where)
