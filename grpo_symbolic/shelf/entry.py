"""One statement of a paper: what it says, what is expected of it, and what the checker makes of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from ..cards import statement_card
from ..language import Claim, Definition, LanguageError
from ..language.arguments import seconds

if TYPE_CHECKING:
    from ..checking.verdict import Verdict
    from ..latex.read_error import ReadError
    from ..latex.statement.statement import Statement
    from .argument import Argument


def verdict_as_built(item: Item, budget: float) -> Verdict:
    """The verdict on a statement that is built of terms of the language."""
    from ..checking.check import check_built

    return check_built(lambda: item.statement, budget)


class Refused(LanguageError):
    """A print that cannot be read; ``status`` is the verdict on it."""

    def __init__(self, error: ReadError) -> None:
        super().__init__(error.reason)
        self.status = error.status


def said(read: Statement | ReadError) -> Any:
    """What a text says, a tuple where it is a chain. Raises Refused where it cannot be read."""
    from ..latex.read_error import ReadError

    if isinstance(read, ReadError):
        raise Refused(read)
    found = tuple(link.content for link in read.links)
    return found[0] if len(found) == 1 else found


@dataclass(frozen=True, repr=False)
class Item:
    """One display of a paper in one reading, or one claim, with the verdict on record for it.

    Its sides are terms of the language, which are SymPy expressions: SymPy walks and prints them, and may change none,
    as it knows no bound variables.

    ``topic`` is the id under which a derivation argues for it: that of the display, or of the claim's group.
    ``printed`` is the LaTeX of a display as printed, empty for a claim; ``expect`` is empty where nothing is on record.
    ``argue`` finds the argument of a topic, ``judge`` the verdict; ``under`` is the id of the point that it settles.
    """

    id: str
    topic: str
    number: str
    kind: str
    title: str
    printed: str
    build: Callable[[], Any]
    expect: str
    argue: Callable[[str], Argument]
    judge: Callable[[Item, float], Verdict] = verdict_as_built
    under: str = ""

    @cached_property
    def statement(self) -> Any:
        """What it says. Raises LanguageError where it is ill-formed."""
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
        from ..latex.printing import printer  # noqa: F401  # with it SymPy prints a term

        if not isinstance(self.statement, (Claim, Definition)):
            raise LanguageError("is a single expression or a chain, and has no two sides", self.id)
        return getattr(self.statement, name)

    @cached_property
    def latex(self) -> str:
        """The statement in the paper's notation, of a claim with what it assumes; an ill-formed print as it stands."""
        from ..latex.printing.printer import latex

        try:
            statement = self.statement
        except LanguageError:
            return self.printed
        if isinstance(statement, tuple):
            return r" \implies ".join(map(latex, statement))
        if isinstance(statement, Claim):
            return latex(statement.relation if self.printed else replace(statement, where=()))
        return latex(statement)

    def check(self, budget: float = 2.0) -> Verdict:
        """The verdict, computed now, within ``budget`` seconds."""
        return replace(self.judge(self, seconds(budget, "budget")), id=self.id, latex=self.latex)

    def derivation(self) -> Argument:
        """The argument of the derivation for this item. Raises UnknownItem where it has none."""
        return self.argue(self.topic)

    def __repr__(self) -> str:
        return f"<{self.kind} {self.id}{' ' + self.number if self.number else ''}: {self.title}>"

    def _repr_html_(self) -> str:
        return statement_card(f"{self.title} {self.number}".rstrip(), self.latex)

    def _repr_latex_(self) -> str:
        return f"$\\displaystyle {self.latex}$"
