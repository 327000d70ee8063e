r"""Where a step of a path leads, P(s_{t+1}|s_t,a_t), and the probability of a whole path, P(\tau|\theta)."""

from __future__ import annotations

from sympy import Basic

from ...language import After, Head, Node, Prefix, Prob, TokenOf, Transition
from ..notation import priors as table
from ..parsing.naming import Nucleus, nucleus, spelled
from ..parsing.surface import Content, Expr, Item, unwrap
from ..read_error import Fault
from .builder import Builder
from .one_law import MOVES, one_name
from .uses import Use
from .variables import point_of

LETTERS = frozenset(("P", "p"))


def next_state(builder: Builder, name: str, after: After, context: tuple[Basic, ...], pos: int) -> Node:
    """The probability of the state after a step, given the state and the action of the step. Raises Fault."""
    path, step = after.args
    given = Prefix(path, step), TokenOf(path, step)
    if set(context) != set(given) or len(context) != 2:
        raise Fault("the state after a step follows from the state and the action of that step: write "
                    r"P(s_{t+1}|s_t,a_t)", pos)
    one_name(builder.one_law, MOVES, name, pos)
    found: Node = builder.built(Prob, Transition(*given), after, pos=pos)
    return found


def law_of_path(builder: Builder, symbol: Nucleus, body: Content | None) -> Use | None:
    r"""How the probability of a path is used that is given a policy, or the parameter beside steps; else None."""
    plain = symbol.letter in LETTERS and symbol.item.plain
    if body is None or not plain or [sign for sign, _ in body.seps] != ["|"]:
        return None
    path, given = (None if piece.only is None else piece.only.lone for piece in body.pieces)
    if path is None or given is None or path.kind != "sym" or path.value != table.TRAJECTORY or not path.plain:
        return None
    policy = nucleus(given)
    stepped = "token" in builder.facts.sorts.values()
    of_policy = policy is not None and policy.letter == table.POLICY
    if not of_policy and not (stepped and point_of(builder, given) == "current"):
        return None
    shown = spelled(unwrap(given))
    path.taken = given.taken = unwrap(given).taken = True
    var = builder.named(table.TRAJECTORY, "action", path.pos)
    layout = f"{symbol.name}(#1|{shown})"
    return Use(layout, symbol.name, symbol, (var,), r"\theta" in shown, brackets=True, pos=symbol.item.pos)


def new_law_of_path(builder: Builder, left: Expr) -> Use | None:
    """The probability of a path that stands alone on the left of a definition, and is defined nowhere before."""
    items: list[Item] = left.terms[0][1]
    symbol = nucleus(items[0])
    if len(left.terms) > 1 or left.terms[0][0] or len(items) != 2 or symbol is None or items[1].value != "(":
        return None
    use = law_of_path(builder, symbol, items[1].body)
    return None if use is None or use.layout in builder.environment.names else use


def probability_of_path(builder: Builder, use: Use) -> Node:
    """The probability of a path, by its definition if there is one."""
    named = builder.environment.names.get(use.layout)
    found: Node = (Head(use.layout, use.theta) if named is None else named.head)(*use.printed)
    return found
