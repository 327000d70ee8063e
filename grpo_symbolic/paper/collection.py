"""The paper as a collection of items: each display as printed, and as meant where that differs."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from ..language import Claim, Definition, LanguageError
from .displays import DISPLAYS, Display

if TYPE_CHECKING:
    from ..checker import Verdict
    from .script import Argument

AS_MEANT = "-as-meant"


class UnknownItem(KeyError):
    """No item of that name; the message names those that come close."""

    def __str__(self) -> str:
        return str(self.args[0])


@dataclass(frozen=True)
class Item:
    """One display of the paper in one reading, with the verdict on record for it."""

    id: str
    display: Display
    build: Callable[[], Any]
    expect: str

    @cached_property
    def statement(self) -> Any:
        """What the display says. Raises LanguageError where it is ill-formed."""
        return self.build()

    @property
    def lhs(self) -> Any:
        """The left side, a SymPy expression."""
        return self._side("lhs")

    @property
    def rhs(self) -> Any:
        """The right side, a SymPy expression."""
        return self._side("rhs")

    def _side(self, name: str) -> Any:
        if not isinstance(self.statement, (Claim, Definition)):
            raise LanguageError("is a single expression or a chain, and has no two sides", self.id)
        return getattr(self.statement, name)

    @property
    def title(self) -> str:
        return self.display.title + (", as meant" if self.id.endswith(AS_MEANT) else "")

    @property
    def number(self) -> str:
        return f"({self.display.number})" if self.display.number else ""

    @cached_property
    def latex(self) -> str:
        """The statement in the paper's notation; the print itself where that is ill-formed."""
        from ..latex.printer import latex

        try:
            statement = self.statement
        except LanguageError:
            return self.display.latex
        if isinstance(statement, tuple):
            return r" \implies ".join(map(latex, statement))
        return latex(statement.relation if isinstance(statement, Claim) else statement)

    def check(self) -> Verdict:
        """The verdict, computed now."""
        from dataclasses import replace

        from ..checker import check_built

        return replace(check_built(self.build), id=self.id, latex=self.latex)

    def derivation(self) -> Argument:
        """The argument of the derivation script for this display. Raises UnknownItem where it has none."""
        return argument_of(self.display.id)

    def _repr_latex_(self) -> str:
        return f"$\\displaystyle {self.latex}$"


def items() -> Iterator[Item]:
    """Every item, in the paper's order."""
    for display in DISPLAYS:
        yield Item(display.id, display, display.build, display.expect[0])
        if display.meant is not None:
            yield Item(display.id + AS_MEANT, display, display.meant, display.expect[1])


def item(name: str) -> Item:
    """The item of that id. Raises UnknownItem."""
    found = {one.id: one for one in items()}
    if name not in found:
        raise UnknownItem(f"no item {name!r} in the paper; `list` shows what there is")
    return found[name]


def scripts() -> dict[str, str]:
    """The modules of derivation scripts by the display that they derive."""
    from .. import derivations

    found = {}
    for module in pkgutil.iter_modules(derivations.__path__):
        head = module.name.partition("_")[0]
        found[head if head.startswith("eq") else module.name.replace("_", "-")] = module.name
    return found


def argument_of(display_id: str) -> Argument:
    """The argument of a derivation script. Raises UnknownItem."""
    found = scripts()
    name = display_id.removesuffix(AS_MEANT)
    if name not in found:
        raise UnknownItem(f"no derivation {display_id!r}; there are: {', '.join(sorted(found))}")
    try:
        script: Argument = importlib.import_module(f"grpo_symbolic.derivations.{found[name]}").script
    except Exception as fault:
        # a reader's own script: whatever it raises is said in a line
        raise UnknownItem(f"the script {found[name]}.py fails: {type(fault).__name__}: {fault}") from fault
    return script
