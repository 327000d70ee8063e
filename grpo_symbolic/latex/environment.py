"""The definitions made so far, by the layout of what they define."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType

from sympy import Basic

from ..language import App, Definition, Head, Var, heads
from .facts import Usage

PLACES = re.compile(r"#\d+(?:, ?#\d+)*")


@dataclass(frozen=True)
class Named:
    """A definition, how many of its arguments are printed, whether its body speaks of θ_old."""

    definition: Definition
    printed: int
    old: bool = False

    @property
    def app(self) -> App:
        """The left side."""
        assert isinstance(self.definition.lhs, App)
        return self.definition.lhs

    @property
    def head(self) -> Head:
        """The function that is defined."""
        return self.app.head

    @property
    def hidden(self) -> tuple[str, ...]:
        """The sorts of the arguments that are not printed."""
        return tuple(param.sort for param in self.app.params[self.printed:] if isinstance(param, Var))


def skeleton(layout: str) -> str:
    """A layout without the number of its arguments: what two uses of one function share."""
    return PLACES.sub("#", layout)


@dataclass(frozen=True)
class Environment:
    """Definitions in order. Immutable: ``with_definition`` gives a new environment."""

    names: Mapping[str, Named] = field(default_factory=lambda: MappingProxyType({}))
    conditioned: bool = False
    applied: bool = False

    def with_definition(self, named: Named, usage: Usage) -> Environment:
        """This environment and one more definition, from a text with these facts on its policies."""
        return Environment(MappingProxyType({**self.names, named.head.layout: named}),
                           self.conditioned or usage.conditioned, self.applied or usage.applied)

    @cached_property
    def shapes(self) -> Mapping[str, str]:
        """From skeletons to layouts."""
        return {skeleton(layout): layout for layout in self.names}

    @cached_property
    def stems(self) -> Mapping[str, str]:
        """From the name before the brackets to the layout of a function that is defined with brackets."""
        return {layout[:layout.index("(")]: layout for layout in self.names if "(" in layout}

    @property
    def definitions(self) -> tuple[Definition, ...]:
        """Every definition, in order."""
        return tuple(named.definition for named in self.names.values())

    def user_of(self, layout: str) -> str | None:
        """The layout of a definition that uses a function of this layout before any definition of it."""
        if layout in self.names:
            return None
        return next((name for name, named in self.names.items()
                     if any(head.layout == layout for head in heads(named.definition.rhs))), None)

    def used_by(self, terms: Iterable[Basic]) -> tuple[Definition, ...]:
        """The definitions that the terms use, and those that these use, in order."""
        if not self.names:
            return ()
        wanted = {head for term in terms for head in heads(term)}
        found = []
        for named in reversed(list(self.names.values())):
            if named.head in wanted:
                found.append(named.definition)
                wanted.update(heads(named.definition.rhs))
        return tuple(reversed(found))
