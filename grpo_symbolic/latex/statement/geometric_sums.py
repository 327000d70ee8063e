"""Numbers of steps as they are printed, with the values of their sums: those of geometric series. Trusted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction

from ...language import Const, Frac, Neg, Node, Num, Relation, plus
from ..parsing.naming import nucleus, script, spelled
from ..parsing.surface import Content, Expr, Item, content_of, unwrap
from .monomials import DISCOUNTS, NUMBERS, ONE, Part, Value, expression, product
from .whole_numbers import OUTCOMES, Form, Unsaid, added, letter_of, number_of, replaced, whole_of

INFINITY = r"\infty"
STATE = frozenset("sa")
VALUES = frozenset((r"V", r"\Phi", r"\phi", r"\Psi", "r", "f", "g", "h", "b"))
CRITICS = frozenset((r"\phi", r"\psi", r"\theta", r"\omega", "w"))  # parameters of values, which number no step
RATIOS = ("q", "z", "w", "u")
REWARDS, SEQUENCES = frozenset("r"), frozenset("xy")  # of letters that also name what is drawn, those of numbers
MEMBERS, GROUP = frozenset("ij"), "G"  # of a group, of which texts count the first member as 0 or as 1
CONSTANTS = frozenset("bcdfghklmnptuvwzGKMNT") - OUTCOMES  # letters of numbers that stand as factors
LARGEST = 6


@dataclass
class Steps:
    """Reads numbers of steps; ``ratio`` is the letter of q.

    It notes whether it has met a sum, and one without an end; the ``letters`` of whole numbers, those that are
    ``counted`` by sums, those that are ``ending`` ranges and those that are ``lowering`` their starts; those that stand
    as ``factors``; the first and last members of ranges; the weights that must be less than one; and what is ``given``
    of the ratios of sums, as q may be as small as it takes."""

    ratio: str
    summed: bool = False
    bound: dict[str, tuple[Form, Form | None]] = field(default_factory=dict)
    letters: set[str] = field(default_factory=set)
    counted: set[str] = field(default_factory=set)
    factors: set[str] = field(default_factory=set)
    ranges: list[tuple[Form, Form]] = field(default_factory=list)
    weights: set[str] = field(default_factory=set)
    given: list[Relation] = field(default_factory=list)
    ending: set[str] = field(default_factory=set)
    lowering: set[str] = field(default_factory=set)
    endless: bool = False

    def bounds(self) -> list[Relation]:
        """What is given of q, of weights, and of ranges, which are empty at the least."""
        found = [Relation("<", Const(self.ratio, "positive"), Num(1))]
        for weight in sorted(self.weights & DISCOUNTS):
            found += [Relation(">", Const(weight, "positive"), Num(0)),
                      Relation("<", Const(weight, "positive"), Num(1))]
        return [*found, *dict.fromkeys(self.given), *(Relation("≥", length, Num(0)) for length in self.lengths())]

    def lengths(self) -> list[Node]:
        """How many numbers there are in the ranges."""
        return [number_of(added(added(last, {"": 1}), first, -1)) for first, last in self.ranges]

    def least(self) -> dict[str, str]:
        """The letters that are taken to be so large that no range is shorter than an empty one, where this is more."""
        found = {}
        for first, last in self.ranges:
            size = added(added(last, {"": 1}), first, -1)
            letters = sorted((name for name in size if name), key=lambda name: (-size[name], name))
            if (size.get("", 0) < 0 or letters and size[letters[-1]] < 0) and letters:
                found[letters[0]] = "so large that no range is shorter than an empty one"
        return found

    def in_two_ways(self, sequences: set[str]) -> bool:
        """Whether a letter stands as a factor and as something else, or is a capital that nothing makes a number."""
        apart = {first.partition("_")[0] for first in sequences} | self.counted
        return bool(self.factors & apart) or any(name.isupper() for name in self.factors - self.letters)

    def value(self, expr: Expr | None) -> Value:
        """A side, or what stands in brackets."""
        if expr is None:
            raise Unsaid
        return [part._replace(number=-part.number) if sign == "-" else part
                for sign, items, _ in expr.terms if sign in ("", "+", "-") or self.refused()
                for part in self.term(items)]

    @staticmethod
    def refused() -> bool:
        """Raises Unsaid."""
        raise Unsaid

    def term(self, items: list[Item]) -> Value:
        """A product, of which a sum takes all that follows it."""
        found, place = [ONE], 0
        while place < len(items):
            item = items[place]
            if item.kind == "big":
                return product(found, self.sum(item, items[place + 1:]))
            following = items[place + 1] if place + 1 < len(items) else None
            if item.kind == "op" and item.value in ("·", r"\cdot", "*") and place:
                place += 1
                continue
            if (member := self.member(item, following)) is not None:
                found, place = product(found, [member[0]]), place + member[1]
                continue
            if following is not None and item.value in CONSTANTS - self.letters and following.value in ("(", "["):
                raise Unsaid  # it may be a function
            found, place = product(found, self.factor(item)), place + 1
        return found

    def factor(self, item: Item) -> Value:
        """A number, a fraction, a bracket, or a power of one."""
        if item.primes or item.sub is not None and item.sup is None:
            raise Unsaid
        base = self.base(item) if item.sub is None else self.raised(item)
        if item.sup is None:
            return base
        exponent = self.whole(content_of(item.sup).only)
        if len(base) == 1 and base[0].number == 1 and not base[0].others and not base[0].members and all(
                set(form) <= {""} for form in base[0].powers.values()):
            raised = {letter: {name: count * form.get("", 0) for name, count in exponent.items()}
                      for letter, form in base[0].powers.items()}
            return [Part(Fraction(1), raised)]
        times_over = exponent.get("", 0)
        if set(exponent) - {""} or not 0 <= times_over <= LARGEST:
            raise Unsaid
        found = [ONE]
        for _ in range(times_over):
            found = product(found, base)
        return found

    def raised(self, item: Item) -> Value:
        """The member of a sequence of which a factor is a power, x_t of x_t^2. Raises Unsaid."""
        alone = item.copy()
        alone.sup = None
        found = self.member(alone, None)
        if found is None or item.sup is None or unwrap(item.sup).kind != "num":
            raise Unsaid
        return [found[0]]

    def base(self, item: Item) -> Value:
        """A factor without its exponent."""
        if item.kind == "num" and item.value.isdecimal():
            return [Part(Fraction(int(item.value)), {})]
        if item.kind == "sym" and item.value in NUMBERS:
            return [Part(Fraction(1), {item.value: {"": 1}})]
        if item.kind == "sym" and item.value in CONSTANTS and item.value not in self.bound:
            self.factors.add(item.value)
            return [ONE._replace(others=(Const(item.value, "positive"),))]
        if item.kind == "group" and item.body is not None and item.value in ("brace", "(", "["):
            return self.value(item.body.only)
        if item.kind == "cmd" and item.value in (r"\frac", r"\tfrac", r"\dfrac") and len(item.args) == 2:
            above, below = (self.value(content_of(arg).only) for arg in item.args)
            if any(part.members or not_zero(part) or any(set(form) - {""} for form in part.powers.values())
                   for part in below):
                raise Unsaid
            return product(above, [ONE._replace(others=(Frac(Num(1), expression(below)),))])
        raise Unsaid

    def member(self, item: Item, following: Item | None) -> tuple[Part, int] | None:
        r"""A member of a sequence, and how many items it is: r_t, V(s_{t+1}), \hat{V}_\phi(s_t), r(s_t, a_t)."""
        symbol = nucleus(item) if item.kind in ("sym", "cmd") else None
        if symbol is None or symbol.item is not item or item.sup is not None or item.primes:
            return None
        critic = "" if item.sub is None else spelled(unwrap(item.sub))
        if item.sub is not None and critic not in CRITICS:
            if item.kind != "sym":
                return None
            if not item.value.isalpha() or not item.value.islower() or item.value in OUTCOMES - REWARDS - SEQUENCES:
                raise Unsaid
            return self.at(f"{item.value}_0", self.whole(content_of(item.sub).only)), 1
        if following is None or following.kind != "group" or following.value != "(" or following.body is None or \
                not following.plain or symbol.letter not in VALUES:
            return None
        lone = [None if piece.only is None else piece.only.lone for piece in following.body.pieces]
        if any(one is None or one.value not in STATE or one.sub is None or one.sup or one.primes for one in lone):
            raise Unsaid
        places = [self.whole(content_of(one.sub).only) for one in lone if one is not None and one.sub is not None]
        if any(place != places[0] for place in places):
            raise Unsaid
        name = ", ".join(f"{one.value}_0" for one in lone if one is not None)
        head = symbol.name + ("_" + script(critic) if critic else "")
        return self.at(f"{head}({name})", places[0]), 2

    def at(self, first: str, place: Form) -> Part:
        """The member of a sequence at a place; its ``first`` one names it."""
        return Part(Fraction(1), {self.ratio: place}, members=((first, 0),))

    def sum(self, item: Item, items: list[Item]) -> Value:
        """A sum over a range, as its value."""
        if item.value != "sum" or item.sub is None or item.sup is None or not items:
            raise Unsaid
        piece = content_of(item.sub).pieces[0]
        lone = None if piece.sides[0] is None else piece.sides[0].lone
        if len(content_of(item.sub).pieces) > 1 or [rel for rel, _ in piece.rels] != ["="] or lone is None:
            raise Unsaid
        letter = letter_of(lone)
        if letter in {*self.bound, *self.letters, *self.factors}:
            raise Unsaid
        first = self.whole(piece.sides[1])
        endless = unwrap(item.sup).value == INFINITY
        if not first and (letter in MEMBERS or GROUP in self.letters):
            raise Unsaid
        last = None if endless else self.whole(content_of(item.sup).only)
        self.lowering |= {name for name, count in first.items() if name and count < 0}
        if last is not None:
            self.ending |= last.keys()
            self.never_short(first, last)
        self.summed, self.bound[letter] = True, (first, last)
        self.counted.add(letter)
        body = self.term(items)
        del self.bound[letter]
        return [part for one in body for part in self.summed_up(one, letter, first, last)]

    def never_short(self, first: Form, last: Form) -> None:
        """Note that a range is not shorter than an empty one. Raises Unsaid where it may be, within others."""
        size, within = added(added(last, {"": 1}), first, -1), False
        for letter, (start, end) in reversed(self.bound.items()):
            if letter in size:
                least = start if size[letter] > 0 else end
                if least is None:
                    raise Unsaid
                size, within = replaced(size, letter, least), True
        if within and (set(size) - {""} or size.get("", 0) < 0):
            raise Unsaid
        if not within:
            self.ranges.append((first, last))

    def summed_up(self, part: Part, letter: str, first: Form, last: Form | None) -> Iterator[Part]:
        """Σ q^l = (q^first − q^{last+1})/(1 − q)."""
        rate = {base: form[letter] for base, form in part.powers.items() if letter in form}
        if not rate:
            yield self.many(part, first, last)
            return
        if last is None:
            if min(rate.values()) < 0 or not rate.keys() & DISCOUNTS:
                raise Unsaid
            self.weights |= rate.keys()
            self.endless |= bool(part.members)
        else:
            self.weights |= rate.keys() & DISCOUNTS
        ratio = expression([Part(Fraction(1), {base: {"": by} for base, by in rate.items()})])
        if towards := rate.get(self.ratio, 0):
            self.given.append(Relation("<" if towards > 0 else ">", ratio, Num(1)))
        left = Frac(Num(1), plus(Num(1), Neg(ratio)))
        for sign, end in ((1, first), (-1, None if last is None else added(last, {"": 1}))):
            if end is not None:
                powers = {base: replaced(form, letter, end) for base, form in part.powers.items()}
                yield Part(sign * part.number, powers, (*part.others, left), part.members, summed=True)

    def many(self, part: Part, first: Form, last: Form | None) -> Part:
        """A part as often as a range has numbers. Raises Unsaid where that is not the same everywhere, or endless."""
        size = {} if last is None else added(added(last, {"": 1}), first, -1)
        if last is None or size.keys() & self.bound.keys():
            raise Unsaid
        return part._replace(others=(*part.others, number_of(size)))

    def whole(self, expr: Expr | None) -> Form:
        """A whole number, of which the letters are noted."""
        found = whole_of(expr)
        self.letters |= found.keys() - self.bound.keys() - {""}
        if self.letters & self.counted:
            raise Unsaid
        return found


def not_zero(part: Part) -> bool:
    """Whether a number is one only where a letter is not zero."""
    return any(isinstance(one, Const) for factor in part.others for one in factor.walk())


def value_of_steps(content: Content) -> Value:
    """A number of steps, of which a text consists. Raises Unsaid."""
    return Steps(RATIOS[0]).value(content.only)
