r"""Reading what is taken where something is largest: f(\arg\max_a f(a)), \pi(\arg\max_a Q(s,a) | s)."""

from __future__ import annotations

from ...language import AtLargest, Neg, Node, Scope, Var
from ..parsing.surface import Content, Expr, Item, Piece, content_of, unwrap
from ..read_error import Fault
from .builder import Builder
from .functions import read_symbol
from .maxima import read_over, runs


def read_at_maximiser(builder: Builder, items: list[Item], p: int) -> tuple[Node, int] | None:
    r"""The value of the symbol at ``p`` where something is largest, and the place after; None for any other symbol."""
    group = items[p + 1] if p + 1 < len(items) else None
    if group is None or group.kind != "group" or group.value != "(" or group.body is None:
        return None
    found = [(place, piece.only) for place, piece in enumerate(group.body.pieces)
             if piece.only is not None and sign_of(piece.only) is not None]
    if not found:
        return None
    if len(found) > 1:
        raise Fault(r"one \arg\max stands among arguments", group.pos)
    (place, expr), = found
    objective, var = read_objective(builder, expr)
    group.taken = True
    with builder.opened():
        at = Var(rf"{var.name}^{{\star}}", var.sort)
        builder.bound[at.name] = at
        value, _ = read_symbol(builder, [items[p], with_argument(group, place, at.name)], 0)
    return builder.built(AtLargest, Scope.close(at, value), objective, pos=items[p].pos), p + 2


def sign_of(expr: Expr) -> Item | None:
    r"""The sign \max or \argmax, with what it runs over, of an expression that is an arg max; else None."""
    sign, items, _ = expr.terms[0]
    place = 1 if items[0].value == "arg" and len(items) > 1 else 0
    known = items[0].kind == "fn" and items[0].value.startswith("arg") and runs(items[place])
    return items[place] if known and not sign else None


def read_objective(builder: Builder, expr: Expr) -> tuple[Scope, Var]:
    r"""What an arg max maximises, all of the expression after its sign, and over what it runs."""
    sign = sign_of(expr)
    assert sign is not None
    assert sign.sub is not None
    items = expr.terms[0][1]
    start = items.index(sign)
    for item in items[:start + 1]:
        item.taken = True
    own = [("", items[start + 1:], sign.end)] if items[start + 1:] else []
    terms = [*own, *expr.terms[1:]]
    pieces = content_of(unwrap(sign.sub)).pieces
    if not terms or len(pieces) > 1 or builder.constraints:
        raise Fault(r"\arg\max runs over one action or state, and is of one expression", sign.pos)
    body = Expr(terms[0][0], terms[0][1], sign.pos)
    body.terms = terms
    with builder.opened():
        var, upper = read_over(builder, sign)
        node = builder.expression(body, sign.pos)
    if upper:
        raise Fault("where a largest member stands is no argument that can be said: maximise over actions or states",
                    sign.pos)
    smallest = sign.value.endswith(("min", "inf"))
    return Scope.close(var, builder.built(Neg, node, pos=sign.pos) if smallest else node), var


def with_argument(group: Item, place: int, name: str) -> Item:
    """A bracket with a variable for one of its arguments."""
    assert group.body is not None
    pos = group.body.pieces[place].pos
    found = group.copy()
    found.body = Content(Piece(Expr("", [Item("sym", name, pos, pos)], pos)))
    found.body.seps = group.body.seps
    found.body.pieces = [*group.body.pieces[:place], *found.body.pieces, *group.body.pieces[place + 1:]]
    return found
