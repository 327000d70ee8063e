"""Sums of products along dimensions: of vectors, of matrices, and of whatever has dimensions of one axis."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ..algebra.expression import multiply
from ..algebra.nodes import Expression
from ..recording.tape import Argument
from ..unsupported import Unsupported
from .axes import SINGLE, Dimension
from .step import Step, whole

Places = Sequence[int]


def summed(node: Expression, dimensions: tuple[Dimension, ...]) -> Expression:
    """The sum along dimensions."""
    for one in reversed(dimensions):
        node = one.summed(node)
    return node


def contracted(step: Step) -> Expression:
    """A product that names the dimensions along which it sums, and those beside."""
    match step.raw(None, "dimension_numbers"):
        case ((left, right), (beside, other)):
            return along(step, (places(left), places(right)), (places(beside), places(other)))
    raise Unsupported("the dimensions of a product are not told")


def of_matrices(left: int, right: int, beside: Places = ()) -> Callable[[Step], Expression]:
    """The rule of a product of vectors or matrices, by the places that are summed over, and those beside."""
    return lambda step: along(step, ((left,), (right,)), (beside, beside))


def along(step: Step, over: tuple[Places, Places], beside: tuple[Places, Places]) -> Expression:
    """The sum of products along some dimensions, beside others.

    Raises Unsupported where dimensions that meet are not one axis, or others are.
    """
    own, their = step.dimensions(0), step.dimensions(1)
    if any(own[k] != their[n] for ends in (over, beside) for k, n in zip(*ends, strict=True)):
        raise Unsupported("dimensions of different axes are multiplied")
    kept = [*_axes(own, ()), *_axes(their, (*over[1], *beside[1]))]
    if len(set(kept)) < len(kept):
        raise Unsupported("one axis stands on both sides of a product")
    return summed(multiply(step.value(0), step.value(1)), tuple(own[k] for k in over[0]))


def by_letters(step: Step) -> Expression:
    """A product whose dimensions are told by letters: it is summed along those that the result has not.

    Raises Unsupported where two letters are one axis, or a letter stands twice at one factor.
    """
    text = step.raw(0)
    if not isinstance(text, str) or "." in text:
        raise Unsupported("the dimensions of a product are not told by letters")
    before, arrow, after = text.replace(" ", "").partition("->")
    known: dict[str, Dimension] = {}
    for place, letters in enumerate(before.split(","), 1):
        if len(set(letters)) < len(letters):
            raise Unsupported("one place of each of two dimensions is taken")
        for letter, dimension in zip(letters, step.dimensions(place), strict=True):
            if known.setdefault(letter, dimension) not in (dimension, SINGLE) and dimension != SINGLE:
                raise Unsupported("dimensions of different axes are multiplied")
            known[letter] = dimension if known[letter] == SINGLE else known[letter]
    if len({axis for one in known.values() for axis in one.axes}) < sum(len(one.axes) for one in known.values()):
        raise Unsupported("one axis stands on both sides of a product")
    kept = after if arrow else [one for one in known if before.count(one) == 1]
    factors = [step.value(place) for place in range(1, before.count(",") + 2)]
    return summed(multiply(*factors), tuple(one for letter, one in known.items() if letter not in kept))


def _axes(dimensions: tuple[Dimension, ...], without: Places) -> list[str]:
    """The axes of dimensions but those at some places."""
    return [axis for k, one in enumerate(dimensions) if k not in without for axis in one.axes]


def places(argument: Argument) -> Places:
    """The places of dimensions."""
    return tuple(map(whole, argument if isinstance(argument, tuple) else (argument,)))
