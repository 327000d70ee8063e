r"""What each letter is used as in a text: the evidence from which its kind is inferred.

A use is a pair of a letter and a word: ``drawn`` from a law, ``outcome`` or ``condition`` of one, ``argument`` of a
function, ``ranged`` over a set or ``counted`` from a number by a sum, ``subscript``, ``limit`` of a range, ``measured``
between bars, ``law``, or ``number`` in arithmetic.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from typing import TypeAlias

from .naming import nucleus
from .parameter import OPERATORS
from .surface import Content, Expr, Item, content_of, unwrap
from .symbols import EXPECTATIONS, POLICY, SORTS

Use: TypeAlias = tuple[str, str]

# Uses that make a letter a member of a set, an index, or something that stands in a place of its own.
PLACED = frozenset(("drawn", "outcome", "condition", "argument", "ranged", "counted", "subscript", "measured"))
NUMERIC = frozenset(("number", "limit"))
# What stands before the conditions of a law.
BARS = frozenset(("|", "‖"))


def sorts_of(uses: Iterable[Use]) -> dict[str, str]:
    """The sort of each letter that names a variable where nothing binds it: by its uses, by custom where they allow it.

    A letter that stands in arithmetic only is a number, whatever it is by custom.
    """
    seen: dict[str, set[str]] = {letter: set() for letter in SORTS}
    for letter, use in uses:
        seen.setdefault(letter, set()).add(use)
    found = {letter: _sort(letter, mine) for letter, mine in seen.items()}
    return {letter: sort for letter, sort in found.items() if sort}


def _sort(letter: str, uses: Set[str]) -> str:
    """The sort of one letter, empty for a number or a name that waits to be bound."""
    if letter in SORTS:
        return "" if uses & NUMERIC and not uses & PLACED else SORTS[letter]
    if "condition" in uses and not uses & NUMERIC and letter.islower() and len(letter) == 1:
        return "action" if uses & {"drawn", "outcome"} else "state"
    return ""


def evidence(content: Content) -> frozenset[Use]:
    """The uses of letters in a text."""
    return frozenset(_content(content))


def _content(content: Content) -> Iterator[Use]:
    compared = any(sign == "‖" for sign, _ in content.seps)
    for piece in content.pieces:
        for side in piece.sides:
            if side is not None:
                yield from _law(side) if compared else _expression(side)


def _expression(expr: Expr) -> Iterator[Use]:
    for _, items, _ in expr.terms:
        p = 0
        while p < len(items):
            after = items[p + 1] if p + 1 < len(items) else None
            found, p = _item(items[p], after), p + 1
            yield from found
            if after is not None and takes(items[p - 1], after):
                p += 1


def takes(item: Item, after: Item) -> bool:
    """Whether a bracket may hold the arguments of what stands before it."""
    if after.kind != "group" or after.value != "(" or after.body is None:
        return False
    symbol = nucleus(item)
    return item.kind == "group" if symbol is None else not symbol.name.isdigit()


def _item(item: Item, after: Item | None) -> Iterator[Use]:
    symbol = nucleus(item)
    if item.kind == "big" and item.sub is not None:
        yield from _range(item)
        return
    expectation = symbol is not None and (symbol.name in EXPECTATIONS or symbol.name in ("E", r"\text{E}"))
    if expectation and item.sub is not None:
        yield from _draws(content_of(unwrap(item.sub)))
        return
    if symbol is None:
        yield from _inner(item)
    if after is not None and takes(item, after):
        yield from _arguments(after, "" if symbol is None else symbol.letter)
        yield from _scripts(after)
    elif symbol is not None and not symbol.decorations and item.kind == "sym":
        yield item.value, "argument" if after is not None and after.kind == "text" else "number"
    if item.kind == "fn" and item.value in OPERATORS:
        return
    carrier = item if symbol is None else symbol.item
    yield from _scripts(carrier, conditioned=symbol is not None and symbol.letter == POLICY)


def _inner(item: Item) -> Iterator[Use]:
    for arg in item.args:
        yield from _content(content_of(arg))
    if item.body is None:
        return
    lone = item.body.lone
    if item.value == "|" and lone is not None and lone.kind == "sym":
        yield lone.value, "measured"
        yield from _scripts(lone)
    else:
        yield from _content(item.body)


def _scripts(item: Item, conditioned: bool = False) -> Iterator[Use]:
    if item.sub is not None:
        for piece in content_of(unwrap(item.sub)).pieces:
            for side in piece.sides:
                if side is not None:
                    yield from ((letter, "subscript") for letter, use in _expression(side) if use in NUMERIC)
    if item.sup is not None:
        found = _content(content_of(item.sup))
        yield from ((letter, "condition") for letter, _ in found) if conditioned else found


def _arguments(group: Item, head: str) -> Iterator[Use]:
    """The uses in a bracket of arguments: outcomes stand before a bar, conditions after it."""
    assert group.body is not None
    bars = [k for k, (sign, _) in enumerate(group.body.seps) if sign in BARS]
    for k, piece in enumerate(group.body.pieces):
        if piece.only is None or piece.only.lone is None:
            for side in piece.sides:
                if side is not None:
                    yield from _expression(side)
            continue
        role = "argument" if not bars and head != POLICY else "condition" if bars and k > bars[0] else "outcome"
        yield from _placed(piece.only.lone, role)


def _placed(item: Item, role: str) -> Iterator[Use]:
    """The uses in a place that takes a member of a set: of its letter, and in its scripts."""
    item = unwrap(item)
    if item.kind == "sym":
        yield item.value, role
        yield from _scripts(item)
    else:
        yield from _item(item, None)


def _draws(content: Content) -> Iterator[Use]:
    """The uses under an expectation: what is drawn, and the law it is drawn from."""
    lawful = any(rel == "∼" for piece in content.pieces for rel, _ in piece.rels)
    barred = any(sign == "|" for sign, _ in content.seps)
    for k, piece in enumerate(content.pieces):
        names, law = piece.sides[0], piece.sides[1] if len(piece.sides) > 1 else None
        if barred and not lawful and k == len(content.pieces) - 1:
            names, law = None, piece.sides[0]
        if names is not None and names.lone is not None:
            yield from _placed(names.lone, "drawn")
        elif names is not None:
            yield from _law(names)
        if law is not None:
            yield from _law(law)


def _law(expr: Expr) -> Iterator[Use]:
    """The uses where a law stands: its letter, and what it is conditioned on."""
    items = expr.terms[0][1]
    symbol = nucleus(items[0])
    if len(expr.terms) > 1 or symbol is None or len(items) > 2:
        yield from _expression(expr)
        return
    yield symbol.letter, "law"
    yield from _scripts(symbol.item, conditioned=True)
    if len(items) == 2 and items[1].body is not None:
        yield from _arguments(items[1], POLICY)


def _range(item: Item) -> Iterator[Use]:
    """The uses in the range of a sum: its variable, and the limits."""
    assert item.sub is not None
    for piece in content_of(unwrap(item.sub)).pieces:
        name = None if piece.sides[0] is None else piece.sides[0].lone
        rels = [rel for rel, _ in piece.rels]
        if name is not None:
            yield from _placed(name, "counted" if rels and rels[0] != "∈" else "ranged")
        for side in piece.sides[1:]:
            if side is not None and rels[0] != "∈":
                yield from ((letter, "subscript" if rels[0] == "≠" else "limit") for letter, _ in _expression(side))
    if item.sup is not None:
        yield from ((letter, "limit" if use in NUMERIC else use) for letter, use in _content(content_of(item.sup)))
