r"""Ranges that start at any whole number, \sum_{k=m}^{n} c q^k: read as those from 1 to how many numbers there are.

The index stands for the number that it is there, and for nothing else. That no range is shorter than an empty one, and
that what a series starts at is a whole number, is given with each claim that has such a range.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

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
    heads,
    is_whole,
    literal,
    plus,
)
from ..kinds.numbering import number_of, range_of
from ..notation.priors import FRACTIONS
from ..parsing.naming import spelled
from ..parsing.surface import Expr, Item, content_of, unwrap
from ..read_error import Fault
from .builder import Builder

# The hints of a sum over such a range, what is given of its ends, and of what has such a start, the names in that.
LENGTH, WHOLE = "length", "whole"


def begun_at(builder: Builder, item: Item) -> tuple[Item, Expr] | None:
    """The index of a range from one number to another, and where it starts, if that is no numeral, or one below 0 where
    the index is a number, and no place of a member alone; else None."""
    if item.sub is None or item.sup is None or len(content_of(item.sub).pieces) != 1:
        return None
    piece = content_of(item.sub).pieces[0]
    left = None if piece.sides[0] is None or piece.sides[0].lone is None else unwrap(piece.sides[0].lone)
    right = piece.sides[1] if [rel for rel, _ in piece.rels] == ["="] else None
    if left is None or right is None or left.kind != "sym" or left.sub is not None or left.sup is not None:
        return None
    named = any(item.kind != "num" for _, items, _ in right.terms for item in items)
    below = not named and (number_of(right) or 0) < 0
    place = range_of(builder.text, item, spelled(left))
    return (left, right) if named or below and builder.facts.numbering.offset(place) is None else None


def start_of(builder: Builder, index: Item, start: Expr) -> Node:
    """The whole number at which a range starts."""
    found = builder.expression(start, start.pos)
    number = expand(found, builder.environment.definitions) if found.shape == SCALAR else found
    if not is_whole(number) or fractional(number) or number.loose or number.free:
        raise Fault(f"a range of {spelled(index)} starts at a whole number, as 1, m or T + 1, and whether this is one "
                    "is not said", start.pos)
    return found


def fractional(number: Node) -> bool:
    """Whether a number has the name of one between 0 and 1."""
    names = {part.name for part in constants(number)} | {head.layout for head in heads(number)}
    return bool({name.partition("_")[0] for name in names} & FRACTIONS)


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
    left = counts.pop(Num(1), 0)
    found = [term if by > 0 else Neg(term) for term, by in counts.items() for _ in range(abs(by))]
    found.sort(key=lambda term: isinstance(term, Neg))
    found += [Num(left) if left > 0 else Neg(Num(-left))] if left else []
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


def hints(start: Node, said: str = "") -> dict[str, str]:
    """The hints of what is read over a range with a start, of which something is ``said`` if it ends."""
    names = sorted({part.name for part in constants(start)})
    return {**({WHOLE: " ".join(names)} if names else {}), **({LENGTH: said} if said else {})}


def given_with(terms: Sequence[Basic], beside: Sequence[Basic]) -> Iterator[tuple[Relation, str]]:
    """What is given of the numbers in terms where these, or others beside them, have ranges from a letter on, and what
    is said of it."""
    # what has no hint may be equal to what has one
    hinted = [part for term in (*terms, *beside) for part in term.walk()
              if isinstance(part, Node) and not part.hints.keys().isdisjoint((LENGTH, WHOLE))]
    if not hinted:
        return
    named = {part.name: part for term in terms for part in constants(term)}
    known = {*named, *(head.layout for term in terms for head in heads(term))}
    for length, said in {part.args[0]: part.hints[LENGTH] for part in hinted if LENGTH in part.hints}.items():
        ends = {*(part.name for part in constants(length)), *(head.layout for head in heads(length))}
        if not length.loose and not length.free and ends and ends <= known:
            yield Relation("≥", length, Num(0)), said
    for name in sorted({name for part in hinted for name in part.hints.get(WHOLE, "").split(" ")} & named.keys()):
        yield Relation("=", named[name], Sum(named[name], NONE, Scope("index", Num(1)))), ""


def constants(term: Basic) -> Iterator[Const]:
    """The constants in a term."""
    return (part for part in term.walk() if isinstance(part, Const))
