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
from ...language.binders import Prefix, Sample, TokenOf, Var
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
from ..algebra.nodes import BATCH, ENTROPY, MASK, TOKEN, Expression, constant, leaf, number, size
from ..algebra.rebuilt import total
from ..unsupported import Unsupported
from .one_letter import AT_END

ADVANTAGE = re.compile(r"^(?:\\(?:hat|tilde|widehat|bar|overline|mathrm|text)\s*\{*)*A(?![A-Za-z])")
REWARD = re.compile(r"^(?:\\(?:hat|tilde|bar)\s*\{*)*[rR](?![A-Za-z])")
ROLLOUT = re.compile(r"(?<![a-z])(rollout|sampl|infer|gen(erat|(?![a-z]))|vllm|mu(?![a-z]))", re.IGNORECASE)
REFERENCE = re.compile(r"(?<![a-z])(ref|base|sft|init|anchor|0)", re.IGNORECASE)
SLOT = re.compile(r"_?\{?(#\d,?)+\}?")
LOW, HIGH = "low", "high"
TOKEN_MEAN_READ = "an expectation over one action is read as the mean over all tokens of the batch"
DRAWN_WITHIN = ("an expectation stands inside of a sum or of another one, and no batch has what is drawn there: "
                "say with --where what estimates it")
MOVING_DRAWS = ("the draws move with θ: the gradient of an expectation under π_θ is not that of its mean on one batch; "
                "write what samples as π_{θ_old}")
TOKEN_FOR_SEQUENCE = ("the objective has one advantage a sequence, and the code one a token: if those of a sequence "
                      "are one, say so with --role ARG=adv:column")
EACH = ("what the loss is held against is no objective of a batch: it is a number for each {}, such as an advantage, "
        "and no sum over them")

MASKED = leaf(MASK, (BATCH, TOKEN))
LENGTH = total(TOKEN, MASKED)
COUNT = total(BATCH, LENGTH)


@dataclass(frozen=True)
class Objective:
    """An objective on one batch, its constants by name, and what was assumed in reading it.

    ``moving`` says that it is an expectation under the current policy, of which a batch does not show the gradient.
    """

    value: Expression
    constants: frozenset[str]
    assumed: tuple[str, ...]
    moving: bool = False


def on_batch(node: Basic, axes: dict[str, tuple[str, ...]]) -> Objective:
    """What an objective is on one batch, with all definitions unfolded; ``axes`` has those of advantages and rewards.

    Raises Unsupported where the language says more than a batch shows.
    """
    reader = _Reader(axes)
    value = reader.of(node)
    if value.axes:
        raise Unsupported(TOKEN_FOR_SEQUENCE if TOKEN in value.axes & set(axes.get("A", ())) else EACH.format(
            "token" if TOKEN in value.axes else "sequence"))
    return Objective(value, frozenset(reader.constants), tuple(dict.fromkeys(reader.assumed)),
                     any(one.point == lang.CURRENT for one in reader.drawn))


class _Reader:
    def __init__(self, axes: dict[str, tuple[str, ...]]) -> None:
        self.axes = axes
        self.constants: set[str] = set()
        self.assumed: list[str] = []
        self.end = ""
        self.within = 0  # in how many sums and expectations over answers a node is
        self.drawn: set[lang.Policy] = set()
        self.names: dict[str, str] = {}

    def of(self, node: Basic) -> Expression:
        """A scalar of the language on the batch."""
        rule = RULES.get(type(node))
        if rule is not None:
            return rule(self, node)
        if isinstance(node, Abbreviation):
            return self.of(DEFINITIONS[type(node)](*node.args))
        raise Unsupported(f"what the loss is held against has what no batch shows ({type(node).__name__})")

    def all_of(self, nodes: Iterable[Basic]) -> list[Expression]:
        """Several scalars."""
        return [self.of(node) for node in nodes]

    def expectation(self, node: lang.Expect) -> Expression:
        """The body, for what is drawn is the batch; of one action, the mean over the tokens of the batch."""
        var, body = node.scope.open(node.free)
        if self.within:
            raise Unsupported(DRAWN_WITHIN)
        if not isinstance(node.law, lang.Law):
            return self.of(body)
        self.drawn.add(node.law.policy)
        if len(self.drawn) > 1:
            raise Unsupported("there are expectations under several policies, and a batch is drawn from one")
        inner = self.inside(body)
        if var.sort != "action":
            return inner
        self.assumed.append(TOKEN_MEAN_READ)
        return divide(total(BATCH, total(TOKEN, multiply(MASKED, inner))), COUNT)

    def inside(self, body: Basic) -> Expression:
        """What a sum or an expectation is of."""
        self.within += 1
        found = self.of(body)
        self.within -= 1
        return found

    def sole(self, letter: str, name: str) -> str:
        """A letter of a batch, for one name of the objective alone."""
        other = self.names.setdefault(letter, name)
        if other != name:
            one, two = (SLOT.sub("", each) for each in (other, name))
            raise Unsupported(f"{one} and {two} are two things in the formula, and the code has one for both")
        return letter

    def total(self, node: lang.Sum) -> Expression:
        """A sum over the sequences, or over the tokens of one."""
        upper, excluded, scope = node.args
        var, body = scope.open(node.free)
        inner = self.inside(body)
        self.alone(body, var)
        if var.sort == "index" and upper == lang.GROUP_SIZE:
            whole = total(BATCH, inner)
            return whole if excluded == lang.NONE else subtract(whole, inner)
        if var.sort == "token" and isinstance(upper, lang.Length):
            return total(TOKEN, multiply(MASKED, inner))
        raise Unsupported("a sum goes over something else than sequences and their tokens")

    def alone(self, body: Basic, var: Var) -> None:
        """Refuse a body that compares members of the batch, or tokens of a sequence, with each other."""
        if isinstance(body, Term) and any(one.sort == var.sort and one != var for one in body.free):
            what = {"index": "sequence", "token": "token"}.get(var.sort, var.sort)
            raise Unsupported(f"a sum over {what}s has another {what} inside")

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

    def letter(self, policy: Any) -> str:
        """The letter of the log-probabilities of a policy; of one whose name does not say it, that the code has."""
        if policy.point != lang.CONSTANT:
            return self.sole("x" if policy.point == lang.CURRENT else "o", f"{policy.name} at {policy.point}")
        if ROLLOUT.search(policy.name):
            return self.sole("b", policy.name)
        old = "o" in self.axes and "f" not in self.axes and not REFERENCE.search(policy.name)
        if old:
            self.assumed.append(f"{policy.name} is the old policy")
        return self.sole("o" if old else "f", policy.name)

    def entropy(self, node: lang.Entropy) -> Expression:
        """The entropy of the policy at a token, which the code may be given."""
        law, *_ = node.args
        if law.policy.point != lang.CURRENT or not any(isinstance(one, Prefix) for one in law.context):
            return self.of(DEFINITIONS[lang.Entropy](*node.args))
        return leaf(ENTROPY, (BATCH, TOKEN))

    def named(self, node: lang.App) -> Expression:
        """An advantage or a reward: any number a sequence, or a token."""
        for letter, pattern in (("A", ADVANTAGE), ("r", REWARD)):
            if pattern.match(node.head.layout) and not node.head.theta:
                axes = self.axes.get(letter, (BATCH,))
                if TOKEN in axes and "#1" in node.head.layout and "#2" not in node.head.layout:
                    self.assumed.append(f"{node.name}, one a sequence, is one a token as the code has it")
                return leaf(self.sole(letter, node.head.layout), axes)
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
    lang.Product: _Reader.product, lang.Expect: _Reader.expectation, lang.Entropy: _Reader.entropy,
    lang.Length: lambda _, __: LENGTH,
    lang.Indicator: lambda reader, node: compare(str(node.args[0]), *reader.all_of(node.args[1:])),
}

