r"""From which number on the members of a family are counted, so that every range of a text starts at 1 or later.

The language numbers members from 1. Where a text has c_0, or Σ from 0, each family and each index is counted from
another number on: the member x of a family is its member x + (offset of the family), the value x of an index its value
x + (offset of the index). What stands as c_{t+1} ties the two offsets; what uses an index as anything else than the
place of a member ties it to the numbers as they are. A family that is tied to itself in two ways, as by c_{t+1} - c_t,
has no offset and is counted as it is printed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from ..notation.priors import ACTIONS, SEQUENCES, STATES, TOKENS, TRAJECTORY
from ..parsing.naming import Nucleus, label, nucleus, spelled
from ..parsing.surface import Content, Expr, Item, Piece, content_of, unwrap
from ..spelling.indexed import every
from .anonymous import moment
from .group_size import EXTREMES

Place = tuple[str, ...]
BESIDE = frozenset("=<≤≥>")
NUMBERS: Place = ("numbers",)
SAMPLES: Place = ("samples",)
SAMPLED = ACTIONS | STATES | SEQUENCES | {TRAJECTORY, "r"}


class Constraint(NamedTuple):
    """``tie``: the offset of ``one`` is that of ``other`` plus ``gap``. ``least``: that of ``one`` is ``gap`` or more.
    ``within``: ``one`` runs over the set ``other``. ``family`` and ``steps``: ``one`` has a place for a bound index,
    which counts tokens; ``pair``: the range ``one`` may have two variables; ``vague``: it names neither in its sum."""

    kind: str
    one: Place
    other: Place = ()
    gap: int = 0


@dataclass(frozen=True)
class Numbering:
    """``offsets`` of places that have one; ``stuck`` are those that have none. ``families`` have members by number,
    those of ``steps`` by the number of a token; ``pairs`` are ranges over one variable or two, ``vague`` those of which
    nothing shows which."""

    offsets: Mapping[Place, int]
    stuck: frozenset[Place]
    families: frozenset[Place]
    steps: frozenset[Place]
    pairs: frozenset[Place]
    vague: frozenset[Place]

    def offset(self, place: Place) -> int | None:
        """The offset of a place, None where it has none. A range that is not known has none beside any that has."""
        if place in self.stuck or place[0] == "range" and place not in self.offsets and any(self.offsets.values()):
            return None
        return self.offsets.get(place, 0)


def family_of(symbol: Nucleus, number: int) -> Place:
    """The place of a family: the symbol, and which part of its subscript numbers its members."""
    return "family", symbol.name + "'" * symbol.item.primes, str(number)


def range_of(text: str, item: Item, name: str) -> Place:
    """The place of the index of a range."""
    return "range", text, str(item.pos), name


def shift_of(item: Item) -> tuple[str, int] | None:
    """The letter and the number of t, t + 1 or t − 1, else None."""
    item = unwrap(item)
    if item.kind == "sym" and item.sub is None and item.sup is None:
        return item.value + "'" * item.primes, 0
    only = item.body.only if item.kind == "group" and item.value == "brace" and item.plain and item.body else None
    if only is None or len(only.terms) != 2 or any(len(items) != 1 for _, items, _ in only.terms):
        return None
    (first, (letter,), _), (sign, (number,), _) = only.terms
    if first or letter.kind != "sym" or letter.sub or letter.sup or not number.plain or not number.value.isdecimal():
        return None
    return letter.value + "'" * letter.primes, int(number.value) * (-1 if sign == "-" else 1)


def parts(sub: Item) -> list[Item] | None:
    """The parts of a subscript between commas, None where it is no list; a part after < or ≤ stands for itself."""
    content = content_of(unwrap(sub)) if sub.kind == "group" else content_of(sub)
    if any(sign != "," for sign, _ in content.seps):
        return None
    found = []
    for piece in content.pieces:
        side = piece.only if not piece.rels else piece.sides[1] if piece.sides[0] is None and len(piece.rels) == 1 \
            else None
        if side is None:
            return None
        lone = side.lone
        found.append(Item("group", "brace", side.pos, side.pos, Content(Piece(side))) if lone is None else lone)
    return found


# Ranges over several variables


def single(item: Item, pair: bool) -> list[Item]:
    r"""A range over several variables as one after the other: \sum_{i,j=1}^G is \sum_{i=1}^G \sum_{j=1}^G.

    ``pair`` says that \sum_{i \neq j} runs over both.
    """
    if item.sub is None or item.value == "int":
        return [item]
    content = content_of(item.sub)
    heads: list[Piece] = []
    conditions: list[Piece] = []
    for piece in content.pieces:
        (conditions if [rel for rel, _ in piece.rels] == ["≠"] else heads).append(piece)
    if not heads and len(conditions) == 1 and pair:
        left, right = conditions[0].sides
        heads = [Piece(left), Piece(right)] if left is not None and right is not None else []
    names = [named(piece) for piece in heads]
    if len(heads) < 2 or not all(names) or len(set(names)) < len(names) or any(sign != "," for sign, _ in content.seps):
        return [item]
    left_out = [(named(piece), piece) for piece in conditions]
    found = []
    for place, (name, piece) in enumerate(zip(names, heads, strict=True)):
        if not piece.rels:  # i, j = 1 and i, j ∈ S say it at the end
            later = next((other for other in heads[place:] if other.rels), None)
            twin = Piece(piece.sides[0])
            if later is not None:
                twin.rels, twin.sides = later.rels, [piece.sides[0], *later.sides[1:]]
            piece = twin
        twin_item = item.copy()
        body = Content(piece)
        for chosen, condition in left_out:
            if chosen is None:
                return [item]
            other = named(Piece(condition.sides[1]))
            if {chosen, other} <= set(names) and name == max(chosen, other or "", key=names.index):
                turned = Piece(heads[place].sides[0])
                turned.rels = condition.rels
                turned.sides.append(condition.sides[0] if name != chosen else condition.sides[1])
                body.seps.append((",", piece.pos))
                body.pieces.append(turned)
            elif not {chosen, other} <= set(names):
                return [item]
        twin_item.sub = Item("group", "brace", item.sub.pos, item.sub.end, body)
        found.append(twin_item)
    return found


def named(piece: Piece) -> str | None:
    """The variable that a part of a range names first."""
    lone = None if piece.sides[0] is None else piece.sides[0].lone
    lone = None if lone is None else unwrap(lone)
    return spelled(lone) if lone is not None and lone.kind == "sym" else None


# What a text says


Bound = Mapping[str, Place]


class Letters(NamedTuple):
    """The letters of a text that are numbers, that name states, and that are drawn."""

    numbers: frozenset[str]
    states: frozenset[str]
    drawn: frozenset[str]


class Walk:
    """One pass over a text, which collects what it says of the numbering."""

    def __init__(self, text: str, letters: Letters, pairs: frozenset[Place] | None = None) -> None:
        self.text, self.letters, self.pairs = text, letters, pairs
        self.found: set[Constraint] = set()
        self.loose: set[str] = set()  # letters that nothing binds
        self.arguments = 0  # how many brackets of arguments stand around
        # Ranges i ≠ j whose j nothing binds: j, and which of the two stand in what is summed.
        self.candidates: dict[Place, tuple[str, bool, bool]] = {}

    def content(self, content: Content, bound: Bound) -> None:
        for piece in content.pieces:
            for side in piece.sides:
                if side is not None:
                    self.expression(side, bound)

    def expression(self, expr: Expr, bound: Bound) -> None:
        for _, items, _ in expr.terms:
            here = bound
            for place, item in enumerate(items):
                applied = item.kind == "group" and item.value == "(" and place > 0 and applies(items[place - 1], here)
                self.arguments += applied
                ranged = item.kind == "big" or item.kind == "fn" and item.value in EXTREMES and item.sub is not None
                here = self.big(item, here, items[place + 1:]) if ranged else self.item(item, here)
                self.arguments -= applied

    def item(self, item: Item, bound: Bound) -> Bound:
        """What an item says that binds nothing after it."""
        symbol = nucleus(item)
        carrier = item if symbol is None else symbol.item
        if symbol is None:
            inner = self.set(item, bound) if item.body is not None and item.value == r"\{" else bound
            for arg in item.args:
                self.content(content_of(arg), bound)
            if item.body is not None:
                self.content(item.body, inner)
        elif carrier.sub is None and symbol.item.kind == "sym":
            name = symbol.name + "'" * carrier.primes
            if self.arguments or bound.get(name, NUMBERS)[0] != "range":  # else it is the number that it is
                self.mention(name, bound)
        if carrier.sub is not None:
            self.subscript(symbol, carrier.sub, bound)
        if carrier.sup is not None:
            self.exponent(content_of(carrier.sup), bound)
        return bound

    def exponent(self, content: Content, bound: Bound) -> None:
        """An index in an exponent is the number that it is, however its values are numbered."""
        for piece in content.pieces:
            for side in piece.sides:
                for _, items, _ in side.terms if side is not None else ():
                    for item in items:
                        bare = item.kind == "sym" and item.sub is None and item.sup is None
                        name = item.value + "'" * item.primes
                        if bare and (bound.get(name, NUMBERS)[0] == "range" or self.is_step(name, bound)):
                            continue
                        self.item(item, bound)

    def mention(self, name: str, bound: Bound) -> None:
        """A letter that stands as anything else than the place of a member."""
        if name not in bound:
            self.loose.add(name)
        self.found.add(Constraint("tie", bound.get(name, ("letter", name)), NUMBERS))

    def subscript(self, symbol: Nucleus | None, sub: Item, bound: Bound) -> None:
        listed = None if symbol is None else parts(sub)
        if symbol is None or listed is None or symbol.item.kind == "text" or symbol.name != "E" and moment(symbol):
            self.content(content_of(sub), bound)
            if symbol is not None and self.family(symbol, 0) == SAMPLES:
                self.found.add(Constraint("tie", SAMPLES, NUMBERS))
            return
        for number, part in enumerate(listed):
            family = self.family(symbol, number)
            shift = shift_of(part)
            if shift is not None:
                name, by = shift
                if name in bound:
                    self.found.add(Constraint("family", family))
                    if name in TOKENS:
                        self.found.add(Constraint("steps", family))
                else:
                    self.loose.add(name)
                if family == SAMPLES and symbol.letter in STATES | self.letters.states and by == 1:
                    by = 0  # the state after a step, whatever the number of that is
                self.found.add(Constraint("tie", bound.get(name, ("letter", name)), family, by))
            elif part.kind == "num" and part.plain and part.value.isdecimal():
                self.found.add(Constraint("least", family, gap=1 - int(part.value)))
            else:
                self.content(content_of(part), bound)

    def family(self, symbol: Nucleus, number: int) -> Place:
        """The place of a family; what is drawn is numbered as the samples are, unless the letter is a number here."""
        name = symbol.name + "'" * symbol.item.primes
        drawn = name in SAMPLED | self.letters.states | self.letters.drawn and name not in self.letters.numbers
        return SAMPLES if drawn else family_of(symbol, number)

    def set(self, item: Item, bound: Bound) -> Bound:
        r"""The members of a group are numbered from 1: \{a_i\}_{i=1}^G."""
        if item.sub is None:
            return bound
        found = {name: ("set", self.text, str(item.pos), name) for piece in content_of(item.sub).pieces
                 if (name := named(piece)) is not None}
        self.found |= {Constraint("tie", place, NUMBERS) for place in found.values()}
        return {**bound, **found}

    def big(self, item: Item, bound: Bound, rest: list[Item]) -> Bound:
        """A sum or product over ``rest``: its index, where it starts, what it leaves out; what is bound after it."""
        if item.sub is None:
            return bound
        content = content_of(item.sub)
        first = content.pieces[0]
        whole = range_of(self.text, item, "")
        other = named(Piece(first.sides[1])) if len(first.sides) == 2 else None
        apart = len(content.pieces) == 1 and [rel for rel, _ in first.rels] == ["≠"]
        if item.kind == "big" and apart and other is not None and other not in bound:  # a maximum runs over one
            summed = {one.value for one in every(Content(Piece(Expr("", rest, item.pos))))} if rest else set()
            self.candidates[whole] = other, named(first) in summed, other in summed
            if self.pairs is None or whole in self.pairs:
                self.found.add(Constraint("pair", whole))
        for one in single(item, Constraint("pair", whole) in self.found):
            bound = self.range(one, bound)
        return bound

    def range(self, item: Item, bound: Bound) -> Bound:
        assert item.sub is not None
        new = dict(bound)
        for piece in content_of(item.sub).pieces:
            name = named(piece)
            rels = [rel for rel, _ in piece.rels]
            right = piece.sides[1] if len(piece.sides) == 2 else None
            if name is None:
                for side in piece.sides:
                    if side is not None:
                        self.expression(side, bound)
                continue
            place, grouped = range_of(self.text, item, name), False
            new[name] = place
            if name in TOKENS:
                self.found.add(Constraint("steps", place))
            if right is None:
                self.found.add(Constraint("least", place, gap=0))
                grouped = True
            elif rels == ["≠"]:
                shift = None if right.lone is None else shift_of(right.lone)
                if shift is not None and not shift[1]:
                    if shift[0] not in bound:
                        self.loose.add(shift[0])
                    self.found.add(Constraint("tie", place, bound.get(shift[0], ("letter", shift[0]))))
                else:
                    self.found.add(Constraint("tie", place, NUMBERS))
                    self.expression(right, bound)
            elif rels == ["="] and (start := number_of(right)) is not None:
                self.found.add(Constraint("least", place, gap=1 - start))
                grouped = start == 1
            elif rels == ["∈"] and right.lone is not None and (end := first_numbers(right.lone)) is not None:
                self.found.add(Constraint("least", place, gap=0))
                self.content(content_of(end), bound)
            elif rels == ["∈"] and right.lone is not None and (found := set_of(right.lone)) is not None:
                self.found.add(Constraint("within", place, ("set", found)))
            elif rels[0] in BESIDE and (other := self.around(right, bound)) is not None:
                self.found.add(Constraint("tie", place, other))
            else:
                self.found.add(Constraint("least", place, gap=0))
                self.found.add(Constraint("tie", place, NUMBERS))
                self.expression(right, bound)
            ends = None if item.sup is None else self.around(Expr("", [item.sup], item.pos), bound)
            if rels == ["="] and ends is not None:
                self.found.add(Constraint("tie", place, ends))
            if grouped and (item.sup is None or label(item.sup) == "G"):  # the members of a group are numbered from 1
                self.found.add(Constraint("tie", place, NUMBERS))
        if item.sup is not None and self.around(Expr("", [item.sup], item.pos), bound) is None:
            self.content(content_of(item.sup), bound)
        return new

    def is_step(self, name: str, bound: Bound) -> bool:
        """Whether a letter that nothing binds is a step of a path."""
        return name not in bound and name in TOKENS and TRAJECTORY in self.text

    def around(self, expr: Expr, bound: Bound) -> Place | None:
        """The range around this one, or the step of a path, at whose index or a number beside it this one starts or
        ends."""
        shift = None if expr.lone is None else shift_of(expr.lone)
        if shift is None and len(expr.terms) == 2:
            shift = shift_of(Item("group", "brace", expr.pos, expr.pos, Content(Piece(expr))))
        place = None if shift is None else bound.get(shift[0])
        if shift is not None and self.is_step(shift[0], bound):
            return "letter", shift[0]
        return place if place is not None and place[0] == "range" else None


def applies(item: Item, bound: Bound) -> bool:
    """Whether a symbol applies to the bracket behind it: an index is a number, and multiplies."""
    symbol = nucleus(item)
    if symbol is None:
        return False
    bare = item.kind == "sym" and item.sub is None and item.sup is None
    return not (bare and bound.get(item.value + "'" * item.primes, NUMBERS)[0] == "range")


def number_of(expr: Expr) -> int | None:
    """The number that an expression is, with its sign."""
    sign, items, _ = expr.terms[0]
    if len(expr.terms) > 1 or len(items) != 1 or items[0].kind != "num" or not items[0].plain:
        return None
    return int(items[0].value) * (-1 if sign == "-" else 1) if items[0].value.isdecimal() else None


def set_of(item: Item) -> str | None:
    r"""The name of a set over which an index may run: \mathcal{T}, Y."""
    item = unwrap(item)
    symbol = nucleus(item)
    if symbol is None or not (symbol.decorations or symbol.name.isalpha() and symbol.name.isupper()):
        return None
    return spelled(item)


def first_numbers(item: Item) -> Item | None:
    r"""The end n of the set [n] or \{1, \ldots, n\} of the first numbers, None for another item."""
    item = unwrap(item)
    if item.kind != "group" or item.body is None or not item.plain:
        return None
    sides = [piece.only for piece in item.body.pieces]
    last = sides[-1]
    shown = [None if side is None or side.lone is None else (side.lone.kind, side.lone.value) for side in sides[:-1]]
    listed = item.value == r"\{" and shown in ([("num", "1"), ("dots", r"\ldots")],
                                               [("num", "1"), ("num", "2"), ("dots", r"\ldots")])
    if last is None or not (listed or item.value == "[" and not shown):
        return None
    for side in sides:
        for one in side.terms[0][1] if side is not None else ():
            one.taken = True
    return Item("group", "brace", item.pos, item.end, Content(Piece(last)))


def numbered(text: str, content: Content, letters: Letters) -> frozenset[Constraint]:
    r"""What a text says of the numbering.

    \sum_{i \neq j} may run over pairs where j stands nowhere else unbound: what it says then is said too.
    """
    walk = Walk(text, letters)
    walk.content(content, {})
    inner = {place: used for place, (other, *used) in walk.candidates.items() if other not in walk.loose}
    if not walk.candidates:
        return frozenset(walk.found)
    vague = {Constraint("vague", place) for place, used in inner.items() if not any(used)}
    walks = [Walk(text, letters, pairs) for pairs in (
        frozenset(), frozenset(place for place, used in inner.items() if any(used)))]
    for one in walks:
        one.content(content, {})
    return frozenset(vague.union(*(one.found for one in walks)))


# The solution


def solved(constraints: Iterable[Constraint]) -> Numbering:
    """The least offsets that satisfy the constraints; no family is numbered lower than it is printed."""
    known = frozenset(constraints)
    near: dict[Place, list[tuple[Place, int]]] = {}
    for one in known:
        near.setdefault(one.one, [])
        if one.kind == "tie":
            near[one.one].append((one.other, -one.gap))
            near.setdefault(one.other, []).append((one.one, one.gap))
    least: dict[Place, int] = {}
    sets: dict[Place, Place] = {}
    for one in known:
        if one.kind == "least":
            least[one.one] = max(least.get(one.one, one.gap), one.gap)
        elif one.kind == "within":
            sets[one.one] = one.other
    offsets: dict[Place, int] = {}
    stuck: set[Place] = set()
    sets_met = {place: 0 for place in sets.values()}
    for place in near:
        if place not in offsets and place not in stuck:
            found = component(place, near)
            settled = None if found is None else settle(found, least, sets)
            if settled is None:
                stuck |= reached(place, near)
            else:
                offsets |= settled
    families, steps, pairs, vague = (frozenset(one.one for one in known if one.kind == kind)
                                     for kind in ("family", "steps", "pair", "vague"))
    return Numbering(offsets | sets_met, frozenset(stuck), families, stepped(steps, near), pairs, vague)


def stepped(steps: frozenset[Place], near: Mapping[Place, list[tuple[Place, int]]]) -> frozenset[Place]:
    """What is numbered as tokens are: what is tied to ``steps``, unless samples are tied to it, which have indices.

    Of what is tied to samples, a family has tokens for its members, and a range none.
    """
    apart = {place: [(other, gap) for other, gap in ties if other != NUMBERS] for place, ties in near.items()}
    found: set[Place] = set()
    for step in steps - {SAMPLES}:
        if step not in found:
            tied = reached(step, apart)
            found |= tied if SAMPLES not in tied else {step} if step[0] == "family" else set()
    return frozenset(found)


def fixed(numbering: Numbering) -> frozenset[Constraint]:
    """The numbering of families as constraints: a definition has been read in it."""
    return frozenset(Constraint(kind, family, NUMBERS, numbering.offset(family) or 0)
                     for family in numbering.families for kind in ("tie", "family"))


def reached(start: Place, near: Mapping[Place, list[tuple[Place, int]]]) -> set[Place]:
    found, waiting = {start}, [start]
    while waiting:
        for other, _ in near[waiting.pop()]:
            if other not in found:
                found.add(other)
                waiting.append(other)
    return found


def component(start: Place, near: Mapping[Place, list[tuple[Place, int]]]) -> dict[Place, int] | None:
    """The offsets of what is tied to a place, from its own; None where two ties clash."""
    found, waiting = {start: 0}, [start]
    while waiting:
        place = waiting.pop()
        for other, gap in near[place]:
            if other not in found:
                found[other] = found[place] + gap
                waiting.append(other)
            elif found[other] != found[place] + gap:
                return None
    return found


def settle(found: Mapping[Place, int], least: Mapping[Place, int], sets: Mapping[Place, Place]
           ) -> dict[Place, int] | None:
    """The offsets of places that are tied to each other; None where they run over different things."""
    over = {sets[place] for place in found if place in sets}
    if over:
        counted = NUMBERS in found or SAMPLES in found or any(place in least for place in found)
        return None if len(over) > 1 or counted or any(found.values()) else dict(found)
    needed = [gap - found[place] for place, gap in least.items() if place in found]
    if NUMBERS in found:
        by = -found[NUMBERS]
        return None if any(by < gap for gap in needed) else {place: gap + by for place, gap in found.items()}
    floor = [-gap for place, gap in found.items() if place[0] != "range"] or [-gap for gap in found.values()]
    by = max(needed + floor)
    return {place: gap + by for place, gap in found.items()}
