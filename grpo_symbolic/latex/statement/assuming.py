"""Reading what is taken as given."""

from __future__ import annotations

from collections.abc import Iterator

from ...language import LanguageError, Relation
from ..constructs.terms import TermBuilder
from ..parsing.surface import Content, Piece
from ..read_error import Fault
from ..spelling.sections import STEPS

RELATIONS = frozenset(("=", "≈", "≤", "≥", "<", ">"))
READABLE = "=, ≈, ≤, ≥, < and > can"


def listed(content: Content) -> list[Piece]:
    """The relations of an assumption, which commas may part; an implication is none."""
    for sign, pos in content.seps:
        if sign in STEPS:
            raise Fault("an assumption is a relation, not an implication", pos)
    return content.pieces


def relations_of(piece: Piece, builder: TermBuilder) -> Iterator[Relation]:
    """The relations of a chain that is taken as given, in which laws have their arguments. Raises Fault."""
    if not piece.rels or any(rel not in RELATIONS for rel, _ in piece.rels):
        rel, pos = next((found for found in piece.rels if found[0] not in RELATIONS), ("", max(piece.pos, 0)))
        raise Fault(f"the sign {rel} cannot relate two sides of an assumption: {READABLE}" if rel else
                    "an assumption is a relation", pos)
    builder.pointwise = False
    sides = [builder.expression(side, max(piece.pos, 0)) for side in piece.sides]
    for (rel, pos), left, right in zip(piece.rels, sides, sides[1:], strict=False):
        try:
            yield Relation(rel, left, right)
        except LanguageError as error:
            raise builder.refused(error, (left, right), pos) from None
