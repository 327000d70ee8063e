r"""Brackets: what is printed, read back by the rules of precedence alone, has the value of what was meant.

Values live in a prime field, where log, Σ, exp, … stand for arbitrary distinct functions: a bracket too few
changes the value.
"""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grpo_symbolic.language import (
    Abs,
    Const,
    Exp,
    Frac,
    Hessian,
    Log,
    Max,
    Min,
    Neg,
    Num,
    Plus,
    Policy,
    Power,
    Root,
    Step,
    Sum,
    Times,
    Var,
    grad,
    group_sum,
    plus,
    times,
    total,
)
from grpo_symbolic.latex.printing.printer import latex

FIELD = 2**61 - 1
VALUES = {"x": 1234577, "y": 7654321, "z": 99991, "w": 31337}
FUNCTIONS = {r"\log": (5, 17), r"\sum": (7, 29), r"\exp": (11, 41), r"\sqrt": (13, 43), r"\left|": (19, 53),
             r"\min": (23, 61), r"\max": (31, 71)}
NAMES = {Log: r"\log", Sum: r"\sum", Exp: r"\exp", Root: r"\sqrt", Abs: r"\left|", Min: r"\min", Max: r"\max"}
TOKEN = re.compile(r"\\left\||\\right\||\\left|\\right|\\cdot|\\[A-Za-z]+|\d+|[^\s]")
INDEX = Var("i", "index")


def apply(name: str, *values: int) -> int:
    """An arbitrary function of its own for each name."""
    slope, offset = FUNCTIONS[name]
    return int(sum(slope**place * value for place, value in enumerate(values, 1)) + offset)


def divide(top: int, bottom: int) -> int:
    """The quotient; 1/0 is 0 here, as good a value as any."""
    return int(top * pow(bottom, FIELD - 2, FIELD) % FIELD)


def meant(term: Any) -> Any:
    """The value of the tree."""
    kind, args = type(term), term.args
    if kind is Num:
        return int(term.value)
    if kind is Const:
        return VALUES[term.name]
    if kind is Sum:
        return apply(r"\sum", meant(term.scope.body)) % FIELD
    if kind is Power:
        return pow(meant(args[0]), int(args[1].value), FIELD)
    values = [meant(arg) for arg in args]
    if kind is Times:
        product = 1
        for value in values:
            product = product * value % FIELD
        return product
    if kind is Frac:
        return divide(*values)
    return (sum(values) if kind is Plus else -values[0] if kind is Neg else apply(NAMES[kind], *values)) % FIELD


class Reading:
    """The value of printed LaTeX: Σ takes the rest of its product, log one factor, a script one symbol."""

    def __init__(self, tex: str) -> None:
        self.tokens = [token for token in TOKEN.findall(tex) if token not in (r"\left", r"\right", r"\cdot")]
        self.value: int = self.sum()
        assert not self.tokens

    def peek(self) -> str:
        return self.tokens[0] if self.tokens else ""

    def take(self, *wanted: str) -> str:
        token = str(self.tokens.pop(0))
        assert not wanted or token in wanted, (token, wanted)
        return token

    def sum(self) -> int:
        sign = -1 if self.peek() == "-" and self.take() else 1
        value = sign * self.product()
        while self.peek() in ("+", "-"):
            value += (1 if self.take() == "+" else -1) * self.product()
        return value % FIELD

    def product(self) -> int:
        value = self.factor()
        while self.peek() not in ("", "+", "-", ")", "}", ",", "/", r"\right|"):
            value = value * self.factor() % FIELD
        return divide(value, self.power()) if self.peek() == "/" and self.take() else value

    def factor(self) -> int:
        if self.peek() == r"\sum":
            while self.take() != "G":
                pass
            return apply(r"\sum", self.product()) % FIELD
        if self.peek() == r"\log":
            return apply(self.take(), self.factor()) % FIELD
        return self.power()

    def power(self) -> int:
        base = self.symbol()
        return int(pow(base, int(self.take()), FIELD)) if self.peek() == "^" and self.take() else base

    def group(self, opening: str, closing: str) -> list[int]:
        self.take(opening)
        values = [self.sum()]
        while self.peek() == ",":
            self.take()
            values.append(self.sum())
        self.take(closing)
        return values

    def symbol(self) -> int:
        token = self.peek()
        if token == "(":
            return self.group("(", ")")[0]
        if token == r"\left|":
            return apply(token, *self.group(token, r"\right|")) % FIELD
        self.take()
        if token == r"\frac":
            return divide(*self.group("{", "}"), *self.group("{", "}"))
        if token in FUNCTIONS:
            return apply(token, *self.group(*(("{", "}") if token == r"\sqrt" else ("(", ")")))) % FIELD
        return int(token) if token.isdigit() else VALUES[token]


LEAVES = st.one_of(st.sampled_from([Const(name) for name in VALUES]), st.integers(1, 12).map(Num))


def grow(terms: Any) -> Any:
    """Every way to build one larger term; raw nodes too, which the operators would flatten."""
    pairs = st.tuples(terms, terms)
    return st.one_of(
        pairs.map(lambda pair: plus(*pair)), pairs.map(lambda pair: Plus(*pair)),
        pairs.map(lambda pair: pair[0] - pair[1]), terms.map(Neg),
        pairs.map(lambda pair: times(*pair)), pairs.map(lambda pair: Times(*pair)),
        pairs.map(lambda pair: Frac(*pair)), pairs.map(lambda pair: Frac(*pair).hinted(form="slash")),
        st.tuples(terms, st.integers(2, 4).map(Num)).map(lambda pair: Power(*pair)),
        terms.map(Log), terms.map(lambda term: Log(term).hinted(form="parens")), terms.map(Exp), terms.map(Root),
        terms.map(Abs), pairs.map(lambda pair: Min(*pair)), pairs.map(lambda pair: Max(*pair)),
        terms.map(lambda term: group_sum(INDEX, term)))


@settings(max_examples=400)
@given(st.recursive(LEAVES, grow, max_leaves=12))
def test_what_is_printed_has_the_value_of_what_is_meant(term: Any) -> None:
    assert Reading(latex(term)).value == meant(term)


X, Y = Const("x"), Const("y")
STATE, ACTION, TIME = Var("s", "state"), Var("a", "action"), Var("t", "token")
PROB = Policy(r"\pi")(ACTION, STATE)


@pytest.mark.parametrize(("term", "printed"), [
    (group_sum(INDEX, X) * Y, r"\left( \sum_{i=1}^G x \right) y"),
    (Y * group_sum(INDEX, X * Y) + X, r"y \sum_{i=1}^G x y + x"),
    (group_sum(INDEX, X - Y), r"\sum_{i=1}^G (x - y)"),
    (group_sum(INDEX, -X), r"\sum_{i=1}^G (-x)"),
    (X - (Y - X), r"x - (y - x)"),
    (Plus(X, Plus(-Y, X)), r"x - y + x"),
    (Num(2) * Num(3), r"2 \cdot 3"),
    (Log(X) * Y, r"(\log x) y"),
    (Y * Log(X), r"y \log x"),
    (Log(X + Y) * Log(PROB), r"\log (x + y) \log \pi_{\theta}(a|s)"),
    (X ** (1 / Y), r"x^{1/y}"),
    ((X ** 2) ** 3, "(x^2)^3"),
    ((X / Y) ** 2, r"\left( \frac{x}{y} \right)^2"),
    (Frac(X, X * Y).hinted(form="slash"), "x/(x y)"),
    (Frac(X, Log(Y)).hinted(form="slash"), r"x/(\log y)"),
    (Frac(group_sum(INDEX, X), Y).hinted(form="slash") + X, r"\left( \sum_{i=1}^G x \right)/y + x"),
    (Frac(X, Y).hinted(form="slash") * X, "(x/y) x"),
    (Num("1/5") * X, r"0.2 x"),
    (Const(r"\sigma") * (X + Y), r"\sigma \cdot (x + y)"),
    (Const(r"\beta") * (X + Y), r"\beta (x + y)"),
    (Const("g_2") * (X / Y) ** 2, r"g_2 \cdot \left( \frac{x}{y} \right)^2"),
    (grad(PROB * X), r"\nabla_{\theta} (\pi_{\theta}(a|s) x)"),
    (grad(total(ACTION, PROB)), r"\nabla_{\theta} \sum_a \pi_{\theta}(a|s)"),
    (grad(Log(PROB)) * X, r"\nabla_{\theta} \log \pi_{\theta}(a|s) x"),
    (grad(Log(PROB)).T * Step(), r"(\nabla_{\theta} \log \pi_{\theta}(a|s))^{\top} \Delta\theta"),
    (Step().T * Hessian(Log(PROB)) * Step(),
     r"\Delta\theta^{\top} \nabla_{\theta}^2 \log \pi_{\theta}(a|s) \Delta\theta"),
    (total(TIME, X, upper=Const("T"), product=True) * Y, r"\left( \prod_{t=1}^T x \right) y"),
])
def test_brackets_are_the_fewest(term: Any, printed: str) -> None:
    assert latex(term) == printed
