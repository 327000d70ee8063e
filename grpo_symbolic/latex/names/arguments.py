r"""Definitions of functions of numbers: f(u) := (u - 1)^2 speaks of every u, whatever else has that name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sympy import Basic

from ...language import App, Argument, Const, Node, Product, Sum, Term, Var, rewrite, span
from ..kinds.evidence import evidence
from ..kinds.kinds import sorts_of
from ..kinds.parameter import letter, shown
from ..parsing.naming import nucleus
from ..parsing.surface import Content, Piece, unwrap
from ..read_error import Fault
from .defining import target_of

# Letters that count something wherever they stand.
COUNTS = frozenset(("G", "T"))


def letters_alone(body: Content) -> bool:
    """Whether a bracket holds nothing but letters, perhaps with scripts."""
    lone = [None if piece.only is None else piece.only.lone for piece in body.pieces]
    found = [None if item is None else nucleus(unwrap(item)) for item in lone]
    return all(symbol is not None and symbol.item.kind != "num" for symbol in found)


def local(content: Content) -> frozenset[str]:
    """The numbers for all of whose values the definitions of a text speak: in other texts their letters are others."""
    found = set[str]()
    for piece in content.pieces:
        items = [] if target_of(piece) is None or piece.sides[0] is None else piece.sides[0].terms[0][1]
        for group in items[1:]:
            if group.body is not None and letters_alone(group.body):
                found |= {name for part in group.body.pieces if part.only is not None
                          for item in part.only.terms[0][1] if (name := letter(item))}
    uses = evidence(content) if found else frozenset()
    sorts = sorts_of(uses)
    return frozenset(name for name in found if name not in sorts and (name, "calculated") in uses)


def parameters(printed: Sequence[Basic]) -> list[Basic]:
    """What a definition speaks of for all its values: variables, and letters of numbers; other arguments are left out.
    """
    return [part for part in printed if isinstance(part, Var) or isinstance(part, Const) and part.name not in COUNTS]


def generalised(params: Iterable[Basic], body: Node, pos: int) -> tuple[list[Basic], Node]:
    """The parameters and the body of a definition, which speaks of every number that a letter among them may be.

    Raises Fault where such a letter counts something in the body.
    """
    table = {part: Argument(part.name) for part in params if isinstance(part, Const)}
    for part in body.walk() if table else ():
        end = span(part.args[0])[1] if isinstance(part, (Sum, Product)) else None
        if isinstance(end, Term) and (counted := set(end.walk()) & set(table)):
            raise Fault(f"{min(map(str, counted))} is the end of a range: no number that may be anything", pos)
    found = [table.get(part, part) for part in params]
    return found, rewrite(body, table.get) if table else body


def generalised_sides(left: Basic, body: Node, pos: int) -> tuple[Basic, Node]:
    """The two sides of a definition that says once more what a function is."""
    if not isinstance(left, App):
        return left, body
    params, body = generalised(left.params, body, pos)
    return left.head(*params), body


def shown_everywhere(params: Sequence[Basic], body: Node, pieces: Iterable[Piece], piece: Piece | None) -> bool:
    """Whether a premise f(u) = … speaks of every u: it has u on its right, and nothing else in the text shows u."""
    numbers = {part for part in params if isinstance(part, Const)}
    if piece is None or not numbers or len(numbers) < len(params) or not numbers <= set(body.walk()):
        return False
    others = frozenset[str]().union(*(shown(Content(other)) for other in pieces if other is not piece))
    return others.isdisjoint(part.name for part in numbers)
