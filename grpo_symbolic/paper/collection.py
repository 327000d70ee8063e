"""The paper as a collection of items: each display as printed, as meant where that differs, and each claim.

Beside them stand the theorems that scripts derive and the paper takes from textbooks.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from ..language import Claim, Definition, LanguageError
from ..shelf.book import Book, Point, UnknownItem
from ..shelf.entry import Item
from .displays import DISPLAYS, Display

if TYPE_CHECKING:
    from ..shelf.argument import Argument

AS_MEANT = "-as-meant"
NUMBERED = ("eq", "claim", "repair")
TEXTBOOK = ("policy-gradient", "discounted-policy-gradient", "performance-difference", "trajectory-ratio",
            "potential-shaping", "gae", "kl-of-sequences")


def items() -> Iterator[Item]:
    """Every item, in the paper's order: the displays, then the claims."""
    yield from displayed()
    yield from claimed()


def displayed() -> Iterator[Item]:
    """Every display, as printed, and as meant where that differs."""
    for display in DISPLAYS:
        number = f"({display.number})" if display.number else ""
        common = display.id, number, display.kind
        yield Item(display.id, *common, display.title, display.latex, display.build, display.expect[0],
                   argument_of)
        if display.meant is not None:
            yield Item(display.id + AS_MEANT, *common, f"{display.title}, as meant", display.latex, display.meant,
                       display.expect[1], argument_of)


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
            yield Item(claim.id, group.id, group.number, "claim", claim.sentence, "", claim.build, claim.expect,
                       argument_of, under=group.id)


def theorems() -> Iterator[Item]:
    """What is derived of sequences and processes, each derivation an item."""
    for topic in TEXTBOOK:
        for one in loaded(topic).derivations:
            yield Item(one.id, topic, "", "theorem", one.remark, "", partial(getattr, one, "claim"), "proved",
                       argument_of)


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


def loaded(topic: str) -> Argument:
    """The argument of the script on a topic. Raises UnknownItem where it fails."""
    found = scripts()
    try:
        script: Argument = importlib.import_module(f"grpo_symbolic.derivations.{found[topic]}").script
    except Exception as fault:
        # a reader's own script: whatever it raises is said in a line
        raise UnknownItem(f"the script {found[topic]}.py fails: {type(fault).__name__}: {fault}") from fault
    return script


class BuiltIn(Book):
    """The built-in paper: its displays and claims are Python, and so are its derivations."""

    title = "A critique of GRPO’s notation"

    def items(self) -> Iterator[Item]:
        return items()

    def theorems(self) -> Iterator[Item]:
        return theorems()

    def points(self) -> Sequence[Point]:
        from .claims import GROUPS

        return [Point(group.id, group.number, group.title, group.finding) for group in GROUPS]

    def derived(self) -> dict[str, str]:
        return scripts()

    def loaded(self, topic: str) -> Argument:
        return loaded(topic)


PAPER = BuiltIn()
item, claims_of, subject_of, argument_of = PAPER.item, PAPER.claims_of, PAPER.subject_of, PAPER.argument_of
