"""One letter of an objective is one number wherever it stands, the ends of a clip included."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from ..algebra.expression import add, divide, multiply, subtract
from ..algebra.nodes import ONE, ZERO, Expression, constant, number, parts
from ..algebra.normal import equal
from ..algebra.printing import plain
from ..algebra.rebuilt import mapped

AT_END = "@"  # after a letter, before the end of a clip at which it stands


@dataclass(frozen=True)
class Matched:
    """What each symbol of an objective is in the code, and what is said of it.

    ``equated`` are hyper-parameters of the code that are supposed to be something else in it, ``supposed`` is that in
    words. ``apart`` says that a letter is two numbers, one at either end of a clip.
    """

    values: Mapping[str, Expression]
    said: Mapping[str, str]
    equated: Mapping[str, Expression] = field(default_factory=dict)
    supposed: tuple[str, ...] = ()
    apart: bool = False


def letter_of(symbol: str) -> str:
    """The letter of a symbol, without the end at which it stands."""
    return symbol.partition(AT_END)[0]


def agreeing(found: Matched, divided: bool, numbers: Mapping[str, Fraction]) -> Iterator[Matched]:
    """The ways in which each letter is one number; where an objective may be ``divided``, one at either end of a clip.

    Two hyper-parameters that ``numbers`` makes equal are supposed to be; of others, each is tried.
    """
    for letter in dict.fromkeys(letter_of(symbol) for symbol in found.values):
        symbols = [symbol for symbol in found.values if letter_of(symbol) == letter]
        first, *others = symbols
        if all(equal(found.values[first], found.values[one]) for one in others):
            continue
        if divided and all(AT_END in one for one in symbols):
            yield from agreeing_but(found, symbols, divided, numbers)
            return
        supposed = supposing(found, symbols, numbers)
        ways = [supposed] if supposed else [put(found, symbols, one) for one in symbols]
        for one in ways:
            yield from agreeing(one, divided, numbers)
        return
    yield found


def agreeing_but(found: Matched, symbols: Sequence[str], divided: bool, numbers: Mapping[str, Fraction]
                 ) -> Iterator[Matched]:
    """The ways in which every letter but that of these symbols is one number."""
    rest = Matched({name: value for name, value in found.values.items() if name not in symbols}, found.said,
                   found.equated, found.supposed)
    for one in agreeing(rest, divided, numbers):
        yield Matched({**one.values, **{name: found.values[name] for name in symbols}}, one.said, one.equated,
                      one.supposed, apart=True)


def put(found: Matched, symbols: Sequence[str], chosen: str) -> Matched:
    """All of the symbols as one of them is."""
    return Matched({**found.values, **dict.fromkeys(symbols, found.values[chosen])},
                   {**found.said, **dict.fromkeys(symbols, found.said[chosen])},
                   found.equated, found.supposed, found.apart)


def supposing(found: Matched, symbols: Sequence[str], numbers: Mapping[str, Fraction]) -> Matched | None:
    """All of the symbols as the first is, where that only makes hyper-parameters equal that are so here."""
    first, *others = (found.values[one] for one in symbols)
    equated, supposed = dict(found.equated), list(found.supposed)
    for other in others:
        if equal(first, other):
            continue
        here = number_of(first, numbers)
        solved = solution(other, first) if here is not None and here == number_of(other, numbers) else None
        if solved is None or crossed(*solved, equated):
            return None
        equated[solved[0]] = solved[1]
        supposed.append(f"{plain(first)} = {plain(other)}")
    one = put(found, symbols, symbols[0])
    return Matched(one.values, one.said, equated, tuple(dict.fromkeys(supposed)), one.apart)


def crossed(name: str, value: Expression, equated: Mapping[str, Expression]) -> bool:
    """Whether a hyper-parameter that is put for another is itself one for which something is put."""
    return name in equated or name in names_in(*equated.values()) or bool(names_in(value) & set(equated))


def names_in(*values: Expression) -> set[str]:
    """The hyper-parameters in expressions."""
    return {part.data for value in values for part in parts(value) if part.kind == "constant"}


def number_of(value: Expression, numbers: Mapping[str, Fraction]) -> Fraction | None:
    """The rational number that an expression of hyper-parameters is; None of one that is none, or has no number."""
    for name in names_in(value) & set(numbers):
        value = at(value, name, number(numbers[name]))
    return value.data if value.kind == "number" else None


def at(value: Expression, name: str, place: Expression) -> Expression:
    """An expression with something in place of a hyper-parameter."""
    return mapped(value, lambda part: place if part == constant(name) else None)


def solution(value: Expression, wanted: Expression) -> tuple[str, Expression] | None:
    """The hyper-parameter on which alone a value depends, linearly, and what it is if that is the one wanted."""
    names = names_in(value)
    if len(names) != 1 or names & names_in(wanted):
        return None
    name, = names
    at_zero, at_one = (at(value, name, end) for end in (ZERO, ONE))
    slope = subtract(at_one, at_zero)
    if not equal(value, add(at_zero, multiply(slope, constant(name)))):
        return None
    return name, divide(subtract(wanted, at_zero), slope)
