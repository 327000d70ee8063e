r"""What a law is of, drawn in turn: p(x, y) as \mu(x|s) \nu(y|s, x), and p(y|x), p(y), p(x|y) in these.

Whatever order it is drawn in, what holds of all such draws holds of the joint law, by the chain rule.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from itertools import permutations
from typing import NamedTuple

MOST = 6  # that are drawn in turn
# The letters of what is drawn, which no text has; each is a law whatever it is made of.
LETTERS = tuple(letter + "'" * primes for primes in range(1, 5) for letter in (r"\mu", r"\nu"))


class NoJoint(Exception):
    """What says nothing of one joint law, or more than that."""


class Signature(NamedTuple):
    """What a law is of, and what it is given, by the names that these have in all of a text."""

    of: frozenset[str]
    given: frozenset[str]


class Draws(NamedTuple):
    """A joint law: what is drawn, in turn, by which letters, and what all of it is given; ``fresh`` are names for what
    is summed out."""

    order: tuple[str, ...]
    letters: tuple[str, ...]
    context: tuple[str, ...]
    fresh: Mapping[str, str]

    def chance(self, law: Signature, values: Mapping[str, str], scripts: str) -> str:
        """The probability of what a law is of, given what it is given, at values."""
        given = law.given & frozenset(self.order)
        first = 0
        while first < len(self.order) and self.order[first] in given:
            first += 1
        above = self.drawn(first, law.of | given, values, scripts)
        return above if len(given) == first else rf"\frac{{{above}}}{{{self.drawn(first, given, values, scripts)}}}"

    def drawn(self, first: int, names: Set[str], values: Mapping[str, str], scripts: str) -> str:
        """The probability of what is drawn from a place on and has these names, given what is drawn before."""
        places = range(first, 1 + max(place for place, one in enumerate(self.order) if one in names))
        printed = {**values, **{self.order[place]: self.fresh[self.order[place]] for place in places
                                if self.order[place] not in names}}
        sums = "".join(rf"\sum_{{{printed[self.order[place]]}}} " for place in places
                       if self.order[place] not in names)
        factors = (f"{self.letters[place]}{scripts}({printed[self.order[place]]}|"
                   f"{','.join(printed.get(one, one) for one in (*self.context, *self.order[:place]))})"
                   for place in places)
        return rf"\left( {sums}{' '.join(factors)} \right)"


def in_turn(laws: Sequence[Signature], fresh: Mapping[str, str], letters: Iterator[str], constant: str) -> Draws:
    """The draws of a joint law of which all ``laws`` are, in the order in which most of them are of what comes next;
    given what all of them are given, or else a ``constant``. Raises NoJoint where that is too much."""
    of = frozenset().union(*(law.of for law in laws))
    always = frozenset.intersection(*(law.given for law in laws)) - of
    names = sorted(frozenset().union(*(law.of | law.given for law in laws)) - always)
    if len(names) > MOST:
        raise NoJoint
    order = max(permutations(names), key=lambda order: sum(comes_next(law, order, always) for law in laws))
    try:
        return Draws(order, tuple(next(letters) for _ in order), tuple(sorted(always)) or (constant,), fresh)
    except (StopIteration, RuntimeError):
        raise NoJoint from None


def comes_next(law: Signature, order: Sequence[str], always: Set[str]) -> bool:
    """Whether a law is that of what comes next in an order, given all that came before."""
    given, both = law.given - always, (law.given | law.of) - always
    return given == frozenset(order[:len(given)]) and both == frozenset(order[:len(both)])
