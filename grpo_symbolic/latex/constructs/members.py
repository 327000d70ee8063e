r"""What a subscript is: an index of a family, the number of a member, or a label."""

from __future__ import annotations

import re

from sympy import Basic

from ...language import (
    Num,
    sort_of,
)
from ..kinds.numbering import Place, shift_of
from ..parsing.naming import PLAIN_WORD, Nucleus, bare, label, script, spelled
from ..parsing.surface import Item, content_of, unwrap
from ..read_error import Fault
from .brackets import sample_like
from .builder import Builder
from .variables import (
    COMPUTED,
    is_index,
    point_of,
    read_elements,
    read_index,
    read_variable,
    refuse_member,
)

# Letters that number members where nothing binds them; the l of r_w - r_l is none.
NUMBERING = frozenset("ijklmnt")
LOSING = re.compile(r"_\s*\{?\s*w(?![A-Za-z])")


def split_subscript(builder: Builder, symbol: Nucleus, sub: Item, group: Item | None, defining: bool
                    ) -> tuple[list[str], list[Basic]]:
    """The parts of a subscript, those that are variables as places, and the number of a member of the group."""
    text = label(sub)
    lone = unwrap(sub)
    content = content_of(lone)
    letters = content.only.terms[0][1] if lone.kind == "group" and content.only is not None else []
    if len(letters) > 1 and all(is_index(builder, part) for part in letters):
        raise Fault(f"the subscript {text} is ambiguous: write a comma between indices", sub.pos)
    numbering = builder.facts.numbering
    families = [builder.facts.family(symbol, number) for number in range(len(content.pieces))]
    family = not defining and not numbering.families.isdisjoint(families)
    if text != "G" and not defining and not family and is_statistic(builder, symbol, text, group):
        refuse_member(builder, symbol.name + symbol.item.dashes, sub)
    listed = len(content.pieces) > 1 or family
    if lone.kind == "group" and (not listed or any(sign != "," for sign, _ in content.seps)):
        if not PLAIN_WORD.fullmatch(text):
            refuse_shifted(builder, lone)
        return [text], []
    parts: list[str] = []
    printed: list[Basic] = []
    for place, (rel, element) in enumerate(read_elements(builder, sub)):
        variable = None if rel else read_index(builder, element)
        if not (rel or defining or variable is not None) and families[place] in numbering.families:
            variable = family_member(builder, symbol, element, families[place], group)
        named = rel or defining or variable is not None
        if not (named or place) and is_member(builder, symbol, unwrap(element), text, group):
            variable = Num(unwrap(element).value)
        letter = unwrap(element).value
        ambient = builder.drawn["state"].name if "state" in builder.drawn else builder.facts.state
        if variable is None and not rel and builder.facts.sorts.get(letter) == "state" and unwrap(element).plain and \
                letter == ambient:
            variable = read_variable(builder, element)
            refuse_two_kinds(builder, symbol, element, "state")
        if variable is None:
            if unwrap(element).kind == "sym" and unwrap(element).plain and not rel:
                refuse_two_kinds(builder, symbol, element, "label")
            if not PLAIN_WORD.fullmatch(label(element)):
                refuse_shifted(builder, element)
            parts.append(rel + label(element))
        else:
            printed.append(variable)
            parts.append(f"#{len(printed)}")
    if printed:
        refuse_component(builder, symbol)
    return parts, printed


def refuse_component(builder: Builder, symbol: Nucleus) -> None:
    r"""Refuse x_i where x \in \mathbb{R}^n is declared, and no x_i is: it is a component of that. Raises Fault."""
    kinds = builder.facts.kinds
    name = bare(symbol.name + symbol.item.dashes)
    if kinds.get(name) in ("vec", "mat") and not any(other.startswith(f"{name}_") for other in kinds):
        raise Fault(f"a component of {symbol.name} cannot be said here, or is another symbol: give that another letter",
                    symbol.item.pos)


def refuse_two_kinds(builder: Builder, symbol: Nucleus, part: Item, kind: str) -> None:
    """Refuse c_b beside c_s, where s is a state: whether b is one too, or a label, is not said."""
    if builder.scripted.setdefault(symbol.name + symbol.item.dashes, kind) != kind:
        raise Fault(f"{symbol.name} stands here with a state below it, and with a letter that is none: whether "
                    f"{spelled(unwrap(part))} is a state is not said", part.pos)


def family_member(builder: Builder, symbol: Nucleus, part: Item, family: Place, group: Item | None) -> Basic | None:
    """The member of a family that c_{t+1} or c_0 names where c_t stands under its sum; None for a label.

    Raises Fault where that member is not to be told from a symbol of its own, or has no number.
    """
    shown = f"{symbol.name}_{script(label(part))}"
    offset, shift = builder.facts.numbering.offset(family), shift_of(part)
    if shift is not None:
        name, by = shift
        var = builder.bound.get(name)
        if var is None and (sort := sort_of_member(builder, name, family)):
            var = builder.named(name, sort, part.pos)
        if var is not None and var.sort in ("index", "token"):
            if offset is None:
                raise Fault(f"a shifted or computed index ({label(part)}) cannot be said", part.pos)
            return var
    last = shift is not None and (shift[1] != 0 or (shift[0], "limit") in builder.facts.evidence)
    if last or COMPUTED.search(label(part)) and not label(part).startswith(r"\text{"):
        raise Fault(f"{shown} cannot be said: name a member of a group by an index or by a number", part.pos)
    if part.kind != "num" or not part.plain or not part.value.isdecimal() or takes_samples(builder, group):
        return None
    if shown in builder.environment.names or shown in builder.environment.stems:
        raise Fault(f"{shown} is defined, and {symbol.name} has a member of that number", part.pos)
    if (number := int(part.value) + (offset or 0)) < 1:
        raise Fault(f"{shown} cannot be said beside a range from 1: name a member of a group by an index or by a "
                    "number from 1 on", part.pos)
    return Num(number)


def sort_of_member(builder: Builder, name: str, family: Place) -> str:
    """The sort of a letter that nothing binds and that numbers a member of a family; empty where it is a label."""
    sort = builder.facts.sorts.get(name, "")
    limit = (name, "limit") in builder.facts.evidence
    loser = name == "l" and LOSING.search(builder.text) is not None
    if sort not in ("", "index", "token") or not sort and (name not in NUMBERING or limit or loser):
        return ""
    return "token" if family in builder.facts.numbering.steps else sort or "index"


def is_member(builder: Builder, symbol: Nucleus, number: Item, label: str, group: Item | None) -> bool:
    r"""Whether r_1 is the value of r_i at the member 1 of the group, not a symbol of its own.

    It is for a symbol that is a group statistic where it has an index, under a law of the group or beside r_i,
    which a definition of the statement may print.
    """
    last = number.value == "G" and label == "G"
    if not number.plain or not (last or number.kind == "num" and number.value.isdigit() and number.value != "0"):
        return False
    if not is_statistic(builder, symbol, label, group):
        return False
    name = symbol.name + symbol.item.dashes
    own, here = f"{name}_{script(label)}", name in builder.facts.indexed
    grouped = "group" in builder.drawn
    if last and grouped or not grouped and not here and builder.facts.grouped:
        raise Fault(f"{own} is ambiguous: it may be the member {label} of {name}_i, or a symbol of its own; "
                    + (f"write the sample, as r(s, a_1), or {name}_i with an index" if not last else
                       "number the member, or give the symbol another name"), symbol.item.pos)
    return not last and (grouped or name in builder.facts.members)


def is_statistic(builder: Builder, symbol: Nucleus, label: str, group: Item | None) -> bool:
    """Whether a symbol with this label has a value for each member where it has an index, and is not defined."""
    name = symbol.name + symbol.item.dashes
    own = f"{name}_{script(label)}"
    if own in builder.environment.names or own in builder.environment.stems or takes_samples(builder, group):
        return False
    indexed = name in builder.facts.indexed or name in builder.facts.members
    return indexed or name == "r" or indexed_before(builder, name)


def indexed_before(builder: Builder, name: str) -> bool:
    """Whether a definition has a symbol of this name with a group index."""
    return any(layout.startswith(f"{name}_{{#1") and sort_of(named.app.params[0]) == "index"
               for layout, named in builder.environment.names.items())


def takes_samples(builder: Builder, group: Item | None) -> bool:
    """Whether the bracket after a symbol holds arguments that are more than a point θ: k_1(a), r_1(s, a)."""
    body = None if group is None or group.value != "(" else group.body
    if body is None:
        return False
    return len(body.pieces) > 1 or sample_like(builder, body) and not point_of(builder, body.lone)


def refuse_shifted(builder: Builder, lone: Item) -> None:
    """t + 1 as a position has no node; k + 1 as a label is fine."""
    for piece in content_of(lone).pieces:
        for side in piece.sides:
            for _, items, _ in side.terms if side is not None else ():
                if found := next((item for item in items if is_index(builder, item)), None):
                    raise Fault(f"a shifted or computed index ({label(lone)}) cannot be said", found.pos)
