"""An expression cell by cell: every comparison in it is decided, both ways where nothing is known of its sides.

The cells cover every batch but those on the edge of one, where a comparison is an equality; that an input is 0 is a
case of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..unsupported import Unsupported
from .expression import is_binary, minimum, negative, subtract
from .nodes import ONE, ZERO, Expression, number, parts
from .normal import normal
from .order import Facts, sign_of
from .polynomials import Poly, may_vanish
from .rebuilding import expression_of
from .rebuilt import mapped

DECIDED = frozenset({"max", "min", "clip", "compare", "abs", "sign"})
HOLDS = {">": (1,), "≥": (0, 1), "=": (0,)}  # the signs of a difference for which a comparison holds
MOST_CELLS = 400


@dataclass(frozen=True)
class Condition:
    """A polynomial that has a sign, or is 0; and the comparison that asked for it, where that is of its sides."""

    test: Poly
    sign: int
    asked: tuple[Expression, Expression]


@dataclass(frozen=True)
class Cell:
    """What is known there, what of it beyond what is known everywhere, in the order of decisions; and what it is."""

    facts: Facts
    conditions: tuple[Condition, ...]
    value: Expression


def cells(node: Expression, facts: Facts) -> Iterator[Cell]:
    """The cells of an expression, with what it is in each, in which nothing is left to decide.

    What depends on the variable of a sum is not decided, as it is another at each of its values.
    Raises Unsupported where there are too many.
    """
    found = 0
    waiting = [Cell(facts, (), node)]
    while waiting:
        cell = waiting.pop()
        following = list(_following(cell))
        if following:
            waiting += reversed(following)
            continue
        found += 1
        if found > MOST_CELLS:
            raise Unsupported("there are too many cases to look at")
        yield cell


def _following(cell: Cell) -> Iterator[Cell]:
    """The cell with one more comparison decided, or the two cells that it falls into; none where all are decided."""
    node = undecided(cell.value)
    if node is None:
        return
    sides = sides_of(node)
    sign = sign_of(normal(subtract(*sides)), cell.facts)
    if isinstance(sign, int):
        yield Cell(cell.facts, cell.conditions, replaced(cell.value, node, outcome(node, sign)))
        return
    binary = binary_of(sign)
    if binary is not None:
        for value in (ONE, ZERO):
            way = Condition(sign, 1 if value is ONE else 0, sides)
            yield Cell(cell.facts, (*cell.conditions, way), replaced(cell.value, binary, value))
        return
    for turn in (1, -1):
        way = Condition(sign, turn, sides)
        yield Cell(cell.facts.with_sign(sign, turn), (*cell.conditions, way), cell.value)
    alone = leaf_of(sign)
    if alone is not None:
        yield Cell(cell.facts, (*cell.conditions, Condition(sign, 0, sides)), replaced(cell.value, alone, ZERO))
    elif may_vanish(sign):
        way = Condition(sign, 0, sides)
        yield Cell(cell.facts, (*cell.conditions, way), replaced(cell.value, node, outcome(node, 0)))


def undecided(node: Expression) -> Expression | None:
    """The first comparison, with none inside, that is outside of the sums over its own axes."""
    open_ = set(_open(node))
    return next((part for part in parts(node) if part in open_ and part.kind in DECIDED
                 and not any(inner.kind in DECIDED and inner in open_ for inner in parts(part)[:-1])), None)


def _open(node: Expression) -> Iterator[Expression]:
    """The parts that can be decided: no variable of a sum around them is free in them."""
    seen: set[tuple[Expression, frozenset[str]]] = set()
    waiting: list[tuple[Expression, frozenset[str]]] = [(node, frozenset())]
    while waiting:
        part, bound = waiting.pop()
        if (part, bound) in seen:
            continue
        seen.add((part, bound))
        if not part.axes & bound:
            yield part
        inner = bound | {part.data} if part.kind == "sum" else bound
        waiting += [(arg, inner) for arg in part.args]


def sides_of(node: Expression) -> tuple[Expression, Expression]:
    """The numbers whose order decides a comparison."""
    return node.args[0], ZERO if node.kind in ("abs", "sign") else node.args[1]


def leaf_of(one: Poly) -> Expression | None:
    """The input that a polynomial is, if it is one: that an advantage is 0 is no rare edge."""
    node = expression_of(one)
    return node if node.kind == "leaf" else None


def binary_of(one: Poly) -> Expression | None:
    """The mask or window that a polynomial is, if it is one."""
    node = expression_of(one)
    return node if node.kind in ("leaf", "window") and is_binary(node) else None


def replaced(whole: Expression, node: Expression, value: Expression) -> Expression:
    """An expression with a value for a part, not inside of sums over its axes, where it is another."""
    def rule(part: Expression) -> Expression | None:
        if part is node:
            return value
        return part if part.kind == "sum" and part.data in node.axes else None
    return mapped(whole, rule)


def outcome(node: Expression, sign: int) -> Expression:
    """What a comparison is where its gap has a sign."""
    first = node.args[0]
    match node.kind:
        case "max":
            return first if sign >= 0 else node.args[1]
        case "min":
            return node.args[1] if sign >= 0 else first
        case "clip":
            _, low, high = node.args
            return minimum(first, high) if sign >= 0 else minimum(low, high)
        case "abs":
            return first if sign >= 0 else negative(first)
        case "sign":
            return number(sign)
        case "compare":
            return ONE if sign in HOLDS[node.data] else ZERO
    raise AssertionError(node.kind)


