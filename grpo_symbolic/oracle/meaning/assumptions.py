"""What assumptions do to models: some define a function, give a sign, name one law twice, or can be solved for."""

from __future__ import annotations

from collections.abc import Iterator, Set
from typing import Any

import numpy as np
from sympy import Basic

from ...language import (
    CONSTANT,
    GROUP_SIZE,
    App,
    Const,
    Definition,
    LanguageError,
    Largest,
    Length,
    Num,
    Prob,
    Product,
    Relation,
    StateLaw,
    Sum,
    heads,
    moves,
)

MIRROR = {"<": ">", ">": "<", "≤": "≥", "≥": "≤", "=": "=", "≈": "≈"}


def as_definition(assumed: Relation) -> Definition | None:
    """An assumed equation f(a, …) = … that says what a function constant in θ is, as a definition."""
    left = assumed.lhs
    if assumed.op != "=" or not isinstance(left, App) or left.head.theta or moves(assumed.rhs):
        return None
    if left.head in heads(assumed.rhs):
        return None
    try:
        return Definition(left, assumed.rhs)
    except LanguageError:
        return None


SIGNS = {"positive": {1}, "negative": {-1}, "zero": {0}, "nonnegative": {0, 1}, "nonpositive": {-1, 0}}
SIGN_OF = {">": "positive", "<": "negative", "≥": "nonnegative", "≤": "nonpositive"}


def assumed_signs(relations: list[Relation]) -> dict[str, str]:
    """The signs that assumptions give to functions, so that models are drawn with them."""
    found: dict[str, str] = {}
    for label, sign in filter(None, map(assumed_sign, relations)):
        both = SIGNS[found.get(label, sign)] & SIGNS[sign]
        found[label] = next((name for name, signs in SIGNS.items() if signs == both), sign)
    return found


def assumed_sign(assumed: Relation) -> tuple[str, str] | None:
    """The sign that an assumption f(…) > 0 gives to a function."""
    left, op, right = assumed.lhs, assumed.op, assumed.rhs
    if isinstance(right, App):
        left, op, right = right, MIRROR[op], left
    if not isinstance(left, App) or not isinstance(right, Num) or right.value != 0 or op not in SIGN_OF:
        return None
    return left.head.layout, SIGN_OF[op]


def alias(assumed: Relation) -> tuple[str, tuple[str, str]] | None:
    """A constant policy that an assumption sets equal to another: its name, and the other's name and point."""
    left, right = assumed.lhs, assumed.rhs
    if assumed.op != "=" or not isinstance(left, Prob) or not isinstance(right, Prob):
        return None
    if (left.action, left.law.context) != (right.action, right.law.context):
        return None
    if isinstance(left.law, StateLaw) or isinstance(right.law, StateLaw):
        return None
    one, other = left.law.policy, right.law.policy
    if one.point != CONSTANT:
        one, other = other, one
    return (one.name, (other.name, other.point)) if one.point == CONSTANT else None


def solvable(relations: list[Relation], counted: Set[str]) -> tuple[tuple[Relation, str], ...]:
    """Assumed equations, each with a function, or a constant, that can be shifted by a number so that it holds.

    What is ``counted`` is a whole number, and is not shifted. An equation comes after those that shift what it speaks
    of.
    """
    found: dict[str, Relation] = {}
    for assumed in relations:
        if assumed.op == "=" and alias(assumed) is None:
            names = [name for name in shiftable(assumed, counted) if name not in found]
            if names:
                found[names[0]] = assumed
    inner = {label: {*shiftable(assumed, counted)} - {label} for label, assumed in found.items()}
    in_turn: list[str] = []
    while len(in_turn) < len(found):
        waiting = [label for label in found if label not in in_turn]
        in_turn.append(next((label for label in waiting if inner[label].isdisjoint(waiting)), waiting[0]))
    return tuple((found[label], label) for label in in_turn)


def shiftable(assumed: Relation, counted: Set[str]) -> Iterator[str]:
    """The functions and then the constants of an assumption that may have any value: none that is declared to have a
    sign.
    """
    yield from (head.layout for head in heads(assumed) if not head.theta and head.sign == "real")
    yield from (part.name for part in assumed.walk()
                if isinstance(part, Const) and part.sign == "real" and part.name not in {"T", *counted})


def counting(parts: list[Basic], relations: list[Relation]) -> dict[str, int | None]:
    """The constants that count samples or tokens, with the value an assumption gives them."""
    names: dict[str, int | None] = {GROUP_SIZE.name: None} if GROUP_SIZE in parts else {}
    for part in parts:
        ranged = isinstance(part, (Sum, Product)) and part.args[2].sort in ("index", "token")
        if ranged or isinstance(part, Largest) and len(part.args) > 1:
            upper: Any = part.args[0 if ranged else 1]
            names.update({inner.name: None for inner in upper.walk() if isinstance(inner, Const)})
    pairs = [pair for assumed in relations for pair in both_ways(assumed)]
    names.update({right.name: None for left, op, right in pairs
                  if op == "=" and isinstance(left, Length) and isinstance(right, Const)})
    names.update({name: number for name, op, number in map(bound, pairs) if op == "=" and name in names})
    return names


def least_counts(relations: list[Relation]) -> dict[str, int]:
    """The least whole numbers that assumptions such as G ≥ 3 leave to constants."""
    found: dict[str, int] = {}
    for name, op, number in map(bound, (pair for assumed in relations for pair in both_ways(assumed))):
        if op in (">", "≥") and name:
            found[name] = max(found.get(name, 1), number + (op == ">"))
    return found


def both_ways(assumed: Relation) -> list[tuple[Basic, str, Basic]]:
    """A relation read from the left and from the right."""
    return [(assumed.lhs, assumed.op, assumed.rhs), (assumed.rhs, MIRROR.get(assumed.op, ""), assumed.lhs)]


def bound(pair: tuple[Basic, str, Basic]) -> tuple[str, str, int]:
    """A constant compared with a whole number: name, relation, number; no name where it is anything else."""
    left, op, right = pair
    if isinstance(left, Const) and isinstance(right, Num) and right.value.q == 1:
        return left.name, op, int(right.value)
    return "", op, 0


def solve(at_zero: np.ndarray, at_one: np.ndarray) -> np.ndarray:
    """The shift at which an affine residual vanishes, given the residual at shifts 0 and 1; 0 where there is none."""
    slope = at_one - at_zero
    flat = slope == 0
    one = slope * 0 + 1
    return np.where(flat, slope * 0, -at_zero / np.where(flat, one, slope))
