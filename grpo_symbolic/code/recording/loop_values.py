"""The values of a loop over sequences, and sums of them."""

from __future__ import annotations

from dataclasses import dataclass

# What a value is beside those of other turns: a sequence of its own, a number of its own, or the same for all.
ROW, EACH, SHARED = "row", "each", "shared"


@dataclass(frozen=True)
class Terms:
    """A sum of values, each with a factor, and a number."""

    factors: tuple[tuple[int, float], ...]
    rest: float = 0.0

    def plus(self, other: Terms, by: float = 1.0) -> Terms:
        """The sum with a multiple of another one."""
        found = dict(self.factors)
        for one, factor in other.factors:
            found[one] = found.get(one, 0.0) + by * factor
        return Terms(tuple(found.items()), self.rest + by * other.rest)


@dataclass(frozen=True)
class Known:
    """A value: the sequence that it is of, if of one; what it is beside the others; its shape."""

    of: int | None
    kind: str
    shape: tuple[int, ...]


NOTHING = Terms(())
