"""Links on their way to a statement: what they give each other, and what they may not leave open."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from sympy import Basic

from ...language import (
    Const,
    Definition,
    Head,
    Num,
    Parameter,
    Relation,
    Var,
)
from ..notation.priors import RANGES
from ..parsing.naming import bare
from ..parsing.surface import Piece
from ..read_error import Fault, Malformed

ORDERINGS = frozenset(("≤", "≥", "<", ">"))


class Said(NamedTuple):
    """A link before it has its context: where it stands, and what the steps of an implication before it give."""

    kind: str
    content: Any
    pos: int
    given: tuple[Relation, ...]


def premises(links: Iterable[Said]) -> Iterator[Relation]:
    """What is given after links of an implication: their relations, and of a definition that it only approximates."""
    for said in links:
        if isinstance(said.content, Relation):
            yield said.content
        elif said.kind == "expression":
            raise Fault("what stands before an implication is a relation or a definition", said.pos)
        elif said.content.hints.get("op") == "approx":
            yield Relation("≈", said.content.lhs, said.content.rhs)


def customary(claimed: Sequence[Basic], assumed: Sequence[Relation], declared: Container[str]) -> Iterator[Relation]:
    """The bounds that custom gives to numbers of a claim on a side of which no assumption and no declaration speaks.

    Where an assumption speaks of a number, and a bound of it is claimed, custom does not say what the bound is.
    """
    bounded = {side for one in claimed if isinstance(one, Relation) for side, other in (
        (one.lhs, one.rhs), (one.rhs, one.lhs)) if isinstance(other, Num)}
    numbers = {part: None for term in claimed for part in term.walk() if isinstance(part, Const)}
    for number in numbers:
        if number.name not in RANGES or bare(number.name) in declared:
            continue
        least, sign, greatest = RANGES[number.name]
        spoken = any(number in set(relation.walk()) for relation in assumed)
        if spoken and number in bounded:
            continue
        said = {side for relation in assumed for side in sides_said(relation, number, range(least, greatest))}
        if "least" not in said:
            yield Relation("≥", number, Num(least))
        if "greatest" not in said:
            yield Relation(sign, number, Num(greatest))


def sides_said(relation: Relation, number: Const, custom: range) -> Collection[str]:
    """On which sides a relation speaks of a number: on one where it puts a bound within those of custom below it."""
    if number not in set(relation.walk()):
        return ()
    below = {">": relation.rhs, "≥": relation.rhs} if relation.lhs == number else {}
    below |= {"<": relation.lhs, "≤": relation.lhs} if relation.rhs == number else {}
    bound = below.get(relation.op)
    return ("least",) if isinstance(bound, Num) and custom.start <= bound.value < custom.stop else ("least", "greatest")


def symbols_of(terms: Iterable[Any]) -> set[Basic]:
    """The functions and constants of terms."""
    return {part for term in terms for part in term.walk() if isinstance(part, (Head, Const))}


def numbers_of_indices(bounds: Sequence[Relation], terms: Iterable[Any]) -> set[Const]:
    """The sides of bounds that go by the letter of an index or a step of terms: they say which of them are meant."""
    names = {var.name for term in terms for var in term.free if var.sort in ("index", "token")}
    return {side for one in bounds for side in (one.lhs, one.rhs) if isinstance(side, Const) and side.name in names}


def stands_at_old(relation: Relation) -> bool:
    """Whether a relation says θ = θ_old."""
    return relation.op == "=" and {relation.lhs, relation.rhs} == {Parameter(), Parameter("old")}


def refuse_condition(pieces: Sequence[Piece], signs: Sequence[str]) -> None:
    """Refuse a bound of one symbol after other claims: it may be a condition, or one more claim."""
    last = pieces[-1] if len(pieces) > 1 else None
    if last is None or set(signs) != {","} or not 1 <= len(last.rels) <= 2 or \
            not {rel for rel, _ in last.rels} <= ORDERINGS:
        return
    kinds = [side.lone.kind if side is not None and side.lone is not None else "" for side in last.sides]
    if "num" in kinds and any(any(rel not in ORDERINGS for rel, _ in piece.rels) or not is_bound(piece)
                              for piece in pieces[:-1]):
        raise Fault("this bound may be a condition or one more claim: write it after “if”, or on its own",
                    max(last.pos, 0))


def is_bound(piece: Piece) -> bool:
    """Whether a piece is a bound of one symbol by a number, as u > 0 and 0 < u < 1 are."""
    lone = [None if side is None else side.lone for side in piece.sides]
    return all(item is not None for item in lone) and [item for item in lone if item is not None and item.kind == "num"
                                                       ] != []


def refuse_late(links: Sequence[Said]) -> None:
    """Refuse a definition of what a claim beside it has used as a number of its own."""
    defined = {link.content.head.layout: link.pos for link in links
               if isinstance(link.content, Definition) and link.content.head is not None}
    for link in links if defined else ():
        if isinstance(link.content, Relation) and not isinstance(link.content, Definition):
            used = (part.name for part in link.content.walk() if isinstance(part, Const))
            if late := next((name for name in used if name in defined), ""):
                raise Fault(f"{late} is defined beside a claim that has used it: put the definition first",
                            defined[late])


def refuse_integrals(claimed: Relation, terms: Iterable[Basic], pos: int) -> None:
    """Refuse an inequality of integrals: they are read as sums, over whose range the values of laws are at most 1."""
    if claimed.op in ORDERINGS and any(part.hints.get("form") == "integral" for term in terms for part in term.walk()):
        raise Fault("integrals are read as sums, and densities need not be at most 1, as probabilities are: an "
                    "inequality of integrals cannot be said", pos)


def refuse_loose(links: Iterable[Said]) -> None:
    """Refuse an expression beside a claim, of which it may be a part."""
    places = {said.kind: said.pos for said in links}
    if "claim" in places and "expression" in places:
        raise Fault("this relates nothing, and may be a part of what is claimed beside it: write it on its own",
                    max(places["expression"], 0))


def refuse_escaped(free: dict[Var, int], summed: dict[str, int], other: Basic | None) -> None:
    """Refuse an index that is free behind a sum over it, and nowhere on the other side: it has left its sum."""
    for var, pos in free.items():
        if summed.get(var.name, pos) < pos and var.sort in ("index", "token") and var not in getattr(other, "free", ()):
            raise Malformed(f"the {var.sort} {var.name} stands outside its sum: the sum over {var.name} ends at the "
                            "+ or − before; bracket what belongs to it", pos)
