r"""Bound letters in scripts: what a symbol shows in a label, as in \sum_k c_{k^2} and f(u) := c_u, it moves with."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from sympy import Basic

from ...language import Term, Var
from ..parsing.naming import nucleus
from ..parsing.surface import Content, Item, items_of, seen_in
from .indexed import every

WORD_LENGTH = 3  # that many letters in a row are a word; two may be two indices


def dropped(item: Item, node: Term, bound: Mapping[str, Collection[Basic]]) -> Item | None:
    """A letter in the scripts of an item that is bound here, and that the meaning of the item lacks; else None.

    What is ``bound`` has beside each letter what stands for it in a meaning, one of which is enough.
    """
    parts = scripts(item) if bound else []
    printed = [letter for part in parts for letter in every(part) if letter.kind == "sym"]
    if not printed:
        return None
    missing = {name for name, meant in bound.items() if any(names(letter, name) for letter in printed)
               and not any(depends(node, part) for part in meant)}
    if not missing:
        return None
    shown = (letter for part in parts for letter in labels(part))
    return next((letter for letter in shown if any(names(letter, name) for name in missing)), None)


def depends(node: Term, part: Basic) -> bool:
    """Whether a node has a variable that is free in it, or a letter of a number."""
    return part in node.free if isinstance(part, Var) else part in node.walk()


def names(letter: Item, bound: str) -> bool:
    """Whether a letter is, or has a step of, what is bound by a name: a, and a_t."""
    if letter.sub is None and not letter.primes:
        return bound == letter.value
    own = letter.value + "'" * letter.primes
    if bound == own or letter.sub is None:
        return bound == own
    stem, _, step = bound.rpartition("_")
    lone = seen_in(letter.sub).lone
    another = lone is not None and lone.kind == "sym" and lone.plain and lone.value != step  # y_w is no y_l
    return stem == own and not another


def scripts(item: Item) -> list[Content]:
    """What stands in the scripts of a symbol."""
    symbol = nucleus(item)
    carrier = item if symbol is None else symbol.item
    return [seen_in(part) for part in (carrier.sub, carrier.sup) if part is not None]


def labels(script: Content) -> Iterator[Item]:
    """The letters in a script, at any depth, without those of words and those that are drawn there."""
    drawn = drawn_in(script)
    words = {id(letter) for term in terms_in(script) for letter in in_words(term)}
    return (one for one in every(script) if one.kind == "sym" and id(one) not in words
            and not any(names(one, name) for name in drawn))


def drawn_in(content: Content) -> list[str]:
    """The letters that a subscript draws itself: a of a ∼ π."""
    heads = [piece.sides[0] for piece in content.pieces if [rel for rel, _ in piece.rels] == ["∼"]]
    return [item.value for head in heads if head is not None for _, items, _ in head.terms for item in items]


def terms_in(content: Content) -> Iterator[list[Item]]:
    """The products in a content, at any depth."""
    for piece in content.pieces:
        for side in piece.sides:
            yield from (items for _, items, _ in side.terms) if side is not None else ()
    for item in items_of(content):
        for part in (*item.args, item.sub, item.sup):
            yield from terms_in(seen_in(part)) if part is not None else ()
        yield from terms_in(item.body) if item.body is not None else ()


def in_words(items: list[Item]) -> Iterator[Item]:
    r"""The letters of a product that stand in a row and are a word: o, l and d of \pi_{old}."""
    run: list[Item] = []
    for item in items:
        run = [*run, item] if item.kind == "sym" and item.plain and len(item.value) == 1 else []
        if len(run) == WORD_LENGTH:
            yield from run
        elif len(run) > WORD_LENGTH:
            yield item
