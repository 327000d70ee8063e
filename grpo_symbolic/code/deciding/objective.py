"""An objective of the language as an expression on one batch: what stands inside of its expectation over the batch.

A sum over t = 1, …, |o_i| is one over all positions, each times its mask. An expectation over one action is the mean
over all tokens of the batch, which is listed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from sympy import Basic

from ... import language as lang
from ...language.binders import Sample, TokenOf, Var
from ...language.derived import DEFINITIONS, Abbreviation
from ...language.terms import Term
from ..algebra.expression import (
    absolute,
    add,
    clip,
    compare,
    divide,
    exp,
    log,
    maximum,
    minimum,
    multiply,
    negative,
    power,
    stop,
    subtract,
)
from ..algebra.nodes import BATCH, MASK, TOKEN, Expression, constant, leaf, number, size
from ..algebra.rebuilt import total
from ..unsupported import Unsupported
from .one_letter import AT_END

ADVANTAGE = re.compile(r"^(?:\\(?:hat|tilde|widehat|bar|overline|mathrm|text)\s*\{*)*A(?![A-Za-z])")
REWARD = re.compile(r"^(?:\\(?:hat|tilde|bar)\s*\{*)*[rR](?![A-Za-z])")
ROLLOUT = re.compile(r"rollout|sampl|infer|gen|vllm|mu")
LOW, HIGH = "low", "high"
TOKEN_MEAN_READ = "an expectation over one action is read as the mean over all tokens of the batch"

MASKED = leaf(MASK, (BATCH, TOKEN))
LENGTH = total(TOKEN, MASKED)
COUNT = total(BATCH, LENGTH)


@dataclass(frozen=True)
class Objective:
    """An objective on one batch, its constants by name, and what was assumed in reading it."""

    value: Expression
    constants: frozenset[str]
    assumed: tuple[str, ...]


def on_batch(node: Basic, axes: dict[str, tuple[str, ...]]) -> Objective:
    """What an objective is on one batch, with all definitions unfolded; ``axes`` has those of advantages and rewards.

    Raises Unsupported where the language says more than a batch shows.
    """
    reader = _Reader(axes)
    value = reader.of(node)
    if value.axes:
        raise Unsupported("the objective has one advantage a sequence, and the code one a token: if those of a "
                          "sequence are one, say so with --role ARG=adv:column")
    return Objective(value, frozenset(reader.constants), tuple(dict.fromkeys(reader.assumed)))


class _Reader:
    def __init__(self, axes: dict[str, tuple[str, ...]]) -> None:
        self.axes = axes
        self.constants: set[str] = set()
        self.assumed: list[str] = []
        self.end = ""

    def of(self, node: Basic) -> Expression:
        """A scalar of the language on the batch."""
        rule = RULES.get(type(node))
        if rule is not None:
            return rule(self, node)
        if isinstance(node, Abbreviation):
            return self.of(DEFINITIONS[type(node)](*node.args))
        raise Unsupported(f"{type(node).__name__} is nothing that one batch shows")

    def all_of(self, nodes: Iterable[Basic]) -> list[Expression]:
        """Several scalars."""
        return [self.of(node) for node in nodes]

    def expectation(self, node: lang.Expect) -> Expression:
        """The body, for what is drawn is the batch; of one action, the mean over the tokens of the batch."""
        var, body = node.scope.open(node.free)
        if var.sort != "action":
            return self.of(body)
        self.assumed.append(TOKEN_MEAN_READ)
        return divide(total(BATCH, total(TOKEN, multiply(MASKED, self.of(body)))), COUNT)

    def total(self, node: lang.Sum) -> Expression:
        """A sum over the sequences, or over the tokens of one."""
        upper, excluded, scope = node.args
        var, body = scope.open(node.free)
        inner = self.of(body)
        if var.sort == "index" and upper == lang.GROUP_SIZE:
            self.alone(body, var)
            whole = total(BATCH, inner)
            return whole if excluded == lang.NONE else subtract(whole, inner)
        if var.sort == "token" and isinstance(upper, lang.Length):
            return total(TOKEN, multiply(MASKED, inner))
        raise Unsupported("a sum goes over something else than sequences and their tokens")

    def alone(self, body: Basic, var: Var) -> None:
        """Refuse a body that compares members of the batch with each other."""
        if isinstance(body, Term) and any(one.sort == "index" and one != var for one in body.free):
            raise Unsupported("a sum over sequences has another sequence inside")

    def product(self, node: lang.Product) -> Expression:
        """A product of what is positive."""
        upper, excluded, scope = node.args
        return exp(self.total(lang.Sum(upper, excluded, lang.Scope.close(*_logged(scope, node.free)))))

    def chance(self, node: lang.Prob) -> Expression:
        """The probability of a token, or of all tokens of a sequence."""
        log_chance = leaf(self.letter(node.law.policy), (BATCH, TOKEN))
        if isinstance(node.action, Sample):
            return exp(total(TOKEN, multiply(MASKED, log_chance)))
        if isinstance(node.action, (TokenOf, Var)):
            return exp(log_chance)
        raise Unsupported("a probability is not that of a token or a sequence")

    @staticmethod
    def letter(policy: Any) -> str:
        """The letter of the log-probabilities of a policy."""
        if policy.point != lang.CONSTANT:
            return "x" if policy.point == lang.CURRENT else "o"
        return "b" if ROLLOUT.search(policy.name) else "f"

    def named(self, node: lang.App) -> Expression:
        """An advantage or a reward: any number a sequence, or a token."""
        for letter, pattern in (("A", ADVANTAGE), ("r", REWARD)):
            if pattern.match(node.head.layout) and not node.head.theta:
                return leaf(letter, self.axes.get(letter, (BATCH,)))
        raise Unsupported(f"nothing says what {node.name} is on a batch")

    def constant(self, node: lang.Const) -> Expression:
        """A hyper-parameter; in an end of a clip it is told by the end, too."""
        if node == lang.GROUP_SIZE:
            return size(BATCH)
        name = node.name + (f"{AT_END}{self.end}" if self.end else "")
        self.constants.add(name)
        return constant(name)

    def clipped(self, node: lang.Clip) -> Expression:
        """A clip, at either end of which names in the code may tell what a constant is."""
        value, low, high = node.args
        found = [self.of(value)]
        for end, side in ((LOW, low), (HIGH, high)):
            self.end = end
            found.append(self.of(side))
            self.end = ""
        return clip(*found)

    def raised(self, node: lang.Power) -> Expression:
        """A power with a rational exponent, or of what is positive."""
        base, exponent = self.all_of(node.args)
        if exponent.kind == "number":
            return power(base, exponent.data)
        return exp(multiply(exponent, log(base)))


def _logged(scope: lang.Scope, free: frozenset[Any]) -> tuple[Var, Basic]:
    var, body = scope.open(free)
    return var, lang.Log(body)


def _each(of: Callable[..., Expression]) -> Callable[[_Reader, Any], Expression]:
    return lambda reader, node: of(*reader.all_of(node.args))


RULES: dict[type[Basic], Callable[[_Reader, Any], Expression]] = {
    lang.Num: lambda _, node: number(Fraction(int(node.value.p), int(node.value.q))),
    lang.Plus: _each(add), lang.Neg: _each(negative), lang.Times: _each(multiply), lang.Frac: _each(divide),
    lang.Exp: _each(exp), lang.Log: _each(log), lang.Min: _each(minimum), lang.Max: _each(maximum),
    lang.Root: lambda reader, node: power(reader.of(node.args[0]), Fraction(1, 2)), lang.Abs: _each(absolute),
    lang.StopGradient: _each(stop), lang.Power: _Reader.raised, lang.Clip: _Reader.clipped,
    lang.Const: _Reader.constant, lang.App: _Reader.named, lang.Prob: _Reader.chance, lang.Sum: _Reader.total,
    lang.Product: _Reader.product, lang.Expect: _Reader.expectation,
    lang.Length: lambda _, __: LENGTH,
    lang.Indicator: lambda reader, node: compare(str(node.args[0]), *reader.all_of(node.args[1:])),
}

