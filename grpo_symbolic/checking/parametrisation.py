r"""A policy as the softmax of a function of θ that nothing defines: it says what that function is, and claims nothing.

Any positive policy is one, so that no more is true of it elsewhere.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sympy import Basic

from ..language import ALL, NONE, App, Claim, Definition, Frac, Law, Prob, Scope, Sum, Var


def parametrisation(content: Claim | Definition, twice: Collection[Basic] = ()) -> App | None:
    r"""The function of which a text says that a policy is the normalised form, \pi_\theta(a|s) ∝ e^{f_\theta(s,a)}.

    Both move with θ, the function shows all that the probability does, and nothing else is said of it.
    """
    claim = content.claim if isinstance(content, Definition) else content
    if claim is None or claim.relation.op != "=" or claim.order is not None:
        return None
    value, whole = claim.lhs, claim.rhs
    if not isinstance(value, Prob) or not isinstance(value.law, Law) or not isinstance(whole, Frac):
        return None
    shown = {value.action, *value.law.context}
    top = whole.args[0]
    moving = value.law.policy.point == "current" and all(isinstance(one, Var) for one in shown)
    if not moving or whole != normalised(value.action, top):
        return None
    known = {definition.head for definition in claim.where}
    said = {part.head for one in claim.assume for part in one.walk() if isinstance(part, App)}
    return next((part for part in top.walk() if isinstance(part, App) and part.head.theta
                 and part.head not in {*known, *said, *twice} and "\\pi" not in part.head.layout
                 and shown <= set(part.params)), None)


def normalised(action: Any, top: Any) -> Basic:
    """What a function of an action comes to, divided by its sum over all of them."""
    return Frac(top, Sum(ALL, NONE, Scope.close(action, top)))
