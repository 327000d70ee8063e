"""The sections of a text: its statements, the conditions after "such that", definitions after "where", assumptions."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..parsing.surface import Content, Piece
from ..read_error import Fault, Malformed

SECTIONS = frozenset(("such that", "where", "assuming", "for all", "if"))
BREAKS = frozenset((",", ";", r"\\", "∴", "and"))
JOINS = frozenset((",", "and"))
GOING_ON = ("⟹", "⟺", "∴")
STEPS = ("⟹", "⟺")


@dataclass
class Sections:
    """The parts of a text: its statements, laws and constraints, definitions, assumptions, what it is said for all of.

    A statement is the steps of an implication, of which one alone claims what it says; a step is several chains.
    """

    statements: list[list[list[Piece]]]
    such_that: list[Piece]
    where: list[Piece]
    assuming: list[Piece]
    for_all: list[Piece]
    concluded: list[Piece] = field(default_factory=list)
    equivalent: Piece | None = None
    conditional: bool = False

    def add(self, piece: Piece, sign: str, pos: int) -> None:
        """A chain of the main part, after a sign: the next step, more of a step, or a statement of its own."""
        last = self.statements[-1] if self.statements else None
        if last and sign == "∴":
            self.concluded.append(piece)
        if sign == "⟺" and last:
            self.equivalence(last, piece, pos)
        elif self.equivalent is not None and sign in (*JOINS, "⟹"):
            raise Fault("what follows an equivalence may belong to its right side: write each as a statement", pos)
        elif last and sign == "⟹":
            if len(last) > 1 and len(last[-1]) > 1:
                raise Fault("a comma between two implications may join or part them: write each as a statement", pos)
            last.append([piece])
        elif last and sign in JOINS:
            last[-1].append(piece)
        else:
            self.equivalent = None
            self.statements.append([[piece]])

    def equivalence(self, last: list[list[Piece]], piece: Piece, pos: int) -> None:
        """An equivalence is two implications, one in each direction."""
        before = last[0][0] if self.equivalent is None else self.equivalent
        if self.equivalent is None and (len(last) > 1 or len(last[0]) > 1):
            raise Fault("what stands before an equivalence may be more than one statement: write each on its own", pos)
        if self.equivalent is None:
            self.statements.pop()
        self.statements += [[[before], [piece]], [[piece], [before]]]
        self.equivalent = piece


def split(content: Content) -> Sections:
    """The sections of a text, rows of a chain joined."""
    found = Sections([], [], [], [], [])
    target: list[Piece] | None = None
    latest: Piece | None = None
    sign, pos = "", 0
    for place, piece in enumerate(content.pieces):
        if place:
            # an implication at the end of a row goes on in the next one
            implied = sign in STEPS and content.pieces[place - 1].empty
            before, (sign, pos) = sign, content.seps[place - 1]
            sign = before if implied and sign == r"\\" else sign
            found.conditional |= sign == "if"
            if sign in SECTIONS:
                target = {"such that": found.such_that, "where": found.where, "assuming": found.assuming,
                          "if": found.assuming, "for all": found.for_all}[sign]
                latest = None
            elif sign not in BREAKS and (sign not in STEPS or target is not None):
                raise Fault(f"the sign {sign} has no meaning between statements", pos)
        if piece.empty:
            last = place + 1 == len(content.pieces)
            joined = not last and (sign in GOING_ON or content.seps[place][0] == "and")
            if joined or not place and not last:
                continue
            raise Malformed("something is missing here", pos)
        if piece.sides[0] is None:
            if latest is None or sign not in (r"\\", *GOING_ON):
                raise Fault("what this sign relates to is printed elsewhere: write it before the sign",
                            piece.rels[0][1])
            latest.rels += piece.rels
            latest.sides += piece.sides[1:]
            continue
        if piece.sides[-1] is None:
            raise Malformed("something is missing after this sign", piece.rels[-1][1])
        latest = piece
        if target is None:
            refuse_loose(found.statements, piece, sign, pos)
            found.add(piece, sign, pos)
        else:
            target.append(piece)
    return found


def refuse_loose(statements: list[list[list[Piece]]], piece: Piece, sign: str, pos: int) -> None:
    """Refuse a row that relates nothing beside one that does: it may be a part of that."""
    before = [bool(chain.rels) for steps in statements for step in steps for chain in step]
    if sign == r"\\" and before and bool(piece.rels) not in before:
        raise Fault("one of these rows relates nothing: join it to the other, or write each statement on its own", pos)
