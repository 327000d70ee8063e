r"""Returns conditioned on where a path starts: \mathbb{E}_{\tau\sim\pi}[\sum_t \gamma^t r_t | s_0 = s] is V^\pi(s)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..parsing.parser import parse
from ..parsing.surface import Content, Expr, Item, seen_in
from ..spelling.indexed import every
from .written_out import edited

LAW = re.compile(r"\{?\\tau\\sim(?P<policy>\\(?:pi|mu)(?![A-Za-z]).*?)\}?")
RETURN = re.compile(r"\\sum_\{(?P<step>\w)=0\}\^\{?\\infty\}?\\gamma\^(?P=step)r"
                    r"(?:_(?P=step)|\(s_(?P=step),a_(?P=step)\))")
BLANKS = re.compile(r"\s|\\[,;!:]|\\left|\\right|\\middle")
STARTS = {"s": "s_0", "a": "a_0"}


def as_values(text: str) -> str:
    """A text with values for returns from a state on. Raises Fault."""
    edits = []
    for items in terms_of(parse(text)[0]):
        for item, after in zip(items, items[1:], strict=False):
            if item.kind == "cmd" and item.value == r"\mathbb" and item.sub is not None and after.body is not None:
                value = value_of(text, item.sub, after)
                edits += [(item.pos, after.end, value)] if value else []
    return edited(text, edits)


def terms_of(content: Content) -> Iterator[list[Item]]:
    """The items of each product, at any depth."""
    scripts = (seen_in(part) for item in every(content) for part in (*item.args, item.sub, item.sup)
               if part is not None)
    for part in (content, *scripts, *(item.body for item in every(content) if item.body is not None)):
        sides = (side for piece in part.pieces for side in piece.sides if side is not None)
        yield from (items for side in sides for _, items, _ in side.terms)


def value_of(text: str, law: Item, group: Item) -> str:
    """The value that an expectation is; empty where it is another one."""
    body, found = group.body, LAW.fullmatch(BLANKS.sub("", text[law.pos:law.end]))
    if found is None or body is None or [sign for sign, _ in body.seps] not in (["|"], ["|", ","]):
        return ""
    first, *given = body.pieces
    if first.only is None or not RETURN.fullmatch(BLANKS.sub("", text[first.only.pos:body.seps[0][1]])):
        return ""
    names = []
    for piece, letter in zip(given, STARTS, strict=False):
        sides = [shown(text, side) for side in piece.sides]
        if [rel for rel, _ in piece.rels] != ["="] or sides[0] != STARTS[letter] or not sides[1].startswith(letter):
            return ""
        names.append(sides[1])
    return ("V", "Q")[len(names) - 1] + f"^{{{found['policy']}}}({', '.join(names)})"


def shown(text: str, side: Expr | None) -> str:
    """How a side that is one symbol is printed."""
    lone = None if side is None else side.lone
    if lone is None or lone.kind != "sym":
        return ""
    return lone.value + "'" * lone.primes + ("" if lone.sub is None else "_" + text[lone.sub.pos:lone.sub.end])
