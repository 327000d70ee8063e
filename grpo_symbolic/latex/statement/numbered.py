r"""What is numbered: x_3 beside a vector x is a component of it, w_1 beside a definition of w_i is what that defines.

What was not read so may be neither a number nor a function of which nothing is known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...language import SCALAR, App, Claim, Const, Node, Parameter, heads
from ..names.defining import name_in
from ..parsing.naming import bare
from ..read_error import Blocked, Fault, placed
from .statement import Statement

COMPONENT = re.compile(r"(?P<letter>.+)_\{?[\d,\s]+\}?")


def refuse_numbered(statement: Statement) -> None:
    """Refuse a claim of what its number may make a component, or a member of a family. Raises ReadError."""
    refuse_members(statement)
    refuse_components(statement)


def refuse_members(statement: Statement) -> None:
    """Refuse a claim of a function that may be of a defined family, and was not taken for one. Raises Blocked."""
    families = {layout: name_in(layout) for layout in statement.environment.names}
    layouts = {head.layout for claim in statement.claims for term in terms(claim) for head in heads(term)
               } if families else set()
    for layout in sorted(layouts - families.keys()):
        name = name_in(layout)
        family = next((one for one in families.values() if name != one and name.may_be(one)), None)
        if family is not None:
            raise placed(Blocked(f"{name} may be one of the family {family}, which is defined: write the letter of its "
                                 "index, or define it", 0), statement.latex)


def refuse_components(statement: Statement) -> None:
    """Refuse a claim of a number that may be a component of a vector in it. Raises ReadError."""
    for claim in statement.claims:
        parts = [part for term in terms(claim) for part in term.walk() if isinstance(part, Node)]
        components = [found for part in parts if isinstance(part, Const) and (found := COMPONENT.fullmatch(part.name))]
        if not components:
            continue
        arrays = {bare(statement.parameter.name if isinstance(part, Parameter) else part.head.layout) for part in parts
                  if isinstance(part, (App, Parameter)) and part.shape != SCALAR}
        for found in components:
            if bare(found["letter"]) in arrays:
                raise placed(Fault(f"{found[0]} may be a component of {found['letter']}: give any other number another "
                                   "letter", 0), statement.latex)


def terms(claim: Claim) -> Iterator[Node]:
    """All that a claim speaks of."""
    for relation in (claim.relation, *claim.assume):
        yield from (relation.lhs, relation.rhs)
    yield from (one.rhs for one in claim.where)
