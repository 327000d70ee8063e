r"""How far a product sign reaches: up to the next + or −, but not over another sign of its own index."""

from __future__ import annotations

from ..parsing.surface import Content, Expr, Item, Piece, content_of
from ..read_error import Ambiguous
from ..spelling.indexed import every
from .numbering import named


def reach_of(items: list[Item], p: int) -> int:
    r"""Where what the sign at ``p`` runs over ends.

    A sum inside a product of sums is the same wherever it stands, so that a sum reaches to the end; not so a factor
    inside a product: \prod_i x_i \prod_i y_i are two products, of \prod_i x_i \prod_j y_j that is not known.
    """
    own = bound_by(items[p])
    for place in range(p + 2, len(items)) if items[p].value == "prod" else ():
        if items[place].kind == "big":
            if own & bound_by(items[place]):
                return place - (items[place - 1].kind == "op")
            if not mentioned(items[place:], own):
                raise Ambiguous("this sign may stand inside the product before it or after it: write brackets",
                                items[place].pos)
    return len(items)


def bound_by(item: Item) -> set[str]:
    """The letters that the range of a sign binds."""
    pieces = [] if item.sub is None else content_of(item.sub).pieces
    return {name for piece in pieces if (name := named(piece)) is not None}


def mentioned(items: list[Item], names: set[str]) -> bool:
    """Whether a product has one of these letters."""
    return any(one.value in names for one in every(Content(Piece(Expr("", items, items[0].pos)))))
