r"""What a text says of one joint law: P(A, B | C), \mathbb{E}_B[… | A], \int_{A, B} …, functions of what it names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ..parsing.naming import nucleus
from ..parsing.surface import Content, Expr, Item, seen_in, unwrap
from .customary_laws import EXPECTATION
from .customary_paths import PATH, POLICY
from .edits import Found
from .joint_draws import NoJoint

PROBABILITIES, NUMBERS = ("P", "p"), (r"\alpha", r"\beta", r"\gamma", r"\lambda", r"\eta")
VARIABLE = re.compile(r"[A-Z]|[a-z](?:_[a-z0-9]'*(?:\+1)?)?")
OF_POLICY = re.compile(r"a(?P<step>_.+)?")
BLANK = re.compile(r"[\s{}]+")
FRACTIONS = (r"\frac", r"\tfrac", r"\dfrac")
SIGNS, TIMES = ("", "+", "-"), ("·", r"\cdot")


class Law(NamedTuple):
    """What a law is of, None for all that a text names, and what it is given; ``policy`` says that it is the law of an
    action given the state of its step."""

    of: frozenset[str] | None
    given: frozenset[str] = frozenset()
    policy: bool = False


class Mean(NamedTuple):
    """A mean."""

    law: Law
    body: Sum


class Over(NamedTuple):
    """A sum or an integral over all values of what is named."""

    of: frozenset[str]
    body: Product


class Value(NamedTuple):
    """A probability."""

    law: Law


class Function(NamedTuple):
    """A function by its name, of what stands in its brackets; a gradient is of degree 1."""

    name: str
    of: frozenset[str]
    degree: int = 0


class Plain(NamedTuple):
    """A number, or a sign of a product, as it is printed."""

    text: str


class Bracket(NamedTuple):
    """A sum in brackets."""

    body: Sum


class Quotient(NamedTuple):
    """A quotient of two sums."""

    above: Sum
    below: Sum


Factor = Mean | Over | Value | Function | Plain | Bracket | Quotient
Product = tuple[Factor, ...]
Sum = tuple[tuple[str, Product], ...]


class JointReader:
    """Reads the sides of a text; ``policies`` are those that its laws name, as they are printed, by their names, and
    the empty one where a law names none, ``letters`` those of its probabilities."""

    def __init__(self, found: Found) -> None:
        self.found, self.policies, self.letters = found, dict[str, str](), set[str]()

    def sum(self, side: Expr | None) -> Sum:
        """A side. Raises NoJoint."""
        if side is None or any(sign not in SIGNS for sign, _, _ in side.terms):
            raise NoJoint
        return tuple((sign, self.product(items)) for sign, items, _ in side.terms)

    def product(self, items: Sequence[Item]) -> Product:
        """A product, of which a sum takes all that follows it. Raises NoJoint."""
        factors, place = list[Factor](), 0
        while place < len(items):
            if items[place].kind == "big":
                return (*factors, self.over(items[place], items[place + 1:]))
            factor, size = self.factor(items[place:])
            factors.append(factor)
            place += size
        return tuple(factors)

    def factor(self, items: Sequence[Item]) -> tuple[Factor, int]:
        """The first factor of a product, and how many items it is. Raises NoJoint."""
        first, following = items[0], items[1] if len(items) > 1 else None
        symbol = nucleus(first) if first.kind == "cmd" else None
        if symbol is not None and symbol.name == EXPECTATION:
            return self.mean(first, bracketed(following, "[(")), 2
        if first.kind == "fn":
            return self.score(items)
        if first.value in FRACTIONS and len(first.args) == 2 and first.plain:
            above, below = (self.sum(seen_in(unwrap(one)).only) for one in first.args)
            return Quotient(above, below), 1
        if first.plain and (first.kind == "num" or first.value in (*NUMBERS, *TIMES)):
            return Plain(self.found.of(first)), 1
        if first.kind == "group" and first.plain and first.body is not None:
            return Bracket(self.sum(first.body.only)), 1
        body = bracketed(following, "(")
        if first.value in PROBABILITIES and first.plain:
            self.letters.add(first.value)
            return Value(self.law(body)), 2
        return self.policy(first, body) if first.value == POLICY else self.function(first, body), 2

    def mean(self, item: Item, body: Content) -> Mean:
        r"""\mathbb{E}_{A \sim \pi}[… | B, C]. Raises NoJoint."""
        if item.sub is None or item.sup is not None or {sign for sign, _ in body.seps} - {"|", ","} or \
                "|" in [sign for sign, _ in body.seps[1:]] or body.seps and body.seps[0][0] != "|":
            raise NoJoint
        of, given = self.drawn(seen_in(item.sub)), self.variables(piece.only for piece in body.pieces[1:])
        return Mean(law_of(of, given), self.sum(body.pieces[0].only))

    def drawn(self, below: Content) -> frozenset[str] | None:
        """What a subscript draws, None for a path; the policy that it names is noted. Raises NoJoint."""
        *others, last = below.pieces
        if {sign for sign, _ in below.seps} - {","} or [rel for rel, _ in last.rels] not in ([], ["∼"]):
            raise NoJoint
        self.named(last.sides[1:])
        sides = [*(piece.only for piece in others), last.sides[0]]
        lone = sides[0].lone if len(sides) == 1 and sides[0] is not None else None
        if lone is not None and lone.value == PATH and lone.plain:
            return None
        return self.variables(sides)

    def named(self, sides: Sequence[Expr | None]) -> None:
        """Note the policy that a law names, if any. Raises NoJoint for anything else."""
        lone = [None if side is None else side.lone for side in sides]
        if len(lone) > 1 or any(one is None or one.value != POLICY for one in lone):
            raise NoJoint
        printed = "".join(self.found.of(one) for one in lone)
        self.policies[BLANK.sub("", printed)] = printed

    def over(self, item: Item, rest: Sequence[Item]) -> Factor:
        """A sum or an integral over what is named; over paths, of the probability of a path, as the mean. Raises
        NoJoint."""
        if item.sub is None or item.sup is not None or item.value not in ("sum", "int") or not rest:
            raise NoJoint
        below = seen_in(item.sub)
        if {sign for sign, _ in below.seps} - {","}:
            raise NoJoint
        if below.lone is None or self.printed(below.only) != PATH:
            return Over(self.variables([piece.only for piece in below.pieces]), self.product(rest))
        body = bracketed(rest[1] if len(rest) > 2 else None, "(")
        first, *given = body.pieces
        if rest[0].value not in PROBABILITIES or not rest[0].plain or self.printed(first.only) != PATH or \
                [sign for sign, _ in body.seps] not in ([], ["|"]):
            raise NoJoint
        self.letters.add(rest[0].value)
        self.named([piece.only for piece in given])
        return Mean(Law(None), (("", self.product(rest[2:])),))

    def law(self, body: Content) -> Law:
        r"""The law of P(A, B | \pi, C); the policy that it names is noted. Raises NoJoint."""
        signs = [sign for sign, _ in body.seps]
        bar = signs.index("|") if "|" in signs else len(signs)
        if any(sign != "," for place, sign in enumerate(signs) if place != bar):
            raise NoJoint
        sides = [piece.only for piece in body.pieces]
        given = sides[bar + 1:]
        policies = [side for side in given if self.printed(side).startswith(POLICY)]
        self.named(policies)
        return Law(self.variables(sides[:bar + 1]), self.variables(side for side in given if side not in policies))

    def policy(self, item: Item, body: Content) -> Value:
        r"""\pi_\theta(a|s). Raises NoJoint."""
        if [sign for sign, _ in body.seps] != ["|"]:
            raise NoJoint
        printed = self.found.of(item)
        self.policies[BLANK.sub("", printed)] = printed
        law = law_of(*(self.variables([piece.only]) for piece in body.pieces))
        if not law.policy:
            raise NoJoint
        return Value(law)

    def score(self, items: Sequence[Item]) -> tuple[Function, int]:
        r"""\log \pi_\theta(a|s), and its gradient, as a function of a and s. Raises NoJoint."""
        size = 4 if items[0].value == "nabla" else 3
        if len(items) < size:
            raise NoJoint
        *before, logarithm, policy, group = items[:size]
        body = bracketed(group, "(")
        if logarithm.value != "log" or not logarithm.plain or policy.value != POLICY or any(
                one.sup is not None for one in before) or [sign for sign, _ in body.seps] != ["|"]:
            raise NoJoint
        name = BLANK.sub("", self.found.text[items[0].pos:group.end])
        return Function(name, self.variables(piece.only for piece in body.pieces), size - 3), size

    def function(self, item: Item, body: Content) -> Function:
        """A function of what is named, or of steps. Raises NoJoint."""
        if item.kind != "sym" or item.sup is not None or {sign for sign, _ in body.seps} - {","}:
            raise NoJoint
        arguments = [self.printed(piece.only) for piece in body.pieces]
        return Function(BLANK.sub("", f"{self.found.of(item)}({','.join(arguments)})"), frozenset(arguments))

    def printed(self, side: Expr | None) -> str:
        """How a side that is one symbol is printed. Raises NoJoint."""
        lone = None if side is None else side.lone
        if lone is None:
            raise NoJoint
        return BLANK.sub("", self.found.of(lone))

    def variables(self, sides: Iterator[Expr | None] | Sequence[Expr | None]) -> frozenset[str]:
        """What a list names. Raises NoJoint where it does so twice, or has anything else."""
        names = [self.printed(side) for side in sides]
        if not all(map(VARIABLE.fullmatch, names)) or len(set(names)) < len(names):
            raise NoJoint
        return frozenset(names)


def law_of(of: frozenset[str] | None, given: frozenset[str]) -> Law:
    """A law, of which is told whether it is that of an action given the state of its step."""
    action = OF_POLICY.fullmatch(min(of)) if of is not None and len(of) == 1 else None
    return Law(of, given, action is not None and given == {f"s{action['step'] or ''}"})


def bracketed(item: Item | None, signs: str) -> Content:
    """What brackets hold. Raises NoJoint."""
    if item is None or item.kind != "group" or item.value not in signs or not item.plain or item.body is None:
        raise NoJoint
    return item.body
