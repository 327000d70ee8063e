r"""Draws in the bracket after an expectation, \mathbb{E}[x \sim P](f(x)), written below it as \mathbb{E}_{x \sim P}."""

from __future__ import annotations

import re

from ..notation.priors import EXPECTATIONS
from .surface import Content, Item, content_of

DRAWN = re.compile(r"\[[^\[\]]*(?:\\sim(?![A-Za-z])|∼)")


def draws_below(content: Content) -> None:
    """Write the draws of each expectation of a content below it."""
    waiting = [content]
    while waiting:
        for piece in waiting.pop().pieces:
            for side in (side for side in piece.sides if side is not None):
                for _, items, _ in side.terms:
                    moved(items)
                    for item in items:
                        waiting += [content_of(part) for part in (*item.args, item.sub, item.sup) if part is not None]
                        waiting += [] if item.body is None else [item.body]


def moved(items: list[Item]) -> None:
    """Write the draws of each expectation of a product below it, where what it averages follows."""
    for place in reversed(range(len(items) - 2)):
        sign, draws = items[place:place + 2]
        if expects(sign) and draws.kind == "group" and draws.value == "[" and draws.plain and holds_draws(draws.body):
            sign.sub = Item("group", "brace", draws.pos, draws.end, draws.body)
            del items[place + 1]


def expects(item: Item) -> bool:
    """Whether an item is an expectation with nothing below it."""
    lone = content_of(item.args[0]).lone if item.kind == "cmd" and len(item.args) == 1 else None
    return item.plain and lone is not None and lone.plain and f"{item.value}{{{lone.value}}}" in EXPECTATIONS


def holds_draws(body: Content | None) -> bool:
    """Whether a bracket holds draws from laws, and nothing else."""
    signs = {rel for piece in body.pieces for rel, _ in piece.rels} if body is not None else set()
    return body is not None and signs == {"∼"} and all(sign == "," for sign, _ in body.seps)
