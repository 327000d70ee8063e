r"""What is paid along a path, R(\tau), or from a step on, R_t and G_t, as the sum of rewards that it is by custom."""

from __future__ import annotations

from ..parsing.naming import nucleus, spelled
from ..parsing.surface import Item
from .customary_paths import PATH, argument, draws
from .customary_ranges import STEP, ranges
from .edits import Change, Edit, Found, end_of, products

WHOLE, LATER = ("R", "G"), ("R", "G", r"\hat{R}", r"\hat{G}")
GAMMA = r"\gamma"


def returns(found: Found) -> Change | None:
    """Returns as sums of discounted rewards, over the steps over which the text sums."""
    if not any(spelled(item) == PATH for item, _ in draws(found)):
        return None
    known = {(one.right, one.upper) for one in ranges(found) if one.sign == "=" and one.right.isdecimal() and one.upper}
    starts, ends = {start for start, _ in known}, {end for _, end in known}
    if len(starts) != 1 or len(ends) != 1:
        return None
    start, end = starts.pop(), ends.pop()
    discounted = end == r"\infty" or GAMMA in found.text
    edits, said = list[Edit](), list[str]()
    for items in products(found.content):
        for place, item in enumerate(items):
            if (given := paid(found, items, place)) is not None:
                first, last = given
                since = first or start
                weight = f"{GAMMA}^{{k{'' if first in (None, '0') else f'-{first}'}}} " if discounted else ""
                edits.append(Edit(item.pos, last, rf"\sum_{{k={since}}}^{{{end}}} {weight}r_k"))
                said.append(rf"{found.text[item.pos:last]} = \sum_{{k={since}}}^{{{end}}} {weight}r_k")
    return Change(tuple(edits), ", ".join(dict.fromkeys(said))) if edits else None


def paid(found: Found, items: list[Item], place: int) -> tuple[str | None, int] | None:
    """From which step on a factor says what is paid, None for all of a path, and where it ends; None for another."""
    item = items[place]
    symbol = nucleus(item)
    if symbol is None or symbol.name in found.defined:
        return None
    if item.plain and symbol.name in WHOLE:
        whole = place + 2 == len(items) and argument(found, items[place + 1]) == PATH
        return (None, items[place + 1].end) if whole else None
    step = found.of(symbol.item.sub)
    if symbol.name in LATER and symbol.item.sup is None and place + 1 == len(items) and (
            STEP.fullmatch(step) or step.isdecimal()):
        return step, end_of(found.text, item)
    return None
