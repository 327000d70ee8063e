"""Laws of several things that a text prints in two orders: by letters they are one law, by places two."""

from __future__ import annotations

import re

OUTCOMES = re.compile(r"(?<![A-Za-z\\])(?P<law>[pPqQ])\s*(?:_\s*(?:\{[^{}]*\}|\\?[A-Za-z]+)\s*)?"
                      r"(?:\\left|\\big|\\bigl)?\s*\((?P<of>[^()|]*,[^()|]*?)(?:\||\\mid|\\given|\\right|\\bigr|\))")


def permuted(text: str) -> bool:
    r"""Whether a text prints one law of the same things in two orders.

    >>> permuted(r"p(y,z|x) = p(z,y|x)"), permuted(r"p(y,z|x) = p(z|x) p(y|z,x)")
    (True, False)
    """
    orders: dict[tuple[str, frozenset[str]], set[tuple[str, ...]]] = {}
    for found in OUTCOMES.finditer(text):
        names = tuple("".join(name.split()) for name in found["of"].split(","))
        orders.setdefault((found["law"], frozenset(names)), set()).add(names)
    return any(len(one) > 1 for one in orders.values())
