"""Declarations of one symbol that cannot both hold: two kinds, or two ranges that do not meet."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from ..parsing.naming import bare
from .declaring import SAID, Declaration, Undeclarable
from .read_as import IN_WORDS

SIGNS = {"<": "<", r"\lt": "<", ">": ">", r"\gt": ">", r"\leq": "≤", r"\le": "≤", "≤": "≤", r"\leqslant": "≤",
         r"\geq": "≥", r"\ge": "≥", "≥": "≥", r"\geqslant": "≥"}
SIGN = re.compile(r"(<|>|≤|≥|\\(?:leqslant|geqslant|leq|geq|le|ge|lt|gt)(?![A-Za-z]))")
NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:/\d+)?")
TURNED = {"<": ">", ">": "<", "≤": "≥", "≥": "≤"}


def refuse_contradictions(found: Sequence[Declaration]) -> None:
    """Refuse two declarations of one symbol that cannot both hold. Raises Undeclarable."""
    for place, one in enumerate(found):
        for other in found[:place]:
            if bare(one.symbol) == bare(other.symbol) and one.symbol and not compatible(one, other):
                raise Undeclarable(f"{one.symbol} is declared {said(other)} ({other.place}), and {said(one)} here: "
                                   "declare it once", 1, one.pos + 1, one.part)


def said(one: Declaration) -> str:
    """What a declaration says, in words where it says more than a kind."""
    return f"by {one.text}" if one.given else IN_WORDS.get(SAID[one.kind], one.kind)


def compatible(one: Declaration, other: Declaration) -> bool:
    """Whether two declarations of a symbol can both hold."""
    if one.kind != other.kind or one.of != other.of:
        return {one.kind, other.kind} == {"num", "index"} or "member" in (one.kind, other.kind) and \
            {one.kind, other.kind} <= {"member", "state", "action", "index"}
    bounds = [bound for declaration in (one, other) for text in declaration.given
              for bound in bounds_in(text, bare(declaration.symbol))]
    lows = [(number, sign == ">") for sign, number in bounds if sign in ">≥"]
    highs = [(number, sign == "<") for sign, number in bounds if sign in "<≤"]
    if not lows or not highs:
        return True
    low, high = max(lows), min(highs, key=lambda bound: (bound[0], not bound[1]))
    return low[0] < high[0] or low[0] == high[0] and not (low[1] or high[1])


def bounds_in(text: str, symbol: str) -> Iterator[tuple[str, Fraction]]:
    """The numbers that a chain of inequalities has beside a symbol, each with the sign after the symbol."""
    parts = [part.strip() for part in SIGN.split(text)]
    for place in range(1, len(parts) - 1, 2):
        left, sign, right = bare(parts[place - 1]), SIGNS[parts[place]], bare(parts[place + 1])
        if left == symbol and NUMBER.fullmatch(right):
            yield sign, Fraction(right)
        elif right == symbol and NUMBER.fullmatch(left):
            yield TURNED[sign], Fraction(left)
