r"""Geometric series, \sum_{k=m}^\infty c q^k = c q^m / (1 - q): read as their value, where |q| < 1 is given.

Whether it is given is asked of each claim that prints such a series or uses a definition that does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sympy import Rational

from ...language import (
    Abs,
    Const,
    Frac,
    Neg,
    Node,
    Num,
    Ordinal,
    Plus,
    Power,
    Relation,
    Times,
    Var,
    literal,
    plus,
    times,
)
from ..parsing.naming import label, spelled
from ..parsing.surface import Item, content_of, unwrap
from ..read_error import Fault
from .builder import Builder
from .one_law import one_name
from .starts import begun_at, hints, start_of, summed

INFINITY = r"\infty"
# Before the numbers, with blanks between them, of whose product a statement takes a geometric series.
SERIES = "series "
TURNED = {"<": ">", "≤": "≥", ">": "<", "≥": "≤"}
ORDER = ("", "most", "less")
ENDLESS = "a sum without an end cannot be said, except a geometric series: c q^k, whatever c is"


def endless(item: Item) -> bool:
    r"""Whether a sum ends at \infty."""
    return item.value == "sum" and item.sup is not None and unwrap(item.sup).value == INFINITY


def read_series(builder: Builder, item: Item, items: list[Item]) -> Node:
    """The value of a geometric series over the rest of the product."""
    assert item.sub is not None
    assert item.sup is not None
    if (found := first_of(builder, item)) is None:
        raise Fault(ENDLESS, item.sup.pos)
    unwrap(item.sup).taken = True
    var, start = found
    with builder.opened():
        builder.bound[var.name] = var
        builder.spans = {**builder.spans, var: Num(1)}
        builder.raises[var] = 0
        factors = list(parts(builder.term(items)))
    builder.raises.pop(var)
    powers = [factor for factor in factors if var in factor.free]
    rest = [factor for factor in factors if var not in factor.free]
    base, more = (None, Num(0)) if len(powers) != 1 else rate(powers[0], var)
    numbers = [] if base is None else list(parts(base))
    first = summed([start, more])
    least = literal(first)
    if base is None or least is not None and (least < 0 or least.denominator > 1) or not all(
            isinstance(number, Const) for number in numbers):
        raise Fault(ENDLESS, item.sup.pos)
    names = " ".join(sorted(number.name for number in numbers if isinstance(number, Const)))
    one_name(builder.one_law, SERIES + names, names, item.pos)
    begin = [Power(base, first)] if least is None or least > 1 else [base] * int(least)
    above = times(*rest, *begin) if rest or begin else Num(1)
    node: Node = builder.built(Frac, above, plus(Num(1), Neg(base)), pos=item.pos)
    node.hints = hints(start)
    return node


def first_of(builder: Builder, item: Item) -> tuple[Var, Node] | None:
    """The index of a series, and the whole number at which that starts; None where it does not say so."""
    if (found := begun_at(builder, item)) is not None:
        index, begin = found
        return Var(index.value + index.dashes, "index"), start_of(builder, index, begin)
    assert item.sub is not None
    content = content_of(item.sub)
    piece = content.pieces[0]
    left, right = (None if side is None else side.lone for side in (piece.sides * 2)[:2])
    if len(content.pieces) > 1 or [rel for rel, _ in piece.rels] != ["="] or left is None or right is None or \
            unwrap(left).kind != "sym" or not unwrap(left).plain or not label(right).isdecimal():
        return None
    unwrap(right).taken = True
    return Var(spelled(unwrap(left)), "index"), Num(int(label(right)))


def parts(node: Node) -> Iterator[Node]:
    """The factors of a product."""
    for factor in node.args if isinstance(node, Times) else (node,):
        yield from parts(factor) if isinstance(factor, Times) else (factor,)


def rate(power: Node, var: Var) -> tuple[Node | None, Node]:
    """q and m of a power q^{k + m}, where k is the index; None and 0 of anything else."""
    if not isinstance(power, Power) or var in power.args[0].free:
        return None, Num(0)
    exponent = power.args[1]
    terms = list(exponent.args) if isinstance(exponent, Plus) else [exponent]
    if Ordinal(var) not in terms:
        return None, Num(0)
    terms.remove(Ordinal(var))
    return (None, Num(0)) if any(var in term.free for term in terms) else (power.args[0], summed(terms))


def refuse_divergent(names: Iterable[str], given: Sequence[Relation], pos: int) -> None:
    """Refuse a geometric series of numbers of which it is not given that their product is less than 1, in size."""
    for key in names:
        if not key.startswith(SERIES):
            continue
        numbers = key.removeprefix(SERIES).split(" ")
        sizes = [size(number, given) for number in numbers]
        if "" in sizes or "less" not in sizes:
            shown = numbers[sizes.index("")] if "" in sizes else numbers[0]
            raise Fault(f"whether this series converges is not given: assume |{shown}| < 1", pos)


def size(name: str, given: Sequence[Relation]) -> str:
    """``less`` where relations bound the size of a number below 1, ``most`` where by 1, else empty."""
    found = {side: "" for side in ("above", "below")}
    for relation in given:
        turned = TURNED.get(relation.op, "")
        for left, op, right in ((relation.lhs, relation.op, relation.rhs), (relation.rhs, turned, relation.lhs)):
            bound, absolute = value(right), isinstance(left, Abs)
            number = left.args[0] if isinstance(left, Abs) else left
            if bound is None or not isinstance(number, Const) or number.name != name:
                continue
            if op in ("<", "≤") and bound <= 1:
                told = "most" if bound == 1 and op == "≤" else "less"
                for side in ("above", "below") if absolute else ("above",):
                    found[side] = max(found[side], told, key=ORDER.index)
            if op in (">", "≥") and not absolute and bound >= -1:
                told = "most" if bound == -1 and op == "≥" else "less"
                found["below"] = max(found["below"], told, key=ORDER.index)
    return min(found.values(), key=ORDER.index)


def value(node: Node) -> Rational | None:
    """The number that a term is, if it is one."""
    if isinstance(node, Num):
        return node.value
    if isinstance(node, Neg):
        inner = value(node.args[0])
        return None if inner is None else -inner
    if isinstance(node, Frac) and all(isinstance(part, Num) for part in node.args):
        return node.args[0].value / node.args[1].value if node.args[1].value else None
    return None
