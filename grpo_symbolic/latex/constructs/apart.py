r"""\sum_{j \neq i} where nothing binds i: over j with i fixed, or over all pairs of the two.

A text that names i anywhere else, or declares it, has i fixed. Else custom has \sum_{j \neq i} A_j run over all but a
fixed one, and \sum_{i \neq j} run over all pairs, if what is summed is the same for (i, j) and (j, i); any other may be
either.
"""

from __future__ import annotations

from collections.abc import Callable

from ...language import Node, Sum, substitute
from ..kinds.numbering import named, range_of
from ..notation.unsaid import ONE_FIXED, PAIRED
from ..parsing.surface import Content, Expr, Item, Piece, content_of
from ..spelling.indexed import every
from .builder import Builder

# What is open of such ranges in a statement.
UNSAID = "whether pairs or a fixed index are meant"


def runs_over_pairs(builder: Builder, sign: str, item: Item, items: list[Item], over_pairs: Callable[[], Node]) -> bool:
    r"""Whether \sum_{i \neq j} of ``items`` runs over all pairs; raises Fork where that is open."""
    if item.sub is None or range_of(builder.text, item, "") not in builder.facts.numbering.pairs:
        return False
    piece, said = content_of(item.sub).pieces[0], builder.facts.said
    if [rel for rel, _ in piece.rels] != ["≠"]:
        return False  # it is one of the two sums already
    one, other = named(piece), named(Piece(piece.sides[1]))
    if one is None or other is None or other in builder.bound or other in said and one not in said:
        return False
    shown = {name.value for name in every(Content(Piece(Expr("", items, item.pos))))}
    choices = builder.facts.choices
    if UNSAID not in choices and one > other and other not in shown:
        return bool(choices.get(PAIRED))
    if UNSAID not in choices and one < other and {one, other} <= shown and is_symmetric(builder, over_pairs):
        return not choices.get(ONE_FIXED)
    options = (f"{sign} runs over {one}, with {other} fixed", f"{sign} runs over all pairs of {one} and {other}")
    reason = (rf"{sign}_{{{one} \neq {other}}} may run over {one} alone, with {other} fixed, or over all pairs: "
              f"declare {other}, or write one sign for each")
    return bool(builder.choose(reason, UNSAID, options, item.pos))


def is_symmetric(builder: Builder, over_pairs: Callable[[], Node]) -> bool:
    """Whether what a sum over pairs adds up is the same for (i, j) and (j, i)."""
    from ..names.meaning import DIFFERENT, same_meaning

    kept, builder.summed = builder.summed, dict(builder.summed)
    node = over_pairs()
    builder.summed = kept
    if not isinstance(node, Sum):
        return False
    first, inner = node.scope.open(node.free)
    if not isinstance(inner, Sum):
        return False
    second, body = inner.scope.open(inner.free | node.free)
    turned = substitute(body, {first: second, second: first})
    return body == turned or same_meaning(body, turned, builder.environment.definitions) != DIFFERENT
