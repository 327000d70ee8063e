r"""Reading maxima and minima over θ, actions, states and laws: \max_\theta, \max_a, \min_{s \in \mathcal{S}}."""

from __future__ import annotations

import re

from sympy import Basic

from ...language import (
    ALL,
    NONE,
    App,
    Head,
    Largest,
    Maximum,
    Neg,
    Node,
    Optimum,
    Policy,
    Scope,
    Smallest,
    Var,
    decided,
    expand,
    maximiser,
    mentions,
    rewrite,
)
from ..kinds.kinds import INDEXING
from ..kinds.numbering import range_of, single
from ..notation import priors as table
from ..parsing.naming import label, nucleus, script, spelled
from ..parsing.surface import Content, Expr, Item, Piece, content_of, seen_in, unwrap
from ..read_error import Fault, Malformed
from ..spelling.indexed import every
from .builder import Builder
from .formal import constrained, read_constraints
from .policies import read_policy
from .ranges import read_range, sort_of_range, whole_range
from .variables import point_of

OVER = {"max": Largest, "min": Smallest, "sup": Largest, "inf": Smallest}
SETS = {"action": table.ACTION_SETS, "state": frozenset((table.STATE_SET,))}


def read_maximum(builder: Builder, items: list[Item], p: int) -> tuple[Node, int]:
    """max or min of the rest of the product, of θ under the constraints printed after "such that"."""
    item = items[p]
    assert item.sub is not None
    if p + 1 == len(items):
        raise Malformed(rf"\{item.value} of nothing", item.pos)
    refuse_open_product(item, items[p + 1:])
    if item.value == "max" and point_of(builder, item.sub) == "current":
        objective = builder.term(items[p + 1:])
        return builder.built(Maximum, objective, *read_constraints(builder), pos=item.pos), len(items)
    if (policy := over_laws(builder, item)) is not None:
        return read_optimum(builder, item, policy, items[p + 1:]), len(items)
    with builder.opened():
        ranges = [read_over(builder, one) for one in single(item, False)]
        node = builder.term(items[p + 1:])
    for var, upper in reversed(ranges):
        node = builder.built(OVER[item.value], Scope.close(var, node), *upper, pos=item.pos)
    return node, len(items)


def refuse_open_product(item: Item, rest: list[Item]) -> None:
    r"""Refuse a product with a sign or another operator in it: how much a maximum is of is not said. Raises Fault.

    What begins with an operator is of all that follows, as \max_s \min_a Q(s,a).
    """
    factors = [one for one in rest if not (one.kind == "group" and one.value in ("(", "["))]
    if not factors or operates(factors[0]):
        return
    if any(operates(one) or one.kind in ("op", "any") for one in factors[1:]):
        raise Fault(f"how much of this product \\{item.value} is of is not said: put that in brackets", item.pos)


def operates(item: Item) -> bool:
    """Whether an item is a sum, a maximum or an expectation."""
    symbol = nucleus(item)
    return item.kind == "big" or item.kind == "fn" and item.value in OVER or \
        symbol is not None and symbol.name in table.EXPECTATIONS


def over_laws(builder: Builder, item: Item) -> Policy | None:
    """The policy or law over which a maximum runs, None where it runs over anything else."""
    assert item.sub is not None
    lone = content_of(unwrap(item.sub)).lone
    symbol = None if lone is None else nucleus(unwrap(lone))
    if symbol is None or symbol.letter != table.POLICY and symbol.name not in builder.facts.laws:
        return None
    policy, context = read_policy(builder, symbol)
    return None if context else policy


def read_optimum(builder: Builder, item: Item, policy: Policy, rest: list[Item]) -> Node:
    """The largest or smallest value over all laws, which is formal where the objective does not decide it."""
    objective = builder.term(rest)
    least = OVER[item.value] is Smallest
    whole = expand(objective, builder.environment.definitions)
    refuse_hidden(builder, objective, policy, item.pos)
    if not builder.constraints and (of_policy := as_argument(whole, policy)) is not None:
        found: Node = builder.built(OVER[item.value], of_policy, pos=item.pos)
        return found
    turned = Neg(whole) if least else whole
    if builder.constraints or policy.point != "constant" or decided(policy, turned) is None:
        sign = rf"\{item.value}_" + ("" if item.sub is None else script(label(item.sub)))
        return constrained(builder, sign, objective, item.pos)
    found = builder.built(Optimum, policy, turned, pos=item.pos)
    return Neg(found) if least else found


def as_argument(objective: Node, policy: Policy) -> Scope | None:
    """An objective as one of a policy, which stands in it as an argument of functions only; else None."""
    var, place = Var(policy.name, "action"), re.compile(rf"(?<=[(, ]){re.escape(policy.name)}(?=[,)])")

    def taken(part: Basic) -> Basic | None:
        if not isinstance(part, App) or not place.search(part.head.layout):
            return None
        layout = place.sub(f"#{len(part.params) + 1}", part.head.layout, count=1)
        return App(Head(layout, *part.head.args[1:]), *part.params, var)

    found = rewrite(objective, taken)
    return None if found == objective or mentions(found, policy) else Scope.close(var, found)


def read_maximiser(builder: Builder, expr: Expr) -> tuple[tuple[Basic, ...], Scope] | None:
    r"""What \arg\max_\pi of an objective is, as a law: its context, and its probabilities; None for anything else."""
    expr = widened(builder, expr)
    sign, items, _ = expr.terms[0]
    start = 1 if items[0].value == "arg" and len(items) > 1 else 0
    if len(expr.terms) > 1 or sign or items[0].kind != "fn" or not items[0].value.startswith("arg") or \
            not runs(items[start]) or start + 1 == len(items) or builder.constraints:
        return None
    policy = over_laws(builder, items[start])
    if policy is None or policy.point != "constant":
        return None
    objective = builder.term(items[start + 1:])
    refuse_hidden(builder, objective, policy, items[start].pos)
    whole = expand(objective, builder.environment.definitions)
    for item in items[:start + 1]:
        item.taken = True
    return maximiser(policy, Neg(whole) if items[start].value.endswith(("min", "inf")) else whole)


def refuse_hidden(builder: Builder, objective: Node, policy: Policy, pos: int) -> None:
    """Refuse what is defined by a policy over which a maximum runs, and does not show it."""
    for definition in builder.environment.used_by([objective]):
        layout = policy.name if definition.head is None else definition.head.layout
        if policy.name not in layout and mentions(definition.rhs, policy):
            raise Fault(f"{layout.partition('(')[0]} is defined by {policy.name}, over which this runs: whether it is "
                        "another one there is not said", pos)


def read_over(builder: Builder, item: Item) -> tuple[Var, tuple[Basic, ...]]:
    """One variable over which a maximum runs, which is bound from here on, and the end of a range of indices."""
    assert item.sub is not None
    content = content_of(unwrap(item.sub))
    piece = content.pieces[0]
    first = piece.sides[0]
    lone = None if first is None or first.lone is None else unwrap(first.lone)
    sort = "" if lone is None or lone.sup is not None else sort_of_letter(builder, lone.value)
    rels = [rel for rel, _ in piece.rels]
    apart = lone is not None and [[rel for rel, _ in one.rels] for one in content.pieces[1:]] in ([], [["≠"]])
    if apart and lone is not None and (sort in ("index", "token") or rels in (["="], ["≠"]) and sort not in SETS):
        bare = not rels and item.sup is None and sort == "index"
        return read_numbered(builder, item, spelled(lone) if bare else "")
    over = piece.sides[1].lone if rels == ["∈"] and piece.sides[1] is not None else None
    within = over is not None and spelled(unwrap(over)) in SETS.get(sort, ())
    if len(content.pieces) > 1 or lone is None or sort not in SETS or rels and not within or item.sup is not None:
        raise nameless(item)
    var = Var(spelled(lone), sort)
    builder.bind(var)
    return var, ()


def read_numbered(builder: Builder, item: Item, bare: str) -> tuple[Var, tuple[Basic, ...]]:
    """An index or a step over which a maximum runs, and its range, which is that of the group for a ``bare`` letter."""
    if item.sup is not None and unwrap(item.sup).value == r"\infty":
        raise nameless(item)
    if bare:
        var, excluded = Var(bare, sort_of_range(builder, bare, item)), NONE
        upper: Basic = whole_range(builder, bare, item, False)
    else:
        var, upper, excluded = read_range(builder, item, f"\\{item.value}")
    if upper == ALL:
        raise nameless(item)
    builder.bound[var.name] = var
    builder.spans = {**builder.spans, var: upper}
    builder.raises[var] = builder.facts.numbering.offset(range_of(builder.text, item, var.name)) or 0
    builder.summed.setdefault(var.name, item.pos)
    return var, (upper,) if excluded == NONE else (upper, excluded)


def nameless(item: Item) -> Fault:
    """The refusal of what a maximum runs over."""
    return Fault(rf"\{item.value} over {label(item.sub) if item.sub is not None else ''} cannot be said: it runs over "
                 r"\theta, actions, states, or indices or steps from one to another", item.pos)


def sort_of_letter(builder: Builder, letter: str) -> str:
    """The sort of what a maximum runs over: one that nothing else tells is an action where functions are of it, and an
    index where it stands in subscripts only."""
    uses = {use for name, use in builder.facts.evidence if name == letter}
    if "argument" in uses and "number" not in uses:
        return builder.facts.sorts.get(letter, "action")
    return builder.facts.sorts.get(letter, "index" if "subscript" in uses <= INDEXING else "")


def widened(builder: Builder, expr: Expr) -> Expr:
    """An expression in which a maximum also holds the terms after it that name what it runs over.

    It ends at the next + or − by custom; a variable that stands behind that may yet be its own.
    """
    for place, (sign, items, pos) in enumerate(expr.terms[:-1]):
        start = next((k for k, item in enumerate(items) if runs(item)), None)
        if start is None:
            continue
        own, later = [("", items[start + 1:], pos)], expr.terms[place + 1:]
        if not own[0][1]:  # of what has a sign of its own, \max_a -f(a), the sign is the first thing
            own, later = later[:1], later[1:]
        further = bool(later) and named_in(later, names_of(items[start])) and reaches(builder, items[start])
        if further or own[0][0]:
            taken, left = (own + later, []) if further else (own, later)
            found = Expr(sign, [*items[:start + 1], bracketed(taken)], pos)
            found.terms = [*expr.terms[:place], *found.terms, *left]
            return found
    return expr


def reaches(builder: Builder, item: Item) -> bool:
    """Whether a maximum holds the later terms that name what it runs over: one over laws does."""
    names = ", ".join(sorted(names_of(item)))
    options = "it ends at the next + or −", "it ends with the expression"
    return over_laws(builder, item) is not None or bool(builder.choose(
        f"this runs over {names}, which stands after the next + or −, too: write brackets",
        f"where the maximum over {names} ends", options, item.pos))


def bracketed(terms: list[tuple[str, list[Item], int]]) -> Item:
    """Terms in a bracket."""
    first, last = terms[0][1][0], terms[-1][1][-1]
    held = Expr("", terms[0][1], first.pos)
    held.terms = terms
    return Item("group", "(", first.pos, last.end, Content(Piece(held)))


def runs(item: Item) -> bool:
    """Whether an item is a maximum or minimum over something."""
    return item.kind == "fn" and item.value.removeprefix("arg") in OVER and item.sub is not None


def names_of(item: Item) -> set[str]:
    """The letters over which a maximum runs."""
    sides = [] if item.sub is None else [piece.sides[0] for piece in seen_in(item.sub).pieces]
    return {side.lone.value for side in sides if side is not None and side.lone is not None}


def named_in(terms: list[tuple[str, list[Item], int]], names: set[str]) -> bool:
    """Whether one of the letters stands in terms, where these do not bind it in their turn."""
    for _, items, pos in terms:
        end = next((k for k, item in enumerate(items) if item.sub is not None and binds(item, names)), len(items))
        shown = Content(Piece(Expr("", items[:end], pos)))
        if any(part.kind == "sym" and part.value in names and (part.value != table.POLICY or part.sub is None)
               for part in every(shown)):
            return True
    return False


def binds(item: Item, names: set[str]) -> bool:
    """Whether one of the letters stands first below a maximum, a sum or an expectation."""
    symbol = nucleus(item)
    drawing = symbol is not None and symbol.name in (*table.EXPECTATIONS, *table.DRAWING)
    return (drawing or item.kind in ("fn", "big")) and bool(names_of(item) & names)
