"""An account of what is printed: what a reading has not used is not passed over in silence."""

from __future__ import annotations

from .indexed import every
from .naming import nucleus, spelled
from .read_error import Fault
from .surface import Content

LEAVES = frozenset(("sym", "num", "text"))


def open_account(content: Content) -> None:
    """Mark every item as not used yet."""
    for item in every(content):
        item.taken = False


def close_account(content: Content) -> None:
    """Refuse the first symbol, number, word or script that nothing has used. Raises Fault."""
    for item in every(content):
        if item.kind in LEAVES and not item.taken:
            raise Fault(f"{spelled(item)} has no meaning that is known here", item.pos)
        for script in (item.sub, item.sup):
            if script is not None and not script.taken:
                raise Fault(f"the script {spelled(script)} has no meaning that is known here", script.pos)
        if item.primes and nucleus(item) is None:
            raise Fault("a prime belongs to a symbol", item.pos)
