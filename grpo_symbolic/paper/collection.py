"""The paper as a collection of items: each display as printed, as meant where that differs, and each claim.

Beside them stand the theorems that scripts derive and the paper takes from textbooks.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from ..cards import statement_card
from ..language import Claim, Definition, LanguageError, Misused
from ..language.arguments import seconds
from .displays import DISPLAYS, Display

if TYPE_CHECKING:
    from ..checking.verdict import Verdict
    from .script import Argument

AS_MEANT = "-as-meant"
NUMBERED = ("eq", "claim", "repair")
TEXTBOOK = ("policy-gradient", "discounted-policy-gradient", "performance-difference", "trajectory-ratio",
            "potential-shaping", "gae", "kl-of-sequences")


class UnknownItem(LanguageError, KeyError):
    """No item of that name; the message names those that come close."""


@dataclass(frozen=True, repr=False)
class Item:
    """One display of the paper in one reading, or one claim, with the verdict on record for it.

    Its sides are terms of the language, which are SymPy expressions: SymPy walks and prints them, and may change none,
    as it knows no bound variables.

    ``topic`` is the id under which a script argues for it: that of the display, or of the claim's group. ``printed`` is
    the LaTeX of a display as printed, empty for a claim.
    """

    id: str
    topic: str
    number: str
    kind: str
    title: str
    printed: str
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
        from ..checking.check import check_built

        return replace(check_built(lambda: self.statement, seconds(budget, "budget")), id=self.id, latex=self.latex)

    def derivation(self) -> Argument:
        """The argument of the derivation script for this item. Raises UnknownItem where it has none."""
        return argument_of(self.topic)

    def __repr__(self) -> str:
        return f"<{self.kind} {self.id}{' ' + self.number if self.number else ''}: {self.title}>"

    def _repr_html_(self) -> str:
        return statement_card(f"{self.title} {self.number}".rstrip(), self.latex)

    def _repr_latex_(self) -> str:
        return f"$\\displaystyle {self.latex}$"


def items() -> Iterator[Item]:
    """Every item, in the paper's order: the displays, then the claims."""
    yield from displayed()
    yield from claimed()


def displayed() -> Iterator[Item]:
    """Every display, as printed, and as meant where that differs."""
    for display in DISPLAYS:
        number = f"({display.number})" if display.number else ""
        common = display.id, number, display.kind
        yield Item(display.id, *common, display.title, display.latex, display.build, display.expect[0])
        if display.meant is not None:
            yield Item(display.id + AS_MEANT, *common, f"{display.title}, as meant", display.latex, display.meant,
                       display.expect[1])


def display_claims() -> Iterator[tuple[str, Claim]]:
    """What the displays claim; a definition of something built in claims that it agrees with that."""
    for one in displayed():
        with suppress(LanguageError):
            said = one.statement.claim if isinstance(one.statement, Definition) else one.statement
            if isinstance(said, Claim):
                yield one.id, said


def lemmas() -> Iterator[tuple[str, str, Claim]]:
    """What the scripts derive besides the displays: the topic of the script, the id, the claim."""
    ids = {display.id for display in DISPLAYS}
    for name in scripts():
        argument = argument_of(name)
        for derivation in argument.derivations:
            if derivation.id not in ids:
                yield argument.id, derivation.id, derivation.claim


def claimed() -> Iterator[Item]:
    """Every claim, point by point."""
    from .claims import GROUPS

    for group in GROUPS:
        for claim in group.claims:
            yield Item(claim.id, group.id, group.number, "claim", claim.sentence, "", claim.build, claim.expect)


def theorems() -> Iterator[Item]:
    """What is derived of sequences and processes, each derivation an item."""
    for topic in TEXTBOOK:
        for one in loaded(topic).derivations:
            yield Item(one.id, topic, "", "theorem", one.remark, "", partial(getattr, one, "claim"), "proved")


def item(name: str) -> Item:
    """The item of that id. Raises UnknownItem, and Misused for what is no name."""
    if not isinstance(name, str):
        raise Misused(f"an item is found by its name, such as paper['eq09'], not by {name!r}")
    found = {one.id: one for one in items()}
    if name not in found:
        found |= {one.id: one for one in theorems()}
    if name not in found:
        raise UnknownItem(f"no item {name!r} in the paper; {closest(name, found) or '`list` shows what there is'}")
    return found[name]


def closest(name: str, known: Iterable[str]) -> str:
    """A question after the names that come close to one that is not known; empty where none does."""
    near = get_close_matches(name.lower(), sorted(known), cutoff=0.7)
    return f"did you mean {' or '.join(near)}?" if near else ""


def display_of(name: str) -> Display:
    """The display that an item is a reading of. Raises UnknownItem."""
    topic = item(name).topic
    for display in DISPLAYS:
        if display.id == topic:
            return display
    raise UnknownItem(f"{name} is no display: only displays stand in print")


def scripts() -> dict[str, str]:
    """The modules of derivation scripts by the display, or the group of claims, that they argue for."""
    from .. import derivations

    found = {}
    for module in pkgutil.iter_modules(derivations.__path__):
        head = module.name.partition("_")[0]
        found[head if head.startswith(NUMBERED) else module.name.replace("_", "-")] = module.name
    return found


def claims_of(name: str) -> list[Item]:
    """The claim of that id, or those of the group; none where the name is neither's."""
    return [one for one in claimed() if name in (one.id, one.topic)]


def subject_of(name: str) -> str:
    """The topic of an item, or of the name of a topic or script."""
    if name in scripts():
        return name
    return next((one.topic for some in (items, theorems) for one in some() if one.id == name), name)


def argument_of(name: str) -> Argument:
    """The argument of a derivation script, found by its own name, a display or a claim. Raises UnknownItem."""
    found, topic = scripts(), subject_of(name)
    if topic in found:
        return loaded(topic)
    known = {one.id for some in (items, theorems) for one in some()}
    if name in known or claims_of(name):
        raise UnknownItem(f"no script derives {name!r}: its verdict stands alone")
    derived = closest(name, {*found, *known, *(one.topic for one in claimed())})
    raise UnknownItem(f"no derivation {name!r}; {derived or 'there are: ' + ', '.join(sorted(found))}")


def loaded(topic: str) -> Argument:
    """The argument of the script on a topic. Raises UnknownItem where it fails."""
    found = scripts()
    try:
        script: Argument = importlib.import_module(f"grpo_symbolic.derivations.{found[topic]}").script
    except Exception as fault:
        # a reader's own script: whatever it raises is said in a line
        raise UnknownItem(f"the script {found[topic]}.py fails: {type(fault).__name__}: {fault}") from fault
    return script
