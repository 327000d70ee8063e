"""An account of what is printed: what a reading has not used is not passed over in silence."""

from __future__ import annotations

from ..notation.vocabulary import DECORATIONS
from ..parsing.naming import spelled, unbold
from ..parsing.surface import Content, unwrap
from ..read_error import Fault
from .indexed import every

LEAVES = frozenset(("sym", "num", "text"))


def open_account(content: Content) -> None:
    """Mark every item as not used yet."""
    for item in every(content):
        for part in (item, item.sub, item.sup):
            if part is not None:
                part.taken = part.dashed = False


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
    """Refuse a letter in two fonts that are read as one: a bold θ or an upright c beside a plain one. Raises Fault."""
    fonts: dict[str, bool] = {}
    commands = [item for item in every(content) if item.args]
    bold = {id(unwrap(item.args[0])) for item in commands if unbold(item) is not item}
    decorated = {id(unwrap(arg)) for item in commands if item.value in DECORATIONS for arg in item.args} - bold
    for item in every(content):
        if item.kind == "sym" and id(item) not in decorated:
            odd = id(item) in bold or item.end - item.pos > len(item.value) == 1
            if fonts.setdefault(item.value, odd) != odd:
                raise Fault(f"{item.value} stands here in two fonts: write it in one", item.pos)
