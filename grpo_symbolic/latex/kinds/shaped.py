"""Signs that a text speaks of vectors or matrices: transposes, norms, gradients, inverses, bold letters."""

from __future__ import annotations

from ..notation.vocabulary import BOLD
from ..parsing.surface import Content, Item, seen_in
from ..spelling.indexed import every

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
