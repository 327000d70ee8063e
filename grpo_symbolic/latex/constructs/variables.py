r"""Reading variables: a, s', o_i, o_{i,t}, o_{<t}, y_w, and the parameters θ, θ_old."""

from __future__ import annotations

import re

from sympy import Basic

from ...language import (
    After,
    Num,
    Prefix,
    Sample,
    TokenOf,
    Var,
    sort_of,
)
from ..kinds.evidence import PREFERRED
from ..kinds.numbering import SAMPLES
from ..names.read_as import UNPRINTED
from ..notation.priors import SEQUENCES, TRAJECTORY
from ..notation.vocabulary import OLD_WORDS
from ..parsing.naming import label, script, spelled, unbold
from ..parsing.surface import Content, Item, content_of, items_of, unwrap
from ..read_error import Fault, Malformed
from ..spelling.labels import labelled
from .builder import Builder

Element = tuple[str, Item]
# Subscripts that speak of the size of the group, and that calculate.
BEYOND = re.compile(r"(?<![A-Za-z])G(?![A-Za-z])")
COMPUTED = re.compile(r"[-+/]|\d[A-Za-z\\]")


def point_of(builder: Builder, item: Item | None) -> str:
    """``current`` for θ, ``old`` for θ_old or the word old, else nothing."""
    if item is None:
        return ""
    item = unbold(unwrap(item))
    if item.kind == "sym" and item.value == r"\theta" and item.sup is None and not item.primes:
        if item.sub is None:
            return "current"
        return "old" if label(item.sub) in OLD_WORDS else ""
    return "old" if item.plain and item.kind == "text" and item.value == "old" else ""


def read_index(builder: Builder, item: Item) -> Basic | None:
    """A group or token index, else None; numbers are none."""
    item = unwrap(item)
    if item.kind != "sym" or item.sub is not None or item.sup is not None:
        return None
    name = item.value + item.dashes
    if (name, "action") in builder.facts.plan.sample:
        return builder.named(name, "action", item.pos)
    var = builder.bound.get(name)
    if var is not None:
        return var if var.sort in ("index", "token") else None
    if (sort := builder.facts.sorts.get(item.value)) in ("index", "token"):
        (builder.labels if labelled(builder.bound.values(), {name}) else builder.loose).add(name)
        return builder.named(name, sort, item.pos)
    return None


def read_elements(builder: Builder, sub: Item) -> list[Element]:
    """The parts of a subscript between commas, each with the relation sign before it (``<`` in o_{<t})."""
    content = content_of(unwrap(sub)) if sub.kind == "group" else content_of(sub)
    found = []
    for place, piece in enumerate(content.pieces):
        if place and content.seps[place - 1][0] != ",":
            raise Fault(f"the subscript holds a {content.seps[place - 1][0]} that has no meaning here", sub.pos)
        rel, side = "", piece.sides[0]
        if piece.rels:
            if side is not None or len(piece.rels) > 1:
                raise Fault("a relation has no meaning in this subscript", piece.rels[0][1])
            rel, side = piece.rels[0][0], piece.sides[1]
        lone = None if side is None else side.lone
        if lone is None:
            lone = Item("group", "brace", sub.pos, sub.end, Content(piece)) if side is not None else None
        if lone is None:
            raise Malformed("a part of the subscript is missing", sub.pos)
        found.append((rel, lone))
    return found


def read_variable(builder: Builder, item: Item, sort: str = "") -> Basic | None:
    """The action, state, index or token that an item is, else None; ``sort`` is that of a letter nobody knows."""
    item = unwrap(item)
    if item.kind != "sym":
        return None
    letter = item.value
    name = letter + item.dashes
    if item.sup is not None:
        mark = unwrap(item.sup)
        if mark.kind != "mark" or mark.value not in "+-*":
            return None
        name += "^" + script(mark.value)
    if item.sub is not None and (whole := f"{name}_{script(label(item.sub))}") in builder.bound:
        return builder.bound[whole]
    placed = letter in builder.facts.sorts or name in builder.facts.declared
    known = placed or name in builder.bound or name in builder.groups or letter == TRAJECTORY and (
        builder.facts.trajectory or item.sub is not None and is_range(builder, item.sub))
    if not (known or sort) or letter in builder.facts.laws and name not in builder.bound:
        return None
    if item.sub is not None:
        return read_subscripted(builder, item, name)
    bound = builder.bound.get(name)
    usual = "action" if bound is None else bound.sort
    default = sort or builder.facts.declared.get(name) or builder.facts.sorts.get(letter, usual)
    return builder.named(name, default, item.pos)


def state_letters(builder: Builder) -> set[str]:
    """The letters that name states."""
    return {letter for letter, sort in builder.facts.sorts.items() if sort == "state"}


def read_sequence(builder: Builder, name: str, letter: str, pos: int) -> Basic | None:
    """The sequence whose tokens ``letter_t`` names, else None."""
    var = builder.bound.get(name)
    if var is not None:
        return var if var.sort == "action" else None
    of_a_path = builder.on_a_path and letter not in builder.facts.sequences
    if letter in (SEQUENCES | builder.facts.sequences) and builder.facts.sorts.get(letter) != "state" and not of_a_path:
        return builder.named(name, "action", pos)
    return None


def is_range(builder: Builder, sub: Item) -> bool:
    """Whether a subscript is a range, 1:G or :t."""
    return any(sign == ":" for sign, _ in content_of(sub).seps)


def read_trajectory(builder: Builder, needed: bool = False) -> Var | None:
    """The trajectory whose steps a_t and s_t are, if there is one, or if one is needed because t is bound."""
    for name, var in builder.bound.items():
        if name.startswith(TRAJECTORY):
            return var
    return builder.named(TRAJECTORY, "action", builder.pos, UNPRINTED) if builder.facts.trajectory or needed else None


def read_subscripted(builder: Builder, item: Item, name: str) -> Basic | None:
    """o_i, o_{i,t}, o_{i,<t}, y_t, y_{<t}, a_t, y_w."""
    letter, sub = item.value, item.sub
    assert sub is not None
    whole = f"{name}_{script(label(sub))}"
    sort = builder.bound[name].sort if name in builder.bound else "action" if name in builder.groups else \
        builder.facts.sorts.get(letter, "action")
    if sort not in ("action", "state"):
        return None
    if is_range(builder, sub):
        if letter == TRAJECTORY:
            return builder.named(whole, "action", item.pos)
        raise Fault(f"the range {spelled(item)} has no meaning here", item.pos)
    elements = read_elements(builder, sub)
    if len(elements) == 2 and f"{name}_{label(elements[0][1])}" in builder.groups and not elements[1][0]:
        name, elements = f"{name}_{label(elements[0][1])}", elements[1:]
    single = single_draw(builder, name, elements)
    if single is not None:
        return read_step(builder, item, single.name, whole, single, elements[1], sort)
    rel, first = elements[0]
    numbered = not rel and len(elements) == 1 and unwrap(first).kind == "num"
    if sort == "action" and numbered and preferred(builder, letter):
        return builder.named(whole, "action", item.pos)
    if sort == "action" and not rel:
        refuse_member(builder, name, first)
    base: Basic | None = None
    on_a_path = builder.on_a_path and not builder.groups and len(elements) == 1
    if on_a_path and not rel and not stands_at_a_step(builder, unwrap(first)):
        raise Fault(f"which step {spelled(item)} stands at is not said: name it by an index that is summed over",
                    item.pos)
    if sort == "action" and not rel and not on_a_path and (index := read_group_index(builder, first)) is not None:
        base = Sample(builder.named(name, "group", item.pos), index)
        elements = elements[1:]
    elif sort == builder.facts.sorts.get(letter) == "state" and not rel and is_index(builder, first) \
            and sort_of(read_index(builder, first) or Num(1)) == "index":
        return None
    if not elements:
        return base
    if len(elements) > 1:
        raise Fault(f"the subscript of {letter} has too many parts: write a_i, o_t or o_{{i,t}}", sub.pos)
    return read_step(builder, item, name, whole, base, elements[0], sort)


def stands_at_a_step(builder: Builder, part: Item) -> bool:
    """Whether a subscript is a step of the path at hand, or the step after one: an index, or the number of one."""
    if part.kind == "num" or is_index(builder, part):
        found = None if part.kind == "num" else read_index(builder, part)
        return found is None or sort_of(found) == "token"
    # the step after another one is read so, or refused
    return part.kind == "group" and any(is_index(builder, one) for one in items_of(content_of(part)))


def preferred(builder: Builder, letter: str) -> bool:
    r"""Whether numbers below a letter tell apart what is compared, y_1 \succ y_2, and are no members of a group."""
    return (letter, PREFERRED) in builder.facts.evidence and not builder.facts.grouped and \
        letter not in builder.facts.indexed | builder.facts.members


def single_draw(builder: Builder, name: str, elements: list[Element]) -> Var | None:
    r"""The sequence drawn on its own of which a symbol names a token: o_i of o_{i,t}; else None."""
    if len(elements) != 2 or elements[0][0]:
        return None
    var = builder.bound.get(f"{name}_{script(label(elements[0][1]))}")
    return var if var is not None and var.sort == "action" else None


def read_group_index(builder: Builder, item: Item) -> Basic | None:
    """A group index or the number of a sample, of which the first is 1."""
    if item.kind == "num" and item.plain:
        return sample_number(builder, item)
    found = read_index(builder, item) if is_index(builder, item) else None
    return found if found is not None and sort_of(found) == "index" else None


def sample_number(builder: Builder, item: Item) -> Num | None:
    """The number of a sample or of a step, counted from 1; None where none has it."""
    offset = builder.facts.numbering.offset(SAMPLES) or 0
    number = int(item.value) + offset if item.value.isdecimal() else 0
    return Num(number) if number > 0 else None


def refuse_member(builder: Builder, name: str, sub: Item) -> None:
    """Refuse to name a member of a group by what need not be the number of one: a_0, a_G, a_{2G}, a_{i+1}."""
    text = label(sub)
    if text.startswith(r"\text{"):
        return
    in_group = name in builder.groups or name in builder.facts.indexed or builder.facts.grouped
    if BEYOND.search(text) or in_group and (text == "0" or COMPUTED.search(text)):
        raise Fault(f"{name}_{script(text)} cannot be said: name a member of a group by an index or by a number "
                    "from 1 on", sub.pos)


def is_index(builder: Builder, item: Item) -> bool:
    item = unwrap(item)
    if item.kind != "sym" or item.sub is not None or item.sup is not None:
        return False
    var = builder.bound.get(item.value + item.dashes)
    sort = var.sort if var is not None else builder.facts.sorts.get(item.value)
    return sort in ("index", "token")


def is_bound(builder: Builder, item: Item) -> bool:
    """Whether an item is a bound index."""
    return is_index(builder, item) and item.value + item.dashes in builder.bound


def read_shifted(builder: Builder, item: Item, name: str, part: Item) -> Basic | None:
    """s_{t+1} of the trajectory at hand, else None."""
    only = content_of(part).only
    if only is None or len(only.terms) != 2:
        return None
    (first, one, _), (sign, two, _) = only.terms
    if first or len(one) != 1 or len(two) != 1 or two[0].kind != "num" or not is_index(builder, one[0]):
        return None
    index, trajectory = read_index(builder, one[0]), read_trajectory(builder, is_bound(builder, one[0]))
    if index is None or trajectory is None:
        return None
    if (sign, two[0].value) == ("+", "1") and builder.facts.sorts.get(item.value) == "state":
        two[0].taken = True
        return After(trajectory, index)
    return builder.formal(f"{name}_{{#2{sign}{two[0].value}}}", [], trajectory, index, shape="scalar",
                          pos=item.pos)


def read_step(builder: Builder, item: Item, name: str, whole: str, base: Basic | None, element: Element, sort: str
              ) -> Basic:
    """A token or prefix of a sequence; or the variable of one step, or with a label."""
    rel, part = element
    computed = part.kind == "group"
    if not rel and base is None and computed and (found := read_shifted(builder, item, name, part)) is not None:
        return found
    if rel not in ("", "<"):
        raise Fault(f"a prefix is written {name}_{{<t}}", part.pos)
    if not is_index(builder, part):
        if part.kind == "num" and (trajectory := read_trajectory(builder)) is not None and base is None:
            number = sample_number(builder, part) or Num(part.value)
            return (TokenOf if sort == "action" else Prefix)(trajectory, number)
        if base is not None or rel or computed and any(is_bound(builder, one) for one in items_of(content_of(part))):
            raise Fault(f"the position in {spelled(item)} cannot be said: positions are t, or i,t in a group",
                        part.pos)
        return builder.named(whole, sort, item.pos)
    position = read_index(builder, part)
    assert position is not None
    sequence = base or read_sequence(builder, name, item.value, item.pos)
    trajectory = read_trajectory(builder, position in builder.bound.values() and item.value in ("a", "s"))
    if sequence is not None:
        return Prefix(sequence, position) if rel else TokenOf(sequence, position)
    if trajectory is not None and not rel:
        return TokenOf(trajectory, position) if sort == "action" else Prefix(trajectory, position)
    if rel or position in builder.bound.values():
        raise Fault(f"{spelled(item)} belongs to no sequence: draw one (o, y or \\tau) before", item.pos)
    builder.free.pop(position, None)
    return builder.named(whole, sort, item.pos)


def ambient_variable(builder: Builder, sort: str) -> Var:
    """The state or group that is not printed: the drawn one, the last that is in scope, that of the statement."""
    if sort in ("index", "token"):
        raise Fault("what stands for a step of its own cannot be said here: write out what it stands for", builder.pos)
    var = builder.drawn.get(sort)
    if sort == "group" and len(builder.groups) > 1:
        raise Fault(f"what stands here may belong to the group {' or to '.join(builder.groups)}: write its arguments",
                    builder.pos)
    if var is None and sort == "group" and builder.groups:
        var = list(builder.groups.values())[-1]
    return var if var is not None else builder.named(getattr(builder.facts, sort), sort, builder.pos, UNPRINTED)
