"""Within a product with a mask the same mask is 1: what a term is at padding does not count."""

from __future__ import annotations

from ..algebra.expression import add, exp, multiply, subtract
from ..algebra.nodes import BATCH, MASK, ONE, TOKEN, Expression, leaf, parts
from ..algebra.rebuilt import mapped, rebuilt

MASKED = leaf(MASK, (BATCH, TOKEN))


def within_mask(node: Expression) -> Expression:
    """An expression of the same value and derivatives, in which no factor beside a mask asks for it again."""
    known: dict[Expression, Expression] = {}
    for part in parts(node):
        plain = rebuilt(part, tuple(known[arg] for arg in part.args)) if part.args else part
        known[part] = _alone(plain) if _is_masked(plain) else _exponential(plain)
    return known[node]


def _is_masked(node: Expression) -> bool:
    """Whether a node is a product with the mask."""
    return node is MASKED or node.kind == "multiply" and MASKED in node.args


def _exponential(node: Expression) -> Expression:
    """The exponential of what is 0 at padding, without the mask inside: there it is 1."""
    if node.kind != "exp":
        return node
    terms = node.args[0].args if node.args[0].kind == "add" else node.args
    if not all(map(_is_masked, terms)):
        return node
    return add(ONE, multiply(MASKED, subtract(exp(mapped(node.args[0], _as_counted)), ONE)))


def _alone(product: Expression) -> Expression:
    """A product with the mask, in which its other factors are as at a token that counts."""
    others = [one for one in product.args if one is not MASKED]
    return multiply(MASKED, *(mapped(one, _as_counted) for one in others)) if others else product


def _as_counted(part: Expression) -> Expression | None:
    """1 for the mask; a sum over sequences or tokens stays, for its masks are of others."""
    if part.kind == "sum" and part.data in (BATCH, TOKEN):
        return part
    return ONE if part is MASKED else None
