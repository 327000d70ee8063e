"""One choice of readings for a whole document: its statements are to hold under it together.

A statement stays proved where more statements of its document are proved under its choice than under any that cannot be
meant beside it. Where as many or more are under another it is undecided, and says so; where it prints its choice, as it
does whether steps are discounted, its reason names what is otherwise elsewhere.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from .choices import Choice, apart, choices
from .verdict import Verdict

Document = str | None  # how the document of a statement is called, None of one that stands alone
Votes = Counter[Choice]


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
    votes = Counter(one for verdict in verdicts for one in set(bound(verdict)))
    for verdict in verdicts:
        found = [(one, other) for one in dict.fromkeys(bound(verdict)) if (other := rival(one, votes)) is not None]
        yield parted(verdict, *min(found, key=lambda pair: pair[0].printed)) if found else verdict


def bound(verdict: Verdict) -> Iterator[Choice]:
    """The choices on which a proof hangs."""
    if verdict.status == "proved":
        yield from (one for one in choices(verdict) if one.binding)


def rival(own: Choice, votes: Votes) -> Choice | None:
    """The choice with the most votes of those that cannot be meant beside another, if it has as many as that."""
    def support(choice: Choice) -> int:
        return sum(count for one, count in votes.items() if one.of == choice.of and not apart(choice, one))

    first = max((one for one in votes if apart(own, one)), key=support, default=None)
    return first if first is not None and support(first) >= support(own) else None


def parted(verdict: Verdict, own: Choice, other: Choice) -> Verdict:
    """The verdict on a statement that holds under a choice of its own."""
    if own.printed:
        elsewhere = f"{own.said} here, while elsewhere in this document {other.said}"
        return replace(verdict, reason=f"{verdict.reason}; {elsewhere}")
    return replace(verdict, status="undecided", proved=None, hypotheses=(), spot=None, reason=(
        f"it holds if {own.said}, and other statements of this document only if {other.said}: say which is meant"))
