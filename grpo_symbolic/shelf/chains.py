"""Derivations that stand in a paper's folder: chains of equations in LaTeX, with a reason beside each step.

A reason is one of those that the program knows, in the words in which it prints them; a step without one is decided as
a whole. Nothing is run.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import inf
from time import thread_time

from ..language import Claim, Definition, LanguageError
from ..latex.documents.document_reader import Record
from ..latex.printing.printer import latex
from ..latex.read_error import ReadError
from ..latex.statement.readings import Ambiguity
from ..latex.statement.statement import Statement
from ..proof import reasons as known
from ..proof.derivation import Derivation, StepRejected
from ..proof.hypotheses import plain_name
from ..proof.reasons import Reason
from .plain_words import plain

NUMBER = re.compile(r" \(\d+\)$")
REASONS = {NUMBER.sub("", one.text): replace(one, text=NUMBER.sub("", one.text))
           for one in vars(known).values() if isinstance(one, Reason)}
DEFINITION, BY, CONSTANT = "definition of ", "by ", re.compile(r"(\S+) is constant in θ")


class Unfounded(LanguageError):
    """A derivation that does not show what it should; the message names the place. ``position`` is that of the step in
    its file, None where no step is at fault."""

    position: tuple[int, int] | None = None


@dataclass(frozen=True)
class Chain:
    """A derivation as it stands in a file, with what was read in it."""

    record: Record
    read: Statement | ReadError

    def refused(self, reason: str, position: tuple[int, int] | None = None) -> Unfounded:
        """What is wrong with it, or with the step at a position in its file."""
        line, column = position or (self.record.line, 0)
        fault = Unfounded(reason, f"{self.record.file}:{line}" + (f":{column}" if column else ""))
        fault.position = position
        return fault

    def signs(self, count: int) -> list[tuple[int, int]]:
        """Where the steps stand, if it has so many."""
        return next([(link.line, link.column) for link in one.links] for one in readings(self.read)
                    if len(one.links) == count)


def derivation(chain: Chain, name: str, targets: Sequence[Claim], cited: Callable[[str], Derivation]) -> Derivation:
    """The derivation of a claim of that name, in whichever of its readings; ``cited`` gives those of others. Raises
    Unfounded; no step is decided."""
    pairs = ((links, target) for links in equations(chain) for target in targets if links[0].lhs == target.lhs)
    links, target = next(pairs, (None, None))
    if links is None or target is None:
        raise chain.refused(f"the chain starts from another expression than the left side of ({name})")
    if target.relation.op not in ("=", "≈"):
        raise chain.refused(f"({name}) is no equation: what is derived is one")
    where = tuple(dict.fromkeys(one for link in (*links, target) for one in link.where))
    aside = chain.record.aside
    assert aside is not None
    found = Derivation(name, f"({name})", replaced(target, where), remark=plain(aside.sentence))
    signs = chain.signs(len(links))
    for link, sign, texts in zip(links, signs, printed_beside(chain, signs), strict=True):
        try:
            reasons = [reason for text in texts for reason in reasons_in(text, where, cited)]
        except LanguageError as fault:
            raise chain.refused(str(fault), sign) from fault
        found = found.then(link.rhs, *(reasons or [known.checked(*where)]))
    return found


def decided(chain: Chain, found: Derivation, seconds: float = inf) -> Derivation:
    """A derivation, every step of which is decided within so many seconds of the processor's time. Raises Unfounded."""
    try:
        found.theorem(thread_time() + seconds)
    except StepRejected as fault:
        sign = chain.signs(len(found.steps))[fault.step - 1] if fault.step else None
        raise chain.refused(str(fault), sign) from fault
    except LanguageError as fault:
        raise chain.refused(str(fault)) from fault
    return found


def replaced(claim: Claim, where: Sequence[Definition]) -> Claim:
    """A claim with the definitions that its derivation uses."""
    return Claim(claim.relation, tuple(where), claim.assume, claim.at_old)


def readings(read: Statement | ReadError) -> list[Statement]:
    """What was read, in each way in which it can be."""
    ways = [one.found for one in read.readings] if isinstance(read, Ambiguity) else [read]
    return [one for one in ways if isinstance(one, Statement)]


def equations(chain: Chain) -> list[list[Claim]]:
    """The links of a chain in each of its readings, every one an equation. Raises Unfounded."""
    ways = [[link.content for link in one.links] for one in readings(chain.read)]
    if not ways:
        raise chain.refused(f"the chain cannot be read: {getattr(chain.read, 'reason', '')}")
    found = [[one for one in links if isinstance(one, Claim) and one.relation.op == "="] for links in ways]
    if not any(len(one) == len(links) for one, links in zip(found, ways, strict=True)):
        raise chain.refused("the steps of a derivation are equations, each after a =")
    return [one for one, links in zip(found, ways, strict=True) if len(one) == len(links)]


def printed_beside(chain: Chain, signs: Sequence[tuple[int, int]]) -> list[list[str]]:
    """The reasons printed beside each of the links at these signs: after its own, and before the next."""
    assert chain.record.aside is not None
    found: list[list[str]] = [[] for _ in signs]
    for place, text in chain.record.aside.reasons:
        found[max(0, sum(sign < place for sign in signs) - 1)].append(text)
    return found


def reasons_in(text: str, where: Sequence[Definition], cited: Callable[[str], Derivation]) -> Iterator[Reason]:
    """The reasons that a text names. Raises Unfounded."""
    for one in filter(None, map(str.strip, re.split(r",\s(?!and )", plain(text).strip("() ")))):
        yield reason(one, where, cited)


def reason(text: str, where: Sequence[Definition], cited: Callable[[str], Derivation]) -> Reason:
    """The reason that is said so. Raises Unfounded."""
    if text in REASONS:
        return REASONS[text]
    if text.startswith(DEFINITION):
        name = text.removeprefix(DEFINITION)
        if found := [one for one in where if name in names(one)]:
            return known.definition(name, *found)
        raise Unfounded(f"“{text}”: the chain uses {f'no such definition, but {spoken(where)}' if where else 'none'}")
    if held := CONSTANT.fullmatch(text):
        return known.constant(held[1])
    if text.startswith(BY):
        return known.by(cited(text.removeprefix(BY).strip("()")))
    raise Unfounded(f"“{text}” is no reason that is known; there are: {', '.join(every_reason())}")


def every_reason() -> list[str]:
    """The reasons, as they are said."""
    return [*REASONS, "definition of …", "… is constant in θ", r"by \eqref{…}"]


def names(definition: Definition) -> tuple[str, ...]:
    """What a definition is called, with and without its arguments."""
    name = plain_name(latex(definition.lhs))
    return name, name.partition("(")[0]


def spoken(where: Sequence[Definition]) -> str:
    """The names of definitions in a sentence."""
    return ", ".join(names(one)[1] for one in where)
