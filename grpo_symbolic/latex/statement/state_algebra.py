r"""Vectors and matrices over the states of a decision process: what an entry of each is, as a term.

A vector knows its entry at a state; a matrix what it makes of a vector on its right, and of one on its left. The
inverse of I − γ P_π is the sum of all γ^k P_π^k, which is what visited states are. Trusted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count
from typing import NamedTuple

from sympy import Basic

from ...language import (
    ALL,
    NONE,
    Const,
    Expect,
    Frac,
    Head,
    Largest,
    Law,
    Node,
    Policy,
    Prob,
    Scope,
    Sum,
    Transition,
    Var,
    Visited,
    node,
    times,
)

Entries = Callable[[Basic], Node]
Acts = Callable[[Entries], Entries]
REWARD = Head("r(#1, #2)")
LETTERS = {"state": "s", "action": "a"}


class Vector(NamedTuple):
    """A vector by its entries; ``row`` says which way it stands, ``loose`` that it stands either way, as laws do."""

    at: Entries
    row: bool = False
    loose: bool = False


class Matrix(NamedTuple):
    """A matrix: what it makes of a column on its right, and of a row on its left."""

    of: Acts
    under: Acts

    @property
    def transposed(self) -> Matrix:
        """The transpose."""
        return Matrix(self.under, self.of)


class Operator(NamedTuple):
    """What makes a vector of a vector, and need not be linear."""

    of: Acts


Value = Node | Vector | Matrix | Operator


class Mismatch(Exception):
    """A sum or a product of what does not fit."""


class States:
    """The states of a process and those after, each with a letter of its own."""

    def __init__(self) -> None:
        self.numbers: Iterator[int] = count(1)

    def letter(self, sort: str) -> Var:
        """A letter that nothing else has."""
        return Var(f"{LETTERS[sort]}_{{{next(self.numbers)}}}", sort)

    def over(self, body: Entries) -> Scope:
        """A scope of states."""
        state = self.letter("state")
        return Scope.close(state, body(state))

    def summed(self, body: Entries) -> Node:
        """Σ_s body(s)."""
        return Sum(ALL, NONE, self.over(body))

    def after(self, state: Basic, action: Basic, body: Entries) -> Node:
        """The mean over the next state."""
        return Expect(Transition(state, action), self.over(body))

    def moves(self, policy: Policy) -> Matrix:
        """P_π, of which the entry at two states is Σ_a π(a|s) P(s'|s,a)."""
        def of(vector: Entries) -> Entries:
            return lambda state: self.drawn(policy, state, lambda action: self.after(state, action, vector))

        def step(state: Basic, after: Basic) -> Node:
            return self.drawn(policy, state, lambda action: Prob(Transition(state, action), after))

        return Matrix(of, lambda vector: lambda after: self.summed(
            lambda state: times(vector(state), step(state, after))))

    def drawn(self, policy: Policy, state: Basic, body: Entries) -> Node:
        """The mean over an action of a policy."""
        action = self.letter("action")
        return Expect(Law(policy, state), Scope.close(action, body(action)))

    def resolvent(self, policy: Policy, discount: Const) -> Matrix:
        """(I − γ P_π)^{-1} = Σ_k γ^k P_π^k."""
        def scaled(found: Node) -> Node:
            return times(Frac(node(1), node(1) - discount), found)

        def of(vector: Entries) -> Entries:
            return lambda state: scaled(Expect(Visited(policy, discount, state), self.over(vector)))

        return Matrix(of, lambda vector: lambda after: scaled(self.summed(
            lambda state: times(vector(state), Prob(Visited(policy, discount, state), after)))))

    def rewards(self, policy: Policy) -> Vector:
        """r_π, of which the entry at a state is Σ_a π(a|s) r(s,a)."""
        return Vector(lambda state: self.drawn(policy, state, lambda action: REWARD(state, action)))

    def worth(self, discount: Const, vector: Entries, state: Basic, action: Basic) -> Node:
        """r(s,a) + γ E_{s'}[v(s')]."""
        return REWARD(state, action) + discount * self.after(state, action, vector)

    def backup(self, policy: Policy, discount: Const) -> Operator:
        """T_π v = r_π + γ P_π v."""
        return Operator(lambda vector: lambda state: self.drawn(
            policy, state, lambda action: self.worth(discount, vector, state, action)))

    def best_backup(self, discount: Const) -> Operator:
        """T^* v, the largest r(s,a) + γ E_{s'}[v(s')] over the actions."""
        def at(vector: Entries, state: Basic) -> Node:
            action = self.letter("action")
            return Largest(Scope.close(action, self.worth(discount, vector, state, action)))

        return Operator(lambda vector: lambda state: at(vector, state))

    def product(self, one: Value, other: Value) -> Value:
        """A product, in order. Raises Mismatch."""
        match one, other:
            case Node(), _:
                return scaled(one, other)
            case _, Node():
                return scaled(other, one)
            case Matrix(), Matrix():
                return Matrix(lambda vector: one.of(other.of(vector)), lambda vector: other.under(one.under(vector)))
            case Matrix() | Operator(), Vector() if not other.row:
                return Vector(one.of(other.at))
            case Vector(), Matrix() if one.row or one.loose:
                return Vector(other.under(one.at), row=True)
            case Vector(), Vector() if not other.row and (one.row or one.loose):
                return self.summed(lambda state: times(one.at(state), other.at(state)))
            case Vector(), Vector() if other.row and not one.row:
                return Matrix(lambda vector: lambda state: times(one.at(state), self.dot(other.at, vector)),
                              lambda vector: lambda state: times(self.dot(vector, one.at), other.at(state)))
        raise Mismatch

    def dot(self, one: Entries, other: Entries) -> Node:
        """Σ_s u(s) v(s)."""
        return self.summed(lambda state: times(one(state), other(state)))


def scaled(number: Node, value: Value) -> Value:
    """A number times a value. Raises Mismatch."""
    match value:
        case Node():
            return times(number, value)
        case Vector(at, row, loose):
            return Vector(lambda state: times(number, at(state)), row, loose)
        case Matrix(of, under):
            return Matrix(scaling(number, of), scaling(number, under))
    raise Mismatch


def scaling(number: Node, acts: Acts) -> Acts:
    """What acts on a vector, and then times a number."""
    return lambda vector: lambda state: times(number, acts(vector)(state))


def summed(one: Value, other: Value) -> Value:
    """A sum. Raises Mismatch."""
    match one, other:
        case Node(), Node():
            return one + other
        case Vector(), Vector() if one.row == other.row or one.loose or other.loose:
            return Vector(lambda state: one.at(state) + other.at(state), one.row or other.row,
                          one.loose and other.loose)
        case Matrix(), Matrix():
            return Matrix(joined(one.of, other.of), joined(one.under, other.under))
    raise Mismatch


def joined(one: Acts, other: Acts) -> Acts:
    """The sum of what two make of a vector."""
    return lambda vector: lambda state: one(vector)(state) + other(vector)(state)


IDENTITY = Matrix(lambda vector: vector, lambda vector: vector)
ONES = Vector(lambda _: node(1))
