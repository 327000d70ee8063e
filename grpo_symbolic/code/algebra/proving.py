"""Whether two losses, or two derivatives, are equal on every batch: a sound procedure that may leave a question open.

Why equal expressions on named axes are what is asked for: a batch of different sequences with negative
log-probabilities is one that some positive policy draws (enough actions, prefixes of their own), and the scores of its
tokens may be linearly independent. So two losses have one gradient in every model just where the coefficients of each
token's log-probability agree on every batch, off the kinks; and values agree in every model just where they do on
batches.

Two normal forms that are one are equal; sums are equal where their bodies are, term by term; and a body is decided in
each cell of its comparisons by itself. Every step keeps equality on all batches but the edges of cells. No number in
floating point takes part.
"""

from __future__ import annotations

from collections.abc import Iterator

from .cells import cells
from .expression import add, multiply
from .nodes import BATCH, TOKEN, Expression
from .normal import normal, vanishes
from .order import Facts

Chain = tuple[str, ...]
ORDER = (BATCH, TOKEN)


def zero(node: Expression, facts: Facts) -> bool:
    """Whether an expression is shown to be 0 on every batch; that it is not shown says nothing.

    Raises Unsupported where there are too many cases to look at.
    """
    return vanishes(normal(node)) or all(
        zero_in_cells(body, facts) for body in by_chain(node).values())


def zero_in_cells(body: Expression, facts: Facts) -> bool:
    """Whether an expression is shown to be 0 in each cell."""
    return vanishes(normal(body)) or all(vanishes(normal(cell.value)) for cell in cells(body, facts))


def by_chain(node: Expression) -> dict[Chain, Expression]:
    """A sum taken apart: for each chain of axes, what is summed over these."""
    found: dict[Chain, list[Expression]] = {}
    for chain, body in opened(node, ()):
        found.setdefault(tuple(sorted(chain, key=ORDER.index)), []).append(body)
    return {chain: add(*bodies) for chain, bodies in found.items()}


def opened(node: Expression, chain: Chain) -> Iterator[tuple[Chain, Expression]]:
    """The terms of an expression, each with the sums around it, factors moved inside."""
    if node.kind == "add":
        for term in node.args:
            yield from opened(term, chain)
        return
    factors = node.args if node.kind == "multiply" else (node,)
    mixed = next((one for one in factors if one.kind == "add" and any(_opens(part, chain) for part in one.args)), None)
    if mixed is not None:
        rest = [one for one in factors if one is not mixed]
        for term in mixed.args:
            yield from opened(multiply(*rest, term), chain)
        return
    whole = next((one for one in factors if _opens(one, chain)), None)
    rest = [one for one in factors if one is not whole]
    if whole is None or any(whole.data in one.axes for one in rest):
        yield chain, node
        return
    yield from opened(multiply(*rest, whole.args[0]), (*chain, whole.data))


def _opens(node: Expression, chain: Chain) -> bool:
    """Whether a term is a sum, or has one as a factor, over an axis that is not open; a count stays one."""
    factors = node.args if node.kind == "multiply" else (node,)
    return any(one.kind == "sum" and one.data in ORDER and one.data not in chain and _varies(one) for one in factors)


def _varies(node: Expression) -> bool:
    """Whether more than masks are summed."""
    return any(one for one in _leaves(node) if one != "m")


def _leaves(node: Expression) -> Iterator[str]:
    waiting, seen = [node], set()
    while waiting:
        part = waiting.pop()
        if part in seen:
            continue
        seen.add(part)
        if part.kind == "leaf":
            yield part.data[0]
        waiting += part.args
