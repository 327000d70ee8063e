r"""Reading variables: a, s', o_i, o_{i,t}, o_{<t}, y_w, and the parameters θ, θ_old."""

from __future__ import annotations

import re

from sympy import Basic

from ..language import (
    Num,
    Prefix,
    Sample,
    TokenOf,
    Var,
    sort_of,
)
from .elaborate_ground import Ground
from .labels import labelled
from .naming import label, script, spelled, unbold
from .numbering import SAMPLES
from .read_as import UNPRINTED
from .read_error import Fault, Malformed
from .surface import Content, Item, content_of, items_of, unwrap
from .symbols import OLD_WORDS, SEQUENCES, TRAJECTORY

Element = tuple[str, Item]
# Subscripts that speak of the size of the group, and that calculate.
BEYOND = re.compile(r"(?<![A-Za-z])G(?![A-Za-z])")
COMPUTED = re.compile(r"[-+/]|\d[A-Za-z\\]")


class Variables(Ground):
    """Names to variables, in the present scope."""

    def point(self, item: Item | None) -> str:
        """``current`` for θ, ``old`` for θ_old or the word old, else nothing."""
        if item is None:
            return ""
        item = unbold(unwrap(item))
        if item.kind == "sym" and item.value == r"\theta" and item.sup is None and not item.primes:
            if item.sub is None:
                return "current"
            return "old" if label(item.sub) in OLD_WORDS else ""
        return "old" if item.plain and item.kind == "text" and item.value == "old" else ""

    def index(self, item: Item) -> Basic | None:
        """A group or token index, else None; numbers are none."""
        item = unwrap(item)
        if item.kind != "sym" or item.sub is not None or item.sup is not None:
            return None
        name = item.value + item.dashes
        if (name, "action") in self.facts.plan.sample:
            return self.named(name, "action", item.pos)
        var = self.bound.get(name)
        if var is not None:
            return var if var.sort in ("index", "token") else None
        if (sort := self.facts.sorts.get(item.value)) in ("index", "token"):
            (self.labels if labelled(self.bound.values(), {name}) else self.loose).add(name)
            return self.named(name, sort, item.pos)
        return None

    def elements(self, sub: Item) -> list[Element]:
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

    def variable(self, item: Item, sort: str = "") -> Basic | None:
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
        if item.sub is not None and (whole := f"{name}_{script(label(item.sub))}") in self.bound:
            return self.bound[whole]
        placed = letter in self.facts.sorts or name in self.facts.declared
        known = placed or name in self.bound or name in self.groups or letter == TRAJECTORY and (
            self.facts.trajectory or item.sub is not None and self.is_range(item.sub))
        if not (known or sort) or letter in self.facts.laws and name not in self.bound:
            return None
        if item.sub is not None:
            return self.subscripted(item, name)
        default = sort or self.facts.declared.get(name) or self.facts.sorts.get(letter, "action")
        return self.named(name, default, item.pos)

    def states(self) -> set[str]:
        """The letters that name states."""
        return {letter for letter, sort in self.facts.sorts.items() if sort == "state"}

    def sequence(self, name: str, letter: str, pos: int) -> Basic | None:
        """The sequence whose tokens ``letter_t`` names, else None."""
        var = self.bound.get(name)
        if var is not None:
            return var if var.sort == "action" else None
        if letter in (SEQUENCES | self.facts.sequences) and self.facts.sorts.get(letter) != "state":
            return self.named(name, "action", pos)
        return None

    def is_range(self, sub: Item) -> bool:
        """Whether a subscript is a range, 1:G or :t."""
        return any(sign == ":" for sign, _ in content_of(sub).seps)

    def trajectory(self, needed: bool = False) -> Var | None:
        """The trajectory whose steps a_t and s_t are, if there is one, or if one is needed because t is bound."""
        for name, var in self.bound.items():
            if name.startswith(TRAJECTORY):
                return var
        return self.named(TRAJECTORY, "action", self.pos, UNPRINTED) if self.facts.trajectory or needed else None

    def subscripted(self, item: Item, name: str) -> Basic | None:
        """o_i, o_{i,t}, o_{i,<t}, y_t, y_{<t}, a_t, y_w."""
        letter, sub = item.value, item.sub
        assert sub is not None
        whole = f"{name}_{script(label(sub))}"
        sort = self.bound[name].sort if name in self.bound else "action" if name in self.groups else \
            self.facts.sorts.get(letter, "action")
        if sort not in ("action", "state"):
            return None
        if self.is_range(sub):
            if letter == TRAJECTORY:
                return self.named(whole, "action", item.pos)
            raise Fault(f"the range {spelled(item)} has no meaning here", item.pos)
        elements = self.elements(sub)
        if len(elements) == 2 and f"{name}_{label(elements[0][1])}" in self.groups and not elements[1][0]:
            name, elements = f"{name}_{label(elements[0][1])}", elements[1:]
        rel, first = elements[0]
        if sort == "action" and not rel:
            self.refuse_member(name, first)
        base: Basic | None = None
        if sort == "action" and not rel and (index := self.group_index(first)) is not None:
            base = Sample(self.named(name, "group", item.pos), index)
            elements = elements[1:]
        elif sort == self.facts.sorts.get(letter) == "state" and not rel and self.is_index(first) \
                and sort_of(self.index(first) or Num(1)) == "index":
            return None
        if not elements:
            return base
        if len(elements) > 1:
            raise Fault(f"the subscript of {letter} has too many parts: write a_i, o_t or o_{{i,t}}", sub.pos)
        return self.step(item, name, whole, base, elements[0], sort)

    def group_index(self, item: Item) -> Basic | None:
        """A group index or the number of a sample, of which the first is 1."""
        if item.kind == "num" and item.plain:
            return self.sampled(item)
        return self.index(item) if self.is_index(item) and sort_of(self.index(item) or Num(1)) == "index" else None

    def sampled(self, item: Item) -> Num | None:
        """The number of a sample or of a step, counted from 1; None where none has it."""
        offset = self.facts.numbering.offset(SAMPLES) or 0
        number = int(item.value) + offset if item.value.isdecimal() else 0
        return Num(number) if number > 0 else None

    def refuse_member(self, name: str, sub: Item) -> None:
        """Refuse to name a member of a group by what need not be the number of one: a_0, a_G, a_{2G}, a_{i+1}."""
        text = label(sub)
        if text.startswith(r"\text{"):
            return
        in_group = name in self.groups or name in self.facts.indexed or self.facts.grouped
        if BEYOND.search(text) or in_group and (text == "0" or COMPUTED.search(text)):
            raise Fault(f"{name}_{script(text)} cannot be said: name a member of a group by an index or by a number "
                        "from 1 on", sub.pos)

    def is_index(self, item: Item) -> bool:
        item = unwrap(item)
        if item.kind != "sym" or item.sub is not None or item.sup is not None:
            return False
        var = self.bound.get(item.value + item.dashes)
        sort = var.sort if var is not None else self.facts.sorts.get(item.value)
        return sort in ("index", "token")

    def is_bound(self, item: Item) -> bool:
        """Whether an item is a bound index."""
        return self.is_index(item) and item.value + item.dashes in self.bound

    def shifted(self, item: Item, name: str, part: Item) -> Basic | None:
        """s_{t+1} of the trajectory at hand, else None."""
        only = content_of(part).only
        if only is None or len(only.terms) != 2:
            return None
        (first, one, _), (sign, two, _) = only.terms
        if first or len(one) != 1 or len(two) != 1 or two[0].kind != "num" or not self.is_index(one[0]):
            return None
        index, trajectory = self.index(one[0]), self.trajectory(self.is_bound(one[0]))
        if index is None or trajectory is None:
            return None
        return self.formal(f"{name}_{{#2{sign}{two[0].value}}}", [], trajectory, index, shape="scalar",
                           pos=item.pos)

    def step(self, item: Item, name: str, whole: str, base: Basic | None, element: Element, sort: str) -> Basic:
        """A token or prefix of a sequence; or the variable of one step, or with a label."""
        rel, part = element
        if not rel and base is None and part.kind == "group" and (found := self.shifted(item, name, part)) is not None:
            return found
        if rel not in ("", "<"):
            raise Fault(f"a prefix is written {name}_{{<t}}", part.pos)
        if not self.is_index(part):
            if part.kind == "num" and (trajectory := self.trajectory()) is not None and base is None:
                number = self.sampled(part) or Num(part.value)
                return (TokenOf if sort == "action" else Prefix)(trajectory, number)
            if base is not None or rel or part.kind == "group" and any(map(self.is_bound, items_of(content_of(part)))):
                raise Fault(f"the position in {spelled(item)} cannot be said: positions are t, or i,t in a group",
                            part.pos)
            return self.named(whole, sort, item.pos)
        position = self.index(part)
        assert position is not None
        sequence = base or self.sequence(name, item.value, item.pos)
        trajectory = self.trajectory(position in self.bound.values() and item.value in ("a", "s"))
        if sequence is not None:
            return Prefix(sequence, position) if rel else TokenOf(sequence, position)
        if trajectory is not None and not rel:
            return TokenOf(trajectory, position) if sort == "action" else Prefix(trajectory, position)
        if rel or position in self.bound.values():
            raise Fault(f"{spelled(item)} belongs to no sequence: draw one (o, y or \\tau) before", item.pos)
        self.free.pop(position, None)
        return self.named(whole, sort, item.pos)

    def ambient(self, sort: str) -> Var:
        """The state or group that is not printed: the drawn one, the last that is in scope, that of the statement."""
        if sort in ("index", "token"):
            raise Fault("what stands for a step of its own cannot be said here: write out what it stands for", self.pos)
        var = self.drawn.get(sort)
        if sort == "group" and len(self.groups) > 1:
            raise Fault(f"what stands here may belong to the group {' or to '.join(self.groups)}: write its arguments",
                        self.pos)
        if var is None and sort == "group" and self.groups:
            var = list(self.groups.values())[-1]
        return var if var is not None else self.named(getattr(self.facts, sort), sort, self.pos, UNPRINTED)
