r"""Equations of vectors and matrices over the states of a decision process, V^\pi = (I - \gamma P_\pi)^{-1} r_\pi, as
equations at each state.

P_\pi, r_\pi and T_\pi are what the field means by them, where nothing defines them. An equation of matrices is one of
what they make of any vector. Trusted.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import reduce
from typing import NamedTuple

from ...language import (
    App,
    Claim,
    Const,
    Head,
    Largest,
    Max,
    Neg,
    Node,
    Policy,
    Prob,
    Relation,
    Start,
    StateLaw,
    Var,
    node,
)
from ..names.environment import Environment
from ..parsing.naming import label, nucleus, spelled
from ..parsing.parser import parse
from ..parsing.surface import Content, Expr, Item, content_of, unwrap
from ..read_error import Fault, Malformed, ReadError
from ..spelling.edits import end_of
from .reader import read_expression, read_statement
from .state_algebra import IDENTITY, ONES, Matrix, Mismatch, Operator, States, Value, Vector, scaled, summed
from .statement import Link, Statement

DISCOUNT = Const(r"\gamma")
POLICY = re.compile(r"\\(?:pi|mu|nu|beta)(?![A-Za-z]).*")
TRANSPOSED, INVERSE = frozenset((r"\top", "T", r"\intercal")), "-1"
STARS = frozenset(("*", r"\star", r"\ast"))
MATRICES, REWARDS, VALUES, VISITS = frozenset(("P", r"\mathcal{P}", r"\mathbf{P}")), frozenset("rR"), "V", "d"
BACKUPS = frozenset(("T", r"\mathcal{T}", "B", r"\mathcal{B}"))
STARTS, UNITS, ALL_ONES = frozenset((r"\rho_0", "d_0", r"\mu_0")), frozenset(("I", r"\mathbf{I}")), frozenset((
    r"\mathbf{1}", r"\mathbb{1}", r"\mathbf{e}"))
ANY = frozenset(("u", "v", "w", "f", "g", "h", "x", "V", "U"))
SIGNS = frozenset(("=", "≤", "≥", "<", ">"))
NUMBER = re.compile(r"(?:[0-9+\-/.(){}^\s]|\\[dt]?frac(?![a-z])|\\gamma(?![a-z])|\\left|\\right)+")
# A matrix, an operator or a vector of rewards, and no function of what follows in brackets.
GLANCE = re.compile(r"(?:(?<![A-Za-z\\])[PTBrR]|\\math(?:cal|bf)\s*\{?\s*[PTB]\s*\}?)\s*[_^]\s*\{?\s*"
                    r"(?:\\(?:pi|mu|nu|beta)(?![A-Za-z])|\*|\\star|\\ast)")
MEANINGS = {"matrix": r"(P_\pi)_{s,s'} = \sum_a \pi(a|s) P(s'|s,a)", "reward": r"(r_\pi)_s = \sum_a \pi(a|s) r(s,a)",
            "backup": r"T_\pi v = r_\pi + \gamma P_\pi v", "best": r"(T^* v)_s = \max_a (r(s,a) + \gamma \sum_{s'} "
            "P(s'|s,a) v(s'))", "inverse": r"(I - \gamma P_\pi)^{-1} = \sum_k \gamma^k P_\pi^k"}
IN_COLUMNS = r"(P_\pi)_{s',s} = \sum_a \pi(a|s) P(s'|s,a)"  # the other convention


class NoMatrices(Exception):
    """A text that says something else, or more than is read."""


class Symbol(NamedTuple):
    """A symbol without the marks of powers: its letter, the policy beside it, and what else stands above it."""

    letter: str
    policy: str
    mark: str
    named: str


def of_states(latex: str, where: Sequence[str], assume: Sequence[str], environment: Environment) -> Statement | None:
    """What a text says as equations of vectors and matrices over states; None for any other.

    Raises ReadError for the inverse of a matrix that has none.
    """
    if where or not GLANCE.search(latex):
        return None
    found = with_matrices(latex, assume, environment, Reader(latex))
    if found is None or MEANINGS["matrix"] not in found.quantities:
        return found
    return replace(found, otherwise=lambda: filter(None, (with_matrices(
        latex, assume, environment, Reader(latex, columns=True)),)))


def with_matrices(latex: str, assume: Sequence[str], environment: Environment, reader: Reader) -> Statement | None:
    """What a text says in matrices of one convention. Raises ReadError as ``of_states``."""
    try:
        links = reader.links(parse(latex)[0])
        given = tuple(bound for text in assume for bound in numbers_only(text))
        given += () if any(DISCOUNT in one.walk() for one in given) else (
            Relation("≥", DISCOUNT, node(0)), Relation("<", DISCOUNT, node(1)))
    except Malformed as fault:
        raise ReadError(fault.reason, 1, fault.pos + 1, status=fault.status) from None
    except (NoMatrices, Mismatch, Fault, ReadError):
        return None
    if not reader.read:
        return None
    found = tuple(Link("claim", Claim(relation, assume=given), line, column) for relation, line, column in links)
    said = MEANINGS | ({"matrix": IN_COLUMNS} if reader.columns else {})
    return Statement("claim" if len(found) == 1 else "chain", found, latex, environment,
                     quantities=tuple(said[one] for one in said if one in reader.read), shown=not reader.columns)


def numbers_only(text: str) -> list[Relation]:
    """What is assumed of numbers. Raises NoMatrices for anything else."""
    found = [claim.relation for claim in read_statement(text).claims]
    if not found or any(isinstance(part, (App, Policy)) for one in found for part in one.walk()):
        raise NoMatrices
    return found


@dataclass
class Reader:
    """Reads a text; ``read`` notes which of the matrices it speaks of, ``columns`` says that the columns of P_π are
    laws, and not its rows."""

    text: str
    columns: bool = False
    read: set[str] = field(default_factory=set)
    states: States = field(default_factory=States)

    def links(self, content: Content) -> list[tuple[Relation, int, int]]:
        """The relations of a chain, each at a state that is free, with their places. Raises NoMatrices, Mismatch."""
        if len(content.pieces) != 1 or not content.pieces[0].rels:
            raise NoMatrices
        piece, found = content.pieces[0], []
        sides = [self.expression(side) for side in piece.sides]
        for (sign, pos), left, right in zip(piece.rels, sides, sides[1:], strict=False):
            if sign not in SIGNS:
                raise NoMatrices
            line = self.text.count("\n", 0, pos) + 1
            found.append((self.related(sign, left, right), line, pos - self.text.rfind("\n", 0, pos)))
        return found

    def related(self, sign: str, left: Value, right: Value) -> Relation:
        """One relation at each state, or of what matrices make of any vector."""
        state = Var("s", "state")
        match left, right:
            case Node(), Node():
                return Relation(sign, left, right)
            case Vector(), Vector() if left.row == right.row or left.loose or right.loose:
                return Relation(sign, left.at(state), right.at(state))
            case Matrix(), Matrix() if sign == "=":
                letter = next(one for one in ("f", "g", "h", r"\phi", r"\psi") if one not in self.text)
                vector = any_vector(letter)
                return Relation(sign, left.of(vector.at)(state), right.of(vector.at)(state))
        raise Mismatch

    def expression(self, side: Expr | None) -> Value:
        """A sum of terms."""
        if side is None:
            raise NoMatrices
        values = [self.term(items) if sign in ("", "+") else scaled(node(-1), self.term(items))
                  for sign, items, _ in side.terms]
        return reduce(summed, values)

    def term(self, items: list[Item]) -> Value:
        """A product, in which an operator acts on all that follows."""
        series = self.series(items)
        if series is not None:
            found, items = series
        elif isinstance(found := self.factor(items[0]), Operator):
            return self.states.product(found, self.term(items[1:])) if len(items) > 1 else found
        else:
            items = items[1:]
        return found if not items else self.states.product(found, self.term(items))

    def factor(self, item: Item) -> Value:
        """A number, a symbol, or what stands in brackets."""
        item = unwrap(item)
        if item.kind == "group":
            return self.group(item)
        if NUMBER.fullmatch(printed := self.text[item.pos:end_of(self.text, item)]):
            return number(printed)
        return self.symbol(symbol_of(item))

    def group(self, item: Item) -> Value:
        """What stands in brackets, its inverse or transpose; the largest of the sizes of its entries."""
        inner = content_of(plain(item))
        if item.value == "‖" and item.sup is None and item.sub is not None and label(item.sub) == r"\infty":
            return self.largest(self.expression(inner.only))
        marks = () if item.sup is None else tuple(re.split(r"(?<=-1)(?=\\top|T)", label(item.sup)))
        if item.value not in ("(", "[", "brace") or item.sub is not None or item.primes:
            raise NoMatrices
        inverted = marks[:1] == (INVERSE,)
        found = self.inverse(inner.only, item.pos) if inverted else self.expression(inner.only)
        for mark in marks[inverted:]:
            if mark not in TRANSPOSED:
                raise NoMatrices
            found = transposed(found)
        return found

    def largest(self, value: Value) -> Node:
        """The largest of the sizes of entries. Raises Mismatch for what is no vector."""
        if not isinstance(value, Vector):
            raise Mismatch
        return Largest(self.states.over(lambda state: absolute(value.at(state))))

    def inverse(self, side: Expr | None, pos: int) -> Matrix:
        """(I − γ P_π)^{-1}. Raises NoMatrices for another, and Malformed for I − P_π, which has none."""
        if side is None or [sign for sign, _, _ in side.terms] != ["", "-"]:
            raise NoMatrices
        (_, first, _), (_, second, _) = side.terms
        if len(first) != 1 or symbol_of(first[0]).named not in UNITS or not 0 < len(second) < 3:
            raise NoMatrices
        moved = symbol_of(second[-1])
        if moved.letter not in MATRICES or not moved.policy or moved.mark not in {"", *TRANSPOSED}:
            raise NoMatrices
        if len(second) == 1:
            raise Malformed("this matrix has no inverse: the rows of I - P sum to 0, for those of P sum to 1", pos)
        if second[0].kind != "sym" or spelled(second[0]) != DISCOUNT.name:
            raise NoMatrices
        self.read |= {"matrix", "inverse"}
        found = self.turned(self.states.resolvent(policy_of(moved.policy), DISCOUNT))
        return found.transposed if moved.mark else found

    def turned(self, found: Matrix) -> Matrix:
        """A matrix of P_π in the convention of this reading."""
        return found.transposed if self.columns else found

    def series(self, items: list[Item]) -> tuple[Value, list[Item]] | None:
        r"""\sum_{t=0}^\infty \gamma^t P_\pi^t and what follows it; None for what is no series."""
        big = items[0]
        if big.kind != "big" or big.value != "sum":
            return None
        below = None if big.sub is None else content_of(big.sub)
        sides = below.pieces[0].sides if below is not None and len(below.pieces) == 1 else []
        if len(sides) != 2 or big.sup is None or label(big.sup) != r"\infty" or len(items) < 3:
            raise NoMatrices
        step, first = (None if side is None or side.lone is None else spelled(side.lone) for side in sides)
        weight, moved = items[1], symbol_of(items[2])
        if weight.kind != "sym" or weight.sup is None or weight.value != DISCOUNT.name or first not in ("0", "1"):
            raise NoMatrices
        powers = {label(weight.sup), moved.mark}
        if step is None or powers != {step} or moved.letter not in MATRICES or not moved.policy:
            raise NoMatrices
        self.read.add("matrix")
        policy = policy_of(moved.policy)
        found: Value = self.turned(self.states.resolvent(policy, DISCOUNT))
        if first == "1":
            found = self.states.product(scaled(DISCOUNT, self.turned(self.states.moves(policy))), found)
        return found, items[3:]

    def symbol(self, found: Symbol) -> Value:
        """What a symbol stands for. Raises NoMatrices for an unknown one."""
        if found.mark in TRANSPOSED:
            return transposed(self.symbol(found._replace(mark="")))
        if found.letter in BACKUPS and not found.policy and found.mark in STARS:
            self.read.add("best")
            return self.states.best_backup(DISCOUNT)
        if found.policy and not found.mark:
            return self.of_policy(found, policy_of(found.policy))
        if found.letter == VALUES and found.mark in STARS:
            return any_vector("V^*")
        if found.named in STARTS and not found.mark:
            return Vector(lambda state: Prob(Start(), state), loose=True)
        if found.mark or found.policy:
            raise NoMatrices
        if found.named in ANY:
            return any_vector(found.named)
        known: Mapping[str, Value] = {**dict.fromkeys(UNITS, IDENTITY), **dict.fromkeys(ALL_ONES, ONES)}
        if found.named not in known:
            raise NoMatrices
        return known[found.named]

    def of_policy(self, found: Symbol, policy: Policy) -> Value:
        """What a symbol with a policy stands for. Raises NoMatrices for an unknown one."""
        if found.letter in MATRICES:
            self.read.add("matrix")
            return self.turned(self.states.moves(policy))
        if found.letter in REWARDS:
            self.read.add("reward")
            return self.states.rewards(policy)
        if found.letter in BACKUPS:
            self.read.add("backup")
            return self.states.backup(policy, DISCOUNT)
        if found.letter == VALUES:
            return valued(f"V^{{{found.policy}}}")
        if found.letter == VISITS:
            return Vector(lambda state: Prob(StateLaw(policy), state), loose=True)
        raise NoMatrices


def symbol_of(item: Item) -> Symbol:
    """The symbol that an item is. Raises NoMatrices for anything else."""
    found = nucleus(unwrap(item))
    if found is None:
        raise NoMatrices
    below = "" if found.item.sub is None else label(found.item.sub)
    above = "" if found.item.sup is None else label(found.item.sup)
    if POLICY.fullmatch(below):
        return Symbol(found.name, below, above, found.name)
    if POLICY.fullmatch(above):
        return Symbol(found.name, above, "", found.name) if not below else Symbol("", "", "", "")
    named = found.name + found.item.dashes + (f"_{below}" if below else "")
    return Symbol(found.name, "", above, named)


def policy_of(printed: str) -> Policy:
    """The policy that is printed so. Raises NoMatrices."""
    try:
        found = read_expression(f"{printed}(a|s)")
    except ReadError:
        raise NoMatrices from None
    if not isinstance(found, Prob) or not isinstance(found.law.args[0], Policy):
        raise NoMatrices
    return found.law.args[0]


def valued(printed: str) -> Vector:
    """The values of states that are printed so."""
    return Vector(lambda state: App(Head(f"{printed}(#1)", "θ"), state))


def any_vector(letter: str) -> Vector:
    """Any function of a state."""
    return Vector(lambda state: App(Head(f"{letter}(#1)"), state))


def absolute(entry: Node) -> Node:
    """The size of a number."""
    return Max(entry, Neg(entry))


def number(printed: str) -> Node:
    """A number. Raises ReadError."""
    return read_expression(printed)


def transposed(value: Value) -> Value:
    """The transpose. Raises Mismatch where there is none."""
    match value:
        case Vector(at, row, loose):
            return Vector(at, not row, False) if not loose else Vector(at, True)
        case Matrix():
            return value.transposed
    raise Mismatch


def plain(item: Item) -> Item:
    """A bracket without its scripts."""
    found = item.copy()
    found.sub = found.sup = None
    return found

