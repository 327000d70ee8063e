r"""Equations between numbers of steps, r_t + \gamma r_{t+1} = …, as equations of the sequences x_e = x_0 q^e.

An equation that is linear in its sequences says Σ_j c_j x_{t+j} = 0 of each, and that what stands beside them is zero.
It holds for all (bounded) sequences iff it does for these and all small q > 0: else some c_j is not zero, and the
series Σ_j c_j q^j has zeros apart only. In place of sums stand their values then, as those of geometric series.
Trusted.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from sympy import Basic

from ...language import Claim, Const, Relation, rewrite
from ..names.environment import Environment
from ..names.read_as import ReadAs
from ..parsing.parser import parse
from ..parsing.surface import Content, Expr
from ..spelling.indexed import every
from .geometric_sums import RATIOS, Steps
from .lengths import Lengths, of_lengths
from .monomials import NUMBERS, Value, expression
from .statement import Link, Statement
from .whole_numbers import Unsaid

NEW_ROW = r"\\"


def read_steps(text: str, latex: str, given: Sequence[Relation]) -> Statement:
    """The equations that a text is between numbers of steps. Raises Unsaid where it is none, or may define something.

    ``text`` has what ``latex`` speaks of, where that is defined, written out; ``given`` is what is assumed.
    """
    content, _ = parse(text)
    names = {item.value for item in every(content) if item.kind == "sym"}
    ratio = next((letter for letter in RATIOS if letter not in names), "")
    if not ratio:
        raise Unsaid
    steps = Steps(ratio)
    sides = [steps.value(side) for side in chained(content)]
    sequences = {first for side in sides for part in side for first, _ in part.members}
    pairs = list(pairwise(sides))
    if any(defines(*two) or defines(*two[::-1]) for two in pairs) or not (text != latex or steps.summed) or \
            not sequences or steps.in_two_ways(sequences) or steps.lowering - steps.ending:
        raise Unsaid
    assume = (*steps.bounds(), *(rewrite(one, positive) for one in given))
    if any(part.name not in NUMBERS | steps.letters for one in assume[len(steps.bounds()):] for part in one.walk()
           if isinstance(part, Const)) or any(one.free for one in assume):
        raise Unsaid
    lengths = of_lengths(steps.lengths(), assume[len(steps.bounds()):]).beside(
        Lengths(("Discounted",) * steps.endless))
    links = tuple(Link("claim", Claim(Relation("=", *map(expression, two)), (), assume), 1, 1, says=text,
                       lengths=lengths, idle=(f"Range({ratio}>0)",), presumed=tuple(steps.bounds())) for two in pairs)
    said = {name: tried(name, ratio) for name in sorted(sequences)} | steps.least()
    shown = tuple(ReadAs(name, "num", False, 1, 1, why, (), True) for name, why in said.items())
    return Statement("claim" if len(links) == 1 else "chain", links, latex, Environment(), lambda: shown, by_step=True)


def chained(content: Content) -> list[Expr | None]:
    """The sides of a chain of equations, which goes on in rows that start with a sign. Raises Unsaid."""
    first, *rows = content.pieces
    if any(sign != NEW_ROW for sign, _ in content.seps) or any(row.sides[0] is not None for row in rows) or any(
            rel != "=" for row in content.pieces for rel, _ in row.rels) or not first.rels:
        raise Unsaid
    return [*first.sides, *(side for row in rows for side in row.sides[1:])]


def tried(name: str, ratio: str) -> str:
    """What a sequence is read as."""
    return f"{name.replace('_0', '_t')} is any sequence, tried as {name} {ratio}^t"


def defines(side: Value, other: Value) -> bool:
    """Whether a side is a multiple of one member of a sequence that the other side has not: it may say what that is."""
    sequences = {part.sequence for part in side}
    return len(side) == 1 and "" not in sequences and not sequences & {part.sequence for part in other}


def positive(part: Basic) -> Basic | None:
    """A constant as a positive one."""
    return Const(part.name, "positive") if isinstance(part, Const) else None
