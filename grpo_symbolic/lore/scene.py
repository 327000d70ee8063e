r"""What a statement shows of the roles of a standard reading: what a symbol stands under, and what is in sight."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from sympy import Basic

from ..language import (
    App,
    Claim,
    Clip,
    Const,
    Expect,
    Gradient,
    Hessian,
    Law,
    Policy,
    Preference,
    Scope,
    StateLaw,
    Sum,
    Term,
    Var,
    sort_of,
    span,
)

Draw = tuple[Var, Any]
Symbol = App | Const
SPOKEN = frozenset("rR")
ADVANTAGES = frozenset((r"A", r"\hat{A}", r"\tilde{A}"))


@dataclass(frozen=True)
class Scene:
    """A symbol where it stands, and the draws around it, the outermost first."""

    symbol: Symbol
    draws: tuple[Draw, ...]

    @property
    def params(self) -> tuple[Basic, ...]:
        """The arguments of the symbol."""
        return self.symbol.params if isinstance(self.symbol, App) else ()


@dataclass
class Sight:
    """All that a claim shows: its laws of actions and of states, its policies, its symbols, as they stand there.

    ``moving`` says whether anything in it is drawn or differentiated, ``clipped`` whether anything is clipped.
    """

    laws: list[Law] = field(default_factory=list)
    states: list[StateLaw] = field(default_factory=list)
    scenes: list[Scene] = field(default_factory=list)
    drawn: list[Law] = field(default_factory=list)
    sizes: list[Const] = field(default_factory=list)
    letters: dict[str, str] = field(default_factory=dict)
    free: frozenset[Var] = frozenset()
    moving: bool = False
    clipped: bool = False

    @property
    def policies(self) -> list[Policy]:
        """The policies that give laws of actions, each once."""
        return list(dict.fromkeys(law.policy for law in self.laws))

    def heads(self) -> Iterator[App]:
        """The functions in sight, as they stand."""
        return (scene.symbol for scene in self.scenes if isinstance(scene.symbol, App))


def sight_of(claim: Claim) -> Sight:
    """What a claim shows, with its definitions unfolded."""
    sight = Sight(free=claim.free)
    for one in (claim.expanded(), *claim.given()):
        rebuilt(one, (), sight, lambda _: None)
    return sight


def exchanged(term: Any, rule: Callable[[Scene], Basic | None]) -> Any:
    """A term with what a rule puts in place of its symbols, each as it stands; nothing is captured."""
    return rebuilt(term, (), Sight(), rule)


def rebuilt(term: Any, draws: tuple[Draw, ...], sight: Sight, rule: Callable[[Scene], Basic | None]) -> Any:
    """A term rebuilt with open scopes, what is seen noted on the way."""
    if not isinstance(term, Term):
        return term
    if isinstance(term, Law):
        sight.laws.append(term)
    elif isinstance(term, StateLaw):
        sight.states.append(term)
    elif isinstance(term, (App, Const, Preference)):
        scene = Scene(term.args[0] if isinstance(term, Preference) else term, draws)
        sight.scenes.append(scene)
        if (found := rule(scene)) is not None:
            return found
    if isinstance(term, Expect) and isinstance(term.law, Law):
        sight.drawn.append(term.law)
    sight.clipped |= isinstance(term, Clip)
    sight.moving |= isinstance(term, (Expect, Gradient, Hessian, Law, StateLaw))
    if isinstance(term, Sum) and isinstance(end := span(term.args[0])[1], Const) and term.args[-1].sort == "index":
        sight.sizes.append(end)
    args = tuple(within(term, arg, draws, sight, rule) if isinstance(arg, Scope) else rebuilt(arg, draws, sight, rule)
                 for arg in term.args)
    return term if args == term.args else term.with_args(args)


def within(term: Term, scope: Scope, draws: tuple[Draw, ...], sight: Sight, rule: Callable[[Scene], Basic | None]
           ) -> Scope:
    """A scope rebuilt, its variable drawn from the law of the node in which it stands."""
    if scope.sort in ("action", "state"):
        sight.letters.setdefault(scope.sort, scope.name)
    var, body = scope.open(frozenset(var for var, _ in draws))
    law = term.args[0] if isinstance(term, Expect) else None
    new = Scope.close(var, rebuilt(body, (*draws, (var, law)), sight, rule))
    new.hints = scope.hints
    return new


def letters_of(head: str) -> str:
    """The symbol of a layout, without scripts and arguments."""
    return head.partition("(")[0].partition("_")[0].partition("^")[0]


def of_sort(params: tuple[Basic, ...], sort: str) -> list[Basic]:
    """The arguments of one sort."""
    return [param for param in params if sort_of(param) == sort]


def name_of(symbol: Symbol) -> Basic:
    """What all uses of a symbol share."""
    return symbol.head if isinstance(symbol, App) else symbol
