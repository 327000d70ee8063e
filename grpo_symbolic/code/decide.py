"""Whether a loss is an objective, in value and in gradient: proved, refuted by a batch, or undecided.

First all of it by normal forms, term by term and cell by cell (``proving``); then a search for a batch on which it is
not (``search``). What neither settles is asked of the kernel, as a statement of the language (``statement``).
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from .claimed import Against
from .derivative import derivative
from .expression import Expression, constant, divide, negative, parts, subtract
from .matching import Way, ways
from .objective import Objective
from .order import Facts
from .proving import zero
from .reading import LETTERS, Loss
from .search import Difference, Question, difference
from .stabilisers import Hypothesis, relaxed
from .tape import Tape
from .unsupported import Unsupported

PROVED, REFUTED, UNDECIDED = "proved", "refuted", "undecided"


@dataclass(frozen=True)
class Verdict:
    """What was found of one side of a loss, and why."""

    status: str
    reason: str
    counterexample: Difference | None = None


@dataclass(frozen=True)
class Decision:
    """The verdicts on value and gradient against one objective; ``factor`` is a constant by which both are divided."""

    against: Against
    value: Verdict
    gradient: Verdict
    said: tuple[str, ...]
    hypotheses: tuple[Hypothesis, ...]
    factor: Expression | None


@dataclass(frozen=True)
class Subject:
    """A loss as it is decided on: as it is in the code, and without its stabilisers."""

    loss: Loss
    plain: Expression
    slope: Expression
    hypotheses: tuple[Hypothesis, ...]
    facts: Facts
    constants: dict[str, Fraction]
    axes: dict[str, tuple[str, ...]]


def subject_of(tape: Tape, loss: Loss, exact: bool = False) -> Subject:
    """The loss of a tape, ready to be decided on; ``exact`` keeps its stabilisers."""
    plain, hypotheses = (loss.value, ()) if exact else relaxed(loss.value, loss.places)
    values = {one.name: Fraction(repr(float(one.value))) for one in tape.runs[0].constants}
    positive = frozenset(name for name in values if all(
        one.value > 0 for run in (*tape.runs, *tape.checks) for one in run.constants if one.name == name))
    axes = {part.data[0]: tuple(axis for axis, _ in part.data[1]) for part in parts(loss.value)
            if part.kind == "leaf"}
    given = {LETTERS.get(one.role): len(one.array.shape) for one in tape.runs[0].inputs}
    if "A" in given:
        axes.setdefault("A", ("B", "T")[:given["A"]])
    return Subject(loss, plain, derivative(plain), hypotheses, Facts(frozenset(), positive), values, axes)


def decide(subject: Subject, against: Against) -> Decision:
    """The verdicts on a loss against an objective, whose constants are matched with the code's in the likeliest way.

    Raises Unsupported where the objective says more than a batch shows.
    """
    objective = against.on_batch(subject.axes)
    tried = [(way, factor) for factor in factors(subject, against) for way in ways(objective.constants, subject.plain)]
    proofs = [(way, factor, *proved(subject, target_of(objective, against, way, factor))) for way, factor in tried]
    way, factor, value, slope = max(proofs, key=lambda found: (found[2] and found[3], found[2] or found[3]))
    target = target_of(objective, against, way, factor)
    return Decision(
        against, verdict(subject, target, value, False), verdict(subject, target, slope, True),
        (*objective.assumed, *way.said), subject.hypotheses, factor)


def factors(subject: Subject, against: Against) -> list[Expression | None]:
    """The constants by which an objective that leaves one open may be divided: none, or a hyper-parameter."""
    named = [constant(name) for name in sorted(subject.constants)] if against.scaled else []
    return [None, *named]


def target_of(objective: Objective, against: Against, way: Way, factor: Expression | None) -> Expression:
    """What the loss should be: the objective with the constants of the code, its sign turned if it is maximised."""
    value = way.put(objective.value)
    value = value if factor is None else divide(value, factor)
    return value if against.loss else negative(value)


def proved(subject: Subject, target: Expression) -> tuple[bool, bool]:
    """Whether value and gradient are shown to be those of a target."""
    return (_shown(subtract(subject.plain, target), subject.facts),
            _shown(subtract(subject.slope, derivative(target)), subject.facts))


def _shown(gap: Expression, facts: Facts) -> bool:
    try:
        return zero(gap, facts)
    except Unsupported:
        return False


def verdict(subject: Subject, target: Expression, shown: bool, slope: bool) -> Verdict:
    """The verdict on value or gradient: what was not shown to be equal is refuted by a batch, or undecided."""
    if shown:
        return Verdict(PROVED, "both are one expression on every batch, in each case of its comparisons")
    sides = (subject.loss.gradient, subject.slope, derivative(target)) if slope else (
        subject.loss.value, subject.plain, target)
    constants = dict(subject.constants)
    for side in sides:
        for part in parts(side):
            if part.kind == "constant":
                constants.setdefault(part.data, Fraction(1, 5))
    found = difference(Question(*sides, constants, subject.facts))
    if found is None:
        return Verdict(UNDECIDED, "neither a proof nor a batch on which the two differ was found")
    return Verdict(REFUTED, "the two differ on this batch", found)


