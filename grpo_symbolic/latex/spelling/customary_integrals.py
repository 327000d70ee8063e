r"""Sums and integrals over all paths, \int p_\theta(\tau) R(\tau) d\tau, as means over the paths of a policy."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from ..parsing.naming import spelled
from ..parsing.surface import Expr, Item, unwrap
from .customary_laws import EXPECTATION
from .customary_paths import PATH, law_of_paths
from .edits import Change, Edit, Found, end_of, products

OVER = ("int", "sum")
MOVING = re.compile(r"\\(?:theta|pi|nabla|partial|phi|omega)(?![A-Za-z])")


def over_all_paths(found: Found) -> Change | None:
    """Sums over paths of products that have the probability of the path, or its gradient, as one factor."""
    edits, said = list[Edit](), dict[str, None]()
    for items in products(found.content):
        for place, item in enumerate(items[:-1]):
            letter = None if item.sub is None or item.sup is not None else unwrap(item.sub)
            if item.kind != "big" or item.value not in OVER or letter is None or spelled(letter) != PATH:
                continue
            body, end = summand(found, items, place)
            means = [mean(found, term) for _, term, _ in body.terms]
            if None in means:
                return None
            said |= {one.said: None for one in means if one is not None}
            signed = " ".join(f"{sign}{one}" for (sign, _, _), one in zip(body.terms, means, strict=True))
            edits.append(Edit(item.pos, max(end, item.sub.end if item.sub else 0), rf"\left( {signed} \right)"))
    return Change(tuple(edits), ", ".join(said)) if edits else None


def summand(found: Found, items: Sequence[Item], place: int) -> tuple[Expr, int]:
    """What a sum or an integral is of, and where that ends: at a differential, or with the product that it is in."""
    following = items[place + 1]
    sign, letter = items[place], items[place].sub
    only = None if following.body is None else following.body.only
    if sign.value == "int" and letter is not None and letter.pos > following.pos and only is not None:
        return only, following.end
    rest = list(items[place + 1:])
    return Expr("", rest, following.pos), end_of(found.text, rest[-1])


class Mean(NamedTuple):
    """A mean over paths, as it is printed, and what is taken for granted by it."""

    text: str
    said: str

    def __str__(self) -> str:
        return self.text


def mean(found: Found, items: Sequence[Item]) -> Mean | None:
    """A product with the probability of a path as a mean over paths; None for another product."""
    text = found.text
    laws = [place for place in range(len(items) - 1) if law_of_paths(found, list(items[place:place + 2])) is not None
            and PATH in found.of(items[place + 1])]
    plain = [place for place in laws if not place or not is_operator(items[place - 1])]
    if len(plain) > 1 or not laws or not plain and len(laws) > 1:
        return None
    place = plain[0] if plain else laws[0]
    policy = law_of_paths(found, list(items[place:place + 2]))
    start = place if plain else place - 1
    before = text[items[0].pos:items[start].pos].strip()
    last = items[-1]
    after = text[items[place + 1].end:end_of(text, last)].strip() if place + 2 < len(items) else ""
    law = text[items[place].pos:items[place + 1].end]
    if not plain:
        if items[start].value != "nabla" or MOVING.search(before + after):
            return None  # how far the derivative reaches matters
        operator = text[items[start].pos:items[place].pos].strip()
        before = rf"{before} {operator} \log {law} \cdot"
        after = after or "1"
    mean_of = f"{before} {after}".strip() or "1"
    return Mean(rf"{EXPECTATION}_{{{PATH} \sim {policy}}}\left[ {mean_of} \right]",
                f"{law} is the probability of a path under {policy}")


def is_operator(item: Item) -> bool:
    """Whether a factor takes what follows it: a derivative or a function by its name."""
    return item.kind in ("fn", "big", "any")
