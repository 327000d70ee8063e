r"""Reading means and spreads over the group, indicators and cases."""

from __future__ import annotations

from collections.abc import Iterator

from sympy.core.symbol import Str

from ...language import (
    App,
    GroupMean,
    GroupSpread,
    Head,
    Indicator,
    Neg,
    Node,
    Num,
    Same,
    Sample,
    Scope,
    Var,
    plus,
    rewrite,
    sort_of,
    times,
)
from ..notation import priors as table
from ..parsing.naming import Nucleus, label, rendered, spelled, word
from ..parsing.surface import Content, Expr, Item, Piece, content_of, unwrap
from ..read_error import Ambiguous, Fault, Malformed
from .builder import Builder
from .formal import read_formal_statistic
from .partition import Meeting, partition
from .variables import read_variable

MATCHED = frozenset(("action", "state", "index"))
COMPARISONS = ("=", "≤", "≥", "<", ">")
# What stands between the value and the first condition of a case, each at most once and in this order.
AHEAD = ("", ",", "&", "if", "for")


def read_statistic(builder: Builder, meaning: str, item: Item, group: Item) -> Node:
    """mean or std of something over the group."""
    body, make = group.body, GroupMean if meaning == "mean" else GroupSpread
    assert body is not None
    lone = body.lone
    inner = None if lone is None else unwrap(lone)
    if group.value == r"\{" and not group.plain:
        inner, lone = group, group
    name = ""
    if item.sub is not None and len(content_of(item.sub).pieces) > 1:
        return read_formal_statistic(builder, item, group)
    if item.sub is not None:
        name = spelled(unwrap(item.sub))
        content = body
    elif inner is not None and inner.kind == "group" and inner.value == r"\{" and inner.body is not None:
        if inner.sub is not None:
            name = range_of_set(builder, inner)
            content = inner.body
        else:
            return read_statistic(builder, meaning, item, inner)
    elif inner is not None and inner.kind == "cmd" and inner.value in (r"\mathbf", r"\boldsymbol", r"\bm"):
        letter = unwrap(inner.args[0]).copy()
        name = letter.value and "i"
        letter.sub = Item("sym", name, inner.pos, inner.end)
        content = content_of(Item("group", "brace", inner.pos, inner.end, Content(Piece(Expr("", [letter],
                                                                                              inner.pos)))))
    elif any(side.lone is not None and side.lone.kind == "dots" for piece in body.pieces
             if (side := piece.only) is not None):
        member, name = read_family(builder, body, group)
        content = Content(Piece(member))
    else:
        raise Fault(rf"say what the {item.value} runs over: \{{x_i\}}_{{i=1}}^G, or x_1, \ldots, x_G", group.pos)
    if builder.facts.sorts.get(name[:1], "index") != "index" and name:
        raise Fault(f"a {item.value} runs over a group index", group.pos)
    var = Var(name, "index")
    with builder.opened():
        builder.bound[name] = var
        node = builder.inside(content, group.pos)
    return builder.built(make, Scope.close(var, node), pos=item.pos)


def range_of_set(builder: Builder, group: Item) -> str:
    """The index of {x_i}_{i=1}^G."""
    assert group.sub is not None
    piece = content_of(group.sub).pieces[0]
    sides = ["" if side is None or side.lone is None else spelled(side.lone) for side in piece.sides]
    if [rel for rel, _ in piece.rels] == ["="] and sides[1] == "1" and group.sup is not None \
            and label(group.sup) == "G":
        return sides[0]
    if not piece.rels and group.sup is None and sides[0]:
        return sides[0]
    raise Fault(r"a group is written \{x_i\}_{i=1}^G", group.pos)


def read_family(builder: Builder, body: Content, group: Item) -> tuple[Expr, str]:
    """x_i from x_1, …, x_G: the last member with its G made an index, and that index."""
    sides = [piece.only for piece in body.pieces]
    dots = next(k for k, side in enumerate(sides) if side is not None and side.lone is not None
                and side.lone.kind == "dots")
    last = sides[-1]
    if any(sign != "," for sign, _ in body.seps):
        raise Fault("a family is listed with commas", body.seps[0][1])
    if last is not None and 0 < dots == len(sides) - 2:
        name = next((name for name in "ijmn" if name not in shown(last)), "i")
        member = with_index(last, "G", name)
        starts = [with_index(last, "G", str(k)) for k in range(1, dots + 1)]
        if member is not None and [start and shown(start) for start in starts] == [
                side and shown(side) for side in sides[:dots]]:
            return member, name
    raise Fault(r"a family is written x_1, \ldots, x_G", group.pos)


def holds_relation(builder: Builder, group: Item) -> bool:
    """Whether a bracket holds a comparison, or a condition in words."""
    return group.body is not None and group.value in ("[", "(", r"\{", "brace") and (
        bool(group.body.pieces[0].rels) or said_of(group.body.only) is not None)


def compares(builder: Builder, symbol: Nucleus) -> bool:
    r"""Whether a symbol is an indicator that has its comparison below, \mathbb{1}_{x > 0}."""
    sub = symbol.item.sub
    return symbol.name in table.INDICATORS and sub is not None and bool(content_of(sub).pieces[0].rels)


def read_indicator(builder: Builder, group: Item) -> Node:
    """1[c], a product where the comparison is a chain."""
    assert group.body is not None
    if len(group.body.pieces) > 1:
        raise Fault("an indicator holds one comparison", group.body.seps[0][1])
    return builder.raised(read_condition(builder, group.body.pieces[0], group.pos), group.sup)


def read_condition(builder: Builder, piece: Piece, pos: int) -> Node:
    """The indicator of a comparison."""
    if (said := said_of(piece.only)) is not None and (variable := read_variable(builder, said[0])) is not None:
        head = Head(rf"\mathbf{{1}}[#1 \text{{ {said[1]}}}]", sign="nonnegative")
        return builder.built(App, head, variable, pos=pos)
    if not piece.rels:
        raise Fault("a condition must be a comparison", piece.pos if piece.pos >= 0 else pos)
    if (matched := read_match(builder, piece)) is not None:
        return matched
    sides = [builder.expression(side, pos) for side in piece.sides]
    found = []
    for place, (rel, where) in enumerate(piece.rels):
        if rel not in COMPARISONS:
            raise Fault(f"the sign {rel} is no comparison", where)
        found.append(builder.built(Indicator, Str(rel), sides[place], sides[place + 1], pos=where))
    return builder.built(times, *found, pos=pos)


def read_match(builder: Builder, piece: Piece) -> Node | None:
    """The indicator of a = b or a ≠ b for two variables; None for any other comparison."""
    lone = [None if side is None else side.lone for side in piece.sides]
    if len(lone) != 2 or lone[0] is None or lone[1] is None or piece.rels[0][0] not in ("=", "≠"):
        return None
    items = [unwrap(item) for item in lone if item is not None]
    sort = next((sort_of(part) for item in items if (part := read_variable(builder, item)) is not None), "")
    compared = [read_variable(builder, item, sort if unused(builder, item) else "") for item in items]
    found = [part for part in compared if isinstance(part, (Var, Sample))]
    if len(found) < 2 or sort not in MATCHED or {sort_of(part) for part in found} != {sort}:
        return None
    same = builder.built(Same, *found, pos=piece.pos)
    return same if piece.rels[0][0] == "=" else builder.built(plus, Num(1), Neg(same), pos=piece.pos)


def unused(builder: Builder, item: Item) -> bool:
    """Whether a letter stands in comparisons of variables alone, which leave its sort to the other side."""
    uses = {use for letter, use in builder.facts.evidence if letter == item.value}
    return item.kind == "sym" and all(use.startswith("matched") for use in uses)


def read_cases(builder: Builder, item: Item) -> Node:
    """Σ of value · 1[condition]; ``otherwise`` is where no condition above holds.

    Raises Fault where rows meet and differ, or leave a place open.
    """
    body = item.body
    assert body is not None
    if item.value == "half":
        inner = body.lone
        if inner is None or inner.value != "array" or inner.body is None:
            raise Malformed("a brace that is closed by nothing holds cases", item.pos)
        body = inner.body
    values: list[Node] = []
    where: list[Node] = []
    last: list[Node] = []
    for first, conditions in rows_of(body):
        value = builder.expression(first.only, item.pos)
        lone = conditions[0].only.lone if len(conditions) == 1 and conditions[0].only is not None else None
        if last:
            raise Fault("a case after “otherwise” never holds", item.pos)
        if lone is not None and word(lone) in ("otherwise", "else"):
            last.append(value)
            continue
        values.append(value)
        held = [read_condition(builder, piece, item.pos) for piece in conditions]
        where.append(builder.built(times, *held, pos=item.pos))
    found = partition(where)
    if found.open and not last:
        raise Fault("these cases leave a place open: write what holds “otherwise”", item.pos)
    for meeting in found.meetings:
        refuse_clash(builder, values, meeting, item.pos)
    others = [plus(Num(1), Neg(holds)) for holds in where]
    terms = [builder.built(times, value, holds, *(others[:k] if found.meetings else ()), pos=item.pos)
             for k, (value, holds) in enumerate(zip(values, where, strict=True))]
    terms += [builder.built(times, value, *others, pos=item.pos) for value in last]
    return builder.built(plus, *terms, pos=item.pos)


def refuse_clash(builder: Builder, values: list[Node], meeting: Meeting, pos: int) -> None:
    """Refuse rows that hold at once and are not shown to say the same there."""
    from ..names.meaning import DIFFERENT, same_meaning

    one, other = (rewrite(values[row], lambda part: meeting.there.get(part)) for row in meeting.rows)
    if same_meaning(one, other, builder.environment.definitions) == DIFFERENT:
        raise Ambiguous("two cases hold at once, where the sides of their conditions are equal or elsewhere, and "
                        "may differ there: write < or > in one, or “otherwise”", pos)


def rows_of(body: Content) -> Iterator[tuple[Piece, list[Piece]]]:
    """The value and the conditions of each row of cases; raises Fault for a sign that has no meaning there."""
    rows: list[list[tuple[str, Piece, int]]] = [[("", body.pieces[0], body.pos)]]
    for (sign, pos), piece in zip(body.seps, body.pieces[1:], strict=True):
        if sign == r"\\":
            rows.append([])
        rows[-1].append((sign, piece, pos))
    for (_, value, start), *rest in rows:
        if value.empty and not rest:
            continue
        before, conditions = "", list[Piece]()
        for sign, piece, pos in rest:
            if sign not in ((",", "and") if conditions else AHEAD[AHEAD.index(before) + 1:]):
                raise Fault(f"the sign {sign} has no meaning in cases", pos)
            before = sign
            if not piece.empty:
                conditions.append(piece)
            elif conditions:
                raise Malformed("a condition is missing after this sign", pos)
        if value.empty or not conditions:
            raise Fault("a case needs its value and its condition", max(start, 0))
        yield value, conditions


def said_of(expr: Expr | None) -> tuple[Item, str] | None:
    """A symbol and what words say of it, "y is desirable"."""
    items = expr.terms[0][1] if expr is not None and len(expr.terms) == 1 else []
    if len(items) != 2 or items[1].kind != "text" or not items[1].plain or not items[1].value.startswith("is "):
        return None
    items[1].taken = True
    return items[0], items[1].value


def shown(expr: Expr) -> str:
    """Canonical LaTeX of an expression of symbols."""
    return rendered(Content(Piece(expr)))


def with_index(expr: Expr, old: str, new: str) -> Expr | None:
    """An expression in which one symbol is exchanged for another in every script, None where it is in none."""
    part = Item("num" if new.isdigit() else "sym", new, expr.pos, expr.pos)
    found: list[Item] = []

    def exchanged(item: Item, scripted: bool) -> Item:
        if scripted and item.kind == "sym" and item.plain and item.value == old:
            found.append(item)
            return part
        twin = item.copy()
        twin.sub, twin.sup = (script and exchanged(script, True) for script in (item.sub, item.sup))
        twin.args = tuple(exchanged(arg, scripted) for arg in item.args)
        if item.body is not None:
            twin.body = Content(item.body.pieces[0])
            twin.body.pieces = [throughout(piece, scripted) for piece in item.body.pieces]
            twin.body.seps, twin.body.pos = item.body.seps, item.body.pos
        return twin

    def throughout(piece: Piece, scripted: bool) -> Piece:
        twin = Piece(None)
        twin.sides, twin.rels = [side and within(side, scripted) for side in piece.sides], piece.rels
        return twin

    def within(expr: Expr, scripted: bool) -> Expr:
        twin = Expr("", [], expr.pos)
        twin.terms = [(sign, [exchanged(item, scripted) for item in items], pos) for sign, items, pos in expr.terms]
        return twin

    twin = within(expr, False)
    return twin if found else None
