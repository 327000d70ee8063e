r"""Letters that name a single draw: the t of (s_t, a_t) \sim \pi and the i of o_i \sim \pi, which number nothing there.

What else carries the letter, as \hat{A}_t, is a value at that draw, and no number that is known beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set

from sympy import Basic

from ...language import Var
from ..parsing.surface import Item, unwrap

LABEL = "label"


def label_uses(drawn: Item) -> Iterator[tuple[str, str]]:
    """The evidence that what an expectation draws gives for the letter below it."""
    drawn = unwrap(drawn)
    if drawn.kind == "sym" and drawn.sub is not None and unwrap(drawn.sub).kind == "sym":
        yield unwrap(drawn.sub).value, LABEL


def labelled(bound: Iterable[Var], names: Set[str]) -> bool:
    """Whether one of the variables that are bound is a single draw with one of these letters below it."""
    return any(var.sort in ("action", "state") and var.name.rpartition("_")[2] in names for var in bound)


def label_among(bound: Iterable[Var], printed: Iterable[Basic]) -> str:
    """The first of the arguments of a symbol that is a letter which names a single draw; empty where none is."""
    bound = list(bound)
    return next((var.name for var in printed if isinstance(var, Var) and var.sort in ("index", "token")
                 and labelled(bound, {var.name})), "")
