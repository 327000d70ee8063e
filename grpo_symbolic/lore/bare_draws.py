r"""Means over draws from laws without their conditions, as \mathbb{E}_{s'\sim P, a'\sim\pi}: each is of its step.

The next state s' follows s and the action beside s, and a' is taken in s'; primes tell the steps apart.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from ..language import Expect, Law, Policy, Relation, Scope, Term, Var
from ..language.formal import Formal

DRAWS = re.compile(
    r"\\mathbb\{E\}_\{(?P<draws>@\d \\sim [^\s,(]+(?:, @\d \\sim [^\s,(]+)*)\}\\left\[ #1 \\right\]")
LAW = re.compile(r"\\sim ([^\s,(]+)")
MOVED = r"\mathbb{E}_{@1 \sim %s(\cdot|#2, #3)}\left[ #1 \right]"


class Unsure(Exception):
    """A condition that is not printed and may be one of several, or none."""


@dataclass(frozen=True)
class Draw:
    """A variable that is drawn: an action from a policy, or a state from a law of the name ``law``."""

    var: Var
    law: Policy | str

    @property
    def moves(self) -> bool:
        """Whether it is a state."""
        return isinstance(self.law, str)


def conditioned(relation: Relation, moves: Collection[str]) -> Relation:
    """A relation in which such laws have their conditions; ``moves`` are the names of laws of the next state.

    Raises Unsure.
    """
    free = sorted(relation.free, key=str)
    found: Relation = relation.with_args(tuple(filled(arg, free, moves) for arg in relation.args))
    return found


def filled(term: Any, seen: Sequence[Var], moves: Collection[str]) -> Any:
    """A term with the conditions, beside the variables that can be seen where it stands. Raises Unsure."""
    if isinstance(term, Scope):
        var, body = term.open(frozenset(seen))
        return Scope.close(var, filled(body, [*seen, var], moves))
    if isinstance(term, Formal) and (found := DRAWS.fullmatch(term.layout)) is not None:
        return mean(term, LAW.findall(found["draws"]), seen, moves)
    if not isinstance(term, Term) or not term.args:
        return term
    return term.with_args(tuple(filled(arg, seen, moves) for arg in term.args))


def mean(term: Formal, laws: Sequence[str], seen: Sequence[Var], moves: Collection[str]) -> Any:
    """The mean over draws from laws, which are printed or arguments of the term. Raises Unsure."""
    body, draws = term.args[2], list[Draw]()
    for printed in laws:
        law = term.args[int(printed[1:]) + 1] if printed[0] == "#" else printed
        if not (isinstance(body, Scope) and (isinstance(law, Policy) or law in moves)):
            raise Unsure
        var, body = body.open(frozenset([*seen, *(one.var for one in draws)]))
        draws.append(Draw(var, law))
    seen = [*seen, *(one.var for one in draws)]
    found = filled(body, seen, moves)
    for draw in reversed(list(in_turn(draws, seen))):
        given, scope = conditions(draw, draws, seen), Scope.close(draw.var, found)
        found = Expect(Law(draw.law, *given), scope) if isinstance(draw.law, Policy) else Formal(
            MOVED % draw.law, "scalar", scope, *given)
    return found


def in_turn(draws: Sequence[Draw], seen: Sequence[Var]) -> Iterator[Draw]:
    """The draws, each after those that it is conditioned on. Raises Unsure."""
    waiting = list(draws)
    while waiting:
        later = {draw.var for draw in waiting}
        ready = next((one for one in waiting if not later & set(conditions(one, draws, seen))), None)
        if ready is None:
            raise Unsure
        waiting.remove(ready)
        yield ready


def conditions(draw: Draw, draws: Sequence[Draw], seen: Sequence[Var]) -> tuple[Var, ...]:
    """What a draw is conditioned on: the one state, and for a next state the one action, of the step. Raises Unsure."""
    states = {one.var for one in draws if one.moves} | {var for var in seen if var.sort == "state"}
    actions = {var for var in seen if var.sort == "action"} - states
    if not draw.moves:
        return (only(states, draw.var.name.count("'")),)
    if not draw.var.name.endswith("'"):
        raise Unsure
    step = draw.var.name.count("'") - 1
    return only(states, step, draw.var.name[:-1]), only(actions, step)


def only(seen: Collection[Var], step: int, name: str = "") -> Var:
    """The one variable of a step, perhaps of a name. Raises Unsure."""
    found = [var for var in seen if var.name.count("'") == step]
    if len(found) != 1 or name and found[0].name != name:
        raise Unsure
    return found[0]
