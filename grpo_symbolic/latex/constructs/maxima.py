r"""Reading maxima and minima over θ, over actions and over states: max_θ, \max_a, \min_{s \in \mathcal{S}}."""

from __future__ import annotations

from ...language import Largest, Maximum, Node, Scope, Smallest, Var
from ..notation import symbols as table
from ..parsing.naming import label, nucleus, spelled
from ..parsing.surface import Content, Expr, Item, Piece, content_of, seen_in, unwrap
from ..read_error import Fault, Malformed
from ..spelling.indexed import every
from .builder import Builder
from .formal import read_constraints
from .variables import point_of

OVER = {"max": Largest, "min": Smallest}
SETS = {"action": table.ACTION_SETS, "state": frozenset((table.STATE_SET,))}


def read_maximum(builder: Builder, items: list[Item], p: int) -> tuple[Node, int]:
    """max or min of the rest of the product, of θ under the constraints printed after "such that"."""
    item = items[p]
    assert item.sub is not None
    if p + 1 == len(items):
        raise Malformed(rf"\{item.value} of nothing", item.pos)
    if item.value == "max" and point_of(builder, item.sub) == "current":
        objective = builder.term(items[p + 1:])
        return builder.built(Maximum, objective, *read_constraints(builder), pos=item.pos), len(items)
    with builder.opened():
        variables = [read_over(builder, item, piece) for piece in content_of(unwrap(item.sub)).pieces]
        node = builder.term(items[p + 1:])
    for var in reversed(variables):
        node = builder.built(OVER[item.value], Scope.close(var, node), pos=item.pos)
    return node, len(items)


def read_over(builder: Builder, item: Item, piece: Piece) -> Var:
    """One variable over which a maximum runs, which is bound from here on."""
    first = piece.sides[0]
    lone = None if first is None or first.lone is None else unwrap(first.lone)
    sort = "" if lone is None or lone.sup is not None else sort_of_letter(builder, lone.value)
    named = [rel for rel, _ in piece.rels]
    over = piece.sides[1].lone if named == ["∈"] and piece.sides[1] is not None else None
    within = over is not None and spelled(unwrap(over)) in SETS.get(sort, ())
    if lone is None or sort not in SETS or named and not within:
        raise Fault(rf"\{item.value} over {label(item.sub) if item.sub is not None else ''} cannot be said: it runs "
                    r"over \theta, actions or states", item.pos)
    var = Var(spelled(lone), sort)
    builder.bind(var)
    return var


def sort_of_letter(builder: Builder, letter: str) -> str:
    """The sort of what a maximum runs over: one that nothing else tells is an action where functions are of it."""
    if (letter, "argument") in builder.facts.evidence and (letter, "number") not in builder.facts.evidence:
        return builder.facts.sorts.get(letter, "action")
    return builder.facts.sorts.get(letter, "")


def widened(builder: Builder, expr: Expr) -> Expr:
    """An expression in which a maximum also holds the terms after it that name what it runs over.

    It ends at the next + or − by custom; a variable that stands behind that may yet be its own.
    """
    for place, (sign, items, pos) in enumerate(expr.terms[:-1]):
        start = next((k for k, item in enumerate(items) if runs(item)), None)
        later = expr.terms[place + 1:]
        if start is None or start + 1 == len(items) or not named_in(later, names_of(items[start])):
            continue
        names = ", ".join(sorted(names_of(items[start])))
        options = "it ends at the next + or −", "it ends with the expression"
        if builder.choose(f"this runs over {names}, which stands after the next + or −, too: write brackets",
                          f"where the maximum over {names} ends", options, items[start].pos):
            held = Expr("", items[start + 1:], items[start + 1].pos)
            held.terms += later
            group = Item("group", "(", held.pos, later[-1][1][-1].end, Content(Piece(held)))
            found = Expr(sign, [*items[:start + 1], group], pos)
            found.terms[:0] = expr.terms[:place]
            return found
    return expr


def runs(item: Item) -> bool:
    """Whether an item is a maximum or minimum over something."""
    return item.kind == "fn" and item.value in OVER and item.sub is not None


def names_of(item: Item) -> set[str]:
    """The letters over which a maximum runs."""
    sides = [] if item.sub is None else [piece.sides[0] for piece in seen_in(item.sub).pieces]
    return {side.lone.value for side in sides if side is not None and side.lone is not None}


def named_in(terms: list[tuple[str, list[Item], int]], names: set[str]) -> bool:
    """Whether one of the letters stands in terms, where these do not bind it in their turn."""
    for _, items, pos in terms:
        end = next((k for k, item in enumerate(items) if item.sub is not None and binds(item, names)), len(items))
        shown = Content(Piece(Expr("", items[:end], pos)))
        if any(part.value in names and part.kind == "sym" for part in every(shown)):
            return True
    return False


def binds(item: Item, names: set[str]) -> bool:
    """Whether one of the letters stands first below a maximum, a sum or an expectation."""
    symbol = nucleus(item)
    drawing = symbol is not None and symbol.name in (*table.EXPECTATIONS, *table.DRAWING)
    return (drawing or item.kind in ("fn", "big")) and bool(names_of(item) & names)
