r"""Values that are fixed points: optimal ones, V^*(s) = max_a Q^*(s,a), and soft ones, with an entropy in them.

Either way Q(s,a) = E_{s'}[r(s,a) + γ V(s')]. One such equation is used for each value, at a state that a statement
leaves free; what is left at next states is any function. So a statement that holds for any function holds, and one that
fails says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sympy import Basic

from ..language import (
    ALL,
    App,
    AtOld,
    Const,
    Entropy,
    Expect,
    Gradient,
    Head,
    Hessian,
    Largest,
    Law,
    Log,
    Node,
    Num,
    Plus,
    Policy,
    Prob,
    Relation,
    Scope,
    Sum,
    Term,
    Times,
    Transition,
    Var,
    looks_ahead,
    plus,
    sort_of,
    times,
)
from ..latex.printing.printer import latex

OPTIMAL = re.compile(r"(?P<letter>[VvQq])[\^_]\{?(?:\*|\\star|\\ast)\}?\((?P<places>#1(?:, #2)?)\)")
LATER, LOGARITHM = r"Q_{\flat}(#1, #2)", r"\ell_{\flat}(#1, #2)"  # no text prints these
ACTION, NEXT = Var("best", "action"), Var("next", "state")  # names that nothing printed has
DISCOUNT = r"\gamma"
PLACES = {"v": ("state",), "q": ("state", "action")}


@dataclass(frozen=True)
class FixedPoint:
    """How values are unfolded: ``letter_of`` tells which a function is, v or q, or neither; ``values`` what the value
    of a state is, of action values; ``equation`` that, as a verdict shows it. What is paid at once and later is of
    a ``reward`` and a ``discount``, where the statement speaks of steps; ``moves`` says whether it asks how values move
    with θ, ``policy`` is that of soft values, ``read`` notes what was read."""

    letter_of: Callable[[Head], str]
    values: Callable[[Callable[[Basic], Node], Basic], Node]
    equation: str
    reward: Head | None
    discount: Node
    moves: bool
    policy: Policy | None = None
    read: dict[str, str] = field(default_factory=dict)

    def unfolded(self, relation: Relation) -> Relation:
        """A relation with values in terms of what is paid at once, and of any function of later steps."""
        found: Relation = relation.with_args(tuple(self.within(arg, frozenset()) for arg in relation.args))
        return found

    def within(self, term: Any, bound: frozenset[Var]) -> Any:
        """A term so, under variables that are ``bound`` around it."""
        if isinstance(term, Scope):
            var, body = term.open(bound)
            return Scope.close(var, self.within(body, bound | {var}))
        if not self.moves and (found := any_logarithm(term, self.policy)) is not None:
            return found
        if isinstance(term, App) and (letter := self.letter_of(term.head)):
            if tuple(map(sort_of, term.params)) != PLACES[letter]:
                return term
            state, *action = term.params
            self.read[self.equation if letter == "v" else EQUATION] = "fixed"
            return self.value(term.head, state, bound) if letter == "v" else self.worth(
                term.head, state, action[0], bound)
        if not isinstance(term, Term) or not term.args:
            return term
        return term.with_args(tuple(self.within(arg, bound) for arg in term.args))

    def value(self, head: Head, state: Basic, bound: frozenset[Var]) -> Node:
        """V(s)."""
        return self.values(lambda action: self.worth(head, state, action, bound), state)

    def worth(self, head: Head, state: Basic, action: Basic, bound: frozenset[Var]) -> Node:
        """Q(s,a), by its equation where the state is free."""
        if self.reward is None or state in bound or not isinstance(state, Var):
            return App(Head(LATER, "θ" if self.moves and head.theta else ""), state, action)
        later = self.discount * self.value(head, NEXT, bound | {NEXT})
        if looks_ahead(self.reward):
            return Expect(Transition(state, action), Scope.close(NEXT, self.reward(state, action, NEXT) + later))
        return self.reward(state, action) + Expect(Transition(state, action), Scope.close(NEXT, later))


class Valued(NamedTuple):
    """What a function is worth: its letter, v or q, nothing for another function, how the policy is printed under which
    it is, and whether it is called soft."""

    letter: str = ""
    policy: str = ""
    soft: bool = False


EQUATION = r"Q(s,a) = \mathbb{E}_{s'}[r(s,a) + \gamma V(s')]"


def fixed_point(parts: Sequence[Basic], reward: Head | None, discount: Node,
                of_policy: Callable[[Head], Valued], named: Callable[[str], Policy]) -> FixedPoint | None:
    """How the values in a statement of such ``parts`` unfold; None of values that are no fixed points.

    ``of_policy`` tells a value under a policy, ``named`` gives the policy that is printed so.
    """
    heads = {part.head for part in parts if isinstance(part, App)}
    moves = any(isinstance(part, (Gradient, Hessian, AtOld)) for part in parts)
    if any(OPTIMAL.fullmatch(head.layout) for head in heads):
        return FixedPoint(optimal, largest, r"V(s) = \max_a Q(s,a)", reward, discount, moves)
    weighed = set(weights(parts))
    values = {head: found for head in heads if (found := of_policy(head)).letter}
    labelled = {head: found for head, found in values.items() if found.soft}
    policies = {found.policy for found in (labelled or values).values()}
    if len(weighed) > 1 or not (weighed or labelled) or reward is None or len(policies) != 1:
        return None
    printed, = policies
    weight, policy = next(iter(weighed)) if weighed else (Num(1), named(printed))
    if printed != latex(policy):
        return None
    factor = "" if weight == Num(1) else f"{latex(weight)} "
    equation = rf"V(s) = \mathbb{{E}}_a[Q(s,a) - {factor}\log {latex(policy)}(a|s)]"
    return FixedPoint(lambda head: (labelled or values)[head].letter if head in (labelled or values) else "",
                      soft(weight, policy, moves), equation, reward, discount, moves, policy)


def optimal(head: Head) -> str:
    """The letter of an optimal value, v or q, nothing for another function."""
    found = OPTIMAL.fullmatch(head.layout)
    return found["letter"].lower() if found is not None else ""


def largest(worth: Callable[[Basic], Node], _state: Basic) -> Node:
    """max_a Q(s,a)."""
    return Largest(Scope.close(ACTION, worth(ACTION)))


def soft(weight: Node, policy: Policy, moves: bool) -> Callable[[Callable[[Basic], Node], Basic], Node]:
    """E_a[Q(s,a) − α log π(a|s)]."""
    def value(worth: Callable[[Basic], Node], state: Basic) -> Node:
        law = Law(policy, state)
        logarithm = Log(Prob(law, ACTION)) if moves else App(Head(LOGARITHM), state, ACTION)
        bonus = logarithm if weight == Num(1) else weight * logarithm
        return Expect(law, Scope.close(ACTION, worth(ACTION) - bonus))

    return value


def any_logarithm(part: Basic, policy: Policy | None) -> Node | None:
    """Any function of a state and an action for the logarithm of a policy, also in its entropy."""
    law = part.args[0].law if isinstance(part, Log) and isinstance(part.args[0], Prob) else (
        part.args[0] if isinstance(part, Entropy) else None)
    if not isinstance(law, Law) or law.policy != policy or [sort_of(one) for one in law.context] != ["state"]:
        return None
    if isinstance(part, Entropy):
        return -Expect(law, Scope.close(ACTION, App(Head(LOGARITHM), *law.context, ACTION)))
    return App(Head(LOGARITHM), *law.context, part.args[0].action)


def weights(parts: Sequence[Basic]) -> Iterator[tuple[Const, Policy]]:
    """The numbers before an entropy of a policy, or before a logarithm of it, with the policy."""
    for part in parts:
        factors = part.args if isinstance(part, Times) else ()
        weight = [one for one in factors if isinstance(one, Const) and one.name != DISCOUNT]
        for one in factors if len(weight) == 1 else ():
            if isinstance(one, Entropy) and isinstance(one.args[0], Law):
                yield weight[0], one.args[0].policy
            if isinstance(one, Log) and isinstance(one.args[0], Prob) and isinstance(one.args[0].law, Law):
                yield weight[0], one.args[0].law.policy


def linear(term: Any, bound: frozenset[Var] = frozenset()) -> Any:
    """A term in which means over next states are of what depends on these, without its factors that do not.

    Maxima are told apart by what they are of, as it is written.
    """
    if isinstance(term, Scope):
        var, body = term.open(bound)
        return Scope.close(var, linear(body, bound | {var}))
    if not isinstance(term, Term) or not term.args:
        return term
    found = term.with_args(tuple(linear(arg, bound) for arg in term.args))
    if isinstance(found, Sum) and found.args[0] == ALL and found.scope.sort == "state":
        var, body = found.scope.open(bound)
        factors = body.args if isinstance(body, Times) else (body,)
        moved = [one for one in factors if isinstance(one, Prob) and isinstance(one.law, Transition)
                 and one.action == var and var not in one.law.free]
        return found if len(moved) != 1 else averaged(
            moved[0].law, var, times(*(one for one in factors if one != moved[0])))
    if isinstance(found, Expect) and isinstance(found.law, Transition):
        return averaged(found.law, *found.scope.open(bound))
    return found


def averaged(law: Transition, var: Var, body: Node) -> Node:
    """The mean of a body over a next state, term by term."""
    found = list[Node]()
    for term in body.args if isinstance(body, Plus) else (body,):
        factors = term.args if isinstance(term, Times) else (term,)
        inner = [one for one in factors if var in one.free]
        mean = [Expect(law, Scope.close(var, times(*inner)))] if inner else []
        found.append(times(*(one for one in factors if var not in one.free), *mean))
    return plus(*found)
