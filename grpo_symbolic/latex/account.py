"""An account of what is printed: what a reading has not used is not passed over in silence."""

from __future__ import annotations

from .indexed import every
from .naming import spelled, unbold
from .read_error import Fault
from .surface import Content

LEAVES = frozenset(("sym", "num", "text"))


def open_account(content: Content) -> None:
    """Mark every item as not used yet."""
    for item in every(content):
        item.taken = item.dashed = False


def close_account(content: Content) -> None:
    """Refuse the first symbol, number, word or script that nothing has used. Raises Fault."""
    for item in every(content):
        if item.kind in LEAVES and not item.taken:
            raise Fault(f"{spelled(item)} has no meaning that is known here", item.pos)
        for script in (item.sub, item.sup):
            if script is not None and not script.taken:
                raise Fault(f"the script {spelled(script)} has no meaning that is known here", script.pos)
        if item.primes and not item.dashed:
            raise Fault("a prime stands here where it has no meaning that is known", item.pos)
    refuse_two_fonts(content)


def refuse_two_fonts(content: Content) -> None:
    """Refuse a bold θ beside a plain one, as both are read as the one parameter. Raises Fault."""
    bold = [item for item in every(content) if unbold(item) is not item]
    plain = sum(item.kind == "sym" and item.value == r"\theta" for item in every(content)) > len(bold)
    if bold and plain:
        raise Fault(r"a bold \theta stands beside a plain one: write one of them", bold[0].pos)
