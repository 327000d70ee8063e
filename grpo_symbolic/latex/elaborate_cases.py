r"""Reading means and spreads over the group, indicators and cases."""

from __future__ import annotations

from sympy.core.symbol import Str

from ..language import (
    GroupMean,
    GroupSpread,
    Indicator,
    Neg,
    Node,
    Num,
    Scope,
    Var,
    plus,
    times,
)
from . import symbols as table
from .elaborate_ranges import Ranges
from .naming import label, spelled, word
from .read_error import Fault
from .surface import Content, Expr, Item, Piece, content_of, unwrap

COMPARISONS = ("=", "≤", "≥", "<", ">")


class Cases(Ranges):
    """The methods for statistics of the group and for conditions."""

    def statistic(self, meaning: str, item: Item, group: Item) -> Node:
        """mean or std of something over the group."""
        body, make = group.body, GroupMean if meaning == "mean" else GroupSpread
        assert body is not None
        lone = body.lone
        inner = None if lone is None else unwrap(lone)
        if group.value == r"\{" and not group.plain:
            inner, lone = group, group
        name = ""
        if item.sub is not None and len(content_of(item.sub).pieces) > 1:
            return self.formal_statistic(item, group)
        if item.sub is not None:
            name = spelled(unwrap(item.sub))
            content = body
        elif inner is not None and inner.kind == "group" and inner.value == r"\{" and inner.body is not None:
            if inner.sub is not None:
                name = self.range_of_set(inner)
                content = inner.body
            else:
                return self.statistic(meaning, item, inner)
        elif inner is not None and inner.kind == "cmd" and inner.value in (r"\mathbf", r"\boldsymbol", r"\bm"):
            letter = unwrap(inner.args[0]).copy()
            name = letter.value and "i"
            letter.sub = Item("sym", name, inner.pos, inner.end)
            content = content_of(Item("group", "brace", inner.pos, inner.end, Content(Piece(Expr("", [letter],
                                                                                                  inner.pos)))))
        elif any(side.lone is not None and side.lone.kind == "dots" for piece in body.pieces
                 if (side := piece.only) is not None):
            member, name = self.family(body, group)
            content = Content(Piece(member))
        else:
            raise Fault(rf"say what the {item.value} runs over: \{{x_i\}}_{{i=1}}^G, or x_1, \ldots, x_G", group.pos)
        if table.SORTS.get(name[:1], "index") != "index" and name:
            raise Fault(f"a {item.value} runs over a group index", group.pos)
        var = Var(name, "index")
        with self.scope():
            self.bound[name] = var
            node = self.inside(content, group.pos)
        return self.built(make, Scope.close(var, node), pos=item.pos)

    def range_of_set(self, group: Item) -> str:
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

    def family(self, body: Content, group: Item) -> tuple[Expr, str]:
        """x_i from x_1, …, x_G: the last member with its G made an index, and that index."""
        first, last = body.pieces[0].only, body.pieces[-1].only
        one = None if first is None else first.lone
        end = None if last is None else last.lone
        if one is not None and end is not None:
            name = next((name for name in "ijmn" if name not in spelled(end)), "i")
            member, start = with_index(end, "G", name), with_index(end, "G", "1")
            if member is not None and start is not None and spelled(start) == spelled(one):
                return Expr("", [member], group.pos), name
        raise Fault(r"a family is written x_1, \ldots, x_G", group.pos)

    def holds_relation(self, group: Item) -> bool:
        """Whether a bracket holds a comparison."""
        return group.body is not None and group.value in ("[", "(", r"\{", "brace") and bool(group.body.pieces[0].rels)

    def indicator(self, group: Item) -> Node:
        """1[c], a product where the comparison is a chain."""
        assert group.body is not None
        if len(group.body.pieces) > 1:
            raise Fault("an indicator holds one comparison", group.body.seps[0][1])
        return self.raised(self.condition(group.body.pieces[0], group.pos), group.sup)

    def condition(self, piece: Piece, pos: int) -> Node:
        """The indicator of a comparison."""
        if not piece.rels:
            raise Fault("a condition must be a comparison", piece.pos if piece.pos >= 0 else pos)
        sides = [self.expression(side, pos) for side in piece.sides]
        found = []
        for place, (rel, where) in enumerate(piece.rels):
            if rel not in COMPARISONS:
                raise Fault(f"the sign {rel} is no comparison", where)
            found.append(self.built(Indicator, Str(rel), sides[place], sides[place + 1], pos=where))
        return self.built(times, *found, pos=pos)

    def cases(self, item: Item) -> Node:
        """Σ of value · 1[condition]; ``otherwise`` is where no condition above holds."""
        body = item.body
        assert body is not None
        if item.value == "half":
            inner = body.lone
            if inner is None or inner.value != "array" or inner.body is None:
                raise Fault("a brace that is closed by nothing holds cases", item.pos)
            body = inner.body
        rows: list[list[Piece]] = [[body.pieces[0]]]
        for (sign, _), piece in zip(body.seps, body.pieces[1:], strict=True):
            if sign == r"\\":
                rows.append([piece])
            else:
                rows[-1].append(piece)
        terms: list[Node] = []
        others: list[Node] = []
        for row in rows:
            pieces = [piece for piece in row if not piece.empty]
            if not pieces:
                continue
            value = self.expression(pieces[0].only, item.pos)
            if len(pieces) == 2 and pieces[1].only is not None and pieces[1].only.lone is not None and \
                    word(pieces[1].only.lone) in ("otherwise", "else"):
                holds = self.built(times, *others, pos=item.pos) if others else Num(1)
            else:
                if len(pieces) < 2:
                    raise Fault("a case needs its condition", pieces[0].pos)
                holds = self.built(times, *(self.condition(piece, item.pos) for piece in pieces[1:]), pos=item.pos)
            terms.append(self.built(times, value, holds, pos=item.pos))
            others.append(plus(Num(1), Neg(holds)))
        return self.built(plus, *terms, pos=item.pos)


def with_index(item: Item, old: str, new: str) -> Item | None:
    """An item with one part of its scripts replaced, or None where the part is not there exactly once."""
    twin = item.copy()
    for place in ("sub", "sup"):
        found: Item | None = getattr(item, place)
        if found is None:
            continue
        inner = unwrap(found)
        if inner.kind == "sym" and inner.plain and inner.value == old:
            setattr(twin, place, Item("num" if new.isdigit() else "sym", new, inner.pos, inner.end))
            return twin
        if inner.kind == "group" and inner.body is not None:
            pieces = inner.body.pieces
            for k, piece in enumerate(pieces):
                lone = None if piece.only is None else piece.only.lone
                if lone is not None and lone.kind == "sym" and lone.plain and lone.value == old:
                    content = Content(pieces[0])
                    content.pieces, content.seps = list(pieces), inner.body.seps
                    part = Item("num" if new.isdigit() else "sym", new, lone.pos, lone.end)
                    content.pieces[k] = Piece(Expr("", [part], lone.pos))
                    changed = Item("group", inner.value, inner.pos, inner.end, content)
                    braced = Content(Piece(Expr("", [changed], inner.pos)))
                    setattr(twin, place, changed if inner.value == "brace" else
                            Item("group", "brace", inner.pos, inner.end, braced))
                    return twin
    return None
