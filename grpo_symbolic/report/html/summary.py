"""The first screen: how many statements got which verdict, and what that means."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence

from ...checking.verdict import ORDER
from .content import Entry

HOLDING = ("proved",)
FAILING = ("refuted", "ill-formed")
OPEN = ("undecided", "unread")
SILENT = ("definition", "no-claim")
SHOWN = (*HOLDING, *FAILING, *OPEN, *SILENT)


def counts(entries: Iterable[Entry]) -> tuple[tuple[str, int], ...]:
    """How many statements got which verdict, those that occur."""
    found = Counter(entry.status for entry in entries)
    return tuple((status, found[status]) for status in (*SHOWN, *sorted(found.keys() - {*ORDER})) if found[status])


def standing(entries: Iterable[Entry], statuses: Collection[str]) -> list[Entry]:
    """The entries that are listed under verdicts: a derivation that fails under those that say so, whatever its own."""
    return [one for one in entries if (FAILING[0] if one.rejected else one.status) in statuses]


def lead(entries: Sequence[Entry]) -> Iterator[str]:
    """What holds, what does not, and what is open, a sentence each."""
    found = Counter(entry.status for entry in entries)
    claims = sum(found[status] for status in (*HOLDING, *FAILING, *OPEN))
    yield f"{are(len(entries), 'statement')} checked, {claims} of which claim{'s' * (claims == 1)} something."
    if found["proved"]:
        yield (f"{are(found['proved'], 'claim')} proved: for every finite action set, every parametrisation and every "
               "group size, under the hypotheses listed beside.")
    if found["refuted"]:
        fails = "it fails" if found["refuted"] == 1 else "they fail"
        yield (f"{are(found['refuted'], 'claim')} refuted, with a model in exact numbers in which {fails}: anyone can "
               "recompute it.")
    if found["ill-formed"]:
        yield f"{are(found['ill-formed'], 'statement')} ill-formed: as printed, nothing definite is said."
    if left := len([one for one in entries if one.status in OPEN and not one.rejected]):
        yield f"{are(left, 'statement')} open, which is a limit of the checker: no fault was found."
    rejected = sum(bool(entry.rejected) for entry in entries)
    if rejected:
        yield (f"{number(rejected, 'derivation')} fail{'s' * (rejected == 1)}: what is derived does not follow by the "
               "steps and reasons given.")
    if claims and not rejected and not any(found[status] for status in FAILING):
        yield "Nothing was found to be false."


def are(count: int, word: str) -> str:
    """A count with its word and verb."""
    return f"{number(count, word)} {'is' if count == 1 else 'are'}"


def number(count: int, word: str) -> str:
    """A count with its word."""
    return f"{count} {word}{'s' * (count != 1)}"
