r"""Whether a bracket after a symbol may multiply it: an operator never, a number always, a letter by its other uses."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..parsing.naming import label, nucleus, script
from ..parsing.surface import Content, Expr, Item, content_of, unwrap

# Words and capitals of these fonts are operators or functions before a bracket; of the first two, before any factor.
FONTS = re.compile(r"\\(?:text|mathbb|mathcal|mathscr|mathfrak)\{")
WORDS = re.compile(r"\\(?:text|mathbb)\{")
DIFFERENCE = r"\Delta"  # z and \Delta z: the difference of two values of one thing
INDEX = re.compile(r"[a-z]'*(?:,[a-z]'*)*")
INVISIBLE = frozenset((r"\underbrace", r"\overbrace", r"\boxed", r"\cancel", r"\mathop"))


def is_operator(name: str) -> bool:
    """Whether a symbol is an operator or a function where a bracket follows it."""
    return FONTS.search(name) is not None


def word_before_factor(item: Item, alone: bool) -> str:
    r"""The word, blackboard capital or \Delta that an item is, empty if it is none.

    Where the item stands ``alone``, not as the argument of something, brackets and braces around it count for nothing.
    """
    symbol = nucleus(item)
    if symbol is not None:
        return symbol.name if WORDS.search(symbol.name) or symbol.name == DIFFERENCE and not item.sup else ""
    inner = None
    if item.kind == "cmd" and item.value in INVISIBLE:
        inner = item.args[0]
    elif alone and item.kind == "group" and item.body is not None and item.value in ("(", "[", r"\{", "brace"):
        inner = item.body.lone
    return "" if inner is None else word_before_factor(unwrap(inner), alone)


def family(item: Item) -> str:
    """The name by which uses of one symbol are known: A_i and A_j are of one family, A_i and A_1 are not."""
    symbol = nucleus(item)
    if symbol is None or symbol.item.kind == "num":
        return ""
    name = symbol.name + "'" * symbol.item.primes
    if symbol.item.sub is None:
        return name
    text = label(symbol.item.sub)
    return name + "_" + (script("#" * (text.count(",") + 1)) if INDEX.fullmatch(text) else script(text))


def alone(content: Content) -> frozenset[str]:
    """The families of symbols that stand somewhere in a text with no bracket after them, as a number does."""
    return frozenset(_content(content))


def _content(content: Content) -> Iterator[str]:
    for piece in content.pieces:
        for side in piece.sides:
            if side is not None:
                yield from _expression(side)


def _expression(expr: Expr) -> Iterator[str]:
    for _, items, _ in expr.terms:
        for place, item in enumerate(items):
            after = items[place + 1] if place + 1 < len(items) else None
            if (after is None or after.kind != "group") and (name := family(item)):
                yield name
            for part in item.args if nucleus(item) is None else ():
                yield from _content(content_of(part))
            if item.sup is not None:
                yield from _content(content_of(item.sup))
            if item.body is not None:
                yield from _content(item.body)
