"""The sections of a text: its chains, the conditions after "such that", definitions after "where", assumptions."""

from __future__ import annotations

from dataclasses import dataclass

from .read_error import Fault
from .surface import Content, Piece

SECTIONS = frozenset(("such that", "where", "assuming", "for all"))
BREAKS = frozenset((",", ";", r"\\", "⟹", "and"))


@dataclass
class Sections:
    """The parts of a text: chains of the main part, laws and constraints, definitions, assumptions."""

    chains: list[Piece]
    such_that: list[Piece]
    where: list[Piece]
    assuming: list[Piece]


def split(content: Content) -> Sections:
    """The sections of a text, rows of a chain joined."""
    found = Sections([], [], [], [])
    target, sign = found.chains, ""
    for place, piece in enumerate(content.pieces):
        if place:
            sign, pos = content.seps[place - 1]
            if sign in SECTIONS:
                target = {"such that": found.such_that, "where": found.where, "assuming": found.assuming,
                          "for all": []}[sign]
            elif sign not in BREAKS:
                raise Fault(f"the sign {sign} has no meaning between statements", pos)
        if piece.empty:
            if place and sign == "⟹" or not place and len(content.pieces) > 1:
                continue
            raise Fault("something is missing here", content.seps[place - 1][1] if place else 0)
        if piece.sides[0] is None:
            if not target or sign not in (r"\\", "⟹"):
                raise Fault("something is missing before this sign", piece.rels[0][1])
            target[-1].rels += piece.rels
            target[-1].sides += piece.sides[1:]
            continue
        if piece.sides[-1] is None:
            raise Fault("something is missing after this sign", piece.rels[-1][1])
        target.append(piece)
    return found
