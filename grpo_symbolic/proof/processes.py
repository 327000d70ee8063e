"""From decision processes to the kernel: values and visited states are sums over any number of steps. Trusted."""

from __future__ import annotations

from sympy import Basic

from .. import kernel as k
from .. import language as lang

DISCOUNTED = frozenset({k.Hypothesis("Discounted")})


def transition(after: k.Term, state: k.Term, action: k.Term) -> k.Form:
    """P(after|state, action)."""
    return k.Calculus.moves(after, state, action, ())


def start(state: k.Term) -> k.Form:
    """ρ_0(state)."""
    return k.Calculus.rho(state, ())


def step(policy: lang.Policy, action: k.Term, state: k.Term) -> k.Form:
    """π(action|state)."""
    bare = policy.point == lang.CONSTANT and policy.name == r"\pi"
    return k.atom(r"\pi{}" if bare else policy.name, (action, state), policy.point, "law")


def visits(calculus: k.Calculus, policy: lang.Policy, discount: k.Form, end: k.Term, first: k.Term) -> k.Form:
    """Σ_k γ^k times the probability of being in one state k steps after another."""
    ends = k.ends_of(end, first, ())
    return calculus.visits(discount, step(policy, k.ACT, k.HERE), ends).with_used(DISCOUNTED)


def value(calculus: k.Calculus, policy: lang.Policy, state: k.Term, discount: k.Form, reward: lang.Head) -> k.Form:
    """V^π(state) = Σ_{y,a} U(y|state) π(a|y) r(y,a)."""
    y, a = calculus.fresh("state"), calculus.fresh("action")
    paid = k.atom(reward.layout, (y, a), "current" if reward.theta else "constant", reward.sign)
    body = calculus.times(visits(calculus, policy, discount, y, state), step(policy, a, y), paid)
    return calculus.closed({y: k.STATE, a: k.ACTION}, body)


def visited(calculus: k.Calculus, policy: lang.Policy, discount: k.Form, state: k.Term) -> k.Form:
    """d^π(state) = (1 − γ) Σ_x ρ_0(x) U(state|x)."""
    x = calculus.fresh("state")
    found = calculus.closed({x: k.STATE}, calculus.times(start(x), visits(calculus, policy, discount, state, x)))
    return calculus.times(k.number(1) - discount, found)


def probability(calculus: k.Calculus, law: lang.ProcessLaw, state: k.Term, terms: tuple[k.Term, ...],
                discount: k.Form | None) -> k.Form:
    """The probability of a state under a law of a process, conditioned on ``terms``."""
    if isinstance(law, lang.Transition):
        return transition(state, *terms)
    if isinstance(law, lang.Visited) and discount is not None:
        return visited(calculus, law.args[0], discount, state)
    return start(state)


def discounts(relation: Basic) -> set[Basic]:
    """The numbers by which a relation discounts."""
    found = (part.args[2 if isinstance(part, lang.Value) else 1] for part in relation.walk()
             if isinstance(part, (lang.Value, lang.Visited)))
    return {part for one in found for part in one.walk() if isinstance(part, lang.Const)}
