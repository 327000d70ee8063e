"""Texts that assert nothing: an update, a draw, a declaration."""

from __future__ import annotations

import re

from ..constructs.preferences import prefers
from ..names.declaring import declared_in, stretches, top_level
from ..notation.profiles import Profile
from ..parsing.parser import parse
from ..parsing.surface import Piece
from ..read_error import Fault, ReadError

UPDATES = frozenset((r"\leftarrow", r"\gets"))
MEMBER = re.compile(r"\\in(?![A-Za-z])|∈")
NO_CLAIM = "no-claim"
# A quantifier, or words in a text that are one.
EXISTS = re.compile(r"\\exists(?![A-Za-z])|∃|\\(?:text|mbox|mathrm|textrm)\s*\{[^{}]*\b(?:there (?:is|are|exists?)"
                    r"|for some)\b")
OPTIMISED = re.compile(r"\\(?:to|rightarrow)\s*\\(?:max|min)(?![A-Za-z])")
SOME = "what it says is that something exists, and whether it does is not decided here: write a bound with its constant"


def silence(latex: str, profile: Profile) -> str:
    r"""What a text does that asserts nothing; empty for a text that may assert something.

    >>> from grpo_symbolic.latex.notation.profiles import PAPER
    >>> silence(r"\theta \leftarrow \theta + \eta g", PAPER), silence(r"\gamma \in [0, 1)", PAPER)
    ('an update', 'a declaration')
    >>> silence("1 = 2", PAPER)
    ''
    """
    try:
        content = parse(latex, profile)[0]
        pieces = content.pieces
    except Fault:  # a bracket that is open on one side, as that of [0, 1), is none for the parser
        pieces = []
    if pieces and all(updates(piece) for piece in pieces):
        return "an update"
    if pieces and OPTIMISED.search(latex) and any(map(aims, pieces)):
        return "an objective"
    if pieces and draws(pieces[-1]) and all(draws(piece) or names(piece) for piece in pieces):
        return "what is drawn from where"
    if len(pieces) > 1 and all(map(names, pieces)) and prefers(content):
        return "a preference that is given"
    try:
        found, rest = declared_in(latex, "") if MEMBER.search(latex) else ((), latex)
    except ReadError:
        return ""
    return "a declaration" if found and not rest.strip() and declares(latex) else ""


def existential(latex: str) -> bool:
    r"""Whether a text says that something exists, as a constant for which a bound holds.

    >>> existential(r"\exists C > 0 : f(s) \leq C"), existential(r"f(s) \leq C \text{ for some constant } C")
    (True, True)
    """
    return EXISTS.search(latex) is not None


def declares(latex: str) -> bool:
    """Whether each part of a text says in which set a symbol is, or from where to where a function maps."""
    signs = [{kind for kind, _, _ in top_level(latex, start, end)} - {"comma"} for start, end in stretches(latex)]
    return all(kinds in ({"member"}, {"colon", "to"}) for kinds in signs)


def updates(piece: Piece) -> bool:
    r"""Whether a piece is x \leftarrow y."""
    return len(piece.rels) == 1 and piece.rels[0][0] in UPDATES and None not in piece.sides


def aims(piece: Piece) -> bool:
    r"""Whether a piece is f \to \max, or cases of which one is."""
    if piece.only is not None and piece.only.lone is not None and piece.only.lone.value == "cases":
        return True
    aim = None if piece.sides[-1] is None else piece.sides[-1].lone
    return [rel for rel, _ in piece.rels] == [r"\to"] and aim is not None and aim.value in ("max", "min")


def draws(piece: Piece) -> bool:
    r"""Whether a piece is x \sim P with one thing that is drawn."""
    drawn = piece.sides[0]
    return [sign for sign, _ in piece.rels] == ["∼"] and drawn is not None and drawn.lone is not None


def names(piece: Piece) -> bool:
    """Whether a piece names one thing, as the x of x, y ∼ P."""
    return piece.only is not None and piece.only.lone is not None
