r"""Laws that a formula defines, as \pi^*(y|x) \doteq \pi_{ref}(y|x) e^{r(x,y)/\beta} / Z(x): drawn from, and compared.

An expectation is the sum that it means. That the probabilities sum to one is asked where something is drawn.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sympy import Basic

from ...language import (
    ALL,
    NONE,
    App,
    Expect,
    Law,
    Log,
    Neg,
    Node,
    Num,
    Prob,
    Scope,
    StopGradient,
    Sum,
    Var,
    plus,
    times,
)
from ..names.environment import Named
from ..notation.vocabulary import OPERATOR_WORDS
from ..parsing.naming import nucleus, spelled
from ..parsing.surface import Item
from ..read_error import Fault
from .builder import Builder
from .policies import context_of, defined_policy, is_law, read_conditioned, read_contexts, read_law, read_policy
from .variables import ambient_variable


@dataclass(frozen=True)
class Formula:
    """A law by its formula, what it is conditioned on, and what its definition depends on without printing it."""

    named: Named
    context: tuple[Basic, ...]
    hidden: tuple[Basic, ...] = ()
    hints: dict[str, str] = field(default_factory=dict, compare=False)

    @property
    def free(self) -> frozenset[Any]:
        """The variables that it is conditioned on."""
        return frozenset(var for part in (*self.context, *self.hidden) for var in getattr(part, "free", ()))

    def chance(self, var: Var) -> Node:
        """The probability of an outcome."""
        return App(self.named.head, var, *self.context, *self.hidden)


@dataclass(frozen=True)
class Frozen:
    """A law on which derivatives vanish, sg[π(·|s)]."""

    law: Law

    @property
    def context(self) -> tuple[Basic, ...]:
        """What it is conditioned on."""
        return self.law.context

    @property
    def free(self) -> frozenset[Any]:
        """The variables that it is conditioned on."""
        return self.law.free

    @property
    def hints(self) -> dict[str, str]:
        """How it is printed."""
        return self.law.hints

    def chance(self, var: Var) -> Node:
        """The probability of an outcome."""
        return StopGradient(Prob(self.law, var))


def read_frozen(builder: Builder, items: list[Item], path: bool, pos: int) -> Frozen | None:
    """The law in sg[π(·|s)], or in sg[π] of a ``path``; None of any other."""
    first, group = items[0], items[1] if len(items) == 2 else None
    inner = None if group is None or group.body is None or not group.plain else group.body.only
    if first.kind != "text" or not first.plain or OPERATOR_WORDS.get(first.value) != "stop" or inner is None:
        return None
    if not is_law(builder, inner):
        raise Fault("what is drawn here comes from a law: write sg[π(·|s)]", pos)
    inside = inner.terms[0][1]
    symbol = nucleus(inside[0])
    if path and len(inside) == 1 and symbol is not None:
        policy, context = read_policy(builder, symbol)
        return Frozen(Law(policy, *context).hinted(form="bare"))
    return Frozen(read_law(builder, inside, pos))


def read_formula(builder: Builder, items: list[Item], pos: int) -> Formula | None:
    """The law that items spell, if a formula defines it. Raises Fault where that is no law."""
    symbol, named = nucleus(items[0]), defined_policy(builder, items)
    if symbol is None or named is None or len(items) > 2:
        return None
    given: tuple[Basic, ...] = ()
    if len(items) == 2 and items[1].body is not None:
        action, rest, point = read_conditioned(builder, items[1].body)
        if point or action is not None and action.kind != "any":
            raise Fault("a law is written π(·|s) or π", items[1].pos)
        given = read_contexts(builder, rest)
    elif named.printed > 1:
        given = context_of(builder, symbol)
    if len(given) != named.printed - 1:
        raise Fault(f"{spelled(items[0])} is defined with another context than this", pos)
    found = Formula(named, given, tuple(ambient_variable(builder, sort) for sort in named.hidden))
    refuse_unnormalised(builder, found, spelled(items[0]), pos)
    return found


def refuse_unnormalised(builder: Builder, law: Formula, name: str, pos: int) -> None:
    """Refuse to draw from a formula that is not shown to sum to one."""
    from ..names.meaning import DIFFERENT, same_meaning

    var = Var("a", "action")
    total = Sum(ALL, NONE, Scope.close(var, law.chance(var)))
    if same_meaning(total, Num(1), builder.environment.definitions) == DIFFERENT:
        raise Fault(f"{name} is drawn from here, and its formula is not known to sum to one: define all that stands in "
                    "it", pos)


def averaged(builder: Builder, law: Any, var: Var, body: Node, pos: int) -> Node:
    """The mean of a body under a law of a variable."""
    found: Node
    if isinstance(law, (Formula, Frozen)):
        found = builder.built(Sum, ALL, NONE, Scope.close(var, times(law.chance(var), body)), pos=pos)
    else:
        found = builder.built(Expect, law, Scope.close(var, body), pos=pos)
    return found


def read_formula_divergence(builder: Builder, group: Item) -> Node | None:
    """D_KL(P‖Q) where a formula defines P; None where none does."""
    if group.body is None or [sign for sign, _ in group.body.seps] != ["‖"]:
        return None
    first, second = (piece.only for piece in group.body.pieces)
    law = None if first is None or not is_law(builder, first) else read_formula(builder, first.terms[0][1], group.pos)
    if law is None or second is None or not is_law(builder, second):
        return None
    items, pos = second.terms[0][1], group.pos
    other: Any = read_formula(builder, items, pos) or read_law(builder, items, pos)
    if other.context != law.context:
        raise Fault("two laws that are conditioned on different things", pos)
    var = Var(builder.facts.action or "a", "action")
    chance = other.chance(var) if isinstance(other, Formula) else Prob(other, var)
    body = builder.built(plus, Log(law.chance(var)), Neg(Log(chance)), pos=pos)
    return builder.raised(averaged(builder, law, var, body, pos), group.sup)
