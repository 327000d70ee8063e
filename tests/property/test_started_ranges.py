r"""Random statements on ranges from a letter on, over pairs, or all but one, and on components, against fractions.

What is proved holds at every choice of small numbers at which no range is shorter than an empty one, and what is
refuted fails at one of these.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import product
from typing import NamedTuple

import pytest
from seeds import shifted
from verdicts import prove

Numbers = dict[str, Fraction]
Side = Callable[[Numbers], Fraction]
HALVES = [Fraction(1, 2), Fraction(2, 3)]
VALUES = [Fraction(-2), Fraction(1), Fraction(3)]


class Short(Exception):
    """A range is shorter than an empty one."""


class Said(NamedTuple):
    """A statement, its two sides at any numbers, and the numbers that it names."""

    text: str
    left: Side
    right: Side
    at: list[Numbers]
    given: tuple[str, ...] = ()
    where: tuple[str, ...] = ()


# Ranges from a letter on


def printed(form: dict[str, int]) -> str:
    """A whole number as it is printed."""
    text = ""
    for name, count in sorted(form.items(), reverse=True):
        if count:
            size = name if name and abs(count) == 1 else f"{abs(count)}{name}"
            text += ("-" if count < 0 else "+" if text else "") + size
    return text or "0"


def value(form: dict[str, int], at: Numbers) -> int:
    """A whole number at numbers."""
    return int(sum(count * (at[name] if name else 1) for name, count in form.items()))


def plus(form: dict[str, int], other: dict[str, int], by: int = 1) -> dict[str, int]:
    """The sum of two whole numbers."""
    return {name: form.get(name, 0) + by * other.get(name, 0) for name in {*form, *other}}


def summed(first: dict[str, int], last: dict[str, int] | None, body: Callable[[int, Numbers], Fraction]) -> Side:
    """The sum over a range, of a geometric body where it has no end."""
    def at(numbers: Numbers) -> Fraction:
        start = value(first, numbers)
        if last is None:
            return body(start, numbers) / (1 - numbers["γ"])
        end = value(last, numbers)
        if end + 1 < start:
            raise Short
        return sum((body(k, numbers) for k in range(start, end + 1)), Fraction(0))
    return at


BODIES: dict[str, tuple[str, Callable[[int, Numbers], Fraction]]] = {
    "1": ("1", lambda _k, _at: Fraction(1)), "c": ("c", lambda _k, at: at["c"]),
    "k": ("k", lambda k, _at: Fraction(k)), "k^2": ("k^2", lambda k, _at: Fraction(k * k)),
    "power": (r"\gamma^k", lambda k, at: at["γ"] ** k), "shifted": (
        r"\gamma^{k-m}", lambda k, at: at["γ"] ** (k - int(at["m"]))),
    "weighted": (r"c \gamma^k", lambda k, at: at["c"] * at["γ"] ** k)}
ONE = {"": 1}
GEOMETRIC = ("power", "shifted", "weighted")


def closed(kind: str, first: dict[str, int], last: dict[str, int] | None) -> tuple[str, Side]:
    """What a sum comes to, printed and at numbers."""
    size = plus(plus(last or {}, {"": 1}), first, -1)
    if kind in ("1", "c"):
        return f"({printed(size)})" + (" c" if kind == "c" else ""), lambda at: value(size, at) * (
            at["c"] if kind == "c" else 1)
    if kind == "k":
        both = plus(last or {}, first)
        return rf"\frac{{({printed(size)}) ({printed(both)})}}{{2}}", lambda at: Fraction(
            value(size, at) * value(both, at), 2)
    if kind == "k^2":
        end = last or {}
        squares = [rf"\frac{{({printed(one)}) ({printed(plus(one, ONE))}) ({printed(plus(plus(one, one), ONE))})}}{{6}}"
                   for one in (end, plus(first, {"": -1}))]

        def at_end(n: int) -> Fraction:
            return Fraction(n * (n + 1) * (2 * n + 1), 6)
        return " - ".join(squares), lambda at: at_end(value(end, at)) - at_end(value(first, at) - 1)
    less = {"m": 1} if kind == "shifted" else {}
    ends = [plus(first, less, -1)] + ([] if last is None else [plus(plus(last, {"": 1}), less, -1)])
    scale = "c " if kind == "weighted" else ""
    above = " - ".join(rf"\gamma^{{{printed(one)}}}" for one in ends)

    def power(at: Numbers) -> Fraction:
        found = [at["γ"] ** value(one, at) for one in ends]
        return (at["c"] if scale else 1) * (found[0] - sum(found[1:])) / (1 - at["γ"])
    return rf"{scale}\frac{{{above}}}{{1 - \gamma}}", power


def started(rng: random.Random) -> Said:
    """A sum over a range from a letter on, and what it comes to, or nearly."""
    kind = rng.choice([*BODIES])
    first = rng.choice([{"m": 1}, {"m": 1, "": 1}, {"m": 1, "": -1}, {"m": 2}, {"n": 1, "": 1}, {"m": 1, "n": 1}])
    last = rng.choice([{"n": 1}, {"n": 1, "": 1}, {"n": 1, "": -1}, {"m": 1, "n": 1}, {"n": 2}, {"m": 1, "": 2}])
    end = None if kind in GEOMETRIC and rng.random() < 0.25 else last
    shown, body = BODIES[kind]
    above = r"\infty" if end is None else printed(end)
    left = rf"\sum_{{k={printed(first)}}}^{{{above}}} {shown}"
    bend = rng.choice([{}, {}, {"": 1}, {"": -1}, {"m": 1}])
    other = rng.random() < 0.5
    right, right_at = closed(kind, plus(first, bend) if other else first,
                             end if end is None or other else plus(end, bend))
    at = [{"m": Fraction(m), "n": Fraction(n), "c": c, "γ": rate} for m, n, c, rate in
          product(range(1, 6), range(1, 6), VALUES, HALVES)]
    return Said(f"{left} = {right}", summed(first, end, body), right_at, at, (r"0 < \gamma < 1",))


def parted(rng: random.Random) -> Said:
    """A sum over a range in two parts, which meet, or overlap, or leave one out."""
    kind = rng.choice([*BODIES])
    shown, body = BODIES[kind]
    first, middle, last = {"m": 1}, {"p": 1}, rng.choice([{"n": 1}, {"n": 1, "": 1}])
    after = plus(middle, {"": rng.choice([0, 1, 1, 1, 2])})
    sums = [summed(one, other, body) for one, other in ((first, last), (first, middle), (after, last))]
    texts = [rf"\sum_{{k={printed(one)}}}^{{{printed(other)}}} {shown}"
             for one, other in ((first, last), (first, middle), (after, last))]
    at = [{"m": Fraction(m), "n": Fraction(n), "p": Fraction(p), "c": Fraction(3), "γ": Fraction(1, 2)}
          for m, n, p in product(range(1, 6), repeat=3)]
    return Said(f"{texts[0]} = {texts[1]} + {texts[2]}", sums[0], lambda now: sums[1](now) + sums[2](now), at,
                (r"0 < \gamma < 1",))


# Ranges over pairs


ORDERS: dict[str, Callable[[int, int], bool]] = {
    "<": lambda i, j: i < j, r"\leq": lambda i, j: i <= j, ">": lambda i, j: i > j, r"\geq": lambda i, j: i >= j}
RANGES = (r"\sum_{{\substack{{1 \leq i,j \leq n \\ i {} j}}}}", r"\sum_{{\substack{{i,j=1 \\ i {} j}}}}^n",
          r"\sum_{{\substack{{1 \leq i \leq n \\ 1 \leq j \leq n \\ i {} j}}}}", r"\sum_{{1 \leq i,j \leq n, i {} j}}")
PAIRED: dict[str, Callable[[list[int], list[int], int, int], int]] = {
    "x_i y_j": lambda x, y, i, j: x[i] * y[j], "x_i": lambda x, _y, i, _j: x[i], "(x_i - x_j)^2": lambda x, _y, i, j: (
        x[i] - x[j]) ** 2, "i x_j": lambda x, _y, i, j: (i + 1) * x[j], "1": lambda _x, _y, _i, _j: 1}


def pairs(rng: random.Random) -> Said:
    """A sum over pairs in their order, against one over another order, or with the letters turned."""
    def over(order: str, body: str, turned: bool) -> Side:
        def at(numbers: Numbers) -> Fraction:
            n = int(numbers["n"])
            x, y = ([int(numbers[name + str(k)]) for k in range(n)] for name in "xy")
            return Fraction(sum(PAIRED[body](x, y, *((j, i) if turned else (i, j))) for i in range(n) for j in range(n)
                                if ORDERS[order](i, j)))
        return at

    body = rng.choice([*PAIRED])
    one, other = (rng.choice([*ORDERS]) for _ in "12")
    turned = rng.random() < 0.5
    swapped = body.translate(str.maketrans("ij", "ji")) if turned else body
    text = " = ".join(rng.choice(RANGES).format(order) + " " + shown
                      for order, shown in ((one, body), (other, swapped)))
    at = [{"n": Fraction(n)} | {f"{name}{k}": Fraction(rng.randint(-3, 3)) for name in "xy" for k in range(n)}
          for n in (1, 2, 3) for _ in range(12)]
    return Said(text, over(one, body, False), over(other, body, turned), at)


# Components


def entries(at: Numbers, name: str) -> list[Fraction]:
    """The components of a vector."""
    return [at[name + str(k)] for k in range(int(at["n"]))]


def inner(at: Numbers, left: str, right: str) -> Fraction:
    """A product of vectors."""
    return sum((u * v for u, v in zip(entries(at, left), entries(at, right), strict=True)), Fraction(0))


OF_ONE: dict[str, Callable[[Fraction], Fraction]] = {"|x_i|": abs, "x_i": lambda u: u, "x_i^2": lambda u: u * u}


def components(rng: random.Random) -> Said:
    """Norms and products of vectors, and what they come to in components, or nearly."""
    at = [{"n": Fraction(n)} | {f"{name}{k}": Fraction(rng.randint(-3, 3)) for name in "xy" for k in range(n)}
          for n in (1, 2, 3) for _ in range(12)]
    where = (r"x, y \in \mathbb{R}^n",)
    shown = rng.choice([*OF_ONE])
    one, kind = OF_ONE[shown], rng.choice(["square", "sum", "largest"])
    if kind == "sum":
        return Said(rf"\|x\|_1 = \sum_i {shown}", lambda now: sum(map(abs, entries(now, "x")), Fraction(0)),
                    lambda now: sum(map(one, entries(now, "x")), Fraction(0)), at, (), where)
    if kind == "largest":
        return Said(rf"\|x\|_\infty = \max_i {shown}", lambda now: max(map(abs, entries(now, "x"))),
                    lambda now: max(map(one, entries(now, "x"))), at, (), where)
    a, b = (rng.choice([-2, -1, 1, 2, 3]) for _ in "ab")
    c = rng.choice([2 * a * b, 2 * a * b, a * b, -2 * a * b])
    left = rf"\|{a} x {b:+d} y\|_2^2 = {a * a} \sum_i x_i^2 + ({c}) x^\top y + {b * b} \|y\|^2"
    return Said(left, lambda now: sum(((a * u + b * v) ** 2 for u, v in zip(
        entries(now, "x"), entries(now, "y"), strict=True)), Fraction(0)), lambda now: a * a * inner(
            now, "x", "x") + c * inner(now, "x", "y") + b * b * inner(now, "y", "y"), at, (), where)


# Maxima over all but one


OTHERS: dict[str, Callable[[list[Fraction], int], Fraction]] = {
    r"\max_{j \neq i} x_j": lambda x, i: max(x[:i] + x[i + 1:]),
    r"\min_{j \neq i} x_j": lambda x, i: min(x[:i] + x[i + 1:]),
    r"\max_{1 \leq j \leq n} x_j": lambda x, _i: max(x), r"\min_{1 \leq j \leq n} x_j": lambda x, _i: min(x),
    "x_i": lambda x, i: x[i], r"\max(x_i, \max_{j \neq i} x_j)": lambda x, i: max(x[i], max(x[:i] + x[i + 1:])),
    r"\frac{1}{n-1} \sum_{j \neq i} x_j": lambda x, i: sum(x[:i] + x[i + 1:], Fraction(0)) / (len(x) - 1),
    r"\frac{1}{n} \sum_{j=1}^n x_j": lambda x, _i: sum(x, Fraction(0)) / len(x)}
RELATIONS: dict[str, Callable[[Fraction, Fraction], bool]] = {
    "=": lambda one, other: one == other, r"\leq": lambda one, other: one <= other,
    r"\geq": lambda one, other: one >= other}


def largest(rng: random.Random) -> Said:
    """The largest, the least or the mean of all members, or of all but one, against another of these."""
    left, right = rng.sample([*OTHERS], 2)
    sign = rng.choice([*RELATIONS])

    def one(numbers: Numbers, text: str) -> Fraction:
        return OTHERS[text](entries(numbers, "x"), int(numbers["i"]))

    at = [{"n": Fraction(n), "i": Fraction(i)} | {f"x{k}": Fraction(rng.randint(-3, 3)) for k in range(n)}
          for n in (2, 3) for i in range(n) for _ in range(40)]
    text = f"{left} {sign} {right}".replace(r"j \neq i}", r"1 \leq j \leq n, j \neq i}").replace(
        r"\sum_{1 \leq j \leq n, j \neq i}", r"\sum_{j=1, j \neq i}^n")
    return Said(text, lambda now: Fraction(RELATIONS[sign](one(now, left), one(now, right))), lambda _now: Fraction(1),
                at)


def holds(said: Said) -> bool | None:
    """Whether the sides agree wherever both have a value; None where they have none anywhere."""
    found: list[bool] = []
    for at in said.at:
        try:
            found.append(said.left(at) == said.right(at))
        except Short:
            continue
    return all(found) if found else None


MAKERS = (started, parted, pairs, components, largest)


def statements(seed: int, count: int) -> Iterator[Said]:
    """Random statements of all kinds."""
    rng = random.Random(seed)
    for number in range(count):
        yield MAKERS[number % len(MAKERS)](rng)


def judged(said: Said) -> str:
    """The verdict, which must agree with the fractions."""
    status, truth = prove(said.text, where=said.where, assume=said.given, budget=1.0).status, holds(said)
    assert status != "ill-formed", said.text
    assert status != "proved" or truth is not False, said.text
    assert status != "refuted" or truth is not True, said.text
    return status


@pytest.mark.parametrize("seed", range(2))
def test_verdicts_are_those_of_fractions(seed: int) -> None:
    found = [judged(said) for said in statements(seed, 6)]
    assert found.count("unread") < len(found) / 3, found


@pytest.mark.random
@pytest.mark.long
@pytest.mark.parametrize("seed", shifted(range(100, 110)))
def test_many_verdicts_are_those_of_fractions(seed: int) -> None:
    found = [judged(said) for said in statements(seed, 15)]
    assert found.count("unread") < len(found) / 3, found
