r"""Ranges that start at any whole number, \sum_{k=m}^{n} c q^k: read as those from 1 to how many numbers there are.

The index stands for the number that it is there, and for nothing else. That no range is shorter than an empty one, and
that what a series starts at is a whole number, is given with each claim that has such a range.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sympy import Basic

from ...language import (
    NONE,
    SCALAR,
    Const,
    Neg,
    Node,
    Num,
    Ordinal,
    Plus,
    Relation,
    Scope,
    Sum,
    Var,
    expand,
    is_whole,
    literal,
    plus,
)
from ..parsing.naming import spelled
from ..parsing.surface import Expr, Item, content_of, unwrap
from ..read_error import Fault
from .builder import Builder

# The hints of a sum over such a range, and of the value of a series with such a start, which has the names in it.
LENGTH, WHOLE = "length", "whole"


def begun_at(item: Item) -> tuple[Item, Expr] | None:
    """The index of a range from one number to another, and where it starts, if that is no numeral; else None."""
    if item.sub is None or item.sup is None or len(content_of(item.sub).pieces) != 1:
        return None
    piece = content_of(item.sub).pieces[0]
    left = None if piece.sides[0] is None or piece.sides[0].lone is None else unwrap(piece.sides[0].lone)
    right = piece.sides[1] if [rel for rel, _ in piece.rels] == ["="] else None
    if left is None or right is None or left.kind != "sym" or left.sub is not None or left.sup is not None:
        return None
    return None if right.lone is not None and unwrap(right.lone).kind == "num" else (left, right)


def start_of(builder: Builder, index: Item, start: Expr) -> Node:
    """The whole number at which a range starts."""
    found = builder.expression(start, start.pos)
    whole = expand(found, builder.environment.definitions) if found.shape == SCALAR else found
    if not is_whole(whole) or any(isinstance(part, Ordinal) or not isinstance(part, Node) for part in whole.walk()
                                  if part != whole) or not all(map(simple, whole.walk())):
        raise Fault(f"a range of {spelled(index)} starts at a whole number, as 1, m or T + 1, and whether this is one "
                    "is not said", start.pos)
    return found


def simple(part: Basic) -> bool:
    """Whether a part of a whole number is the same everywhere: it counts no tokens of what is drawn."""
    return getattr(part, "loose", 0) == 0 and not getattr(part, "free", ())


def number_of_terms(start: Node, end: Node) -> Node:
    """How many whole numbers there are from one to another."""
    return summed([end, Neg(start), Num(1)])


def summed(terms: Iterable[Node]) -> Node:
    """A sum, in which what is added and taken away again does not stand."""
    counts: dict[Node, int] = {}
    for term, by in (one for given in terms for one in parted(given, 1)):
        number = literal(term)
        whole = number is not None and number.denominator == 1
        key, more = (Num(1), int(number) * by) if whole and number is not None else (term, by)
        counts[key] = counts.get(key, 0) + more
    number = counts.pop(Num(1), 0)
    found = [term if by > 0 else Neg(term) for term, by in counts.items() for _ in range(abs(by))]
    found.sort(key=lambda term: isinstance(term, Neg))
    found += [node for node in [Num(number) if number >= 0 else Neg(Num(-number))] if number]
    return plus(*found) if found else Num(0)


def parted(term: Node, sign: int) -> Iterator[tuple[Node, int]]:
    """The terms of a sum, each with its sign."""
    if isinstance(term, Neg):
        yield from parted(term.args[0], -sign)
    elif isinstance(term, Plus):
        for one in term.args:
            yield from parted(one, sign)
    else:
        yield term, sign


def refuse_members(var: Var, body: Node, pos: int) -> None:
    """Refuse what is numbered by an index that is counted from another number than it is printed. Raises Fault."""
    if any(var in part.args and not isinstance(part, Ordinal) for part in body.walk()):
        raise Fault(f"what is numbered by {var.name}, from a letter on, cannot be said here: only equations that are "
                    "linear in it can", pos)


def given_with(terms: Iterable[Node | Relation], given: Iterable[Relation]) -> Iterator[Relation]:
    """What is given with terms that have ranges from a letter on, of which nothing else that is ``given`` speaks."""
    spoken = [{part for part in one.walk() if isinstance(part, Const)} for one in given]
    for part in dict.fromkeys(part for term in terms for part in term.walk() if isinstance(part, Node)):
        names = {inner for inner in part.walk() if isinstance(inner, Const)}
        if LENGTH in part.hints:
            length = part.args[0]
            ends = {inner for inner in length.walk() if isinstance(inner, Const)}
            if length.loose == 0 and not length.free and not any(
                    len(ends & one) > 1 or ends and ends == one for one in spoken):
                yield Relation("≥", length, Num(0))
        if WHOLE in part.hints:
            for one in sorted((name for name in names if name.name in part.hints[WHOLE].split(" ")), key=str):
                yield Relation("=", one, Sum(one, NONE, Scope("index", Num(1))))
