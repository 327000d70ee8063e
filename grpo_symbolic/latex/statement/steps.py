r"""What is said of the steps of paths without being printed: r_t is paid for the state and the action of step t."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sympy import Basic

from ...language import (
    App,
    Claim,
    Expect,
    Frac,
    Gradient,
    Head,
    Law,
    Log,
    Num,
    Policy,
    Prefix,
    Prob,
    StopGradient,
    Sum,
    Times,
    TokenOf,
    Var,
    rewrite,
    sort_of,
)
from ..names.environment import Environment, Named
from ..notation.priors import POLICY, TRAJECTORY
from ..read_error import Fault, Unfinished

LETTERS = re.compile(r"(?:p|P|\\mathbb\{P\}|\\mathcal\{P\})(?![A-Za-z])")
STEP_REWARD = "r_{#1}"


def rewards_of_steps(term: Any) -> Any:
    """A term in which r_t of a path is r(s_t,a_t), and r(x, y_{<t}, y_t) of a sequence that answers x."""
    printed = any(isinstance(part, Head) and part.layout == STEP_REWARD for part in term.walk())
    return rewrite(term, reward_of_step) if printed else term


def reward_of_step(part: Basic) -> Basic | None:
    """r at a step, for r_t; None for anything else."""
    if not isinstance(part, App) or part.head.layout != STEP_REWARD or len(part.params) < 2 or part.head.theta:
        return None
    step, path, *given = part.params
    if sort_of(step) != "token" or sort_of(path) != "action" or any(sort_of(one) != "state" for one in given):
        return None
    places = ", ".join(f"#{number}" for number in range(1, len(given) + 3))
    return App(Head(f"r({places})"), *given, Prefix(path, step), TokenOf(path, step))


def along_path(body: Any, params: Sequence[Basic]) -> Any:
    r"""The right side of a definition in which r_t is paid along the path that is an argument: R(\tau) = \sum_t r_t."""
    path = next((one for one in params if isinstance(one, Var) and one.sort == "action"
                 and one.name.startswith(TRAJECTORY)), None)

    def paid(part: Basic) -> Basic | None:
        if not isinstance(part, App) or part.head.layout != STEP_REWARD or part.head.theta or \
                [sort_of(arg) for arg in part.params if sort_of(arg) != "state"] != ["token"]:
            return None
        return App(Head("r(#1, #2)"), Prefix(path, part.params[0]), TokenOf(path, part.params[0]))

    return body if path is None else rewrite(body, paid)


def with_laws_of_steps(term: Any) -> Any:
    r"""A term in which the law of trajectories p_\theta is that of a policy \pi_\theta which gives their steps."""
    parts = list(term.walk())
    drawn = any(isinstance(part, Expect) and part.scope.name.startswith(TRAJECTORY) for part in parts)
    if not drawn and not any(var.name.startswith(TRAJECTORY) for var in term.free):
        return term
    stepwise = {part.policy for part in parts if isinstance(part, Law)
                and any(isinstance(arg, Prefix) for arg in part.context)}
    conditioned = {part.policy for part in parts if isinstance(part, Law) and part.context}
    twins = {policy: twin for part in parts if isinstance(part, Law) and (policy := part.policy) not in conditioned
             and (letter := LETTERS.match(policy.name))
             and (twin := Policy(POLICY + policy.name[letter.end():], policy.point)) in stepwise}
    return rewrite(term, lambda part: twins.get(part) if isinstance(part, Policy) else None) if twins else term


def with_paths_of_policies(environment: Environment) -> Environment:
    r"""Definitions in which a law of trajectories p_\theta is that of \pi_\theta, where no policy gives their steps."""
    def meant(named: Named) -> Named:
        definition = rewrite(named.definition, of_policy)
        if not drawn_in(definition) or definition == named.definition:
            return named
        definition.hints.update(named.definition.hints)
        return replace(named, definition=definition)

    names = {layout: meant(named) for layout, named in environment.names.items()}
    return environment if names == environment.names else environment.with_names(names)


def of_policy(part: Basic) -> Basic | None:
    r"""The policy \pi_\theta for a law p_\theta."""
    letter = LETTERS.match(part.name) if isinstance(part, Policy) else None
    return None if letter is None else Policy(POLICY + part.name[letter.end():], part.point)


def drawn_in(term: Any) -> bool:
    """Whether a term draws paths from a law that is conditioned on nothing, and has no others."""
    parts = list(term.walk())
    return any(isinstance(part, Expect) and part.scope.name.startswith(TRAJECTORY) for part in parts) and not any(
        part.context for part in parts if isinstance(part, Law))


def refuse_law_of_paths(claim: Claim, pos: int, alone: bool = False) -> None:
    r"""Refuse the probability of a trajectory where more is said of it than how it moves with θ, or how two compare.

    It has the laws of the start and of where steps lead as factors, and so has none of its own in \pi_\theta; nor has a
    law of another name anything to do with the steps of a policy. Where no steps are printed, a law that is named as
    no policy is one of whole paths. Where an equation for it stands ``alone``, it is taken for its definition.
    """
    terms = (claim.relation, *claim.assume, *claim.where)
    parts = [part for term in terms for part in term.walk()]
    drawn = [part for part in parts if isinstance(part, (Expect, Sum)) and part.scope.name.startswith(TRAJECTORY)]
    if not drawn and not any(var.name.startswith(TRAJECTORY) for term in terms for var in term.free):
        return
    steps = {part.policy.name for part in parts if isinstance(part, Law)
             and any(isinstance(arg, Prefix) for arg in part.context)}
    if not (steps or drawn):
        return
    whole = {part.law.policy.name for part in parts if is_law_of_path(part)}
    whole |= {part.law.policy.name for part in drawn if isinstance(part, Expect) and isinstance(part.law, Law)}
    if not steps and not any(name.startswith(POLICY) for name in whole):
        return
    if steps and (other := sorted(whole - steps)):
        raise Fault(f"what the law {other[0]} of paths has to do with the policy of their steps is not said: write the "
                    "product that it is", pos)
    summed = any(isinstance(part, Sum) and not frozen(part) for part in drawn)
    if summed or any(is_law_of_path(part) for term in terms for part in rewrite(term, compared).walk()):
        said = ("where a path starts and where its steps lead is left out of its probability here: write "
                r"E_{\tau \sim \pi_\theta}, or all of its factors")
        if alone and claim.relation.op == "=" and is_law_of_path(claim.relation.lhs):
            raise Unfinished("taken as the definition of the law of paths: it claims nothing, and what it stands for "
                             f"is not read: {said}", pos)
        raise Fault(said, pos)


def names_no_policy(side: Basic) -> bool:
    """Whether a side is a probability under a law that is not called a policy."""
    return isinstance(side, Prob) and isinstance(side.law, Law) and not side.law.policy.name.startswith(POLICY)


def is_law_of_path(part: Basic) -> bool:
    """Whether a term is the probability of a trajectory, which is conditioned on nothing."""
    return isinstance(part, Prob) and isinstance(part.law, Law) and not part.law.context and not isinstance(
        part.action, TokenOf)


def frozen(part: Sum) -> bool:
    """Whether a sum over trajectories is a mean, under a law on which derivatives vanish."""
    body = part.scope.body
    first = body.args[0] if isinstance(body, Times) else body
    return isinstance(first, StopGradient) and is_law_of_path(first.args[0])


def compared(part: Basic) -> Basic | None:
    """Anything for the ratio of two probabilities of a path, and for the score of one: these have no other factors."""
    if isinstance(part, Frac) and all(map(is_law_of_path, part.args)):
        return Num(1)
    if isinstance(part, StopGradient) and is_law_of_path(part.args[0]):
        return Num(1)
    scored = isinstance(part, Gradient) and isinstance(part.args[0], Log) and is_law_of_path(part.args[0].args[0])
    return Head("score", shape="vector")() if scored else None
