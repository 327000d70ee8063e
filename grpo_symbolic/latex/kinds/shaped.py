"""Signs that a text speaks of vectors or matrices: transposes, norms, gradients, inverses, bold letters."""

from __future__ import annotations

from itertools import pairwise

from ..notation.vocabulary import BOLD
from ..parsing.surface import Content, Item, seen_in, unwrap
from ..spelling.edits import factors
from ..spelling.indexed import contents, every

SIGNS = frozenset((("mark", "⊤"), ("group", "‖"), ("fn", "nabla"), ("fn", "partial"), ("sym", r"\Delta"),
                   *(("cmd", font) for font in BOLD)))


def shaped(content: Content) -> bool:
    """Whether a text prints a sign of vectors or of matrices."""
    return any((item.kind, item.value) in SIGNS or item.sup is not None and raised(item.sup) for item in every(content))


def raised(script: Item) -> bool:
    """Whether a superscript may be that of a transpose or of an inverse: T or −1."""
    only = seen_in(script).only
    if only is None or len(only.terms) > 1 or len(only.terms[0][1]) > 1:
        return False
    sign, (item,), _ = only.terms[0]
    return (sign, item.value) == ("-", "1") or not sign and item.kind == "sym" and item.value == "T"


def vectors(content: Content) -> frozenset[str]:
    r"""The small letters that a text transposes, v^\top, or that follow what is transposed or have a norm to themselves
    beside that: they are vectors."""
    items = every(content)
    if not any(transposed(item) for item in items):
        return frozenset()
    found = {item.value for item in items if transposed(item) and small(item)}
    for inner in contents(content):
        for items_of_term in factors(inner):
            found |= {after.value for before, after in pairwise(items_of_term) if transposed(before) and small(after)}
    norms = (seen_in(item).lone for item in items if item.kind == "group" and item.value == "‖" and item.sub is None)
    return frozenset(found | {one.value for one in norms if one is not None and small(one)})


def transposed(item: Item) -> bool:
    r"""Whether an item has the superscript \top."""
    mark = None if item.sup is None else unwrap(item.sup)
    return mark is not None and mark.kind == "mark" and mark.value == "⊤"


def small(item: Item) -> bool:
    """Whether an item is one small Latin letter, without a subscript."""
    return item.kind == "sym" and len(item.value) == 1 and item.value.islower() and item.value.isascii() and \
        item.sub is None and not item.primes
