r"""What is proportional: a law to a function of its outcomes, or two values, F \propto G.

Of two values one is the other times one positive factor, whatever the policy that moves: of two policies, then,
F(\pi_\theta) G(\pi') = F(\pi') G(\pi_\theta). Where that fails, no factor serves both. That it holds shows no factor
that is positive.
"""

from __future__ import annotations

from sympy import Basic

from ...language import (
    ALL,
    CONSTANT,
    NONE,
    SCALAR,
    App,
    Definition,
    Frac,
    Gradient,
    Hessian,
    LanguageError,
    Node,
    Parameter,
    Policy,
    Prob,
    Relation,
    Scope,
    StateLaw,
    Step,
    StopGradient,
    Sum,
    Var,
    expand,
    rewrite,
    times,
)
from ..constructs.terms import TermBuilder
from ..notation.priors import POLICY
from ..parsing.surface import Expr, Piece
from ..read_error import Fault, Malformed, Unfinished, reason_of
from .definition import new_law, shown
from .links import refuse_escaped
from .so_far import TextSoFar

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


def proportional(text: TextSoFar, piece: Piece, builder: TermBuilder) -> None:
    """p(a) ∝ f(a), where p is a law: p(a) = f(a)/Σ_b f(b). It defines a law of which nothing is said."""
    (left, right), pos = piece.sides, piece.rels[0][1]
    assert left is not None
    law = text.side(builder, left, pos)
    if not isinstance(law, Prob) or not isinstance(law.action, Var):
        in_proportion(text, law, right, pos, builder)
        return
    if isinstance(law.law, StateLaw):
        raise Fault("∝ after the probability of a state cannot be said: name the factor", pos)
    use = None if text.conditional else new_law(left, "=", builder, text.speaks_of)
    known = text.conditional or law.law.policy.point != "constant" or text.speaks_of(law.law.policy,
                                                                                      left.terms[0][1][0])
    if use is None and not known:
        raise Fault("this law is defined nowhere: write what it is", pos)
    body = text.side(builder, right, pos)
    if use is None and known and names_a_policy(text, law.law.policy):
        raise Unfinished(f"taken for what {shown(law.law.policy.name)} is here, of which other places say nothing: "
                         "it claims nothing", pos)
    try:
        whole = Frac(body, Sum(ALL, NONE, Scope.close(law.action, body)))
        relation = Relation("=", law, whole)
    except LanguageError as error:
        raise Malformed(reason_of(error), pos) from None
    if use is not None:
        text.define(use, [part for part in use.printed if isinstance(part, Var)], whole, builder, "=")
    else:
        text.common[relation] = law.action
        text.note("claim", relation, pos)


def in_proportion(text: TextSoFar, value: Node, right: Expr | None, pos: int, builder: TermBuilder) -> None:
    """F ∝ G for two values of the policy that moves."""
    mine, summed = builder.free, builder.summed
    other = text.side(builder, right, pos)
    refuse_escaped(mine, summed, other)
    refuse_escaped(builder.free, builder.summed, value)
    if text.conditional or text.defines:
        raise Fault("∝ between values cannot be said of a step or in a definition: name the factor", pos)
    text.note(PROPORTION, crossed(value, other, text.environment.definitions, pos), pos)


def names_a_policy(text: TextSoFar, policy: Policy) -> bool:
    """Whether a text that is one proportion gives a policy of which nothing else says what it is."""
    said = any(layout.startswith(f"{policy.name}(") for layout in text.environment.names) or any(
        part == policy for relation in (*text.assumptions()[0], *text.given) for part in relation.walk())
    return policy.name == POLICY and policy.point == CONSTANT and len(text.content.pieces) == 1 and not (
        said or text.conditional or text.defines)
