"""Whole numbers that texts print: the places of steps, the ends of ranges, exponents."""

from __future__ import annotations

from collections.abc import Mapping

from ...language import Const, Neg, Node, Num, plus, times
from ..parsing.surface import Expr, Item, unwrap

OUTCOMES = frozenset("saoqxyr")
COUNTING = frozenset((r"\tau", r"\ell"))  # commands of letters that steps are numbered by
Form = Mapping[str, int]  # a whole number: a letter times so many, and so many by themselves under ""


class Unsaid(Exception):
    """What is no equation, linear in sequences, between numbers of steps."""


def added(one: Form, other: Form, by: int = 1) -> Form:
    """The sum of a whole number and a multiple of another one."""
    found = {letter: one.get(letter, 0) + by * other.get(letter, 0) for letter in {*one, *other}}
    return {letter: count for letter, count in found.items() if count}


def replaced(form: Form, letter: str, value: Form) -> Form:
    """A whole number with another one for a letter."""
    return added({name: count for name, count in form.items() if name != letter}, value, form.get(letter, 0))


def number_of(form: Form) -> Node:
    """A whole number as an expression."""
    terms = [times(Num(abs(count)), Const(letter, "positive")) if letter and abs(count) > 1 else
             Const(letter, "positive") if letter else Num(abs(count)) for letter, count in sorted(form.items())]
    signed = [Neg(term) if count < 0 else term for term, (_, count) in zip(terms, sorted(form.items()), strict=True)]
    return plus(*signed) if signed else Num(0)


def letter_of(item: Item) -> str:
    """The letter of a whole number. Raises Unsaid."""
    item = unwrap(item)
    known = item.value.isalpha() and item.value not in OUTCOMES or item.value in COUNTING
    if item.kind != "sym" or item.sub or item.sup or not known:
        raise Unsaid
    return item.value + "'" * item.primes


def whole_of(expr: Expr | None) -> Form:
    """A whole number: letters and numbers, added. Raises Unsaid."""
    if expr is None:
        raise Unsaid
    found: Form = {}
    for sign, items, _ in expr.terms:
        counted = items[0].kind == "num" and items[0].plain and items[0].value.isdecimal()
        count, rest = (int(items[0].value), items[1:]) if counted else (1, items)
        inner: Form = {"": 1}
        if len(rest) == 1 and rest[0].kind == "group" and rest[0].plain and rest[0].body is not None:
            inner = whole_of(rest[0].body.only)
        elif len(rest) == 1:
            inner = {letter_of(rest[0]): 1}
        elif rest:
            raise Unsaid
        if sign not in ("", "+", "-"):
            raise Unsaid
        found = added(found, inner, -count if sign == "-" else count)
    return found
