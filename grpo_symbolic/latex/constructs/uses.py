r"""A use of a function or number: its name, its scripts, its arguments."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sympy import Basic

from ..parsing.naming import Nucleus
from ..parsing.surface import Item, unwrap


@dataclass(frozen=True)


class Use:
    """A symbol as it is used: its layout, printed arguments, power; ``stem`` is the layout before the brackets,
    ``operator`` the operator that a definition applies."""

    layout: str
    stem: str
    symbol: Nucleus
    printed: tuple[Basic, ...] = ()
    theta: bool = False
    old: bool = False
    power: Item | None = None
    brackets: bool = False
    pos: int = 0
    operator: str = ""


def bracket(item: Item | None) -> Item | None:
    """The bracket that an item is, without TeX braces around it, else None."""
    if item is None or item.kind != "group":
        return None
    inner = unwrap(item) if item.plain else item
    lone = None if item.body is None or item.plain or item.value != "brace" else item.body.lone
    if lone is not None and lone.kind == "group" and lone.value != "brace" and lone.plain:
        inner = lone.copy()
        inner.sub, inner.sup, inner.primes = item.sub, item.sup, item.primes
    return inner if inner.kind == "group" and inner.value != "brace" else None


def below(use: Use) -> Iterator[str]:
    """The lone letter or number that is printed below a symbol without indices."""
    sub = use.symbol.item.sub
    if sub is not None and not use.printed and unwrap(sub).kind in ("sym", "num"):
        yield unwrap(sub).value
