"""Whether the rows of cases leave a place open, or meet: by the comparisons they are printed with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations, product
from math import prod
from typing import Any, NamedTuple

from ...language import App, Const, Indicator, Node, Prob, Times, literal

MOST_CELLS = 500
HOLDS = {"<": (-1,), "≤": (-1, 0), "=": (0,), "≥": (0, 1), ">": (1,)}
MIRROR = {"<": ">", "≤": "≥", "=": "=", "≥": "≤", ">": "<"}


class Comparison(NamedTuple):
    """``left op right``; ``right`` is a number where one side is."""

    op: str
    left: Node
    right: Any


class Meeting(NamedTuple):
    """Two rows that hold at once, where the terms of ``there`` have the values given."""

    rows: tuple[int, int]
    there: Mapping[Node, Node]


class Partition(NamedTuple):
    """Whether the rows surely leave a place ``open``, and where they meet."""

    open: bool
    meetings: tuple[Meeting, ...]


def partition(rows: Sequence[Node]) -> Partition:
    """What the conditions of rows cover. A row that is no product of comparisons is passed over."""
    read = [comparisons(row) for row in rows]
    known = [row for row in read if row is not None]
    lines = lined([one for row in known for one in row])
    if len(known) < len(rows) or entangled(lines) or prod(len(places(line)) for line in lines.values()) > MOST_CELLS:
        return Partition(False, tuple(touching(read, lines)))
    left_open, meetings = False, []
    for cell in product(*(places(line) for line in lines.values())):
        at = dict(zip(lines, cell, strict=True))
        here = [number for number, row in enumerate(known) if all(holds(one, lines, at) for one in row)]
        left_open |= not here
        meetings += [Meeting(pair, pinned(lines, at)) for pair in combinations(here, 2)]
    return Partition(left_open, tuple(meetings))


def comparisons(row: Node) -> list[Comparison] | None:
    """The comparisons whose product a row is, None where it is anything else."""
    found = []
    for part in row.args if isinstance(row, Times) else (row,):
        if not isinstance(part, Indicator):
            return None
        op, left, right = str(part.args[0]), part.args[1], part.args[2]
        if literal(left) is not None:
            op, left, right = MIRROR[op], right, left
        found.append(Comparison(op, left, right))
    return found


Line = tuple[Node, ...]  # the points with which one term is compared, in order


def key_of(one: Comparison, lines: Mapping[Any, Line]) -> tuple[Any, bool]:
    """The line of a comparison, and whether it is printed the other way round there."""
    if literal(one.right) is not None:
        return one.left, False
    return ((one.right, one.left), True) if (one.right, one.left) in lines else ((one.left, one.right), False)


def lined(found: Sequence[Comparison]) -> dict[Any, Line]:
    """The points of each term that is compared with numbers; another comparison has its right side as the one point."""
    lines: dict[Any, Line] = {}
    for one in found:
        key, _ = key_of(one, lines)
        points = {*lines.get(key, ()), one.right} if literal(one.right) is not None else {key[1]}
        by_value = {literal(point) or Fraction(0): point for point in points}
        lines[key] = tuple(by_value[value] for value in sorted(by_value))
    return lines


def places(line: Line) -> range:
    """The places of a line: between its points, and, of odd number, at them."""
    return range(2 * len(line) + 1)


def holds(one: Comparison, lines: Mapping[Any, Line], at: Mapping[Any, int]) -> bool:
    """Whether a comparison holds at a place of its line."""
    key, turned = key_of(one, lines)
    point = 0 if isinstance(key, tuple) else [literal(p) for p in lines[key]].index(literal(one.right))
    side = at[key] - (2 * point + 1)
    return (side > 0) - (side < 0) in HOLDS[MIRROR[one.op] if turned else one.op]


def pinned(lines: Mapping[Any, Line], at: Mapping[Any, int]) -> dict[Node, Node]:
    """The values of the terms that stand at a point."""
    return {key[0] if isinstance(key, tuple) else key: lines[key][place // 2] for key, place in at.items() if place % 2}


def entangled(lines: Mapping[Any, Line]) -> bool:
    """Whether two lines speak of one thing, so that a place on one may exclude a place on the other."""
    leaves = [{part for term in (key if isinstance(key, tuple) else (key,)) for part in term.walk()
               if isinstance(part, (Const, App, Prob))} for key in lines]
    return any(one & other for one, other in combinations(leaves, 2))


def touching(rows: Sequence[list[Comparison] | None], lines: Mapping[Any, Line]) -> Iterator[Meeting]:
    """Where two rows meet at a point of one line, as x ≤ c and x ≥ c do, whatever else they say."""
    for (first, one), (second, other) in combinations(enumerate(rows), 2):
        for key, line in lines.items():
            mine, theirs = ([part for part in row or () if key_of(part, lines)[0] == key] for row in (one, other))
            common = [place for place in places(line) if mine and theirs and all(
                holds(part, lines, {key: place}) for part in (*mine, *theirs))]
            if len(common) == 1 and common[0] % 2:
                yield Meeting((first, second), pinned(lines, {key: common[0]}))
