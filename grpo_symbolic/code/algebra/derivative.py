"""The derivative of a loss in the live log-probabilities, by the chain rule from the loss down."""

from __future__ import annotations

from .expression import add, compare, multiply, power, sign, subtract
from .nodes import LIVE, ONE, Expression, number, parts
from .rebuilt import mapped, shifted, total


def derivative(loss: Expression, name: str = LIVE) -> Expression:
    """What multiplies the score of a token: ∂loss/∂x at the axes of the live leaf, which are free in it.

    What is stopped, a comparison and a sign have the derivative 0; at a kink it is that of one side.
    """
    received: dict[Expression, list[Expression]] = {loss: [ONE]}
    found: list[Expression] = []
    for node in reversed(parts(loss)):
        if node not in received or not node.live:
            continue
        above = add(*received.pop(node))
        if node.kind == "leaf":
            if node.data[0] == name:
                found.append(_moved_back(above, node))
            continue
        for place, arg in enumerate(node.args):
            if arg.live:
                received.setdefault(arg, []).append(_through(multiply(above, partial(node, place)), node, arg))
    return add(*found)


def _moved_back(above: Expression, node: Expression) -> Expression:
    for axis, by in node.data[1]:
        above = shifted(above, axis, -by)
    return above


def _through(slope: Expression, node: Expression, arg: Expression) -> Expression:
    """What an argument receives: summed over what the slope depends on, and the argument does not."""
    bound = {node.data} if node.kind == "sum" else set()
    for axis in sorted((slope.axes | node.axes) - arg.axes - bound):
        slope = total(axis, slope)
    return slope


def partial(node: Expression, place: int) -> Expression:
    """The derivative of a node in one of its arguments."""
    args = node.args
    match node.kind:
        case "add" | "sum":
            return ONE
        case "multiply":
            return multiply(*(arg for k, arg in enumerate(args) if k != place))
        case "power":
            return multiply(number(node.data), power(args[0], node.data - 1))
        case "exp":
            return node
        case "log":
            return power(args[0], -1)
        case "max" | "min":
            first = compare(">", *(args if node.kind == "max" else reversed(args)))
            return first if place == 0 else subtract(ONE, first)
        case "clip":
            return _clip_partial(args, place)
        case "abs":
            return sign(args[0])
    raise AssertionError(node.kind)


def _clip_partial(args: tuple[Expression, ...], place: int) -> Expression:
    node, low, high = args
    below, above = compare(">", low, node), compare(">", node, high)
    return {0: multiply(subtract(ONE, below), subtract(ONE, above)), 1: below, 2: above}[place]


def unstopped(node: Expression) -> Expression:
    """The same values, nothing held fixed."""
    def rule(part: Expression) -> Expression | None:
        return unstopped(part.args[0]) if part.kind == "stop" else None
    return mapped(node, rule)


