"""What a statement shows of time: whether it speaks of a decision process, and prints all that counts in one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sympy import Basic

from ..language import (
    ENDLESS,
    App,
    Claim,
    Const,
    Definition,
    Expect,
    Frac,
    Law,
    Log,
    Neg,
    Node,
    Num,
    Ordinal,
    Plus,
    Power,
    Prefix,
    Prob,
    Scope,
    StateLaw,
    Sum,
    Term,
    Times,
    TokenOf,
    Transition,
    sort_of,
)
from ..language.formal import Formal
from ..latex.kinds.parameter import Parameter as Letter
from ..latex.statement.statement import Statement
from .fixed_points import OPTIMAL, weights

POLICY = r"(?P<policy>\\(?:pi|mu|nu|beta)(?![A-Za-z]).*|\{?\\theta(?:_\{?.*)?)"
BELOW = POLICY.replace("policy", "below")
# What is called soft has an entropy in it.
VALUES = re.compile(rf"(?P<letter>[VQA])(?P<step>_\{{#1\}})?(?P<soft>_\{{\\text\{{soft\}}\}})?"
                    rf"(?:\^\{{{POLICY}\}}|_\{{{BELOW}\}})\((?P<places>[^()]*)\)")
OBJECTIVES = re.compile(rf"(?:J|\\mathcal\{{J\}}|\\eta)\((?:{POLICY})\)")
# The objective of one policy as the states that another visits show it, L_\pi(\pi').
SURROGATES = re.compile(r"(?:L|\\mathcal\{L\})_\{(?P<visiting>\\(?:pi|mu|nu)(?![A-Za-z]).*)\}"
                        r"\((?P<policy>\\(?:pi|mu|nu)(?![A-Za-z]).*)\)")
STARTS = re.compile(r"(?:\\rho|\\mu|d|p)_\{?0\}?")
MOVES = frozenset((r"P", r"p", r"\mathcal{P}", r"\mathbb{P}", r"\mathcal{T}"))
GAMMA = r"\gamma"
LINEAR = (App, Expect, Frac, Neg, Num, Plus, Prob, Sum, Times)
# Rewards by how they are printed, with the number of their places: a state, an action, the state after.
PLACES = {"r(#1, #2)": 2, "R(#1, #2)": 2, "r(#1, #2, #3)": 3, "R(#1, #2, #3)": 3}
LEARNED = re.compile(r"[VQ]_\{?\\theta\b")
CRITIC = re.compile(r"(?:\\hat\{)?[VQA]\}?(?:_\{#\d\})?(?:\(.*)?")


def timed(parts: Sequence[Basic]) -> bool:
    """Whether a statement shows that it speaks of steps in time: a discount, a next state, visited states, paths, or
    what an action is worth under a policy, or an objective on the states that another one visits."""
    return discounted(parts) or any(isinstance(part, (StateLaw, Formal, Transition)) or isinstance(part, Scope)
                                    and part.sort == "token" or worth_under_policy(part) or isinstance(part, App)
                                    and SURROGATES.fullmatch(part.head.layout) for part in parts)


def worth_under_policy(part: Basic) -> bool:
    """Whether a part is what an action is worth under a policy, Q^π(s,a), which of one step depends on none, or what a
    state of a path is worth."""
    found = VALUES.fullmatch(part.head.layout) if isinstance(part, App) else None
    return found is not None and (found["letter"] == "Q" or isinstance(part.params[-1], Prefix))


def discounted(parts: Sequence[Basic]) -> bool:
    """Whether a statement has a discount, or says where an action leads."""
    return any(isinstance(part, Law) and part.policy.name in MOVES or isinstance(part, Const) and part.name == GAMMA
               for part in parts)


def weighed(statement: Statement) -> bool:
    """Whether a statement prints how steps count: a discount, or steps that end and no other weights."""
    parts = parts_of(statement)
    return any(isinstance(part, Const) and part.name == GAMMA for part in parts) or ends(parts)


def may_fail(statement: Statement) -> bool:
    r"""Whether a statement prints all else that its values depend on, so that one which fails says something false.

    That is the reward, where it has other functions. No value
    or advantage of no policy may stand in it, no quantity of a step, as \hat A_t, nor one of a whole path, as R(τ):
    nothing says that these are not those of the policy at hand. Nor one with the parameter of a critic, as Q_φ.
    """
    parts = parts_of(statement)
    apps = [part for part in parts if isinstance(part, App)]
    soft = (VALUES.fullmatch(one.head.layout) for one in apps)
    if statement.parameter.name != Letter().name and any(LEARNED.match(one.head.layout) for one in apps):
        return False
    if any(weights(parts)) or any(OPTIMAL.fullmatch(one.head.layout) for one in apps) or any(
            one is not None and one["soft"] for one in soft):
        return False  # what is left of a fixed point is any function
    values = [one for one in apps if VALUES.fullmatch(one.head.layout) or OBJECTIVES.fullmatch(one.head.layout)]
    others = [one for one in apps if one not in values and one.params and not STARTS.match(one.head.layout)]
    return not any(untold(one) for one in others) and (rewarded(parts) or not others or not values)


def rewarded(parts: Sequence[Basic]) -> bool:
    """Whether a statement prints what is paid at a step."""
    return any(isinstance(part, App) and part.head.layout in PLACES and sort_of(part.params[0]) == "state"
               for part in parts)


def relates_values(statement: Statement) -> bool:
    """Whether a statement only says how values of one policy are means of each other, which it does not define then."""
    parts = parts_of(statement)
    apps = {part for part in parts if isinstance(part, App)}
    found = [VALUES.fullmatch(app.head.layout) for app in apps]
    policies = {one["policy"] or one["below"] for one in found if one is not None}
    linear = all(isinstance(part, LINEAR) for part in parts if isinstance(part, Node))
    return len(found) > 1 and None not in found and len(policies) == 1 and linear


def between_values(one: Definition) -> bool:
    """Whether a definition gives a value of a policy by others of this policy alone."""
    apps = [part for side in one.args for part in side.walk() if isinstance(part, App)]
    found = [VALUES.fullmatch(app.head.layout) for app in apps]
    policies = {one["policy"] or one["below"] for one in found if one is not None and not one["soft"]}
    others = any(isinstance(part, (Const, Log)) for part in one.rhs.walk())
    return len(found) > 1 and None not in found and len(policies) == 1 and not others


def parts_of(statement: Statement) -> list[Basic]:
    """All that stands in the links of a statement and in their definitions."""
    terms = [term for link in statement.links for one in [link.content]
             for term in ((one.relation, *one.where) if isinstance(one, Claim) else (one,)) if isinstance(term, Term)]
    return [part for term in terms for part in term.walk()]


def tells_time(statement: Statement) -> bool:
    """Whether a statement has a discount, or says where an action leads."""
    return discounted(parts_of(statement))


def ends(parts: Sequence[Basic]) -> bool:
    """Whether paths end, and no number is raised to a step."""
    return ENDLESS not in parts and any(isinstance(part, Scope) and part.sort == "token" for part in parts) and not any(
        isinstance(part, Power) and any(isinstance(inner, Ordinal) for inner in part.args[1].walk()) for part in parts)


def untold(app: App) -> bool:
    """Whether a function may be more than one of a state and an action: of a step, a whole path, a law, a value."""
    layout, stated = app.head.layout, any(sort_of(arg) == "state" for arg in app.params)
    whole = not stated and any(sort_of(arg) == "action" and not isinstance(arg, TokenOf) for arg in app.params)
    return "(" not in layout or "|" in layout or whole or CRITIC.fullmatch(layout) is not None
