r"""Ranges over pairs that name their sets or their order: \sum_{(s,a) \in S \times A}, \sum_{1 \leq i,j \leq n, i<j}.

The first runs over s \in S and a \in A, the second is the chain \sum_{1 \leq i < j \leq n}.
"""

from __future__ import annotations

from typing import NamedTuple

from .naming import label
from .surface import Content, Expr, Item, Piece, unwrap

TIMES = "·"
RISING, FALLING = frozenset("<≤"), frozenset(">≥")
TURNED = {"≤": "≥", "<": ">"}
MOST_LETTERS = 4


class Ends(NamedTuple):
    """Where a range starts, the sign ``after`` that, the sign ``before`` its end, and where it ends."""

    first: Expr
    after: str
    before: str
    last: Expr

    @property
    def printed(self) -> tuple[str, ...]:
        """What is the same for two ranges that are."""
        return label(whole(self.first)), self.after, self.before, label(whole(self.last))


def whole(expr: Expr) -> Item:
    """An expression as one item."""
    return Item("group", "brace", expr.pos, expr.pos, Content(Piece(expr)))


def name_of(side: Expr | None) -> str:
    """The letter that a side is, without scripts; empty for anything else."""
    lone = None if side is None or side.lone is None else unwrap(side.lone)
    return lone.value + "'" * lone.primes if lone is not None and lone.kind == "sym" and lone.sub is lone.sup is None \
        else ""


def over_products(range_: Content) -> None:
    r"""Write (s, a) \in S \times A in a range as s \in S, a \in A, and (i, j) \in S^2 as i \in S, j \in S."""
    pieces: list[Piece] = []
    for piece in range_.pieces:
        pieces += members_of_product(piece) or [piece]
    if len(pieces) > len(range_.pieces):
        range_.seps += [(",", range_.pos)] * (len(pieces) - len(range_.pieces))
        range_.pieces = pieces


def members_of_product(piece: Piece) -> list[Piece] | None:
    """A piece that says of a tuple of letters of which product it is, as one for each; None of any other."""
    left, right = (piece.sides * 2)[:2]
    tuple_ = None if left is None or left.lone is None else unwrap(left.lone)
    if [rel for rel, _ in piece.rels] != ["∈"] or right is None or tuple_ is None or tuple_.kind != "group" or \
            tuple_.value != "(" or not tuple_.plain or tuple_.body is None:
        return None
    letters = [one.only for one in tuple_.body.pieces]
    sets = factors(right, len(letters))
    if len(sets) != len(letters) or any(sign != "," for sign, _ in tuple_.body.seps) or not all(map(name_of, letters)):
        return None
    tuple_.taken = True
    found = [Piece(one) for one in letters]
    for one, factor in zip(found, sets, strict=True):
        one.rels, one.sides = [*piece.rels], [*one.sides, factor]
    return found


def factors(product: Expr, count: int) -> list[Expr]:
    r"""The factors of S \times A, or of S^2; that of anything else is none."""
    (sign, items, _), *more = product.terms
    if sign or more:
        return []
    if len(items) == 1 and items[0].sup is not None and label(items[0].sup) == str(count) and count <= MOST_LETTERS:
        unwrap(items[0].sup).taken = True
        return [Expr("", [without_power(items[0])], product.pos) for _ in range(count)]
    apart, marks = items[::2], items[1::2]
    if len(apart) != len(marks) + 1 or any(mark.kind != "op" or mark.value != TIMES for mark in marks):
        return []
    for mark in marks:
        mark.taken = True
    return [Expr("", [one], one.pos) for one in apart]


def without_power(item: Item) -> Item:
    """A set without the number of its factors."""
    found = item.copy()
    found.sup = None
    return found


def in_their_order(item: Item, range_: Content) -> None:
    r"""Write a range over letters that have the same ends, and one order, as a chain: 1 \leq i < j \leq n."""
    orders = [piece for piece in range_.pieces if piece.rels and all(map(name_of, piece.sides))]
    if any(sign != "," for sign, _ in range_.seps):
        return
    for order in orders:
        ends = ends_of([piece for piece in range_.pieces if piece is not order], item.sup,
                       [name_of(side) for side in order.sides])
        if ends is not None and (chain := chained(order, ends)) is not None:
            range_.pieces, range_.seps, item.sup = [chain], [], None
            return


def chained(order: Piece, ends: Ends) -> Piece | None:
    """Letters in their order between their ends; None where they are in none."""
    signs, pos = {rel for rel, _ in order.rels}, order.rels[0][1]
    first, after, before, last = ends
    if len({*map(name_of, order.sides)}) < len(order.sides) or not (signs <= RISING or signs <= FALLING):
        return None
    rising = signs <= RISING
    chain = Piece(first if rising else last)
    chain.sides += [*order.sides, last if rising else first]
    between = after if rising else TURNED[before], before if rising else TURNED[after]
    chain.rels = [(between[0], pos), *order.rels, (between[1], pos)]
    return chain


def ends_of(heads: list[Piece], above: Item | None, names: list[str]) -> Ends | None:
    """The ends that pieces, and what stands above their sign, give each of some letters alike; else None."""
    shapes = [[rel for rel, _ in piece.rels] for piece in heads]
    if sorted(running(heads, shapes)) != sorted(names):
        return None
    if above is not None:
        start = heads[-1].sides[-1]
        alike = not any(shapes[:-1]) and shapes[-1] == ["="] and start is not None
        return Ends(start, "≤", "≤", Expr("", [above], above.pos)) if alike and start is not None else None
    if all(len(shape) == 2 for shape in shapes):
        found = [ends_in([piece.sides[0], piece.sides[2]], piece.rels) for piece in heads]
    elif len(heads) > 1 and len(shapes[0]) == len(shapes[-1]) == 1 and not any(shapes[1:-1]):
        found = [ends_in([heads[0].sides[0], heads[-1].sides[-1]], [*heads[0].rels, *heads[-1].rels])]
    else:
        return None
    return found[0] if len({None if one is None else one.printed for one in found}) == 1 else None


def ends_in(sides: list[Expr | None], rels: list[tuple[str, int]]) -> Ends | None:
    """The ends of a range between two signs, if both of these rise."""
    (first, last), ((after, _), (before, _)) = sides, rels
    return None if first is None or last is None or not {after, before} <= RISING else Ends(first, after, before, last)


def running(heads: list[Piece], shapes: list[list[str]]) -> list[str]:
    """The letters that run in pieces such as 1 ≤ i, j ≤ n, or i, j = 1, or 1 ≤ i ≤ n."""
    return [name_of(piece.sides[1 if shape and shape[0] in RISING and (place == 0 or len(shape) == 2) else 0])
            for place, (piece, shape) in enumerate(zip(heads, shapes, strict=True))]
