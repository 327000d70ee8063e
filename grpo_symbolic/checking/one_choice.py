"""One choice of standard readings for a whole document: its statements are to hold under it together.

A choice is how visited states are weighted, which variant a symbol is read as, and whether steps are discounted. The
one under which most statements of a document are proved is that of the document, the first of those where several are.
A statement that holds under another one only is undecided, and says so; where it prints its choice itself, as it does
whether steps are discounted, it stays proved, and its reason names what is otherwise elsewhere.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from .verdict import Standard, Verdict

STEPS, VISITS = r"\sum_k", r"d^\pi(s)"
DISCOUNT, OVER_TIME = r"\gamma", "values over time"
DISCOUNTED, UNDISCOUNTED = "steps are discounted", "steps are not discounted"
Document = str | None  # how the document of a statement is called, None of one that stands alone


class Choice(NamedTuple):
    """What a reading chooses, of what, whether the verdict hangs on that, and whether the statement prints it."""

    of: str
    taken: str
    binding: bool
    printed: bool = False


def settled(verdicts: Iterable[Verdict], document_of: Callable[[int], Document]) -> Iterator[Verdict]:
    """The verdicts in their order, those of one document under one choice; what comes before any choice, at once."""
    held, current = list[Verdict](), None
    for place, verdict in enumerate(verdicts):
        document = document_of(place)
        if held and document != current:
            yield from agreed(held)
            held = []
        current = document
        if document is not None and (held or any(True for _ in choices(verdict))):
            held.append(verdict)
        else:
            yield verdict
    yield from agreed(held)


def agreed(verdicts: list[Verdict]) -> Iterator[Verdict]:
    """The verdicts on the statements of a document under its choices."""
    counts: dict[str, Counter[str]] = {}
    for verdict in verdicts:
        for one in choices(verdict):
            if verdict.status == "proved" and one.binding:
                counts.setdefault(one.of, Counter())[one.taken] += 1
    chosen = {of: count.most_common(1)[0][0] for of, count in counts.items()}
    for verdict in verdicts:
        other = next((one for one in choices(verdict)
                      if one.binding and chosen.get(one.of, one.taken) != one.taken), None)
        yield verdict if verdict.status != "proved" or other is None else apart(verdict, other, chosen[other.of])


def apart(verdict: Verdict, own: Choice, chosen: str) -> Verdict:
    """The verdict on a statement that holds under a choice of its own."""
    if own.printed:
        return replace(verdict, reason=f"{verdict.reason}; {own.taken} here, while elsewhere in this document {chosen}")
    return replace(verdict, status="undecided", proved=None, hypotheses=(), spot=None, reason=(
        f"it holds if {own.taken}, and other statements of this document only if {chosen}: say which is meant"))


def choices(verdict: Verdict) -> Iterator[Choice]:
    """What the standard readings of a verdict choose."""
    for one in verdict.lore:
        if one.entry != OVER_TIME:
            if one.others:
                yield Choice(one.entry, one.formula, hangs_on(one))
        elif one.formula.startswith(VISITS):
            yield Choice(VISITS, one.formula, hangs_on(one))
        elif STEPS in one.formula:
            yield Choice(STEPS, DISCOUNTED if DISCOUNT in one.formula else UNDISCOUNTED, True, printed=True)


def hangs_on(one: Standard) -> bool:
    """Whether a statement is not proved under each of the variants of a reading."""
    return any(status != "proved" for _, status in one.others)
