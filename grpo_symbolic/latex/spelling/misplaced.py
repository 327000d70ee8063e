r"""Faults of a text that its surface shows: a stray index in the end of a range, a size as a name, a value as a law."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set

from ..notation.priors import EXPECTATIONS, INDICES, LAW_LETTERS, POLICY, TOKENS
from ..notation.vocabulary import DEFINING
from ..parsing.naming import Nucleus, nucleus
from ..parsing.surface import Content, Expr, Item, seen_in
from ..read_error import Fault, Malformed
from .indexed import counted, every, is_set, printed

# Letters of rewards, advantages and values: what a formula defines under one of these is no law.
VALUES = frozenset("rRAV")
LAWFUL = LAW_LETTERS | EXPECTATIONS | {POLICY, "E"}


def refuse_stray_index(content: Content) -> None:
    r"""Refuse the j of \sum_{t=1}^{|o_j|} c_{i,t} under a sum over i, where j stands in such ends only.

    Raises Malformed.
    """
    ends = list(_ends(content, "")) if "big" in printed(content).kinds else []
    if not any(around for _, around in ends):
        return
    within = {id(item) for end, _ in ends for item in every(seen_in(end))}
    shown = {item.value for item in every(content) if item.kind == "sym" and id(item) not in within}
    for end, around in ends:
        length = seen_in(end).lone
        for item in every(seen_in(end)) if around else ():
            index = _index(nucleus(item))
            if index is None or index.value in shown or index.value == around:
                continue
            measured = length is not None and length.value == "|" and index.value in INDICES
            if measured or around in _members(content, item):
                raise Malformed(f"the index {index.value} is bound nowhere: the sum around this range runs over "
                                f"{around}", index.pos)


def _ends(content: Content, around: str) -> Iterator[tuple[Item, str]]:
    """The ends of ranges, each with the index of the sum around it."""
    for piece in content.pieces:
        for side in piece.sides:
            for _, items, _ in () if side is None else side.terms:
                index = around
                for item in items:
                    if item.kind == "big" and item.sup is not None:
                        yield item.sup, index
                    for part in (*item.args, *((item.body,) if item.body is not None else ())):
                        yield from _ends(part if isinstance(part, Content) else seen_in(part), index)
                    if item.kind == "big" and item.sub is not None:
                        index = next((name for name in _runs_over(item.sub) if name not in TOKENS), index)


def _runs_over(sub: Item) -> Iterator[str]:
    """The letters over which a range runs, whatever it says of them."""
    for piece in seen_in(sub).pieces:
        lone = None if piece.sides[0] is None else piece.sides[0].lone
        if lone is not None and lone.kind == "sym":
            yield lone.value


def _index(symbol: Nucleus | None) -> Item | None:
    """The lone letter below a symbol."""
    lone = None if symbol is None or symbol.item.sub is None else seen_in(symbol.item.sub).lone
    return lone if lone is not None and lone.kind == "sym" and lone.plain else None


def _members(content: Content, item: Item) -> set[str]:
    """The letters that number the members of the family of which an item is one."""
    symbol = nucleus(item)
    found = (nucleus(other) for other in every(content))
    return {index.value for other in found if other is not None and symbol is not None and other.name == symbol.name
            and (index := _index(other)) is not None}


def refuse_defined_size(content: Content, defined: Set[str]) -> None:
    r"""Refuse N = 1 as a definition where members are numbered up to N: others of their kind would still be any number.

    ``defined`` has the names that are defined. Raises Fault.
    """
    items = list(every(content)) if defined else []
    indices = {index.value for item in items if (index := _index(nucleus(item))) is not None}
    for item in items:
        end = None if item.sub is None or item.sup is None or not (item.kind == "big" or is_set(item)) \
            else seen_in(item.sup).lone
        if item.sub is not None and end is not None and end.value in defined and not indices.isdisjoint(
                counted(item.sub)):
            raise Fault(f"members are numbered up to {end.value}: what is said of their number is an assumption, not a "
                        f"definition", end.pos)


def refuse_numbered_token(content: Content) -> None:
    r"""Refuse y_1 beside y_{<t}: whether it is the first token of y, or a sequence of its own, is not said.

    Raises Fault.
    """
    found = map(nucleus, every(content)) if "<" in printed(content).signs else ()
    symbols = [symbol for symbol in found if symbol is not None and symbol.item.sub is not None]
    sequences = {symbol.letter for symbol in symbols if _is_prefix(symbol)}
    for symbol in symbols:
        lone = None if symbol.item.sub is None else seen_in(symbol.item.sub).lone
        if symbol.letter in sequences and lone is not None and lone.kind == "num":
            shown = f"{symbol.letter}_{lone.value}"
            raise Fault(f"{shown} may be a token of {symbol.letter}, or a sequence of its own: a token by its number "
                        "cannot be said here, and a sequence needs a letter of its own", symbol.item.pos)


def _is_prefix(symbol: Nucleus) -> bool:
    """Whether a symbol is o_{<t}, of one sequence."""
    pieces = () if symbol.item.sub is None else seen_in(symbol.item.sub).pieces
    return len(pieces) == 1 and bool(pieces[0].rels) and pieces[0].rels[0][0] == "<" and pieces[0].sides[0] is None


def refuse_value_as_law(content: Content, definitions: Sequence[Content]) -> None:
    r"""Refuse r(s,a) in D_{KL}(r(s,a) \| \pi) where a formula without laws defines it. Raises Malformed."""
    compared = [(name, expr) for item in every(content) if item.body is not None and "‖" in printed(content).signs
                if any(sign == "‖" for sign, _ in item.body.seps)
                for piece in item.body.pieces if (expr := piece.only) is not None and (name := _value(expr))]
    if not compared:
        return
    defined = {name for definition in definitions for piece in definition.pieces
               if len(piece.rels) == 1 and piece.rels[0][0] in DEFINING and piece.sides[0] is not None
               and (name := _value(piece.sides[0])) and not _mentions_laws(piece.sides[1])}
    for name, expr in compared:
        if name in defined:
            raise Malformed(f"{name} is a value by its definition, and a divergence compares laws", expr.pos)


def _value(expr: Expr) -> str:
    """The symbol of a reward or a value that stands alone with arguments none of which is a condition."""
    items = expr.terms[0][1]
    symbol = nucleus(items[0])
    if len(expr.terms) > 1 or len(items) != 2 or symbol is None or symbol.letter not in VALUES or \
            items[1].value != "(" or items[1].body is None or any(sign != "," for sign, _ in items[1].body.seps):
        return ""
    return symbol.name + "'" * symbol.item.primes


def _mentions_laws(expr: Expr | None) -> bool:
    """Whether a formula prints what may be a law."""
    items = [] if expr is None else [item for _, terms, _ in expr.terms for item in terms]
    symbols = [nucleus(inner) for item in items for inner in (item, *every(seen_in(item)))]
    return expr is None or any(symbol is not None and symbol.letter in LAWFUL for symbol in symbols)


def unnamed_integral(pos: int, rest: Sequence[Item]) -> Fault:
    r"""The refusal of \int without a range, which is a fault of the text where it has no differential either."""
    inside = [inner for item in rest for inner in (item, *every(seen_in(item)))]
    letters = [symbol.letter for item in inside if (symbol := nucleus(item)) is not None]
    applied = any(item.kind == "group" and item.value == "(" and item.body is not None and item.body.pieces[0].only
                  for item in rest[1:])
    if applied and not any(letter[:1] in "dD" or letter in (r"\partial", r"\delta", r"\Delta") for letter in letters):
        return Malformed(r"\int without a differential: write what it runs over, as in \int f(x) dx or \int_x f(x)",
                         pos)
    return Fault(r"\int has no range: write what it runs over", pos)
