r"""Laws by any letter as those of one joint law, wherever they stand: each is written as what is drawn in turn.

Means and divergences over such laws become sums; all else stays as it is printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import NamedTuple

from ..notation.priors import PARAMETERS
from ..parsing.naming import nucleus
from ..parsing.surface import Expr, Item, seen_in
from .edits import Change, Edit, Found, end_of, products
from .joint_draws import LETTERS, Draws, NoJoint, Signature, in_turn
from .joint_prints import BLANK, LETTER, MEANS, Law, drawn_in, is_joint, laws_in, listed, signature, slots
from .joint_terms import bracketed

NAMES, CONDITIONS = "uvwabcdxyzklm", "shco"
SIMPLE = re.compile(r"[a-z]'*(?:_\d)?")


class Reading(NamedTuple):
    """Which laws are of one joint law, by what they are grouped by, and whether a proof may rest on that."""

    groups: Mapping[str, Sequence[Law]]
    shown: bool

    @property
    def said(self) -> str:
        """What is taken for granted."""
        every = [", ".join(dict.fromkeys(law.name for law in laws)) for laws in self.groups.values()]
        return "; ".join(f"{names} {'are' if ',' in names else 'is'} one joint law, with its conditional laws"
                         for names in every)


def jointly(found: Found) -> Iterator[Change]:
    """What a text says if its laws are those of one joint law each, and if all are of one; nothing where no law shows
    so. Raises NoJoint where one does, and that cannot be written out."""
    laws = [law for law in laws_in(found) if not {law.family, law.name} & found.defined]
    names = dict.fromkeys(law.name for law in laws)
    joint = [name for name in names if is_joint([law for law in laws if law.name == name])]
    families = dict.fromkeys(law.family for law in laws if law.name in joint)
    each = Reading({family: [law for law in laws if law.family == family] for family in families}, True)
    if each.groups:
        yield Writing(found, laws, each).change()
    elif laws and not any(law.barred for law in laws):  # functions by their print, which their letter makes laws
        with suppress(NoJoint):
            yield Writing(found, laws, Reading({law.family: [one for one in laws if one.family == law.family]
                                                for law in laws}, False)).change()
    for groups in merged(laws):
        with suppress(NoJoint):  # so nothing shows that they are to be read
            yield Writing(found, laws, Reading(groups, False)).change()


def merged(laws: Sequence[Law]) -> Iterator[Mapping[str, Sequence[Law]]]:
    """Laws by one letter, whatever their subscripts, as of one joint law, and all laws, where no two by other names are
    of the same."""
    families = {family: [law for law in laws if law.family == family] for family in dict.fromkeys(
        law.family for law in laws)}
    for groups in (families, {"": list(laws)}):
        if any(len({law.name for law in one}) > 1 for one in groups.values()) and all(map(apart, groups.values())):
            yield {group: alike(one) for group, one in groups.items()}


def alike(laws: Sequence[Law]) -> list[Law]:
    """Laws with the one subscript that any of them has."""
    scripts = max(law.scripts for law in laws)
    return [law._replace(scripts=scripts) for law in laws]


def apart(laws: Sequence[Law]) -> bool:
    """Whether laws by other names are of something else."""
    slot = slots(laws)
    named = {(law.name, signature(law, slot)) for law in laws}
    return len({one for _, one in named}) == len(named) and len({law.scripts for law in laws} - {""}) < 2


class Writing:
    """A text with the laws of a reading written out. Raises NoJoint where it says more of one than can be."""

    def __init__(self, found: Found, laws: Sequence[Law], reading: Reading) -> None:
        self.found, self.reading = found, reading
        self.laws = {law.start: ("", law) for law in laws}
        self.mine = {law.start: (group, law) for group, every in reading.groups.items() for law in every}
        self.laws |= self.mine
        self.slots = {group: slots(every) for group, every in reading.groups.items()}
        letters = frozenset(LETTER.findall(found.text))
        self.fresh = (letter + "'" * primes for primes in range(4) for letter in NAMES if letter not in letters)
        self.renamed = {one.name: one.name if SIMPLE.fullmatch(one.name) else self.new_name()
                        for _, law in self.mine.values() for one in law.variables}
        symbols = (letter for letter in LETTERS if letter not in found.text)
        constant = next((letter for letter in CONDITIONS if letter not in letters), "")
        self.draws = {group: self.drawn(group, every, symbols, constant) for group, every in reading.groups.items()}
        self.edits = list[Edit]()

    def new_name(self) -> str:
        """A name that the text does not have."""
        name = next(self.fresh, "")
        if not name:
            raise NoJoint
        return name

    def drawn(self, group: str, laws: Sequence[Law], symbols: Iterator[str], constant: str) -> Draws:
        """The draws of one group of laws."""
        slot = self.slots[group]
        parameters = PARAMETERS if r"\nabla" in self.found.text else frozenset(LETTER.findall(" ".join(
            one.scripts for _, one in self.laws.values())))
        if not self.signatures(group) or not constant or any(
                one.letter in parameters for law in laws for one in law.variables):
            raise NoJoint
        fresh = {name: self.new_name() for name in dict.fromkeys(slot.values())}
        return in_turn(self.signatures(group), fresh, symbols, constant)

    def change(self) -> Change:
        """The edits of the whole text."""
        for items in products(self.found.content):
            self.product(items)
        for start, (group, law) in self.mine.items():
            if not self.covered(start):
                self.edits.append(Edit(start, law.end, self.value(group, law)))
        self.edits += list(self.renames())
        return Change(tuple(self.edits), self.reading.said, self.reading.shown)

    def covered(self, pos: int) -> bool:
        """Whether what stands at an offset is written anew."""
        return any(edit.start <= pos < edit.end for edit in self.edits)

    def value(self, group: str, law: Law, drawn: str = "") -> str:
        """The probability that a law prints, where a dot stands for what is ``drawn``."""
        slot, of = self.slots[group], signature(law, self.slots[group])
        values = {slot[one.name]: self.renamed[one.name] for one in law.variables}
        if None in law.given or None in law.of and (len(law.of) > 1 or not drawn):
            raise NoJoint
        if None in law.of:
            found = {one.of for one in self.signatures(group) if one.given == of.given and len(one.of) == 1}
            if len(found) != 1:
                raise NoJoint
            (outcome,), = found
            of, values[outcome] = of._replace(of=frozenset((outcome,))), drawn
        return self.draws[group].chance(of, values, law.scripts)

    def signatures(self, group: str) -> list[Signature]:
        """What the laws of a group are of, those with dots apart."""
        return [signature(law, self.slots[group]) for law in self.reading.groups[group]
                if None not in (*law.of, *law.given)]

    def renames(self) -> Iterator[Edit]:
        """What a text calls otherwise, outside of what is written anew."""
        for items in products(self.found.content):
            for item in items:
                name = BLANK.sub("", self.found.of(item))
                if self.renamed.get(name, name) != name and not self.covered(item.pos):
                    yield Edit(item.pos, end_of(self.found.text, item), f"{{{self.renamed[name]}}}")

    def product(self, items: Sequence[Item]) -> None:
        """The means and divergences of a product."""
        place = 0
        while place < len(items):
            size = 1
            if self.is_mean(items[place]) and self.names_mine(items[place]):
                size = self.means(items[place:])
            elif divergence(self.found, items[place:]) and self.names_mine(items[place + 1]):
                self.edits.append(Edit(items[place].pos, items[place + 1].end, self.compared(items[place + 1])))
                size = 2
            place += size

    def is_mean(self, item: Item) -> bool:
        """Whether an item is the sign of a mean, with what is drawn below it."""
        symbol = nucleus(item)
        return symbol is not None and symbol.name in MEANS and item.sub is not None

    def names_mine(self, item: Item) -> bool:
        """Whether laws of the reading stand in what an item prints."""
        end = end_of(self.found.text, item)
        return any(item.pos <= start < end for start in self.mine)

    def means(self, items: Sequence[Item]) -> int:
        """A mean, or several one after another, of what is in the brackets after them; how many items these are."""
        size = next((place for place, item in enumerate(items) if not self.is_mean(item)), len(items))
        if size == len(items) or bracketed(items[size], "([").seps:
            raise NoJoint
        for item in items[:size]:
            self.edits.append(Edit(item.pos, end_of(self.found.text, item), self.weights(item)))
        end = items[size].end
        self.edits.append(Edit(end, end, r"\right)" * size))
        return size

    def weights(self, item: Item) -> str:
        """The sums of a mean, with their weights."""
        assert item.sub is not None
        text = r"\left( "
        for names, source in drawn_in(seen_in(item.sub)):
            drawn = [self.called(one) for name in names for one in listed(name)]
            weight, mine = self.weighed(source, drawn)
            if drawn and sorted(drawn) != sorted(mine):
                raise NoJoint
            text += "".join(rf"\sum_{{{one}}} " for one in mine) + weight
        return text

    def compared(self, group: Item) -> str:
        """A divergence of what two products of laws are of."""
        assert group.body is not None
        one, other = (piece.only for piece in group.body.pieces)
        name = [self.new_name()] if self.dotted(group) else []
        (above, mine), (below, others) = (self.weighed(side, name) for side in (one, other))
        if sorted(mine) != sorted(others):
            raise NoJoint
        sums = "".join(rf"\sum_{{{one}}} " for one in mine)
        return rf"\left( {sums} {above} \log \frac{{{above}}}{{{below}}} \right)"

    def dotted(self, group: Item) -> bool:
        """Whether a dot stands for what is drawn."""
        return any(None in law.of for start, (_, law) in self.laws.items() if group.pos <= start < group.end)

    def weighed(self, side: Expr | None, drawn: Sequence[str]) -> tuple[str, list[str]]:
        """A product of laws, and what they are of together; dots stand for what is ``drawn``."""
        text, names = "", list[str]()
        items = side.terms[0][1] if side is not None and len(side.terms) == 1 and not side.terms[0][0] else []
        end = -1
        for item in items:
            if item.pos < end:
                continue
            if item.pos not in self.laws:
                raise NoJoint
            name, law = self.laws[item.pos]
            end, dot = law.end, drawn[0] if len(drawn) == 1 else ""
            names += [dot if one is None else self.renamed.get(one.name, one.name) for one in law.of]
            text += self.value(name, law, dot) if item.pos in self.mine else self.as_printed(law, dot)
        if "" in names or len(set(names)) < len(names):
            raise NoJoint
        return text, names

    def as_printed(self, law: Law, dot: str) -> str:
        """A law that is none of the reading."""
        of, given = ([dot if one is None else self.renamed.get(one.name, one.name) for one in every]
                     for every in (law.of, law.given))
        return f"{law.family}{law.scripts}({','.join(of)}{'|' * bool(given)}{','.join(given)})"

    def called(self, side: Expr | None) -> str:
        """What a variable is called in what is written. Raises NoJoint for anything else."""
        if side is None or side.lone is None:
            raise NoJoint
        name = BLANK.sub("", self.found.of(side.lone))
        return self.renamed.get(name, name)


def divergence(found: Found, items: Sequence[Item]) -> bool:
    """Whether a divergence of two laws comes first."""
    body = items[1].body if len(items) > 1 and items[1].kind == "group" else None
    return body is not None and [sign for sign, _ in body.seps] == ["‖"] and "KL" in found.of(items[0])
