"""The one spelling of a symbol: canonical LaTeX of names, labels and scripts, from the surface."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from ..notation.vocabulary import BOLD, DECORATIONS, LABEL
from ..read_error import Fault
from .surface import Content, Item, content_of, unwrap

MACRO_END = re.compile(r"\\[A-Za-z]+$")
BRACES = re.compile(r"[{}\s]")
MAX_LABEL = 200
# The label of a word such as old or neg; but ik may mean two indices.
PLAIN_WORD = re.compile(r"\\text\{[A-Za-z]{3,}\}")
BRACKETS = {"(": "()", "[": "[]", "|": "||"}
NAMELESS = frozenset(("fn", "big", "op", "any", "dots", "bar", "mark"))  # the kinds of items that are no symbols


class Nucleus(NamedTuple):
    """A symbol without its scripts: its name, its letter, its decorations, and the item that carries the scripts."""

    name: str
    letter: str
    decorations: tuple[str, ...]
    item: Item


def script(text: str) -> str:
    """What follows ``_`` or ``^``."""
    return text if len(text) == 1 else f"{{{text}}}"


@lru_cache
def bare(symbol: str) -> str:
    """A symbol without the braces and blanks that its print may have or not."""
    return BRACES.sub("", symbol)


def join(parts: list[str]) -> str:
    """Parts side by side, with a blank where a macro would swallow a letter."""
    text = ""
    for part in parts:
        text += (" " if part[:1].isalpha() and MACRO_END.search(text[-MAX_LABEL:]) else "") + part
    return text


def nucleus(item: Item) -> Nucleus | None:
    """The symbol an item is, which is taken, or None."""
    item.taken = True
    kind = item.kind
    if kind == "sym" or kind == "num":
        known: Nucleus | None = item.nucleus
        if known is None or known.name != item.value:
            known = item.nucleus = Nucleus(item.value, item.value, (), item)
        return known
    if kind in NAMELESS:
        return None
    if kind == "text":
        known = item.nucleus
        if known is None or known.letter != item.value:
            known = item.nucleus = Nucleus(rf"\text{{{item.value}}}", item.value, (), item)
        return known
    if kind == "cmd" and item.value in DECORATIONS:
        first, known = unwrap(item.args[0]), item.nucleus
        if known is not None and known.item is item and known.letter == first.value and first.plain:
            return known
        inner = nucleus(first)
        if inner is None:
            return None
        carrier = item
        if not inner.item.plain:
            if not item.plain:
                return None
            carrier = inner.item
        name = rf"{item.value}{{{inner.name}}}"
        item.nucleus = Nucleus(name, inner.letter, (*inner.decorations, item.value), carrier)
        return item.nucleus
    if kind == "cmd" and item.value == r"\mathop":
        inner = nucleus(unwrap(item.args[0]))
        return inner and inner.item.plain and Nucleus(inner.name, inner.letter, inner.decorations, item) or None
    if kind == "group" and item.value == "brace" and item.body is not None and item.body.lone is not None:
        inner = nucleus(unwrap(item.body.lone))
        if inner is None:
            return None
        name = inner.name if inner.item.plain else spelled(unwrap(item.body.lone))
        return Nucleus(name, inner.letter, inner.decorations, item)
    return None


def spelled(item: Item) -> str:
    """Canonical LaTeX of an item with its scripts, all of which are taken."""
    item.taken = True
    text = _bare(item) + item.dashes
    if item.sub is not None:
        text += "_" + script(label(item.sub))
    if item.sup is not None:
        text += "^" + script(label(item.sup))
    return text


def _bare(item: Item) -> str:
    if item.kind in ("sym", "num", "dots"):
        return item.value
    if item.kind == "text":
        return rf"\text{{{item.value}}}"
    if item.kind == "mark":
        return {"⊤": r"\top", "⊥": r"\bot", r"\star": "*", r"\ast": "*"}.get(item.value, item.value)
    if item.kind in ("fn", "big"):
        return "\\" + item.value
    if item.kind in ("op", "any"):
        return "/" if item.value == "/" else r"\cdot "
    if item.kind == "cmd":
        return item.value + "".join(rf"{{{label(arg)}}}" for arg in item.args)
    if item.kind == "group" and item.body is not None:
        if item.value == "brace":
            return rendered(item.body)
        pair = BRACKETS.get(item.value, "()")
        return pair[0] + rendered(item.body) + pair[1]
    raise Fault("this cannot stand in a name", item.pos)


def rendered(content: Content) -> str:
    """Canonical LaTeX of a content, as it stands in a label."""
    text = ""
    for place, piece in enumerate(content.pieces):
        if place:
            text += content.seps[place - 1][0]
        for number, side in enumerate(piece.sides):
            if number:
                text += piece.rels[number - 1][0]
            if side is not None:
                text += join([part for sign, items, _ in side.terms
                              for part in [sign, *map(spelled, items)] if part])
    return text


def label(item: Item) -> str:
    r"""Canonical LaTeX of a script: a run of letters is a word, ``old`` is ``\text{old}``."""
    if item.kind == "sym" and item.plain:
        item.taken = item.dashed = True
        text = item.value
    else:
        text = rendered(content_of(item))
    if len(text) > MAX_LABEL:
        raise Fault(f"a script of more than {MAX_LABEL} characters", item.pos)
    return rf"\text{{{text}}}" if LABEL.fullmatch(text) else text


def word(item: Item | None) -> str:
    """The word a script is, in whatever font; empty if it is none."""
    if item is None:
        return ""
    text = label(item)
    return text[6:-1] if text.startswith(r"\text{") and text.endswith("}") and text.count("{") == 1 else ""


def unbold(item: Item) -> Item:
    r"""\theta for \boldsymbol\theta."""
    if item.kind == "cmd" and item.value in BOLD and item.plain:
        inner = unwrap(item.args[0])
        return inner if inner.kind == "sym" and inner.value == r"\theta" else item
    return item
