"""The softmax family of given sizes, in SymPy: its logits at θ and at θ_old, and the laws they give."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product
from typing import Any

from sympy import Add, Dummy, Function, ImmutableMatrix, Integer, Symbol, exp

from ..language import ANY, CONSTANT, OLD, SCALAR, LanguageError, Law, Prefix, Shape, StateLaw, Term, sort_of

CURRENT_LOGIT, OLD_LOGIT = r"\theta", r"\theta^{\text{old}}"
CONTEXT_MARKS = {"state": "", "action": "a"}


class Softmax:
    r"""Policies over 1…n actions in 1…m states, groups of 1…G, all with one parameter vector θ.

    ``theta`` are the logits ``\theta_{s,a}`` of every context that occurs in ``terms``, ``old`` those of θ_old and
    ``frozen`` copies of θ that no derivative sees; ``to_old``, ``freeze`` and ``thaw`` replace one by another.
    """

    def __init__(self, terms: Iterable[Term], n_actions: int, group_size: int, n_states: int) -> None:
        if min(n_actions, group_size, n_states) < 1:
            raise LanguageError("actions, groups and states are counted from 1")
        self.actions, self.indices, self.states = (range(1, size + 1) for size in (n_actions, group_size, n_states))
        self.ranges = {"action": self.actions, "index": self.indices, "state": self.states}
        keys = [(*block, context, action)
                for block in blocks(terms)
                for context in product(*(self.ranges[sort] for sort in block[1]))
                for action in self.actions]
        self.theta = [logit(CURRENT_LOGIT, *key) for key in keys]
        self.old = [logit(OLD_LOGIT, *key) for key in keys]
        self.frozen = [Dummy(symbol.name, real=True) for symbol in self.theta]
        self.to_old = dict(zip(self.theta + self.frozen, self.old * 2, strict=True))
        self.freeze = dict(zip(self.theta, self.frozen, strict=True))
        self.thaw = dict(zip(self.frozen, self.theta, strict=True))

    def law(self, law: Law, context: tuple[int, ...]) -> dict[int, Any]:
        """The probability of every action under a law, in a context given by its numbers."""
        name, sorts = law.policy.name, context_sorts(law)
        if law.policy.point == CONSTANT:
            places = [f"{sort[0]}_{value}" for sort, value in zip(sorts, context, strict=True)]
            given = "|" + ",".join(places) if places else ""
            return self.normalised([Symbol(f"{name}(a_{action}{given})", positive=True) for action in self.actions])
        letter = OLD_LOGIT if law.policy.point == OLD else CURRENT_LOGIT
        return self.normalised([exp(logit(letter, name, sorts, context, action)) for action in self.actions])

    def state_law(self, law: StateLaw) -> dict[int, Any]:
        """The probability of every state; under d^π at θ they are undefined functions of θ."""
        policy = law.policy
        name = "d" if policy is None else f"d^{{{policy.name}}}"
        if policy is None or policy.point == CONSTANT:
            return self.normalised([Symbol(f"{name}(s_{state})", positive=True) for state in self.states])
        theta = self.old if policy.point == OLD else self.theta
        return self.normalised([Function(f"{name}(s_{state})", positive=True)(*theta) for state in self.states])

    @staticmethod
    def normalised(weights: list[Any]) -> dict[int, Any]:
        """Positive weights divided by their sum, numbered from 1."""
        return {number: weight / Add(*weights) for number, weight in enumerate(weights, 1)}

    def size(self, shape: Shape) -> tuple[int, int]:
        """Rows and columns of a matrix of that shape."""
        rows, columns = (1 if side == "1" else len(self.theta) for side in shape)
        return rows, columns

    def zero(self, shape: Shape) -> Any:
        """Zero of a shape."""
        return Integer(0) if shape in (SCALAR, ANY) else ImmutableMatrix(*self.size(shape), lambda _row, _column: 0)

    def gradient(self, body: Any) -> Any:
        """∇_θ of a scalar expression, a column; the frozen copies of θ are constants."""
        return ImmutableMatrix([body.diff(symbol) for symbol in self.theta])

    @property
    def step(self) -> Any:
        """θ − θ_old, a column."""
        return ImmutableMatrix([now - then for now, then in zip(self.theta, self.old, strict=True)])


def blocks(terms: Iterable[Term]) -> list[tuple[str, tuple[str, ...]]]:
    """Every policy at θ or θ_old that occurs, with every kind of context it meets; π given a state by default."""
    laws = (part for term in terms for part in term.walk() if isinstance(part, Law))
    found = {(law.policy.name, context_sorts(law)) for law in laws if law.policy.point != CONSTANT}
    return sorted(found) or [(r"\pi", ("state",))]


def context_sorts(law: Law) -> tuple[str, ...]:
    """The sorts of what a law is conditioned on; LanguageError where it is not states and actions."""
    for term in law.context:
        if sort_of(term) not in CONTEXT_MARKS or isinstance(term, Prefix):
            raise LanguageError("a law has an instance in a context of states and actions only", term)
    return tuple(map(sort_of, law.context))


def logit(letter: str, name: str, sorts: tuple[str, ...], context: tuple[int, ...], action: int) -> Symbol:
    """The logit of an action in a context; a policy other than π puts its name before the numbers."""
    owner = [] if name == r"\pi" else [name]
    places = [CONTEXT_MARKS[sort] + str(value) for sort, value in zip(sorts, context, strict=True)]
    return Symbol(f"{letter}_{{{','.join([*owner, *places, str(action)])}}}", real=True)
