"""Whether a loss differs from an objective whatever numbers the letters are that nothing in the code is called.

An objective that is a polynomial in those letters is a combination of its coefficients, and a loss that is none of
them, on some places of some batches, differs at all numbers. Floating point proposes the places, intervals decide.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from fractions import Fraction

import numpy as np
from flint import arb, arb_mat

from ..algebra.evaluate import Batch, Unsure, evaluate
from ..algebra.expression import add, multiply, power, stop, subtract
from ..algebra.nodes import BATCH, MASK, ONE, TOKEN, VOCABULARY, ZERO, Expression, constant, is_number, parts
from ..algebra.order import Facts
from ..algebra.rebuilt import total
from ..unsupported import Unsupported
from .drawn import FINE, axes_of, drawn, spread_all, tokens_of
from .search import cases_of, in_intervals

MANY, LENGTHS = 40, (2, 1, 3)
TRIED = 5  # rows that may show a sign
MOST_TERMS = 12
UNNAMED = "?"  # before a letter of the objective, which no hyper-parameter is

# A product of letters, each with its power, in order; and a polynomial: what each of them is multiplied by.
Monomial = tuple[tuple[str, int], ...]
Polynomial = Mapping[Monomial, Expression]


def unnamed(symbol: str) -> Expression:
    """A letter of an objective beside the hyper-parameters of the code."""
    return constant(UNNAMED + symbol)


def letters_in(node: Expression) -> Set[str]:
    """The letters of an objective that are left in an expression."""
    return {part.data for part in parts(node) if part.kind == "constant" and part.data.startswith(UNNAMED)}


def differs_at_all(code: Expression, objective: Expression, constants: Mapping[str, Fraction], facts: Facts) -> bool:
    """Whether it is certain that no numbers for the letters of an objective make it what the code has, on some
    batches, of one setting; a sole letter is a positive number, or 0. Of what is no polynomial nothing is certain.
    """
    found = polynomial(objective)
    if found is None:
        return False
    wanted = subtract(code, found.get((), ZERO))
    columns = [*dict.fromkeys(one for letters, one in found.items() if letters), wanted]
    table = Table(columns, constants, facts)
    return table.independent() or len(letters_in(objective)) == 1 and table.opposed()


def polynomial(node: Expression) -> Polynomial | None:
    """An expression as a polynomial in the letters of an objective; None where it is none, or a long one."""
    if not letters_in(node):
        return {(): node}
    if node.kind == "constant":
        return {((node.data, 1),): ONE}
    inside = [polynomial(arg) for arg in node.args]
    found = [one for one in inside if one is not None]
    if len(found) < len(inside):
        return None
    match node.kind:
        case "add":
            return collected(pair for one in found for pair in one.items())
        case "multiply":
            return product_of(found)
        case "power":
            return raised(found[0], node.data)
        case "sum":
            return {letters: total(node.data, one) for letters, one in found[0].items()}
        case "stop":
            return {letters: stop(one) for letters, one in found[0].items()}
    return None


def collected(pairs: Iterable[tuple[Monomial, Expression]]) -> Polynomial | None:
    """Terms of one monomial added up; what comes to 0 is left out."""
    found: dict[Monomial, Expression] = {}
    for letters, one in pairs:
        found[letters] = add(found.get(letters, ZERO), one)
    kept = {letters: one for letters, one in found.items() if not is_number(one, 0)}
    return kept if len(kept) <= MOST_TERMS else None


def product_of(factors: Iterable[Polynomial]) -> Polynomial | None:
    """The product of polynomials; None of a long one."""
    found: Polynomial | None = {(): ONE}
    for factor in factors:
        if found is not None:
            found = collected((joined(one, other), multiply(a, b)) for one, a in found.items()
                              for other, b in factor.items())
    return found


def joined(left: Monomial, right: Monomial) -> Monomial:
    """The product of two monomials."""
    powers = dict(left)
    for letter, exponent in right:
        powers[letter] = powers.get(letter, 0) + exponent
    return tuple(sorted((letter, exponent) for letter, exponent in powers.items() if exponent))


def raised(base: Polynomial, exponent: Fraction) -> Polynomial | None:
    """A polynomial to a whole power, below 0 if it has one term."""
    if exponent.denominator != 1:
        return None
    times = int(exponent)
    if len(base) == 1:
        (letters, one), = base.items()
        return {tuple((letter, own * times) for letter, own in letters): power(one, times)}
    if not 0 < times <= MOST_TERMS:
        return None
    return product_of([base] * times)


class Table:
    """Expressions without letters, a column each, on places of batches, a row each; the last is what is wanted."""

    def __init__(self, columns: Sequence[Expression], constants: Mapping[str, Fraction], facts: Facts) -> None:
        self.columns, self.facts = columns, facts
        self.batch = batch_of(columns, constants)
        found = [np.asarray(evaluate(one, self.batch), dtype=float) for one in columns]
        self.shape = np.broadcast_shapes((MANY, 1, 1, 1), *(one.shape for one in found))
        rows = np.stack([np.broadcast_to(one, self.shape).reshape(-1) for one in found], axis=1)
        rows[~np.isfinite(rows).all(axis=1)] = 0
        sizes = np.abs(rows).max(axis=0)
        self.rows = rows / np.where(sizes > 0, sizes, 1)

    def independent(self) -> bool:
        """Whether the last column is certainly no combination of the others."""
        exact = [row for place in self.far_apart() if (row := self.exact(place)) is not None]
        return len(exact) == len(self.columns) and not arb_mat(exact).det().contains(0)

    def far_apart(self) -> list[int]:
        """As many rows as there are columns, each the farthest from all combinations of those before it."""
        rest, places = self.rows.copy(), []
        for _ in self.columns:
            lengths = np.linalg.norm(rest, axis=1)
            place = int(lengths.argmax())
            if lengths[place] == 0:
                break
            places.append(place)
            direction = rest[place] / lengths[place]
            rest = rest - np.outer(rest @ direction, direction)
        return places

    def opposed(self) -> bool:
        """Whether in some row the last number has certainly a sign that none of the others has."""
        *others, wanted = self.rows.T
        signs = [other * wanted for other in others]
        worst = np.max(signs, axis=0) if signs else -np.abs(wanted)
        return any(self.certainly_opposed(int(place)) for place in np.argsort(worst)[:TRIED])

    def certainly_opposed(self, place: int) -> bool:
        """Whether the last number of a row has certainly a sign that none of the others has."""
        exact = self.exact(place)
        if exact is None:
            return False
        *others, wanted = exact
        return not wanted.contains(0) and all(one == 0 or one * wanted < 0 for one in others)

    def exact(self, place: int) -> list[arb] | None:
        """A row in intervals; None where something in it is no number, lies on an edge, or has too many cells."""
        at = np.unravel_index(place, self.shape)
        one = Batch({name: values[at[0]:at[0] + 1] if len(values) > 1 else values
                     for name, values in self.batch.inputs.items()}, self.batch.constants, self.batch.sizes)
        try:
            found = [in_intervals(cases_of(column, self.facts), one) for column in self.columns]
        except (Unsure, Unsupported):
            return None
        row = [np.broadcast_to(values, (1, *self.shape[1:]))[(0, *at[1:])] for values in found]
        return row if all(value.is_finite() for value in row) else None


def batch_of(columns: Sequence[Expression], constants: Mapping[str, Fraction]) -> Batch:
    """Several batches of one shape, in rational numbers."""
    draw = np.random.default_rng(0)
    sizes, axes = {BATCH: len(LENGTHS), TOKEN: max(LENGTHS), VOCABULARY: 2}, axes_of(*columns)
    inputs = {name: drawn(name, own, sizes, draw, FINE, MANY) for name, own in sorted(axes.items())}
    return Batch(spread_all({**inputs, MASK: tokens_of(LENGTHS)[None]}, axes), constants, sizes)
