r"""Change of measure on paths: E_{τ∼μ}[Σ_t x_t Π_{u≤t} π(a_u|s_u)/μ(a_u|s_u)] = E_{τ∼π}[Σ_t x_t], if step t tells x_t.

The ratios of later steps have mean one, whatever the steps before, and those of where steps lead are one. Trusted.
"""

from __future__ import annotations

from typing import Any

from sympy import Basic

from .. import language as lang


def under_other_laws(relation: lang.Relation) -> lang.Relation:
    """A relation in which expectations with ratios up to a step are taken under the law above the line."""
    if not any(isinstance(part, lang.Product) for part in relation.parts):
        return relation
    found: lang.Relation = lang.rewrite(relation, changed)
    return found


def changed(node: Basic) -> Basic | None:
    """An expectation over paths under another law, None where it has no ratios up to a step, or more than these."""
    if not isinstance(node, lang.Expect) or not isinstance(node.law, lang.Law) or node.scope.sort != "action":
        return None
    path, body = node.scope.open()
    if not isinstance(body, lang.Sum) or body.scope.sort != "token" or body.args[1] != lang.NONE:
        return None
    t, summand = body.scope.open(frozenset({path}))
    factors = flat(summand)
    for place, factor in enumerate(factors):
        policy = ratio_up_to(factor, node.law, body.args[0], path, t)
        rest = factors[:place] + factors[place + 1:]
        if policy is not None and all(known_at(one, path, t) for one in rest):
            law = lang.Law(policy, *node.law.context)
            drawn = lang.Prob(step_of(node.law, path, t), lang.TokenOf(path, t))
            inner = lang.times(*rest, lang.Frac(drawn, drawn))  # of what is divided by, something is asked
            over = lang.Sum(body.args[0], lang.NONE, lang.Scope.close(t, inner))
            return lang.Expect(law, lang.Scope.close(path, over))
    return None


def flat(node: Any) -> list[Any]:
    """The factors of a product."""
    return [part for arg in node.args for part in flat(arg)] if isinstance(node, lang.Times) else [node]


def step_of(law: lang.Law, path: lang.Var, t: lang.Var) -> lang.Law:
    """The law of a step of paths."""
    return lang.Law(law.policy, *law.context, lang.Prefix(path, t))


def ratio_up_to(node: Any, drawn: lang.Law, end: Basic, path: lang.Var, t: lang.Var) -> lang.Policy | None:
    """The policy above the line of the ratios of all steps up to one, that one included; None of anything else."""
    if not isinstance(node, lang.Product) or node.args[:2] != (end, lang.NONE) or node.args[2].sort != "token":
        return None
    u, power = node.args[2].open(frozenset({path, t}))
    there = lang.Indicator("≤", lang.Ordinal(u), lang.Ordinal(t))
    ratio = power.args[0] if isinstance(power, lang.Power) and power.args[1] == there else None
    if not isinstance(ratio, lang.Frac) or not all(isinstance(part, lang.Prob) for part in ratio.args):
        return None
    above, below = ratio.args
    if not isinstance(above.law, lang.Law) or lang.Prob(step_of(drawn, path, u), lang.TokenOf(path, u)) != below:
        return None
    policy = above.law.policy
    other = lang.Prob(step_of(lang.Law(policy, *drawn.context), path, u), lang.TokenOf(path, u))
    return policy if above == other else None


def known_at(node: Any, path: lang.Var, t: lang.Var) -> bool:
    """Whether a factor names of a path only its step t: where it is, what is done there, and where that leads."""
    if isinstance(node, (lang.Prefix, lang.TokenOf, lang.After)) and node.args == (path, t):
        return True
    return node != path and all(known_at(arg, path, t) for arg in node.args if isinstance(arg, lang.Term))
