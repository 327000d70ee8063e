"""Functions of jets that may be undefined or stand on a kink: logarithms, roots, powers, regions."""

from __future__ import annotations

from functools import reduce
from itertools import combinations
from typing import Any

import numpy as np
from flint import arb, fmpq
from sympy import Basic

from ...language import Indicator, Max, Min
from ..model import exact, jets
from ..model.jets import Array, Jet
from .evaluator import Context, Evaluator, Rows, Unevaluable, each

MOST_TIMES = 1000
COMPARING = (Indicator, Max, Min)


def product(left: Rows, right: Rows, order: int) -> Rows:
    """The matrix product; a single entry scales."""
    if len(left) == len(left[0]) == 1 or len(right) == len(right[0]) == 1:
        (one,), many = (left[0], right) if len(left) == len(left[0]) == 1 else (right[0], left)
        return each(lambda entry: one.times(entry, order), many)
    columns = list(zip(*right, strict=True))
    return tuple(tuple(reduce(Jet.__add__, (x.times(y, order) for x, y in zip(row, column, strict=True)))
                       for column in columns) for row in left)


def repeated(at: Evaluator, jet: Jet, count: int, ctx: Context) -> Jet:
    """A natural power, by squaring."""
    if count > MOST_TIMES:
        raise Unevaluable(f"the exponent {count} is too large")
    result = at.number(1)
    while count:
        if count % 2:
            result = result.times(jet, ctx.order).map(at.arithmetic.tamed)
        jet, count = jet.times(jet, ctx.order).map(at.arithmetic.tamed), count // 2
    return result


def common_integer(value: Array) -> int | None:
    """The integer that all entries are, if they are one and of moderate size."""
    first = value.flat[0]
    if isinstance(first, arb):
        first = first.unique_fmpz()
        count = None if first is None else int(first)
    elif isinstance(first, fmpq):
        count = int(first.p) if first.q == 1 else None
    else:
        count = int(first) if isinstance(first, np.floating) and np.isfinite(first) else None
    return count if count is not None and abs(count) <= 64 and np.all(value == count) else None


def logarithm(at: Evaluator, jet: Jet, ctx: Context) -> Jet:
    """The logarithm, undefined at what is not positive."""
    bad = at.sign(jet) != 1
    jet = at.guard(jet, bad, ctx)
    return at.poison(jets.logarithm(jet, at.arithmetic.log(jet.value), ctx.order), bad)


def exponential(at: Evaluator, jet: Jet, ctx: Context) -> Jet:
    """The exponential."""
    return jets.exponential(jet, at.arithmetic.exp(jet.value), ctx.order)


def square_root(at: Evaluator, jet: Jet, ctx: Context, square: bool = False) -> Jet:
    """The square root: undefined below zero, not differentiable at zero; a ``square`` is never below zero."""
    sign = at.sign(jet)
    bad = (sign != 1) & ((sign != 0) | (at.strict and not square))
    if jet.is_constant:
        bad = bad & (sign != exact.UNKNOWN) if square else bad
        jet = at.guard(jet, bad, ctx)
        return at.poison(jets.constant(at.arithmetic.root(jet.value)), bad)
    jet = at.guard(at.guard(jet, bad, ctx), sign == 0, ctx, at.kinks)
    half = at.number(1, 2).value
    return at.poison(jets.power(jet, half, at.arithmetic.root(jet.value), ctx.order), bad)


def smaller(at: Evaluator, left: Jet, right: Jet, ctx: Context) -> Jet:
    """The smaller of two jets; a tie of jets that differ is a kink."""
    return -larger(at, -left, -right, ctx)


def larger(at: Evaluator, left: Jet, right: Jet, ctx: Context) -> Jet:
    """The larger of two jets."""
    sign = compare(at, left, right, ctx)
    found = at.choose(sign >= 0, left, right)
    unknown = sign == exact.UNKNOWN
    if not np.any(unknown):
        return found
    if ctx.order and not at.arithmetic.approximate:
        at.record(at.undefined, unknown, ctx)
    return Jet({monomial: np.where(unknown, at.arithmetic.hull(coefficient(left, monomial),
                                                               coefficient(right, monomial)), term)
                for monomial, term in found.terms.items()})


def coefficient(jet: Jet, monomial: jets.Monomial) -> Array:
    """A coefficient of a jet, zero where it has no term."""
    return jet.terms[monomial] if monomial in jet.terms else jet.value * 0


def compare(at: Evaluator, left: Jet, right: Jet, ctx: Context) -> Array:
    """The sign of left − right; where they tie but their derivatives do not, a kink is recorded."""
    sign = at.arithmetic.compare(left.value, right.value)
    tie = sign == 0
    if np.any(tie) and at.side:
        return one_sided(at, left, right, sign)
    if np.any(tie):
        for monomial in {**left.terms, **right.terms}:
            differ = at.arithmetic.compare(coefficient(left, monomial), coefficient(right, monomial)) != 0
            at.record(at.kinks, tie & differ, ctx)
    return sign


def exclude_ties(at: Evaluator, terms: tuple[Basic, ...], values: list[Jet], ctx: Context) -> None:
    """Where every kink is excluded, so is a tie of two things that move, though they move alike.

    Not so where one of them compares in its turn: inside the range of a clip it is the other.
    """
    if not at.apart or not ctx.order or any(isinstance(part, COMPARING) for term in terms for part in term.walk()):
        return
    for (left, one), (right, other) in combinations(list(zip(terms, values, strict=True)), 2):
        if left != right:
            tie = at.arithmetic.compare(one.value, other.value) == 0
            for jet in (one, other):
                for monomial in jet.terms:
                    if monomial:
                        moves = at.arithmetic.compare(jet.terms[monomial], jet.value * 0) != 0
                        at.record(at.kinks, tie & moves, ctx)


def one_sided(at: Evaluator, left: Jet, right: Jet, sign: Array) -> Array:
    """The sign of left − right just beside θ: where they tie, that of the first derivative that tells them apart."""
    for monomial in sorted({**left.terms, **right.terms}, key=len):
        beside = at.arithmetic.compare(coefficient(left, monomial), coefficient(right, monomial))
        turned = np.where(beside == exact.UNKNOWN, beside, beside * at.side ** len(monomial))
        sign = np.where(sign == 0, turned, sign)
    return sign


def relation(op: str, sign: Array) -> Array:
    """Where a comparison holds, given the sign of left − right."""
    tests: dict[str, Any] = {"=": sign == 0, "≤": sign <= 0, "<": sign < 0, "≥": sign >= 0, ">": sign > 0,
                             "≠": sign != 0, "≈": sign == 0}
    if op not in tests:
        raise Unevaluable(f"no comparison {op}")
    return tests[op] & (sign != exact.UNKNOWN)
