r"""The largest value over all laws of an objective that decides where it is attained.

E_π[g] − β E_π[log π] with β > 0 is largest at the law in proportion to e^{g/β}, and nowhere else; with β = 0 it is
largest where g is. The penalty β D_KL(π‖q) is of that form, and so is an entropy that is added.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from sympy import Basic

from .arithmetic import Exp, Frac, Indicator, Log, Neg, Node, Num, Plus, Times, plus, scalar, times
from .binders import Bound, Scope, lift, lower
from .derived import Abbreviation, log_chance, means, unfold
from .errors import ScopeError
from .expectation import ALL, NONE, Expect, Sum
from .extremum import Largest
from .policy import Head, Law, Policy
from .shapes import SCALAR, Shape
from .signs import POSITIVE, known_sign
from .terms import Term


class Optimum(Abbreviation):
    """Optimum(π, objective): the largest value of an objective over all laws π, at each context on its own."""

    @classmethod
    def shape_of(cls, *args: Any) -> Shape:
        scalar(args[1], "a maximum over policies")
        if decided(*args) is None:
            raise ScopeError("the objective of this maximum does not say where it is attained")
        return SCALAR


class Summand(NamedTuple):
    """A factor times what it multiplies."""

    factor: Node
    of: Node


@means(Optimum)
def optimum(policy: Policy, objective: Node) -> Node:
    """The value of the objective at the law where it is largest."""
    found = decided(policy, objective)
    assert found is not None
    return found


class Problem(NamedTuple):
    """What is averaged under a ``law``, of a draw of this ``sort``, and what is added that no policy moves."""

    law: Basic
    sort: str
    body: Node
    apart: tuple[Node, ...]


def problem(policy: Policy, objective: Node) -> Problem | None:
    """An objective as the mean of one expression under one law; None for any other."""
    terms = list(linear(unfold(objective), Num(1), policy))
    drawn = [(term.factor, term.of) for term in terms if mentions(term.of, policy)]
    laws = {of.law if isinstance(of, Expect) else None for _, of in drawn}
    law = next(iter(laws), None)
    if law is None or len(laws) > 1 or any(of.scope.sort == "group" for _, of in drawn):
        return None
    body = plus(*(times(lift(factor), of.scope.body) for factor, of in drawn))
    apart = tuple(times(term.factor, term.of) for term in terms if not mentions(term.of, policy))
    return Problem(law, drawn[0][1].scope.sort, body, apart)


def decided(policy: Policy, objective: Node) -> Node | None:
    """The largest value of an objective over all laws that a policy may be; None where it is of no form known here."""
    found = problem(policy, objective)
    if found is None:
        return None
    own = isinstance(found.law, Law) and found.law.policy == policy
    inner = best(policy, found.law, found.body) if own else over(policy, found)
    return None if inner is None else plus(inner, *found.apart)


def maximiser(policy: Policy, objective: Node) -> tuple[tuple[Basic, ...], Scope] | None:
    """Where a policy is at its best: what it is conditioned on, and the probability of each action there.

    None where the objective does not tell, or where that is at several.
    """
    found = problem(policy, objective)
    if found is None:
        return None
    if not isinstance(found.law, Law) or found.law.policy != policy:
        var, body = Scope(found.sort, found.body).open(objective.free)
        apart = over(policy, found) is None
        return None if apart else maximiser(policy, body)
    told = weighed(policy, found.law, found.body)
    return (found.law.context, Scope("action", tilted(told[0], plus(*told[1])))) if told and told[1] else None


def over(policy: Policy, found: Problem) -> Node | None:
    """The mean of the largest values at each draw, which a policy reaches at once as each draw is its whole context."""
    law, sort, body, _ = found
    if mentions(law, policy) or not all(contexts(unfold(body), policy, Bound(0, sort))):
        return None
    inner = decided(policy, body)
    return None if inner is None else Expect(law, Scope(sort, inner))


def contexts(term: Basic, policy: Policy, draw: Bound) -> Iterator[bool]:
    """Of each law of a policy in a term, whether it is given a draw and nothing else."""
    if isinstance(term, Law) and term.policy == policy:
        yield term.context == (draw,)
    inner = Bound(draw.depth + 1, draw.sort) if isinstance(term, Scope) else draw
    for arg in term.args:
        yield from contexts(arg, policy, inner)


def best(policy: Policy, law: Law, body: Node) -> Node | None:
    """The largest value of E_π[body] for the law π, where body is g − β log π of the bound action."""
    told = weighed(policy, law, body)
    if told is None:
        return None
    gain, costs = told
    return at_tilted(gain, plus(*costs)) if costs else Largest(Scope("action", gain))


def weighed(policy: Policy, law: Law, body: Node) -> tuple[Node, list[Node]] | None:
    """g and the terms of β where a body is g − β log π of the bound action, None where it is not."""
    gains, costs = list[Node](), list[Node]()
    for factor, of in linear(body, Num(1), policy):
        if not mentions(of, policy):
            gains.append(times(factor, of))
        elif of == log_chance(law) and (cost := lower(factor)) is not None:
            costs.append(positive(Neg(cost)))
        else:
            return None
    return plus(*gains) if gains else Num(0), costs


def tilted(gain: Node, cost: Node) -> Node:
    """The probability in proportion to e^{g/β} of the bound action; without a value where β is not positive."""
    if known_sign(cost) != POSITIVE:
        cost = Frac(cost, Indicator(">", cost, Num(0)))
    weight = Exp(Frac(gain, lift(cost)))
    return Frac(weight, lift(Sum(ALL, NONE, Scope("action", weight))))


def at_tilted(gain: Node, cost: Node) -> Node:
    """E_p[g − β log p] for the law p in proportion to e^{g/β}."""
    chance = tilted(gain, cost)
    return Sum(ALL, NONE, Scope("action", times(chance, plus(gain, Neg(times(lift(cost), Log(chance)))))))


def positive(term: Node) -> Node:
    """A term without the signs that cancel."""
    twice = isinstance(term, Neg) and isinstance(term.args[0], Neg)
    return positive(term.args[0].args[0]) if twice else term


def linear(term: Node, factor: Node, policy: Policy) -> Iterator[Summand]:
    """The terms of a sum, each with the factors that do not name a policy; log p/q of what is positive is two."""
    if isinstance(term, Plus):
        for part in term.args:
            yield from linear(part, factor, policy)
    elif isinstance(term, Neg):
        yield from linear(term.args[0], Neg(factor), policy)
    elif isinstance(term, Times) and sum(mentions(part, policy) for part in term.args) == 1:
        own = next(part for part in term.args if mentions(part, policy))
        yield from linear(own, times(factor, *(part for part in term.args if part is not own)), policy)
    elif isinstance(term, Frac) and not mentions(term.args[1], policy):
        yield from linear(term.args[0], Frac(factor, term.args[1]), policy)
    elif isinstance(term, Log) and isinstance(term.args[0], Frac) and all(
            known_sign(part) == POSITIVE for part in term.args[0].args):
        yield from linear(Log(term.args[0].args[0]), factor, policy)
        yield from linear(Log(term.args[0].args[1]), Neg(factor), policy)
    else:
        yield Summand(factor, term)


def mentions(term: Basic, policy: Policy) -> bool:
    """Whether a policy stands in a term, or in the name of a function."""
    return isinstance(term, Term) and any(
        part == policy or isinstance(part, Head) and policy.name in part.layout for part in term.walk())
