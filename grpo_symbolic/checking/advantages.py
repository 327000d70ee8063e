r"""Whether a claim fails with each of the usual advantages of a group where \hat{A}_i is not defined."""

from __future__ import annotations

from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import replace
from typing import Any

from .. import language as lang

Kind = Callable[[lang.Node, lang.Node], lang.Node]
NAME = r"\hat{A}_{#1"
REWARD = lang.Head("r(#1, #2)")
SORTS = (["index", "group", "state"], ["index", "token", "group", "state"])
BUDGET = 1.0  # seconds for a counterexample with one kind of advantages


def fails_with_each(claim: lang.Claim, apps: Collection[Any]) -> bool:
    """Whether a claim fails with the reward less the mean of the group as advantage, and with that over the spread.

    Where groups of equal rewards leave the second without a value, a positive number is added to the spread.
    """
    if not failing(claim, apps, centred):
        return False
    exact = failing(claim, apps, scaled)
    return bool(failing(claim, apps, damped) if exact is None else exact)


def centred(gap: lang.Node, _spread: lang.Node) -> lang.Node:
    """r − mean(r)."""
    return gap


def scaled(gap: lang.Node, spread: lang.Node) -> lang.Node:
    """(r − mean(r)) / std(r)."""
    return lang.Frac(gap, spread)


def damped(gap: lang.Node, spread: lang.Node) -> lang.Node:
    """(r − mean(r)) / (std(r) + ε)."""
    return lang.Frac(gap, lang.plus(spread, lang.Const(r"\varepsilon_0", "positive")))


def failing(claim: lang.Claim, apps: Collection[Any], make: Kind) -> bool | None:
    """Whether a counterexample was found with one kind of advantages; None where no model gives the claim a value."""
    from ..oracle import Unevaluable, attack

    where = tuple(one for app in apps if (one := advantage(app, make)) is not None)
    if len(where) < len(apps):
        return False
    with suppress(Unevaluable, lang.LanguageError):
        found = attack(replace(claim, where=(*where, *claim.where)), BUDGET)
        return None if found.vacuous else found.counterexample is not None
    return False


def advantage(app: lang.App, make: Kind) -> lang.Definition | None:
    """The definition of an advantage of a group; None for any other function."""
    sorts = [lang.sort_of(part) for part in app.params]
    if not app.head.layout.startswith(NAME) or sorts not in SORTS:
        return None
    index, *_, group, state = variables = [lang.Var(f"{sort}_{k}", sort) for k, sort in enumerate(sorts)]
    other = lang.Var("other", "index")

    def reward(member: lang.Var) -> lang.Node:
        return REWARD(state, lang.Sample(group, member))

    gap = reward(index) - lang.group_mean(other, reward(other))
    return lang.Definition(app.head(*variables), make(gap, lang.group_spread(other, reward(other))))
