"""What a loss is: the first objective of the project whose value and gradient it is proved to have."""

from __future__ import annotations

from functools import cache

from ..algebra.nodes import MASK, Expression
from ..deciding.claimed import NAMES, Against, named
from ..deciding.decide import Decision, decide
from ..deciding.matching import stopped_copy
from ..deciding.subject import Subject
from ..deciding.terms import letters_of
from ..unsupported import Unsupported


@cache
def known(name: str) -> Against:
    """An objective by its name, read once."""
    return named(name)


def identified(subject: Subject) -> Decision | None:
    """The decision on the objective that a loss is; where there is none, on one whose gradient it has, if any."""
    best: Decision | None = None
    for name in NAMES:
        try:
            if not alike(subject, known(name).on_batch(subject.axes).value):
                continue
            found = decide(subject, known(name), searching=False)
        except Unsupported:
            continue
        if found.gradient.status == "proved":
            if found.value.status == "proved":
                return found
            best = best or found
    return best


def alike(subject: Subject, objective: Expression) -> bool:
    """Whether an objective has the inputs of a loss, a penalty aside; rewards may stand for advantages, and a stopped
    copy for the old policy."""
    ours, theirs = letters_of(subject.plain), letters_of(objective)
    if "A" in theirs and "r" in ours and "A" not in ours:
        theirs = theirs - {"A"} | {"r"}
    if stopped_copy(subject.plain) is not None:
        theirs = theirs - {"o"}
    return ours - {MASK} <= theirs and theirs - ours <= {"f", MASK}
