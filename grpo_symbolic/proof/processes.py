"""From decision processes to the kernel: values and visited states are sums over any number of steps. Trusted."""

from __future__ import annotations

from sympy import Basic

from .. import kernel as k
from .. import language as lang

SERIES = lang.Const("#z", "positive")  # of which both sides are power series
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


def value(calculus: k.Calculus, policy: lang.Policy, state: k.Term, discount: k.Form, reward: lang.Head,
          steps: k.Poly | None) -> k.Form:
    """V^π(state) = Σ_{y,a} U(y|state) π(a|y) r(y,a), over nodes at which a path of so many ``steps`` has not ended.

    A reward of the state after, too, is that on average: Σ_x P(x|y,a) r(y,a,x).
    """
    y, a, x = calculus.fresh("state"), calculus.fresh("action"), calculus.fresh("state")
    places, names = ((y, a, x), {y: k.STATE, a: k.ACTION, x: k.STATE}) if lang.looks_ahead(reward) else (
        (y, a), {y: k.STATE, a: k.ACTION})
    paid = k.atom(reward.layout, places, "current" if reward.theta else "constant", reward.sign)
    body = calculus.times(visits(calculus, policy, discount, y, state), step(policy, a, y), paid)
    if lang.looks_ahead(reward):
        body = calculus.times(body, transition(x, y, a))
    if steps is not None:
        body = calculus.times(body, calculus.alive(y, k.Value("value", steps), ()))
    return calculus.closed(names, body)


def visited(calculus: k.Calculus, policy: lang.Policy, discount: k.Form, state: k.Term, *first: k.Term) -> k.Form:
    """d^π(state) = (1 − γ) Σ_x ρ_0(x) U(state|x), or (1 − γ) U(state|first) from a first state on."""
    x = calculus.fresh("state")
    found = visits(calculus, policy, discount, state, *first) if first else calculus.closed(
        {x: k.STATE}, calculus.times(start(x), visits(calculus, policy, discount, state, x)))
    return calculus.times(k.number(1) - discount, found)


def probability(calculus: k.Calculus, law: lang.ProcessLaw, state: k.Term, terms: tuple[k.Term, ...],
                discount: k.Form | None) -> k.Form:
    """The probability of a state under a law of a process, conditioned on ``terms``."""
    if isinstance(law, lang.Transition):
        return transition(state, *terms)
    if isinstance(law, lang.Visited) and discount is not None:
        return visited(calculus, law.policy, discount, state, *terms)
    return start(state)


def from_starts(relation: lang.Relation) -> lang.Relation:
    """Where paths are those of a process, means over them of what their first states decide, as means over these."""
    if not any(isinstance(part, (lang.Start, lang.Value, lang.Visited, lang.Transition)) for part in relation.parts):
        return relation
    found: lang.Relation = lang.rewrite(relation, started)
    return found


def started(term: Basic) -> Basic | None:
    """A mean over paths, its terms that name the first state alone as means over that; None for any other term."""
    if not isinstance(term, lang.Expect) or term.scope.sort != "action" or not isinstance(term.law, lang.Law) or \
            term.law.context:
        return None
    path, body = term.scope.open(frozenset(term.free))
    terms = body.args if isinstance(body, lang.Plus) else (body,)
    first, means = lang.Prefix(path, lang.Num(1)), list[lang.Node]()
    state = lang.Var("#s", "state")
    for one in terms:
        stated = lang.rewrite(one, lambda part: state if part == first else None)
        over = lang.Expect(lang.Start(), lang.Scope.close(state, stated)) if first in one.walk() and \
            path not in stated.free else lang.Expect(term.law, lang.Scope.close(path, one))
        means.append(over)
    return lang.plus(*means)


def at_each_step(relation: lang.Relation) -> lang.Relation:
    """An equation for each step t as one of power series: both sides times z^t, and summed over all steps.

    A term of a side is an expectation over paths that names the step, times numbers that do not. Where any other stands
    the equation stays as it is: equal series would not say that the coefficients are.
    """
    free = [var for var in relation.free if var.sort == "token"]
    if len(free) != 1 or relation.op != "=" or not any(
            isinstance(part, lang.Expect) and free[0] in part.free for part in relation.walk()):
        return relation
    try:
        return lang.Relation("=", *(summed(side, free[0]) for side in (relation.lhs, relation.rhs)))
    except lang.LanguageError:
        return relation


def summed(term: lang.Node, t: lang.Var) -> lang.Node:
    """A term for a step as the series of all steps. Raises LanguageError."""
    if term == lang.node(0):
        return term
    if isinstance(term, (lang.Plus, lang.Neg, lang.Gradient, lang.Transpose)):
        return term.with_args(tuple(summed(arg, t) for arg in term.args))
    moving = [arg for arg in term.args if isinstance(arg, lang.Term) and t in arg.free]
    if isinstance(term, lang.Times) and len(moving) == 1:
        return term.with_args(tuple(summed(arg, t) if t in arg.free else arg for arg in term.args))
    if isinstance(term, lang.Frac) and moving == [term.args[0]]:
        return term.with_args((summed(term.args[0], t), term.args[1]))
    if isinstance(term, lang.Expect) and term.scope.sort == "action" and moving == [term.scope]:
        path, body = term.scope.open(frozenset({t}))
        weighted = lang.Power(SERIES, lang.Ordinal(t)) * body
        series = lang.Sum(lang.ENDLESS, lang.NONE, lang.Scope.close(t, weighted))
        return lang.Expect(term.law, lang.Scope.close(path, series))
    raise lang.LanguageError("names a step, beside what is no expectation of it", "this")


def discounts(relation: Basic) -> set[Basic]:
    """The numbers by which a relation discounts."""
    found = (part.args[2 if isinstance(part, lang.Value) else 1] for part in relation.walk()
             if isinstance(part, (lang.Value, lang.Visited)))
    return {part for one in found for part in one.walk() if isinstance(part, lang.Const)}
