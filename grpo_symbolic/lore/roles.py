r"""The roles of a formula, filled by what a statement shows where a symbol stands."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from sympy import Basic

from ..language import (
    App,
    Const,
    Law,
    Policy,
    Relation,
    Sample,
    Scope,
    StateLaw,
    Var,
    rewrite,
    sort_of,
    substitute,
)
from ..latex.printing.printer import latex
from ..latex.statement.reader import read_expression
from .matching import LETTER, NAMED, entry_for, formula_of, slot
from .scene import ADVANTAGES, SPOKEN, Scene, Sight, letters_of, name_of, of_sort
from .table import Entry, Variant

CURRENT = Policy(r"\pi")
BEHIND, DRAWN, OTHER, DATA, REF = (Policy(rf"\pi_{{\text{{{name}}}}}", "constant") for name in (
    "behind", "drawn", "other", "data", "ref"))
OUTCOME, CONDITION, MEMBER = Var("a", "action"), Var("s", "state"), Var("i", "index")
GROUP = Var("a", "group")


class Unfilled(Exception):
    """A role that nothing in a statement plays."""


def filled(entry: Entry, variant: Variant, scene: Scene, sight: Sight) -> tuple[Basic, tuple[Relation, ...]]:
    """The first formula of a variant whose roles are filled where a symbol stands, and what is assumed beside it.

    Raises Unfilled where there is none.
    """
    for formula in variant.formulas:
        body, assumed = formula_of(formula, variant.assume)
        if entry.one_step and sight.states and not any(isinstance(part, StateLaw) for part in body.walk()):
            continue
        if numeric(body) and not (lone(scene, sight) and (sight.clipped or not entry.clipped)):
            continue  # a number of its own says nothing of how it moves, or under which law
        with suppress(Unfilled):
            return played(body, entry, scene, sight), assumed
    raise Unfilled


def numeric(body: Any) -> bool:
    """Whether a formula speaks of no policy and no function."""
    return not any(isinstance(part, (Policy, App)) for part in body.walk())


def lone(scene: Scene, sight: Sight) -> bool:
    """Whether a symbol has one value in a statement: nothing moves, and all standard symbols stand at its arguments."""
    params = {one.params for one in sight.scenes if entry_for(one.symbol) is not None}
    return not sight.moving and not scene.draws and len(params) == 1


def played(body: Any, entry: Entry, scene: Scene, sight: Sight) -> Basic:
    """A formula for a symbol where it stands. Raises Unfilled for a role that nothing plays."""
    parts = list(body.walk())
    roles = {part for part in parts if isinstance(part, Policy)}
    cast = {role: named_by(entry, scene, sight) if role == NAMED else actor(role, scene, sight) for role in roles}
    context = context_of(scene, sight) if roles and CONDITION in body.free else ()

    def put(part: Basic) -> Basic | None:
        if isinstance(part, Policy):
            return cast[part]
        if isinstance(part, StateLaw):
            return states_of(sight)
        if isinstance(part, Law) and part.context == (CONDITION,):
            return Law(part.policy, *context)
        if isinstance(part, App):
            return function(part, entry, scene, sight)
        return size_of(sight) if part == Const("G", "positive") else None

    found = rewrite(body, put)
    values: dict[Any, Basic] = {}
    if OUTCOME in found.free:
        values[OUTCOME] = outcome_of(scene, sight)
    if CONDITION in found.free:
        values[CONDITION] = next(iter(of_sort((*context, *scene.params), "state")), CONDITION)
    if GROUP in found.free:
        values[GROUP] = next(iter(of_sort(scene.params, "group")), GROUP)
    if MEMBER in found.free and isinstance(scene.symbol, App) and (own := number_of(scene.symbol)) is not None:
        values[MEMBER] = own
    return relettered(substitute(found, values), sight)


def relettered(term: Any, sight: Sight) -> Any:
    """A formula with the letters that a statement has for what is drawn."""
    def named(part: Basic) -> Basic | None:
        if not isinstance(part, Scope) or part.sort not in sight.letters:
            return None
        scope = Scope(part.sort, part.body)
        scope.hints = {**part.hints, "name": sight.letters[part.sort]}
        return scope

    return rewrite(term, named)


def actor(role: Policy, scene: Scene, sight: Sight) -> Policy:
    """The policy that plays a role."""
    policies = sight.policies
    current = [policy for policy in policies if policy.point == "current"]
    behind = innermost(scene)
    if role == CURRENT:
        return only(current) if current else only([Policy(one.name) for one in policies if one.point == "old"] or
                                                  [CURRENT])
    if role == REF:
        return only([policy for policy in policies if policy.point == "constant"])
    if role == DATA:
        return only([law.policy for law in sight.drawn if law.policy.point != "current"])
    others = [policy for policy in policies if behind is None or policy != behind.policy]
    if role == OTHER:
        return only(others)
    if role == BEHIND:
        return behind_of(behind, others, actor(CURRENT, scene, sight))
    if role == DRAWN and behind is not None:
        return behind.policy
    return role if role not in (DRAWN, OTHER) else only([])


def named_by(entry: Entry, scene: Scene, sight: Sight) -> Policy:
    """The policy that a symbol names. Raises Unfilled where it is not in sight."""
    name = slot(entry, scene.symbol)
    found = [policy for policy in sight.policies if latex(policy) == name]
    return only(found or [read_expression(f"{name}(a|s)").law.policy])


def behind_of(drawn: Law | None, others: Sequence[Policy], current: Policy) -> Policy:
    """The policy below the line of a ratio: the one that is drawn from, else the only other one, else the old one."""
    if drawn is not None and drawn.policy != current:
        return drawn.policy
    rest = [policy for policy in others if policy != current]
    return only(rest) if rest else Policy(current.name, "old")


def only(found: Sequence[Policy]) -> Policy:
    """The one policy of a list. Raises Unfilled where there are none or several."""
    each = dict.fromkeys(found)
    if len(each) != 1:
        raise Unfilled
    return next(iter(each))


def innermost(scene: Scene) -> Law | None:
    """The law of the innermost draw around a symbol, of those of its arguments where it shows what is drawn."""
    drawn = [(var, law) for var, law in reversed(scene.draws) if isinstance(law, Law)]
    shown = [law for var, law in drawn if any(one == var for one in scene.params)]
    return next(iter([*shown, *(law for _, law in drawn)]), None)


def context_of(scene: Scene, sight: Sight) -> tuple[Basic, ...]:
    """What the laws are conditioned on where a symbol stands. Raises Unfilled where laws differ in that."""
    drawn = innermost(scene)
    if drawn is not None:
        return drawn.context
    own = tuple(of_sort(scene.params, "state"))
    found = dict.fromkeys(law.context for law in sight.laws if not own or set(own) <= set(law.context))
    within = {*sight.free, *(var for var, _ in scene.draws)}
    if len(found) > 1 or any(isinstance(one, Var) and one not in within for context in found for one in context):
        raise Unfilled
    return next(iter(found), own or (CONDITION,))


def outcome_of(scene: Scene, sight: Sight) -> Basic:
    """The outcome at which a symbol stands. Raises Unfilled where there is none."""
    drawn = [var for var, law in scene.draws if var.sort == "action"]
    found = [*of_sort(scene.params, "action"), *reversed(drawn)]
    if not found:
        raise Unfilled
    return found[0]


def states_of(sight: Sight) -> StateLaw:
    """The law of states, a constant one. Raises Unfilled where there is none, or any other."""
    found = set(sight.states)
    if len(found) != 1 or any(law.policy is not None and law.policy.point != "constant" for law in found):
        raise Unfilled
    return found.pop()


def size_of(sight: Sight) -> Const:
    """The size of a group: the end of the ranges in sight, else G. Raises Unfilled where they have several."""
    sizes = set(sight.sizes)
    if len(sizes) > 1:
        raise Unfilled
    return next(iter(sizes), Const("G", "positive"))


def function(part: App, entry: Entry, scene: Scene, sight: Sight) -> Basic | None:
    """What stands in sight for a reward, an advantage or the members of a family, in place of that of a formula."""
    letter = letters_of(part.head.layout)
    known = {LETTER: frozenset({slot(entry, scene.symbol)}), "r": SPOKEN, "A": ADVANTAGES}.get(letter)
    if known is None:
        return None
    found = {app.head: app for app in sight.heads()
             if letters_of(app.head.layout) in known and app.head != name_of(scene.symbol) and entry_for(app) is None}
    if not found and (letter == "A" or letter == "r" and number_of(part) is not None):
        return None
    if len(found) != 1:
        raise Unfilled
    (app,) = found.values()
    groups = {one.args[0] for other in sight.heads() for one in other.params if isinstance(one, Sample)}
    if len(groups) > 1:
        raise Unfilled
    if (number := number_of(part)) is not None:
        return numbered(app, number)
    sorts, own = [sort_of(one) for one in part.params], [sort_of(one) for one in app.params]
    if len(set(own)) < len(own) or not set(own) <= set(sorts):
        raise Unfilled
    return App(app.head, *(part.params[sorts.index(one)] for one in own))


def number_of(app: App) -> Basic | None:
    """The number of the member at which a function stands: an argument of its own, or that of a sample."""
    samples = [one.args[1] for one in app.params if isinstance(one, Sample)]
    return next(iter([*of_sort(app.params[:1], "index"), *samples]), None)


def numbered(app: App, number: Basic) -> App:
    """A function at another member. Raises Unfilled for one that stands at none."""
    if number_of(app) is None:
        raise Unfilled
    own = of_sort(app.params[:1], "index")
    rest = (Sample(one.args[0], number) if isinstance(one, Sample) else one for one in app.params[len(own):])
    return App(app.head, *([number] if own else []), *rest)
