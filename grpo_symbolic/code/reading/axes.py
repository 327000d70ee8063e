"""What the dimensions of a tensor are: each an axis, an axis without its last positions, or several axes as one.

A dimension is told by how long it is in every run, for the runs are of different sizes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import prod

from ..algebra.expression import add, multiply
from ..algebra.nodes import BATCH, ONE, TOKEN, VOCABULARY, Expression, number, size, window
from ..algebra.rebuilt import total
from ..unsupported import Unsupported

AXES = (BATCH, TOKEN, VOCABULARY)
MOST_CUT = 3


@dataclass(frozen=True)
class Segment:
    """An axis without its last ``cut`` positions; of one more, where offsets have their end, too, ``cut`` is −1."""

    axis: str
    cut: int = 0


@dataclass(frozen=True)
class Dimension:
    """Segments as one, the last the fastest; none for a dimension of length 1, which is every axis.

    ``weight`` is 1 at the places that were picked, where a dimension holds some places alone.
    """

    segments: tuple[Segment, ...] = ()
    weight: Expression = ONE

    @property
    def axes(self) -> tuple[str, ...]:
        """The axes, in order."""
        return tuple(segment.axis for segment in self.segments)

    def count(self) -> Expression:
        """How long it is."""
        if self.weight is not ONE:
            return self.summed(ONE)
        return multiply(*(add(size(one.axis), number(-one.cut)) for one in self.segments))

    def summed(self, body: Expression) -> Expression:
        """The sum along it."""
        body = multiply(self.weight, body)
        for one in reversed(self.segments):
            body = total(one.axis, multiply(window(one.axis, 0, one.cut), body))
        return body


SINGLE = Dimension()
Lengths = tuple[int, ...]


class Dimensions:
    """Which dimension a length is, told by the sizes of the axes in every run."""

    def __init__(self, sizes: Sequence[Mapping[str, int]]) -> None:
        self._known: dict[Lengths, Dimension] = {(1,) * len(sizes): SINGLE}
        axes = [axis for axis in AXES if all(axis in run for run in sizes)]
        if BATCH in axes:
            self._note(tuple(run[BATCH] + 1 for run in sizes), Dimension((Segment(BATCH, -1),)))
        for cut in range(MOST_CUT + 1):
            for axis in axes:
                self._note(tuple(run[axis] - cut for run in sizes), Dimension((Segment(axis, cut),)))
        for count in range(2, len(axes) + 1):
            for some in combinations(axes, count):
                lengths = tuple(prod(run[axis] for axis in some) for run in sizes)
                self._note(lengths, Dimension(tuple(map(Segment, some))))

    def _note(self, lengths: Lengths, dimension: Dimension) -> None:
        self._known.setdefault(lengths, dimension)

    def pick(self, lengths: Lengths, dimension: Dimension) -> None:
        """Know a dimension of picked places by its lengths."""
        self._note(lengths, dimension)

    def of(self, shapes: Sequence[tuple[int, ...]]) -> tuple[Dimension, ...]:
        """The dimensions of a tensor that has these shapes in the runs.

        Raises Unsupported where a length is that of no axis, or one axis stands twice.
        """
        if len({len(shape) for shape in shapes}) > 1:
            raise Unsupported("a tensor has more dimensions in one run than in another")
        found = tuple(self._one(lengths) for lengths in zip(*shapes, strict=True))
        named = [axis for one in found for axis in one.axes]
        if len(set(named)) < len(named):
            raise Unsupported("two dimensions of a tensor are one axis: one number a sequence in a row meets one in a "
                              "column, or every token every other one")
        return found

    def _one(self, lengths: Lengths) -> Dimension:
        found = self._known.get(lengths)
        if found is None:
            raise Unsupported(f"a dimension of length {', '.join(map(str, lengths))} in the runs is no axis")
        return found


def flat(dimensions: Iterable[Dimension]) -> tuple[Segment, ...]:
    """The segments of all dimensions in order."""
    return tuple(segment for one in dimensions for segment in one.segments)
