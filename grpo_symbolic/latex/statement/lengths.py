r"""What is given with ranges from a letter on, \sum_{k=m}^n: that each is empty at the least, m ≤ n + 1.

A statement of such ranges holds where all of that does. Where one bounds another, as m ≤ n + 1 and n ≤ m + 1 do, or
what is assumed bounds one, that is so few numbers that the statement hardly says what it prints.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from ...language import Neg, Node, Plus, Relation, Times, literal
from ...proof.hypotheses import plain_name
from ..printing.printer import latex

Linear = Mapping[Node | None, Fraction]  # numbers, each so many times, and so many by themselves under None
MOST = 500  # of what follows from all that is given: nothing of more is seen


class Bound(NamedTuple):
    """A number that is not negative, and which of what is given that follows from."""

    number: Linear
    sources: frozenset[int]


class Lengths(NamedTuple):
    """The hypotheses of ranges that nothing assumed implies, and what of that leaves few numbers only, or nothing."""

    hypotheses: tuple[str, ...] = ()
    clash: tuple[str, ...] = ()

    def beside(self, other: Lengths) -> Lengths:
        """This with another one."""
        return Lengths((*self.hypotheses, *other.hypotheses), self.clash or other.clash)


def of_lengths(lengths: Iterable[Node], given: Sequence[Relation]) -> Lengths:
    """What it means that these numbers of terms are not negative, beside what is given."""
    found = [linear(length) for length in lengths]
    found = [one for place, one in enumerate(found) if one not in found[:place]]
    numbers = [one for one in found if any(count < 0 for count in one.values())]
    counts = {said(one): one for one in found if one not in numbers}  # what ends a range counts something anyway
    whole = {letter for one in numbers for letter in one}
    told = {printed(relation): bound for relation in given if (bound := bound_of(relation, whole))}
    told |= counts
    known = {name: bound for name, bound in told.items() if set(bound) & whole - {None}}
    numbers = [one for one in numbers if not implied(one, [*known.values()])]
    return Lengths(tuple(f"Range({said(one)})" for one in numbers), clash(numbers, known, {*counts}))


def clash(numbers: Sequence[Linear], known: Mapping[str, Linear], counts: set[str]) -> tuple[str, ...]:
    """The names of numbers, and of known ones, that add up to no letter, of which one at least is no known one.

    What ends at a numeral, as from m to 3, clashes with known ones of which none ``counts`` only where they leave it
    empty.
    """
    if not numbers:
        return ()
    names = [*map(said, numbers), *known]
    for bound in without_letters([*numbers, *known.values()]):
        first, *others = sorted(bound.sources)
        ranges = [place for place in others if place < len(numbers) or names[place] in counts]
        if first < len(numbers) and (ranges or not holds_some(numbers[first], [*known.values()])):
            return tuple(names[place] for place in sorted(bound.sources))
    return ()


def holds_some(number: Linear, known: Sequence[Linear]) -> bool:
    """Whether a range with one letter, of so many numbers, need not be empty where the known ones are not negative."""
    more = plus(number, {None: Fraction(-1)})
    return len(number.keys() - {None}) == 1 and not any(
        bound.number.get(None, 0) < 0 for bound in without_letters([more, *known]))


def implied(number: Linear, known: Sequence[Linear]) -> bool:
    """Whether a whole number cannot be negative where the known ones are not."""
    negative = multiple(plus(number, {None: Fraction(1)}), -1)
    return any(bound.number.get(None, 0) < 0 for bound in without_letters([*known, negative]))


def without_letters(numbers: Sequence[Linear]) -> list[Bound]:
    """What follows in which no letter stands, less in long calculations.

    After Fourier and Motzkin, and Chernikov on what need not be kept.
    """
    bounds = [Bound(number, frozenset([place])) for place, number in enumerate(numbers)]
    letters = list(dict.fromkeys(letter for number in numbers for letter in number if letter is not None))
    for done, letter in enumerate(letters, 1):
        kept = {bound.sources: bound for bound in bounds if letter not in bound.number}
        for one in bounds:
            for other in bounds:
                if one.number.get(letter, 0) > 0 > other.number.get(letter, 0):
                    sources = one.sources | other.sources
                    if len(sources) <= done + 1:
                        kept[sources] = Bound(plus(multiple(one.number, -other.number[letter]), multiple(
                            other.number, one.number[letter])), sources)
        bounds = list(kept.values())
        if len(bounds) > MOST:
            return []
    return bounds


def bound_of(relation: Relation, whole: set[Node | None]) -> Linear | None:
    """What an order says is not negative, one less where it is strict between whole numbers; None of an equation."""
    if relation.op not in ("<", "≤", ">", "≥"):
        return None
    turned = relation.op in ("<", "≤")
    less, more = (relation.lhs, relation.rhs) if turned else (relation.rhs, relation.lhs)
    found = plus(linear(more), multiple(linear(less), -1))
    strict = relation.op in ("<", ">") and found.keys() <= whole | {None} and all(
        count.denominator == 1 for count in found.values())
    return plus(found, {None: Fraction(-1)}) if strict else found


def linear(term: Node) -> Linear:
    """A number as a sum of multiples of others."""
    if (number := literal(term)) is not None:
        return {None: number} if number else {}
    if isinstance(term, Neg):
        return multiple(linear(term.args[0]), -1)
    if isinstance(term, Plus):
        found: Linear = {}
        for one in term.args:
            found = plus(found, linear(one))
        return found
    if isinstance(term, Times):
        parts = [linear(one) for one in term.args]
        scales = [part.get(None, Fraction(0)) for part in parts if not part.keys() - {None}]
        others = [part for part in parts if part.keys() - {None}]
        if len(others) == 1:
            for scale in scales:
                others[0] = multiple(others[0], scale)
            return others[0]
    return {term: Fraction(1)}


def plus(one: Linear, other: Linear) -> Linear:
    """A sum."""
    found = {letter: one.get(letter, Fraction(0)) + other.get(letter, Fraction(0)) for letter in {**one, **other}}
    return {letter: count for letter, count in found.items() if count}


def multiple(number: Linear, by: Fraction | int) -> Linear:
    """A number so many times."""
    return {letter: count * by for letter, count in number.items() if by}


def said(number: Linear) -> str:
    """That a number is not negative, with what it takes away on the left: m≤n+1."""
    below, above = ({letter: abs(count) for letter, count in number.items() if (count < 0) == less}
                    for less in (True, False))
    return f"{added_up(below)}≤{added_up(above)}"


def added_up(number: Linear) -> str:
    """A sum of positive multiples in plain text."""
    parts = sorted((plain_name(latex(one)), count) for one, count in number.items() if one is not None)
    shown = [name if count == 1 else f"{count}{name}" for name, count in parts]
    shown += [str(number[None])] if None in number else []
    return "+".join(shown) or "0"


def printed(relation: Relation) -> str:
    """An order in plain text."""
    return f"{plain_name(latex(relation.lhs))}{relation.op}{plain_name(latex(relation.rhs))}"
