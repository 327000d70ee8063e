"""What is recorded of an objective: its definition, and what is claimed of it; every verdict is computed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from ..latex.notation.profiles import PAPER, Profile

if TYPE_CHECKING:
    from ..checking.verdict import Verdict

BUDGET = 10.0
KINDS = {
    "gradient": "its gradient, a coefficient times the score",
    "old": "at θ = θ_old",
    "equals": "which objective it equals, and when",
    "property": "what else is true of it, or false",
}


@dataclass(frozen=True)
class Fact:
    """A claim on an objective. ``kind`` is one of KINDS, ``expect`` the verdict on record.

    ``statement`` is LaTeX in the notation of the objective's paper, or builds a claim of the language; ``where`` adds
    definitions to those of the objective.
    """

    id: str
    kind: str
    sentence: str
    statement: str | Callable[[], Any]
    where: tuple[str, ...] = ()
    assume: tuple[str, ...] = ()
    expect: str = "proved"


@dataclass(frozen=True)
class Objective:
    """An objective of the field: its definitions in its own paper's notation, the objective itself last.

    ``let`` declares what they leave open, such as advantages that may be any numbers.
    """

    id: str
    name: str
    source: str
    definitions: tuple[str, ...]
    facts: tuple[Fact, ...]
    notation: Profile = PAPER
    note: str = ""
    let: tuple[str, ...] = ()

    def read(self, fact: Fact) -> Any:
        """The statement of a fact. Raises ReadError."""
        from ..latex.statement.reader import read_statement

        assert isinstance(fact.statement, str)
        return read_statement(fact.statement, (*self.definitions, *fact.where), fact.assume, profile=self.notation,
                              let=self.let)

    def check(self, fact: Fact, budget: float = BUDGET) -> Verdict:
        """The verdict on a fact, computed now."""
        from ..checking.check import check
        from ..checking.texts import verdict_on
        from ..latex.read_error import ReadError

        name = f"{self.id}/{fact.id}"
        if not isinstance(fact.statement, str):
            return replace(check(fact.statement(), budget), id=name)
        try:
            return verdict_on(self.read(fact), name, budget)
        except ReadError as error:
            return verdict_on(error, name, budget)

    def printed(self, notation: str | Profile | None = None) -> list[str]:
        """The definitions, as the printer writes them in the notation of the paper, or in another."""
        from ..latex.printing.printer import latex
        from ..latex.statement.reader import read_statement

        last = len(self.definitions) - 1
        read = [read_statement(text, self.definitions[:place], profile=self.notation)
                for place, text in enumerate(self.definitions[:last + 1])]
        return [latex(link.content, notation or self.notation) for one in read for link in one.links]

    def latex_of(self, fact: Fact) -> str:
        """A fact as the printer writes it in the notation of the paper."""
        from ..latex.printing.printer import latex

        if not isinstance(fact.statement, str):
            return latex(fact.statement().relation, self.notation)
        return latex(self.read(fact).links[-1].content.relation, self.notation)
