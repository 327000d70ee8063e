r"""Random equations of sums over members of families, \sum_{i=m}^n (x_i + c), and what they come to at any ends.

A sum is counted number by number, and nothing in a range that ends before it starts; nothing is shared with the reader.
"""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import product
from typing import NamedTuple

LETTERS = ("m", "n", "p")
ENDS = range(-2, 4)
MANY = 9  # members of a group that is not printed


class Number(NamedTuple):
    """A letter, or none, plus a number."""

    letter: str
    more: int

    def text(self):
        return (self.letter + (f"{self.more:+d}" if self.more else "")) if self.letter else str(self.more)

    def value(self, at):
        return (at[self.letter] if self.letter else 0) + self.more

    def plus(self, by):
        return self._replace(more=self.more + by)


# What is summed: how it is printed at a place and one behind it, and what it is there.
BODIES = [
    ("x_{{{0}}}", lambda at, k: at["x", k]), ("(x_{{{0}}} + c)", lambda at, k: at["x", k] + at["c"]),
    ("x_{{{0}}}^2", lambda at, k: at["x", k] ** 2),
    ("c x_{{{0}}} y_{{{0}}}", lambda at, k: at["c"] * at["x", k] * at["y", k]),
    ("(x_{{{1}}} - x_{{{0}}})", lambda at, k: at["x", k + 1] - at["x", k]),
    ("x_{{{0}}} y_{{{1}}}", lambda at, k: at["x", k] * at["y", k + 1]), ("c", lambda at, k: at["c"]),
    ("(x_{{{0}}} - c)^2", lambda at, k: (at["x", k] - at["c"]) ** 2)]


class Term(NamedTuple):
    """± a body, summed from a first to a last number, or at one number where there is no last."""

    sign: int
    body: int
    first: Number
    last: Number | None = None
    by: int = 0

    def text(self, index):
        shown, place = BODIES[self.body][0], Number(index, self.by)
        if self.last is None:
            return shown.format(self.first.text(), self.first.plus(1).text())
        inside = shown.format(place.text(), place.plus(1).text())
        return rf"\sum_{{{index}={self.first.text()}}}^{{{self.last.text()}}} {inside}"

    def value(self, at):
        count, first = BODIES[self.body][1], self.first.value(at)
        last = first if self.last is None else self.last.value(at)
        return self.sign * sum((count(at, k + self.by) for k in range(first, last + 1)), Fraction(0))


def summed(terms, at):
    return sum((term.value(at) for term in terms), Fraction(0))


def printed(terms, draw):
    found = " ".join(("- " if term.sign < 0 else "+ ") + term.text(draw.choice("ijk")) for term in terms)
    return found.removeprefix("+ ")


def drawn(draw):
    """A sum over a range that starts or ends at a letter."""
    first = Number(draw.choice(("m", "", "")), draw.choice((-2, 0, 1, 1, 2)))
    last = Number("n" if not first.letter or draw.random() < 0.8 else "", draw.choice((-1, 0, 0, 1, 3)))
    return Term(draw.choice((1, 1, -1)), draw.randrange(len(BODIES)), first, last)


def rewritten(term, draw):
    """The same in another print: its first or last member apart, in two ranges, or with its index moved."""
    way = draw.randrange(4)
    if way == 0:
        return [term._replace(last=None), term._replace(first=term.first.plus(1))]
    if way == 1:
        return [term._replace(last=term.last.plus(-1)), term._replace(first=term.last, last=None)]
    if way == 2:
        middle = Number("p", draw.choice((0, -1)))
        return [term._replace(last=middle), term._replace(first=middle.plus(1))]
    by = draw.choice((-1, 1, 2))
    return [term._replace(first=term.first.plus(by), last=term.last.plus(by), by=-by)]


def bent(term, draw):
    """A term that differs in one thing."""
    way = draw.randrange(4)
    if way == 0:
        return term._replace(first=term.first.plus(draw.choice((-1, 1))))
    if way == 1 and term.last is not None:
        return term._replace(last=term.last.plus(draw.choice((-1, 1))))
    return term._replace(sign=-term.sign) if way == 2 else term._replace(body=draw.randrange(len(BODIES)))


def equation(draw):
    """An equation, true or bent, with its two sides."""
    left = [drawn(draw) for _ in range(draw.choice((1, 1, 2)))]
    right = [other for term in left for other in rewritten(term, draw)]
    if draw.random() < 0.5:
        place = draw.randrange(len(right))
        right[place] = bent(right[place], draw)
    draw.shuffle(right)
    return f"{printed(left, draw)} = {printed(right, draw)}", left, right


NUMBERS = [("1", lambda k: 1), ("{0}", lambda k: k), ("{0}^2", lambda k: k * k), ("({0} + 1)", lambda k: k + 1)]


def of_numbers(draw):
    """An equation for a sum of numbers over a range between two numbers, one of them below 0 often, and its truth."""
    first, length = draw.randint(-4, 2), draw.randint(-1, 5)
    shown, count = draw.choice(NUMBERS)
    total = sum(map(count, range(first, first + length))) + draw.choice((0, 0, 1, -1))
    text = rf"\sum_{{k={first}}}^{{{first + length - 1}}} {shown.format('k')} = {total}"
    return text, total == sum(map(count, range(first, first + length)))


def samples(draw):
    """Members, a number, and ends of which many leave ranges empty, or shorter than that."""
    for ends in product(ENDS, repeat=len(LETTERS)):
        members = {(name, k): Fraction(draw.randint(-3, 3)) for name in "xy" for k in range(-9, 12)}
        yield {**dict(zip(LETTERS, ends, strict=True)), **members, "c": Fraction(draw.randint(-2, 2))}


def counts(terms, at):
    """Whether each letter at which a range from a number ends is a number of members, as custom has it."""
    return all(at[term.last.letter] >= 0 for term in terms
               if term.last is not None and term.last.letter and not term.first.letter)


def within(hypotheses, at):
    """Whether ends are within what is listed, such as Range(m≤n+1)."""
    for one in hypotheses:
        left, sign, right = re.fullmatch(r"Range\((.+)([≤≥])(.+)\)", one).groups()
        sides = [re.findall(r"(\d*)([a-zA-Z])|(\d+)", side) for side in (left, right)]
        low, high = (sum(int(count or 1) * at.get(name, MANY) if name else int(number) for count, name, number in side)
                     for side in sides)
        if not (low <= high if sign == "≤" else low >= high):
            return False
    return True
