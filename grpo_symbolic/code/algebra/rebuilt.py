"""Expressions rebuilt: over other arguments, at other positions, and summed over an axis."""

from __future__ import annotations

from collections.abc import Callable

from .expression import absolute, add, clip, compare, exp, log, maximum, minimum, multiply, power, sign, stop
from .nodes import BATCH, TOKEN, Expression, made, parts, size, walked


def total(axis: str, body: Expression) -> Expression:
    """The sum over an axis; what does not depend on the axis stands before it."""
    if axis not in body.axes:
        return multiply(size(axis), body)
    if axis == TOKEN and body.kind == "sum" and body.data == BATCH:
        return total(BATCH, total(TOKEN, body.args[0]))
    if axis == TOKEN and (by := _common_shift(body)):
        return total(axis, shifted(body, axis, -by))
    if body.kind == "add" and any(axis not in part.axes for part in body.args):
        return add(*(total(axis, part) for part in body.args))
    if body.kind == "multiply":
        inside = [part for part in body.args if axis in part.axes]
        if len(inside) < len(body.args):
            return multiply(*(part for part in body.args if axis not in part.axes), total(axis, multiply(*inside)))
    return made("sum", (body,), axis, body.axes - {axis})


def _common_shift(body: Expression) -> int:
    """By how much all that has a token in a body is moved along; 0 where that is not one number."""
    moved = {by for part in parts(body) if part.kind == "leaf" and TOKEN in part.axes
             for axis, by in part.data[1] if axis == TOKEN}
    return moved.pop() if len(moved) == 1 else 0
REBUILT: dict[str, Callable[..., Expression]] = {
    "add": add, "multiply": multiply, "exp": exp, "log": log, "max": maximum, "min": minimum, "clip": clip,
    "abs": absolute, "sign": sign, "stop": stop,
}


def rebuilt(node: Expression, args: tuple[Expression, ...]) -> Expression:
    """The same over other arguments."""
    if all(new is old for new, old in zip(args, node.args, strict=True)):
        return node
    if node.kind == "power":
        return power(args[0], node.data)
    if node.kind == "compare":
        return compare(node.data, *args)
    if node.kind == "sum":
        return total(node.data, args[0])
    return REBUILT[node.kind](*args)


def mapped(node: Expression, rule: Callable[[Expression], Expression | None]) -> Expression:
    """``node`` with every part for which the rule has something replaced by that, outermost first."""
    known: dict[Expression, Expression] = {}
    for part, done in walked(node, lambda part: rule(part) is not None):
        if done:
            found = rule(part)
            known[part] = rebuilt(part, tuple(known[arg] for arg in part.args)) if found is None else found
    return known[node]


def shifted(node: Expression, axis: str, by: int) -> Expression:
    """What an expression is ``by`` positions further along an axis that is free in it."""
    if not by:
        return node

    def rule(part: Expression) -> Expression | None:
        if axis not in part.axes:
            return part
        if part.kind == "leaf":
            name, places = part.data
            moved = tuple((one, at + by if one == axis else at) for one, at in places)
            return made("leaf", data=(name, moved), axes=part.axes)
        if part.kind == "window":
            _, first, last = part.data
            return made("window", data=(axis, first - by, last + by), axes=part.axes)
        return None
    return mapped(node, rule)
