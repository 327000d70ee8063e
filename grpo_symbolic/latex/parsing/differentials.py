r"""Integrals by their differential: \int f(x) dx is \int_x f(x), with what stands between the two signs in brackets."""

from __future__ import annotations

import re

from ..notation.priors import ACTION_SETS, STATE_SET
from ..notation.vocabulary import BOLD
from .naming import spelled
from .surface import Content, Expr, Item, Piece, content_of

TIMES = "·"
DIFFERENTIAL = "d"
INTEGRAL = re.compile(r"\\int(?![A-Za-z])|∫")


def by_their_letter(content: Content) -> None:
    """Give each integral of a content that has no range the letter of the differential after it."""
    waiting = [content]
    while waiting:
        for piece in waiting.pop().pieces:
            for side in (side for side in piece.sides if side is not None):
                joined(side)
                for item in (item for _, items, _ in side.terms for item in items):
                    waiting += [content_of(part) for part in (*item.args, item.sub, item.sup) if part is not None]
                    waiting += [] if item.body is None else [item.body]


def joined(expr: Expr) -> None:
    r"""Give the integrals of a sum of products their letters; \int f(x) + g(x) dx reaches up to its differential."""
    for _, items, _ in expr.terms:
        named(items)
    place = 0
    while place < len(expr.terms):
        sign, items, pos = expr.terms[place]
        start = next((k for k, item in enumerate(items[:-1]) if item.kind == "big" and item.value == "int"
                      and item.sub is None and item.sup is None), None)
        ends = (k for k, (_, more, _) in enumerate(expr.terms) if k > place and differential(more, len(more) - 2))
        last = None if start is None else next(ends, None)
        if start is not None and last is not None:
            inner = Expr("", items[start + 1:], items[start + 1].pos)
            inner.terms += expr.terms[place + 1:last + 1]
            *body, _, letter = inner.terms[-1][1]
            inner.terms[-1][1][:] = factors(body)
            expr.terms[place:last + 1] = [(sign, [*items[:start], whole(items[start], letter, inner)], pos)]
        place += 1


def whole(integral: Item, letter: Item, inner: Expr) -> Item:
    """An integral with its letter, which reaches as far as what it holds and no further."""
    integral.sub = letter
    body = Item("group", "(", inner.pos, letter.pos, Content(Piece(inner)))
    return Item("group", "(", integral.pos, letter.end, Content(Piece(Expr("", [integral, body], integral.pos))))


def named(items: list[Item]) -> None:
    """Give the integrals of a product their letters, the innermost first."""
    for start in reversed(range(len(items))):
        integral = items[start]
        if integral.kind != "big" or integral.value != "int" or integral.sup is not None:
            continue
        end = next((place for place in range(start + 2, len(items) - 1) if differential(items, place)), None)
        letter = items[start] if end is None else items[end + 1]
        shown = None if integral.sub is None else content_of(integral.sub).lone
        known = integral.sub is None or shown is not None and (
            shown.plain and spelled(shown) == spelled(letter) or
            shown.kind == "cmd" and spelled(shown) in (*ACTION_SETS, STATE_SET))
        if end is not None and known:
            inner = Expr("", factors(items[start + 1:end]), items[start + 1].pos)
            items[start:end + 2] = [whole(integral, letter, inner)]


def factors(items: list[Item]) -> list[Item]:
    r"""The factors before a differential, without the dot that may stand between, f(x) \cdot dx."""
    return items[:-1] if len(items) > 1 and items[-1].kind == "op" and items[-1].value == TIMES else items


def differential(items: list[Item], place: int) -> bool:
    """Whether a d and a letter stand at a place of a product, after something."""
    if place < 1:
        return False
    sign, letter = items[place:place + 2]
    named = letter.kind == "sym" or letter.kind == "cmd" and letter.value in BOLD
    return sign.kind == "sym" and named and sign.value == DIFFERENTIAL and sign.plain and letter.plain
