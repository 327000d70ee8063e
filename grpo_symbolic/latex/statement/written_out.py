r"""Texts in which quantities of a step are written out: \delta_{t+1} is r_{t+1} + \gamma V(s_{t+2}) - V(s_{t+1})."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from ..notation.vocabulary import DEFINING
from ..parsing.naming import label, nucleus
from ..parsing.parser import parse
from ..parsing.surface import Content, Item, items_of, unwrap
from ..read_error import Fault
from ..spelling.indexed import counted, every

SIGN = re.compile(r"\\(?:doteq|triangleq|equiv|coloneqq|coloneq|stackrel\{[^{}]*\}\{=\})(?![A-Za-z])|:=|:\s*=|=")
MOST_LEVELS, MOST_TEXT = 6, 4000
LETTERS = "lkjmiu"
Edit = tuple[int, int, str]


class OfStep(NamedTuple):
    """What a quantity of a step is, in the ``letter`` of that."""

    letter: str
    text: str


# How quantities are printed that have one meaning in the field, in the ways in which it varies.
IN_THE_FIELD: Mapping[str, tuple[OfStep, ...]] = {
    r"\delta": (OfStep("t", r"r_t + \gamma V(s_{t+1}) - V(s_t)"),),
    r"G": (OfStep("t", r"\sum_{k=0}^{\infty} \gamma^k r_{t+k}"),
           OfStep("t", r"\sum_{k=0}^{\infty} \gamma^k r_{t+k+1}")),
    r"R": (OfStep("t", r"\sum_{k=0}^{\infty} \gamma^k r_{t+k}"),
           OfStep("t", r"\sum_{k=0}^{\infty} \gamma^k r_{t+k+1}")),
    r"\hat{A}^GAE": (OfStep("t", r"\sum_{l=0}^{\infty} (\gamma \lambda)^l \delta_{t+l}"),),
}


# A capital R of a step is what is paid from it on where rewards are small letters, else a reward.
RETURN, REWARD = "R", re.compile(r"(?<![A-Za-z\\])r_")


def in_the_field(texts: Sequence[str]) -> Mapping[str, tuple[OfStep, ...]]:
    """The quantities that custom gives a meaning in texts."""
    rewards = any(map(REWARD.search, texts))
    return {name: ways for name, ways in IN_THE_FIELD.items() if name != RETURN or rewards}


def edited(text: str, edits: Sequence[Edit]) -> str:
    """A text with others in some places."""
    for begin, end, new in sorted(edits, reverse=True):
        text = text[:begin] + new + text[end:]
    return text


def end_of(item: Item) -> int:
    """The offset after an item and its scripts, but for a power of one with a subscript."""
    scripts = (item.sub, None if is_power(item) else item.sup)
    return max([item.end, *(end_of(part) for part in scripts if part is not None)])


def name_of(item: Item) -> str:
    r"""A symbol without its step: \hat{A}^GAE of \hat A_t^{\text{GAE}(\gamma,\lambda)}; empty of what has no step."""
    symbol = nucleus(item)
    if symbol is None or symbol.item is not item or item.sub is None or item.primes:
        return ""
    above = "" if item.sup is None or is_power(item) else label(item.sup)
    word = "GAE" if above.startswith((r"\text{GAE}", "GAE")) else above
    return symbol.name + ("^" + word if word else "")


def is_power(item: Item) -> bool:
    """Whether a symbol with a subscript is raised to a number after that."""
    power = None if item.sup is None else unwrap(item.sup)
    return power is not None and item.sub is not None and item.sub.pos < power.pos and power.kind == "num"


def definition_of(text: str) -> tuple[str, OfStep] | None:
    """The quantity of a step that a text defines, and what it says of that; None of any other text."""
    try:
        content, _ = parse(text)
    except Fault:
        return None
    piece = content.pieces[0]
    left = None if piece.sides[0] is None else piece.sides[0].lone
    right = piece.sides[1] if len(piece.sides) == 2 else None
    if len(content.pieces) > 1 or left is None or right is None or piece.rels[0][0] not in ("=", *DEFINING):
        return None
    below = None if left.sub is None else unwrap(left.sub)
    sign = SIGN.match(text, piece.rels[0][1])
    name = name_of(left)
    if not name or sign is None or below is None or below.kind != "sym" or not below.plain or below.value.isupper():
        return None
    return name, OfStep(below.value, text[sign.end():].strip())


def within(content: Content, below: bool = False) -> Iterator[tuple[Item, bool, bool]]:
    """All items, with whether each stands in a subscript, and whether it is a script or an argument by itself."""
    for item in items_of(content):
        yield item, below, False
        if item.body is not None:
            yield from within(item.body, below)
        for part in (*item.args, item.sub, item.sup):
            under = below or part is item.sub and item.kind != "big"
            if part is not None and part.body is not None:
                yield from within(part.body, under)
            elif part is not None:
                yield part, under, True


def at_step(quantity: OfStep, step: str) -> str:
    """What a quantity is at another step. Raises Fault."""
    if step == quantity.letter:
        return quantity.text
    content, _ = parse(quantity.text)
    used = {item.value for item in every(content) if item.kind == "sym"}
    names = {item.value for item in every(parse(step)[0]) if item.kind == "sym"}
    bound = bound_in(content)
    fresh = iter(letter for letter in LETTERS if letter not in used | names)
    others = {name: next(fresh, name) for name in sorted(bound & names)}
    edits = []
    for item, inside, script in within(content):
        if item.kind != "sym" or not item.plain or item.value not in {quantity.letter, *others}:
            continue
        new = others.get(item.value, step)
        raw = item.value in others or inside and not script
        edits.append((item.pos, item.end, new if raw else "{" + new + "}" if script else f"({new})"))
    return edited(quantity.text, edits)


def bound_in(content: Content) -> set[str]:
    """The letters that sums and products bind."""
    return {name for item in every(content) if item.kind == "big" and item.sub is not None
            for name in counted(item.sub)}


def refuse_captured(text: str, quantities: Iterable[OfStep]) -> None:
    """Refuse to write out what has a letter of its own, the n of x_k - x_n, where a text binds that. Raises Fault."""
    bound = bound_in(parse(text)[0])
    for one in quantities:
        content, _ = parse(one.text)
        own = {item.value for item in every(content) if item.kind == "sym"} - bound_in(content) - {one.letter}
        if own & bound:
            raise Fault(f"{min(own & bound)} is bound here, and stands in a definition that is used: write another "
                        "letter", 0)


def uses(text: str, known: Container[str]) -> list[tuple[Item, str]]:
    """Where quantities of a step stand in a text, and which. Raises Fault."""
    found = [(item, name_of(item)) for item in every(parse(text)[0]) if item.kind in ("sym", "cmd", "group")]
    return [(item, name) for item, name in found if name in known]


def step_of(text: str, item: Item) -> str:
    """The step at which a quantity stands, as it is printed."""
    assert item.sub is not None
    shown = text[item.sub.pos:item.sub.end]
    return shown[1:-1].strip() if shown.startswith("{") else shown


def written_out(text: str, known: Mapping[str, OfStep]) -> str:
    """A text with what quantities of a step are, in place of them. Raises Fault."""
    if not known:
        return text
    for _ in range(MOST_LEVELS):
        found = uses(text, known)
        if not found:
            return text
        refuse_captured(text, [known[name] for _, name in found])
        text = edited(text, [(item.pos, end_of(item), rf"\left({at_step(known[name], step_of(text, item))}\right)")
                             for item, name in found])
        if len(text) > MOST_TEXT:
            break
    raise Fault("what is written out here is too long", 0)


def left_undefined(texts: Sequence[str], known: Mapping[str, OfStep]) -> list[str]:
    """The quantities of custom that texts, and what these write out, have and do not define."""
    found: list[str] = []
    waiting = [*texts, *(one.text for one in known.values())]
    field = in_the_field(texts)
    while waiting:
        for _, name in uses(waiting.pop(), {name: ways[0] for name, ways in field.items() if name not in known}):
            if name not in found:
                found.append(name)
                waiting += [way.text for way in IN_THE_FIELD[name]]
    return found
