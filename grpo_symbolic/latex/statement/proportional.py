r"""Two values that are proportional, F \propto G: one positive factor, whatever the policy that moves.

Of two policies, then, F(\pi_\theta) G(\pi') = F(\pi') G(\pi_\theta). Where that fails, no factor serves both. That it
holds shows no factor that is positive.
"""

from __future__ import annotations

from sympy import Basic

from ...language import (
    SCALAR,
    App,
    Definition,
    Gradient,
    Hessian,
    Node,
    Parameter,
    Policy,
    Relation,
    StateLaw,
    Step,
    StopGradient,
    expand,
    rewrite,
    times,
)
from ..read_error import Fault

PROPORTION = "proportion"  # the kind of such a link
OTHER = Policy(r"\pi'", "constant")


def crossed(left: Node, right: Node, definitions: tuple[Definition, ...], pos: int) -> Relation:
    """What two proportional values have in common at the moving policy and at another one. Raises Fault."""
    sides = [expand(side, definitions) for side in (left, right)]
    parts = [part for side in sides for part in side.walk()]
    if any(side.shape != SCALAR for side in sides) or any(
            isinstance(part, (Gradient, Hessian, Parameter, Step, StopGradient)) or isinstance(part, App) and
            part.head.theta or isinstance(part, StateLaw) and any(map(moving, part.walk())) for part in parts):
        raise Fault("∝ stands between values of the policy \\pi_\\theta: of anything else, name the factor", pos)
    both = all(any(map(moving, side.walk())) for side in sides)
    if not both or OTHER in parts or any(var.sort == "action" for side in sides for var in side.free):
        raise Fault("∝ stands after the probability of an action, or between values of the policy \\pi_\\theta: of "
                    "anything else, name the factor", pos)
    others = [rewrite(side, lambda part: OTHER if moving(part) else None) for side in sides]
    return Relation("=", times(sides[0], others[1]), times(others[0], sides[1]))


def moving(part: Basic) -> bool:
    """Whether a term is the policy that moves with θ."""
    return isinstance(part, Policy) and part.point == "current"
