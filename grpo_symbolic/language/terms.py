"""Terms: immutable SymPy nodes that know their free variables and refuse what knows no binders."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property, lru_cache
from typing import Any, Self

from sympy import Basic
from sympy.core.symbol import Str

from .errors import ScopeError, ShapeError


def text(name: Any) -> str:
    """A name as a string; ``str`` of a Str would start SymPy's printer."""
    return name.name if isinstance(name, Str) else str(name)


def symbol(name: Any) -> Str:
    """A name as a node."""
    return name if isinstance(name, Str) else _named(str(name))


@lru_cache(maxsize=4096)
def _named(name: str) -> Str:
    """One node for a name, whose hash is worked out once."""
    return Str(name)


class Term(Basic):
    """Anything with variables in it: expressions, policies, laws, action terms.

    ``free`` holds the free variables, ``loose`` one more than the largest unbound de Bruijn index. ``core`` says that
    no abbreviation stands in it, ``size`` counts its nodes, one that is shared as often as it stands.
    Hints (the printed name of a bound variable, a notation variant) never take part in equality.
    """

    free: frozenset[Any] = frozenset()
    loose: int = 0
    core: bool = True
    size: int = 1
    hints: dict[str, str]

    def __new__(cls, *args: Basic) -> Self:
        self: Self = Basic.__new__(cls, *args)
        self._scan(args)
        return self

    def _scan(self, args: tuple[Basic, ...]) -> None:
        free: frozenset[Any] = frozenset()
        loose, core, size = 0, type(self).core, 1
        for arg in args:
            if isinstance(arg, Term):
                if arg.free is not free and arg.free:
                    free = free | arg.free if free else arg.free
                if arg.loose > loose:
                    loose = arg.loose
                core = core and arg.core
                size += arg.size
        self.free, self.loose, self.core, self.size, self.hints = free, loose, core, size, {}

    def with_args(self, args: tuple[Basic, ...]) -> Self:
        """The same node over other children, its hints kept; every check is run again."""
        node = self.func(*args)
        node.hints = self.hints
        return node

    def bound(self, args: tuple[Basic, ...], free: frozenset[Any], loose: int) -> Self:
        """The same node over children in which variables are bound, its hints kept.

        A variable and its bound index are of one sort, so that shape and size stay, and no check need be run again.
        """
        node = Basic.__new__(type(self), *args)
        node.free, node.loose, node.core, node.size, node.hints = free, loose, self.core, self.size, self.hints
        return node

    def hinted(self, **hints: str) -> Self:
        """The same node with notation hints added; equal to the node without them."""
        node = self.func(*self.args)
        node.hints = {**self.hints, **hints}
        return node

    @property
    def free_symbols(self) -> set[Basic]:
        return set(self.free)

    def diff(self, *_args: Any, **_kwargs: Any) -> Any:
        """Refused: SymPy's derivative of a node is a silent zero; use ``Gradient``."""
        raise ShapeError("an expression with binders is differentiated by Gradient, not by diff")

    def _eval_derivative(self, _symbol: Basic) -> Basic:
        return self.diff()

    def _eval_subs(self, _old: Basic, _new: Basic) -> Basic:
        raise ScopeError("an expression with binders is substituted by substitute, not by subs")

    def xreplace(self, *_args: Any, **_kwargs: Any) -> Any:
        """Refused: SymPy's replacement knows no binders; use ``substitute``."""
        raise ScopeError("an expression with binders is substituted by substitute, not by xreplace")

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(map(str, self.args))})"

    def __str__(self) -> str:
        return repr(self)

    def _sympystr(self, _printer: Any) -> str:
        return repr(self)

    def walk(self, naming: Basic | None = None) -> Iterator[Basic]:
        """Every subterm, the term itself first; of those inside only such as name a variable, where one is given."""
        return iter(self.parts) if naming is None else self._naming(naming)

    def _naming(self, naming: Basic) -> Iterator[Basic]:
        waiting: list[Term] = [self]
        while waiting:
            part = waiting.pop()
            yield part
            if part.size > 1:
                waiting += [arg for arg in reversed(part.args) if isinstance(arg, Term) and naming in arg.free]

    @cached_property
    def parts(self) -> tuple[Basic, ...]:
        """Every subterm, the term itself first."""
        found: list[Basic] = []
        waiting: list[Term] = [self]
        while waiting:
            part = waiting.pop()
            found.append(part)
            if part.size > 1:
                waiting += [arg for arg in reversed(part.args) if isinstance(arg, Term)]
        return tuple(found)


def rewrite(term: Any, rule: Callable[[Basic], Basic | None]) -> Any:
    """Rebuild ``term`` from the leaves up, each subterm replaced by ``rule`` of it where that is not None.

    The rule meets bound variables as de Bruijn indices and must not move a loose index across a Scope.
    """
    if not isinstance(term, Term):
        return term
    args = tuple(rewrite(arg, rule) for arg in term.args)
    node = term if all(new is old for new, old in zip(args, term.args, strict=True)) else term.with_args(args)
    found = rule(node)
    return node if found is None else found
