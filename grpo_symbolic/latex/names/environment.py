"""The definitions made so far, by the layout of what they define."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from sympy import Basic

from ...language import App, Const, Definition, Head, Var, expand, heads, sort_of
from ..kinds.facts import Facts
from ..kinds.numbering import Constraint, fixed
from ..kinds.parameter import THETA, exchanged, swapped
from ..notation.priors import SEQUENCES, TRAJECTORY
from ..spelling.indexed import SIZE

PLACES = re.compile(r"#\d+(?:, ?#\d+)*")


@dataclass(frozen=True)
class Named:
    """A definition, how many of its arguments are printed, whether its body speaks of θ_old.

    ``parameter`` is the letter that its text, or what that uses, prints for θ; ``moving`` says whether what it defines
    depends on it; ``shown`` are the letters that its text prints, ``size`` is the one that it has for the size of the
    group, ``operator`` the symbol of an operator on functions that it defines, ``laws`` are the names of the laws that
    have one in a statement.
    """

    definition: Definition
    printed: int
    old: bool = False
    parameter: str = ""
    moving: bool = False
    shown: frozenset[str] = frozenset()
    size: str = SIZE
    operator: str = ""
    laws: tuple[tuple[str, str], ...] = ()

    @property
    def stem(self) -> str:
        """The name of what is defined, as it is printed, without its arguments."""
        layout = self.head.layout if self.size == SIZE else swapped(self.head.layout, SIZE, self.size)
        return exchanged(layout, self.parameter or THETA).partition("(")[0]

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
    def used(self) -> Iterator[str]:
        """The functions and constants of the body, by their layouts."""
        yield from (head.layout for head in heads(self.definition.rhs))
        yield from (part.name for part in self.definition.rhs.walk() if isinstance(part, Const))

    def unfolding(self, others: tuple[Definition, ...]) -> Named:
        """The same with other definitions written out in its body."""
        body = expand(self.definition.rhs, others)
        if body == self.definition.rhs:
            return self
        written = Definition(self.definition.lhs, body)
        written.hints = self.definition.hints
        return replace(self, definition=written)

    @property
    def hidden(self) -> tuple[str, ...]:
        """The sorts of the arguments that are not printed."""
        return tuple(param.sort for param in self.unprinted)

    @property
    def unprinted(self) -> tuple[Var, ...]:
        """The arguments that are not printed."""
        return tuple(param for param in self.app.params[self.printed:] if isinstance(param, Var))

    @property
    def sequence(self) -> str:
        """The name of the sequence that is not printed, where the definition is for a step t of it."""
        printed, hidden = self.app.params[:self.printed], self.app.params[self.printed:]
        steps = any(sort_of(param) == "token" for param in printed)
        return next((param.name for param in hidden if isinstance(param, Var) and param.sort == "action" and steps
                     and param.name in SEQUENCES - {TRAJECTORY}), "")


def skeleton(layout: str) -> str:
    """A layout without the number of its arguments in brackets: what two uses of one function share."""
    stem, bracket, rest = layout.partition("(")
    return stem + bracket + PLACES.sub("#", rest)


@dataclass(frozen=True)
class Environment:
    """Definitions in order. Immutable: ``with_definition`` gives a new environment.

    ``names`` has them by layout, ``shapes`` layouts by their skeleton, ``stems`` layouts by the name before the
    brackets, ``users`` the first definition that uses a function or constant which none before it defines;
    ``parameters`` are the letters in which the document takes derivatives, ``constraints`` the numbering of the
    families in its definitions, ``sizes`` the letters that it has for the size of a group, ``steps`` the first and the
    last step of its sums over steps, where these all have the same.
    """

    names: Mapping[str, Named] = field(default_factory=dict)
    shapes: Mapping[str, str] = field(default_factory=dict)
    stems: Mapping[str, str] = field(default_factory=dict)
    users: Mapping[str, str] = field(default_factory=dict)
    conditioned: bool = False
    applied: bool = False
    parameters: frozenset[str] = frozenset()
    constraints: frozenset[Constraint] = frozenset()
    sizes: frozenset[str] = frozenset()
    steps: tuple[str, str] | None = None

    def with_definition(self, named: Named, usage: Facts) -> Environment:
        """This environment and one more definition, from a text with these facts on its policies."""
        layout = named.head.layout
        used = dict.fromkeys(named.used, layout)
        stem = {layout[:layout.index("(")]: layout} if "(" in layout else {}
        return Environment({**self.names, layout: named}, {**self.shapes, skeleton(layout): layout},
                           {**self.stems, **stem}, {**used, **self.users},
                           self.conditioned or usage.conditioned, self.applied or usage.applied, self.parameters,
                           self.constraints | fixed(usage.numbering), self.sizes, self.steps)

    def with_names(self, names: Mapping[str, Named]) -> Environment:
        """This environment with these definitions for its own."""
        users: dict[str, str] = {}
        for layout, named in names.items():
            users = {**dict.fromkeys(named.used, layout), **users}
        return replace(self, names=names, shapes={skeleton(layout): layout for layout in names}, users=users,
                       stems={layout.partition("(")[0]: layout for layout in names if "(" in layout})

    def without(self, layouts: Collection[str]) -> Environment:
        """This environment without some definitions, which are written out where others use them. Raises LanguageError
        where that makes these too long."""
        gone = tuple(named.definition for layout, named in self.names.items() if layout in layouts)
        if not gone:
            return self
        return self.with_names({layout: named.unfolding(gone) for layout, named in self.names.items()
                                if layout not in layouts})

    @property
    def definitions(self) -> tuple[Definition, ...]:
        """Every definition, in order."""
        return tuple(named.definition for named in self.names.values())

    @cached_property
    def named(self) -> Mapping[str, Named]:
        """The definitions by the name that is printed."""
        return {named.stem: named for named in self.names.values()}

    @cached_property
    def operators(self) -> frozenset[str]:
        """The operators on functions that are defined: no factors."""
        return frozenset(named.operator for named in self.names.values() if named.operator)

    @cached_property
    def foreign(self) -> bool:
        """Whether another letter than θ is the parameter of a definition."""
        return any(named.parameter not in ("", THETA) for named in self.names.values())

    def laws_of(self, definitions: Iterable[Definition]) -> Iterator[tuple[str, str]]:
        """The names that definitions have for laws that have one in a statement."""
        for one in definitions:
            if one.head is not None:
                yield from self.names[one.head.layout].laws

    def user_of(self, layout: str) -> str | None:
        """The layout of a definition that uses a function or constant of this layout before any definition of it."""
        return None if layout in self.names else self.users.get(layout)

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
