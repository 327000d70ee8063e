r"""The roles of a formula, filled by what a statement shows where a symbol stands."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
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
from ..latex.kinds.kinds import undecorated
from ..latex.printing.printer import latex
from ..latex.statement.reader import read_expression
from .matching import LETTER, NAMED, entry_for, formula_of, slot
from .scene import ADVANTAGES, SPOKEN, Scene, Sight, letters_of, name_of, of_sort
from .table import Entry, Variant

CURRENT = Policy(r"\pi")
BEHIND, NEW, DRAWN, FROM, OTHER, DATA, REF = (Policy(rf"\pi_{{\text{{{name}}}}}", "constant") for name in (
    "behind", "new", "drawn", "from", "other", "data", "ref"))
REFERENCE = "ref"  # in the name of a policy that is a reference
DATA_SET = "D"
SIZE, SIZES = Const("G", "positive"), frozenset("GKMNn")
BOUNDS, WEIGHT = frozenset((r"\epsilon", r"\varepsilon")), r"\beta"
# Laws of data: of questions, prompts and first states.
POPULATIONS = frozenset(("D", r"\mathcal{D}", r"\rho_0", r"\rho_{0}", "d_0", "d_{0}", r"\mu_0", "P", "p"))
OUTCOME, CONDITION, MEMBER = Var("a", "action"), Var("s", "state"), Var("i", "index")
OTHER_OUTCOME = Var("a'", "action")
GROUP = Var("a", "group")


class Unfilled(Exception):
    """A role that nothing in a statement plays."""


@dataclass(frozen=True)
class Filled:
    """A formula where a symbol stands: what it comes to, what is assumed beside it, and the ``cast`` of its roles."""

    body: Basic
    assumed: tuple[Relation, ...]
    cast: frozenset[tuple[Basic, Basic]]


def filled(entry: Entry, variant: Variant, scene: Scene, sight: Sight, alone: bool = False) -> Filled:
    """The first formula of a variant whose roles are filled where a symbol stands; ``alone`` allows only numbers.

    Raises Unfilled where there is none.
    """
    for formula in variant.formulas:
        body, assumed = formula_of(formula, variant.assume)
        if entry.averaged and sight.states and not any(isinstance(part, StateLaw) for part in body.walk()):
            continue
        if alone and not numeric(body):
            continue
        if numeric(body) and not (lone(scene, sight) and (sight.clipped or not entry.beside_clips)):
            continue  # a number of its own says nothing of how it moves, or under which law
        with suppress(Unfilled):
            return played(body, assumed, entry, scene, sight)
    raise Unfilled


def numeric(body: Any) -> bool:
    """Whether a formula speaks of no policy and no function."""
    return not any(isinstance(part, (Policy, App)) for part in body.walk())


def lone(scene: Scene, sight: Sight) -> bool:
    """Whether a symbol has one value in a statement: nothing moves, and all standard symbols stand at its arguments."""
    params = {one.params for one in sight.scenes if entry_for(one.symbol) is not None}
    return not sight.moving and not scene.draws and len(params) == 1


def played(body: Any, assumed: tuple[Relation, ...], entry: Entry, scene: Scene, sight: Sight) -> Filled:
    """A formula for a symbol where it stands. Raises Unfilled for a role that nothing plays."""
    own = sorts(scene.symbol)
    if any(one.head == name_of(scene.symbol) and own != sorts(one) and sorted(own) == sorted(sorts(one))
           for one in sight.heads()):
        raise Unfilled  # f(s, a) beside f(a, s), which are two values: a formula tells its arguments by their sorts
    roles = {part.policy for part in body.walk() if isinstance(part, Law)}
    cast: dict[Basic, Basic] = {
        role: named_by(entry, scene, sight) if role == NAMED else actor(role, scene, sight) for role in roles}
    context = context_of(scene, sight) if roles and CONDITION in body.free else ()

    def put(part: Basic) -> Basic | None:
        if isinstance(part, Policy):
            return cast.get(part)
        if isinstance(part, StateLaw):
            return states_of(sight)
        if isinstance(part, Law) and part.context == (CONDITION,):
            return Law(part.policy, *own_context(part.policy, context, sight))
        if isinstance(part, App):
            found = function(part, entry, scene, sight)
            cast[part.head] = part.head if found is None else found.head
            return found
        return constant(part, sight) if isinstance(part, Const) else None

    found = rewrite(body, put)
    return Filled(relettered(substitute(found, places(found, context, scene)), sight), assumed, frozenset(cast.items()))


def sorts(symbol: Basic) -> list[str]:
    """The sorts of the arguments of a symbol, in order."""
    return [sort_of(param) for param in symbol.params] if isinstance(symbol, App) else []


def places(found: Any, context: tuple[Basic, ...], scene: Scene) -> dict[Any, Basic]:
    """What stands for the outcome, the condition, the group and the member of a formula. Raises Unfilled."""
    values: dict[Any, Basic] = {}
    if OUTCOME in found.free:
        values[OUTCOME] = outcome_of(scene)
    if OTHER_OUTCOME in found.free:
        values[OTHER_OUTCOME] = second_outcome(scene)
    if CONDITION in found.free:
        values[CONDITION] = next(iter(of_sort((*context, *scene.params), "state")), CONDITION)
    if GROUP in found.free:
        values[GROUP] = next(iter(of_sort(scene.params, "group")), GROUP)
    if MEMBER in found.free:
        own = number_of(scene.symbol) if isinstance(scene.symbol, App) else None
        if own is None:
            raise Unfilled
        values[MEMBER] = own
    return values


def constant(part: Const, sight: Sight) -> Const | None:
    """What stands for a number of a formula: the size of the group, the letter that the statement has for a bound.

    Raises Unfilled for a weight that the statement does not have.
    """
    if part == SIZE:
        return size_of(sight)
    consts = [scene.symbol for scene in sight.scenes if isinstance(scene.symbol, Const)]
    if part.name in BOUNDS:
        return next((one for one in consts if one.name in BOUNDS), None)
    if part.name == WEIGHT and not any(one.name == WEIGHT for one in consts):
        raise Unfilled
    return None


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
    """The policy that plays a role. Raises Unfilled where none does, or several may."""
    policies, drawn = sight.policies, innermost(scene)
    if role == CURRENT:
        return current_of(policies)
    if role == REF:
        still = [policy for policy in policies if policy.point == "constant"]
        apart = [policy for policy in still if policy not in {law.policy for law in sight.drawn}]
        return only([policy for policy in policies if REFERENCE in policy.name] or apart or still)
    if role == DATA:
        return only(data_of(sight))
    if role == BEHIND:
        return behind_of(drawn, policies)
    if role in (NEW, DRAWN):
        new, below = change_of(drawn, policies)
        return new if role == NEW else below
    if role == OTHER and drawn is not None:
        return only([policy for policy in policies if policy != drawn.policy])
    if role == FROM and drawn is not None:
        return drawn.policy
    raise Unfilled


def data_of(sight: Sight) -> list[Policy]:
    """The laws of data in sight: those that are drawn from and are no policies, else that of a set of questions."""
    found = [law.policy for law in sight.drawn
             if law.policy.point == "constant" and not law.policy.name.startswith(CURRENT.name)]
    sets = [law.policy for law in sight.states if law.policy is not None and undecorated(law.policy.name) == DATA_SET]
    return found or sets * bool(sight.drawn)


def current_of(policies: Sequence[Policy]) -> Policy:
    """The current policy: the one in sight, else that of the old one, else π."""
    current = [policy for policy in policies if policy.point == "current"]
    return only(current or [Policy(one.name) for one in policies if one.point == "old"] or [CURRENT])


def change_of(drawn: Law | None, policies: Sequence[Policy]) -> tuple[Policy, Policy]:
    """The policies above and below the line of a ratio. Raises Unfilled where that is open.

    Below it stands the law that is drawn from, unless that is the current one; above it the only other one, references
    apart.
    """
    others = [policy for policy in policies if drawn is None or policy != drawn.policy]
    current = [policy for policy in policies if policy.point == "current"]
    if drawn is not None and drawn.policy.point != "current":
        new = [one for one in others if REFERENCE not in one.name] or others
        return only(new or [Policy(drawn.policy.name)] * (drawn.policy.point == "old")), drawn.policy
    new = only(current)
    rest = [policy for policy in policies if policy != new]
    return new, only(rest) if rest else Policy(new.name, "old")


def named_by(entry: Entry, scene: Scene, sight: Sight) -> Policy:
    """The policy that a symbol names. Raises Unfilled where it is not in sight."""
    name = slot(entry, scene.symbol)
    found = [policy for policy in sight.policies if latex(policy) == name]
    alone = read_expression(f"{name}(a|s)").law.policy
    return only(found or [alone] * (latex(alone) == name))  # π_φ by itself would be the policy at its parameter


def behind_of(drawn: Law | None, policies: Sequence[Policy]) -> Policy:
    """The policy from which samples come, as the ratio of a surrogate has it: the old one, else the one drawn from.

    Raises Unfilled where both are in sight.
    """
    old = [policy for policy in policies if policy.point == "old"]
    found = [drawn.policy] if drawn is not None and drawn.policy.point != "current" else []
    if any(REFERENCE in policy.name for policy in found) or old and found and old != found:
        raise Unfilled
    return only(old or found or [Policy(current_of(policies).name, "old")])


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
    drawn, own = innermost(scene), tuple(of_sort(scene.params, "state"))
    if drawn is not None and drawn.context:
        if own and set(own) != set(of_sort(drawn.context, "state")):
            raise Unfilled
        return drawn.context
    found = dict.fromkeys(law.context for law in sight.laws if not own or set(own) <= set(law.context))
    within = {*sight.free, *(var for var, _ in scene.draws)}
    if len(found) > 1 or any(isinstance(one, Var) and one not in within for context in found for one in context):
        raise Unfilled
    return next(iter(found), own or (CONDITION,))


def own_context(policy: Policy, context: tuple[Basic, ...], sight: Sight) -> tuple[Basic, ...]:
    """What a policy is conditioned on in a statement: what stands around, or nothing, as it is printed there.

    Raises Unfilled for one that is conditioned on something else.
    """
    found = {law.context for law in sight.laws if law.policy == policy}
    if not found or context in found:
        return context
    if found == {()}:
        return ()
    raise Unfilled


def outcome_of(scene: Scene) -> Basic:
    """The outcome at which a symbol stands. Raises Unfilled where there is none."""
    drawn = [var for var, law in scene.draws if var.sort == "action"]
    found = [*of_sort(scene.params, "action"), *reversed(drawn)]
    if not found:
        raise Unfilled
    return found[0]


def second_outcome(scene: Scene) -> Basic:
    """The second of the outcomes that a symbol compares. Raises Unfilled where there is none."""
    found = of_sort(scene.params, "action")
    if len(found) != 2:
        raise Unfilled
    return found[1]


def states_of(sight: Sight) -> StateLaw:
    """The law of states, one of data. Raises Unfilled where there is none, or any other."""
    found = set(sight.states)
    if len(found) != 1 or any(law.policy is not None and (law.policy.point != "constant" or law.policy.name not in
                                                          POPULATIONS) for law in found):
        raise Unfilled
    return found.pop()


def size_of(sight: Sight) -> Const:
    """The size of a group: the end of the ranges in sight, else G. Raises Unfilled where it may be several numbers."""
    sizes = set(sight.sizes) or {scene.symbol for scene in sight.scenes if isinstance(scene.symbol, Const)
                                 and scene.symbol.name in SIZES} or {SIZE}
    if len(sizes) > 1:
        raise Unfilled
    return sizes.pop()


def function(part: App, entry: Entry, scene: Scene, sight: Sight) -> App | None:
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
    if (number := number_of(part)) is not None and number_of(app) is not None:
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
