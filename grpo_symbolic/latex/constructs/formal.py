r"""Reading what the language has no rule for: \arg\max, sums from t, laws of several steps."""

from __future__ import annotations

from sympy import Basic

from ...language import (
    Node,
    Var,
    sort_of,
)
from ..notation import priors as table
from ..parsing.naming import label, nucleus, rendered, script, spelled
from ..parsing.surface import Content, Expr, Item, Piece, unwrap
from ..read_error import Fault, Malformed
from .builder import Builder
from .policies import read_conditioned, read_contexts, read_policy
from .variables import read_elements


def bind_formally(builder: Builder, item: Item) -> Var:
    """The variable that a formal binder binds: an action or a state, whatever its name."""
    item = unwrap(item)
    if item.kind != "sym" or item.sup is not None:
        raise Fault("a variable is needed here", item.pos)
    sort = builder.facts.sorts.get(item.value, "action")
    var = Var(spelled(item), sort if sort == "state" else "action")
    builder.bind(var)
    return var


def listed_names(builder: Builder, expr: Expr) -> list[Item]:
    """The variables on the left of a draw."""
    items = expr.terms[0][1]
    lone = unwrap(items[0])
    if len(items) != 1 or len(expr.terms) > 1 or expr.terms[0][0]:
        raise Fault("one variable, or several between commas, stand before ∼", expr.pos)
    if lone.kind == "group" and lone.value == "(" and lone.plain and lone.body is not None:
        return [item for piece in lone.body.pieces if piece.only is not None
                for item in listed_names(builder, piece.only)]
    return [lone]


def read_formal_expectation(builder: Builder, content: Content, items: list[Item], p: int) -> tuple[Node, int]:
    r"""\mathbb{E}_{…}[…] under a law that has no node; without brackets it reaches up to the next + or −."""
    pos = items[p].pos
    if p + 1 == len(items):
        raise Malformed("an expectation of nothing", pos)
    group = items[p + 1] if items[p + 1].kind == "group" and items[p + 1].body is not None else None
    variables: list[Var] = []
    laws: list[Basic] = []
    text, pending = "", 0
    for place, piece in enumerate(content.pieces):
        sides = piece.sides
        if sides[0] is None or len(piece.rels) > 1 or piece.rels and (piece.rels[0][0] != "∼" or sides[1] is None):
            raise Fault("an expectation draws variables from laws: E_{a ∼ π}", pos)
        for item in listed_names(builder, sides[0]):
            variables.append(bind_formally(builder, item))
            text += (", " if len(variables) > 1 else "") + f"@{len(variables)}"
            pending += 1
        if piece.rels and sides[1] is not None:
            text += r" \sim " + read_formal_law(builder, sides[1], laws, 2)
            pending = 0
        elif place + 1 == len(content.pieces):
            raise Fault(f"no law is named for {variables[-1].name}", pos)
    if group is None or group.body is None:
        body, given = builder.term(items[p + 1:]), ()
    else:
        body, given = read_given(builder, group.body, group.pos)
    shown = ", ".join(f"#{len(laws) + 2 + k}" for k in range(len(given)))
    layout = rf"\mathbb{{E}}_{{{text}}}\left[ #1{' | ' + shown if shown else ''} \right]"
    found = builder.formal(layout, variables, body, *laws, *given, pos=pos)
    return (found, len(items)) if group is None else (builder.raised(found, group.sup), p + 2)


def read_formal_law(builder: Builder, law: Expr, laws: list[Basic], first: int) -> str:
    """The layout of a law; its policy and what it is conditioned on are arguments."""
    items = law.terms[0][1]
    symbol = nucleus(items[0])
    if len(law.terms) > 1 or law.terms[0][0] or symbol is None or len(items) > 2:
        raise Fault("a law stands after ∼", law.pos)
    if symbol.letter == table.POLICY:
        laws.append(read_policy(builder, symbol)[0])
        text = f"#{first + len(laws) - 1}"
    else:
        text = spelled(items[0])
        if r"\theta" in text or r"\pi" in text:
            raise Fault(rf"whether the law {text} moves with \theta is not said, and laws that do cannot be said",
                        law.pos)
    if len(items) == 2 and items[1].body is not None:
        _, rest, _ = read_conditioned(builder, items[1].body)
        given = read_contexts(builder, rest)
        places = ", ".join(f"#{first + len(laws) + k}" for k in range(len(given)))
        laws += given
        text += rf"(\cdot|{places})" if given else r"(\cdot)"
    return text


def read_given(builder: Builder, content: Content, pos: int) -> tuple[Node, tuple[Basic, ...]]:
    """The body of an expectation and what stands after its bar."""
    bars = [k for k, (sign, _) in enumerate(content.seps) if sign == "|"]
    if not bars:
        return builder.inside(content, pos), ()
    if bars[0] != 0 or len(bars) > 1:
        raise Fault("one expression stands before the condition of an expectation", content.seps[bars[0]][1])
    return builder.expression(content.pieces[0].only, pos), read_contexts(builder, content.pieces[1:])


def read_argmax(builder: Builder, items: list[Item], p: int) -> tuple[Node, int]:
    r"""\arg\max_θ of the rest of the product, under the constraints printed after "such that"."""
    item = items[p]
    if item.value == "arg":
        p += 1
        if p == len(items) or items[p].kind != "fn" or items[p].value not in ("max", "min"):
            raise Fault(r"\arg stands before \max or \min", item.pos)
    sign = items[p]
    if sign.sub is None or p + 1 == len(items):
        raise Fault(r"\arg\max needs what it runs over and what it maximises", sign.pos)
    body = builder.term(items[p + 1:])
    layout = rf"\arg\{sign.value[-3:]}_{script(label(sign.sub))}"
    return constrained(builder, layout, body, item.pos, "vector"), len(items)


def constrained(builder: Builder, sign: str, body: Node, pos: int, shape: str = "") -> Node:
    """A maximum of an expression under the constraints printed after "such that"."""
    sides = read_constraints(builder)
    conditions = ", ".join(rf"#{k + 2} \leq #{k + 3}" for k in range(0, len(sides), 2))
    layout = f"{sign} #1" + (rf" \quad \text{{s.t.}} \quad {conditions}" if sides else "")
    found: Node = builder.formal(layout, [], body, *sides, shape=shape, pos=pos)
    return found


def read_constraints(builder: Builder) -> list[Node]:
    """The smaller and the larger side of each constraint printed after "such that"."""
    sides: list[Node] = []
    constraints, builder.constraints = builder.constraints, []
    for piece in constraints:
        if len(piece.rels) != 1 or piece.rels[0][0] not in ("≤", "≥", "<", ">"):
            raise Fault("a constraint is one inequality", piece.pos)
        left, right = (builder.expression(side, piece.pos) for side in piece.sides)
        sides += [left, right] if piece.rels[0][0] in ("≤", "<") else [right, left]
    return sides


def read_formal_sum(builder: Builder, sign: str, var: Var, lower: Basic | None, upper: Basic | None, found: str,
                    rest: list[Item], pos: int) -> Node:
    """A sum from another index on, or over a set that is not that of the actions."""
    with builder.opened():
        builder.bound[var.name] = var
        body = builder.term(rest)
    if lower is None or upper is None:
        return builder.formal(rf"{sign}_{{@1 \in {found}}} #1", [var], body, pos=pos)
    return builder.formal(rf"{sign}_{{@1=#2}}^{{#3}} #1", [var], body, lower, upper, pos=pos)


def read_formal_integral(builder: Builder, content: Content, rest: list[Item], pos: int) -> Node:
    """An integral over several variables at once, states among them."""
    with builder.opened():
        variables = []
        for piece in content.pieces:
            if piece.only is None or piece.only.lone is None:
                raise Fault("an integral runs over variables", pos)
            variables.append(bind_formally(builder, piece.only.lone))
        body = builder.term(rest)
    names = ", ".join(f"@{k + 1}" for k in range(len(variables)))
    return builder.formal(rf"\int_{{{names}}} #1", variables, body, pos=pos)


def read_at_point(builder: Builder, node: Node, piece: Piece, pos: int) -> Node:
    """A node at another point than θ_old."""
    text = rendered(Content(piece))
    if sort_of(node) != "expression" or r"\theta" not in text:
        raise Fault(r"an evaluation bar reads \theta = \theta_{\text{old}}", pos)
    return builder.formal(rf"\left. #1 \right|_{{{text}}}", [], node, pos=pos)


def read_formal_statistic(builder: Builder, item: Item, group: Item) -> Node:
    """A mean or spread over several indices."""
    assert item.sub is not None
    assert group.body is not None
    with builder.opened():
        variables = [Var(spelled(unwrap(element)), "index") for _, element in read_elements(builder, item.sub)]
        builder.bound.update({var.name: var for var in variables})
        body = builder.inside(group.body, group.pos)
    names = ",".join(f"@{k + 1}" for k in range(len(variables)))
    return builder.formal(rf"\text{{{item.value}}}_{{{names}}}(#1)", variables, body,
                          pos=item.pos)
