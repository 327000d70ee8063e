"""What derivatives in θ, evaluation at θ_old, the step and stop-gradients mean."""

from __future__ import annotations

from functools import reduce

from ...language import AtOld, Gradient, Hessian, Parameter, Step, StopGradient, Taylor
from ..model import jets
from ..model.jets import Jet
from .evaluator import Context, Evaluator, Rows, Unevaluable, each, rule

MOST_ORDERS = 10


def raised(ctx: Context, by: int) -> Context:
    """The context for a jet of a higher order."""
    if ctx.order + by > MOST_ORDERS:
        raise Unevaluable(f"a derivative of order {ctx.order + by} is out of range")
    return ctx._replace(order=ctx.order + by)


@rule(Gradient)
def gradient(at: Evaluator, node: Gradient, ctx: Context) -> Rows:
    """First coefficients of the jet of one order more."""
    body = at.scalar(node.args[0], raised(ctx, 1))
    return tuple((body.derivative(i),) for i in range(at.model.sizes.directions))


@rule(Hessian)
def hessian(at: Evaluator, node: Hessian, ctx: Context) -> Rows:
    """Second derivatives of the jet of two orders more."""
    body = at.scalar(node.args[0], raised(ctx, 2))
    directions = range(at.model.sizes.directions)
    return tuple(tuple(body.derivative(i).derivative(j) for j in directions) for i in directions)


@rule(Step)
def step(at: Evaluator, _node: Step, ctx: Context) -> Rows:
    """θ − θ_old."""
    return tuple((component,) for component in at.model.step(ctx.old, ctx.order))


@rule(Parameter)
def parameter(at: Evaluator, node: Parameter, ctx: Context) -> Rows:
    """θ or θ_old."""
    start = [jets.constant(component) for component in at.model.start()]
    if str(node.args[0]) == "current":
        start = [here + moved for here, moved in zip(start, at.model.step(ctx.old, ctx.order), strict=True)]
    return tuple((component,) for component in start)


@rule(AtOld)
def at_old(at: Evaluator, node: AtOld, ctx: Context) -> Rows:
    """The value at θ_old, a constant there."""
    return at.value(node.args[0], ctx._replace(order=0, old=True))


@rule(StopGradient)
def stop_gradient(at: Evaluator, node: StopGradient, ctx: Context) -> Rows:
    """The value at θ, a constant there."""
    return at.value(node.args[0], ctx._replace(order=0))


@rule(Taylor)
def taylor(at: Evaluator, node: Taylor, ctx: Context) -> Rows:
    """The coefficients at θ_old times powers of Δθ."""
    order = int(node.args[1].value)
    steps = at.model.step(ctx.old, ctx.order)

    def polynomial(jet: Jet) -> Jet:
        terms = [reduce(lambda left, i: left.times(steps[i], ctx.order), monomial, jets.constant(term))
                 for monomial, term in jet.terms.items()]
        return reduce(Jet.__add__, terms)
    return each(polynomial, at.value(node.args[0], raised(ctx._replace(order=0, old=True), order)))
