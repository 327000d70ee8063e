"""What stands behind the symbols of a display: the symbols that their definitions use, in other displays too."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from typing import TypeAlias

from ..names.defining import Name, target_of, uses_of
from ..notation.profiles import Profile
from ..parsing.parser import parse
from ..read_error import Fault

Chain: TypeAlias = tuple[Name, tuple[Name, ...]]


class Behind:
    """The chains by which texts define symbols; ``places`` has the texts that would define each name."""

    def __init__(self, texts: Sequence[str], places: Mapping[str, Sequence[int]], profile: Profile) -> None:
        self.texts, self.places, self.profile = texts, places, profile
        self.known: dict[int, tuple[Chain, ...]] = {}

    def names(self, names: Sequence[Name], claiming: Container[int]) -> tuple[Name, ...]:
        """What the definitions of names use, and those of that; none of texts that are ``claiming`` something."""
        found, waiting = dict[Name, None](), list(names)
        while waiting:
            for one in self.used(waiting.pop(), claiming):
                if one not in found:
                    found[one] = None
                    waiting.append(one)
        return tuple(found)

    def used(self, name: Name, claiming: Container[int]) -> tuple[Name, ...]:
        """What the first definition of a name uses."""
        chains = (chain for place in self.places.get(name.name, ()) if place not in claiming
                  for chain in self.chains(place))
        return next((used for target, used in chains if name.is_target(target) or name.may_be(target)), ())

    def chains(self, place: int) -> tuple[Chain, ...]:
        """What each chain of a text would define, and what it uses; none of a text that cannot be parsed."""
        if place not in self.known:
            try:
                pieces = parse(self.texts[place], self.profile)[0].pieces
                self.known[place] = tuple((target.name, uses_of(piece)) for piece in pieces
                                          if (target := target_of(piece)) is not None)
            except (Fault, RecursionError):
                self.known[place] = ()
        return self.known[place]
