"""An expression of one token as a term of the language, at an action and a state."""

from __future__ import annotations

from collections.abc import Callable

from ... import language as lang
from ..algebra.nodes import Expression, parts

POLICIES = {"x": lang.Policy(r"\pi"), "o": lang.Policy(r"\pi", lang.OLD),
            "f": lang.Policy(r"\pi_{\text{ref}}", lang.CONSTANT),
            "b": lang.Policy(r"\pi_{\text{rollout}}", lang.CONSTANT)}


class Unsayable(Exception):
    """What the language does not say of one action."""


def said(node: Expression, action: lang.Var, state: lang.Var) -> lang.Node:
    """The term of an expression without sums. Raises Unsayable for any other."""
    known: dict[Expression, lang.Node] = {}
    for part in parts(node):
        known[part] = _said(part, [known[arg] for arg in part.args], action, state)
    return known[node]


def _said(node: Expression, args: list[lang.Node], action: lang.Var, state: lang.Var) -> lang.Node:
    match node.kind:
        case "number":
            return _rational(node.data.numerator, node.data.denominator)
        case "constant":
            return lang.Const(node.data, "positive")
        case "leaf" if node.data[0] in POLICIES:
            return lang.Log(POLICIES[node.data[0]](action, state))
        case "leaf" if node.data[0] == "A":
            return lang.Head("A(#1, #2)")(state, action)
        case "power":
            return lang.Power(args[0], _rational(node.data.numerator, node.data.denominator))
        case "compare":
            return lang.Indicator(node.data, *args)
    rule = RULES.get(node.kind)
    if rule is None:
        raise Unsayable(f"{node.kind} is not said of one action")
    return rule(*args)


def _rational(above: int, below: int) -> lang.Node:
    value = lang.Num(abs(above)) if below == 1 else lang.Frac(lang.Num(abs(above)), lang.Num(below))
    return value if above >= 0 else lang.Neg(value)


RULES: dict[str, Callable[..., lang.Node]] = {
    "add": lang.plus, "multiply": lang.times, "exp": lang.Exp, "log": lang.Log, "max": lang.Max, "min": lang.Min,
    "clip": lang.Clip, "abs": lang.Abs, "stop": lang.StopGradient,
}
