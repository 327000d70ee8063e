r"""Sets by their condition, \{ i : A_i > 0 \}: a definition of one is read, so that every symbol is accounted for.

What then uses the set has no verdict.
"""

from __future__ import annotations

from ...language import Neg, Node, Num, Scope, Var, plus
from ...language.formal import Formal
from ..constructs.formal import bind_formally, listed_names
from ..constructs.terms import TermBuilder
from ..parsing.naming import spelled
from ..parsing.surface import Expr, Item, unwrap
from ..read_error import Fault

SUCH_THAT = (":", "|")
CONDITIONS = {">": ">", "<": "<", "≥": r"\geq", "≤": r"\leq", "=": "=", "≠": r"\neq"}


def set_by_condition(builder: TermBuilder, right: Expr | None) -> Node | None:
    r"""The set \{ i : A_i > 0 \} that a right side is; None for anything else."""
    item = None if right is None else right.lone
    if item is None or item.kind != "group" or item.value != r"\{" or not item.plain or item.body is None \
            or item.body.seps[:1] == [] or item.body.seps[0][0] not in SUCH_THAT:
        return None
    member, *conditions = item.body.pieces
    if len(conditions) != 1 or len(conditions[0].rels) != 1 or conditions[0].rels[0][0] not in CONDITIONS:
        raise Fault("a set is written { i : A_i > 0 }, with one comparison", item.pos)
    shown = "@1"
    if member.rels:
        of = member.sides[1].lone if [rel for rel, _ in member.rels] == ["∈"] and member.sides[1] is not None else None
        if of is None:
            raise Fault(r"the members of a set are written i or i \in [G]", member.pos)
        shown += rf" \in {spelled(of)}"
    with builder.opened():
        if member.sides[0] is None:
            raise Fault("the members of a set are missing", item.pos)
        variables = [bound(builder, one) for one in listed_names(builder, member.sides[0])]
        left, right_side = (builder.expression(side, conditions[0].pos) for side in conditions[0].sides)
    body = left if right_side == Num(0) else builder.built(plus, left, Neg(right_side), pos=item.pos)
    if len(variables) > 1:
        shown = "(" + ", ".join(f"@{place}" for place in range(1, len(variables) + 1)) + ")" + shown[2:]
    for var in reversed(variables):
        body = Scope.close(var, body)
    layout = rf"\{{ {shown} : #1 {CONDITIONS[conditions[0].rels[0][0]]} 0 \}}"
    found: Node = builder.built(Formal, layout, "scalar", body, pos=item.pos)
    return found


def bound(builder: TermBuilder, item: Item) -> Var:
    """The variable that names the members of a set: an index, or a state or an action."""
    lone = unwrap(item)
    sort = builder.facts.sorts.get(lone.value, "")
    if lone.kind != "sym" or sort not in ("index", "token"):
        return bind_formally(builder, item)
    var = Var(spelled(lone), sort)
    builder.bound[var.name] = var
    return var
