r"""Texts that print the parameter after a step, \theta + \Delta\theta: that is read as θ, and \theta as θ_old."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ..notation.vocabulary import OLD_WORDS
from ..parsing.surface import Content, Expr, Item, seen_in
from ..spelling.indexed import every, printed, settle
from .parameter import DIFFERENCE, THETA, differentiated


def takes_a_step(contents: Sequence[Content]) -> bool:
    """Whether texts print the parameter after a step, in scripts and brackets only, and take no derivative."""
    if not any(DIFFERENCE in printed(content).values for content in contents):
        return False
    sums, inner = ([side for content in contents for side in sides(content, within) if is_sum(side)]
                   for within in (False, True))
    if not sums or len(sums) > len(inner):
        return False
    items = [item for content in contents for item in every(content)]
    derives = any(differentiated(items)) or any(item.kind == "fn" and item.value == "nabla" for item in items)
    return not derives and all(item.sub is None for content in contents for item in thetas(content))


def take_step(content: Content) -> None:
    """Call the parameter after the step θ, and that before it θ_old."""
    after = [found for found in sides(content) if is_sum(found)]
    kept = {id(found.terms[0][1][0]) for found in after}
    before = [item for item in thetas(content) if id(item) not in kept]
    for found in after:
        del found.terms[1:]
    for item in before:
        item.sub = Item("text", min(OLD_WORDS, key=len), item.pos, item.end)
    settle(content)


def sides(content: Content, within: bool = False) -> Iterator[Expr]:
    """The sides of a text at any depth; with ``within`` only those in scripts, arguments and brackets."""
    waiting: list[Content] = [] if within else [content]
    waiting += [part for item in every(content) for part in parts(item)]
    yield from (side for one in waiting for piece in one.pieces for side in piece.sides if side is not None)


def parts(item: Item) -> Iterator[Content]:
    """What stands in the scripts, the arguments and the bracket of an item."""
    yield from (seen_in(part) for part in (*item.args, item.sub, item.sup) if part is not None)
    if item.body is not None:
        yield item.body


def is_sum(side: Expr) -> bool:
    r"""Whether a side is \theta + \Delta\theta."""
    signs = [sign for sign, _, _ in side.terms]
    values = [[item.value for item in items if item.plain] for _, items, _ in side.terms]
    return signs == ["", "+"] and values == [[THETA], [DIFFERENCE, THETA]]


def thetas(content: Content) -> Iterable[Item]:
    """The parameter wherever it is printed, steps of it apart."""
    steps = {id(items[k + 1]) for side in sides(content) for _, items, _ in side.terms
             for k, item in enumerate(items[:-1]) if item.value == DIFFERENCE}
    return [item for item in every(content) if item.kind == "sym" and item.value == THETA and id(item) not in steps]
