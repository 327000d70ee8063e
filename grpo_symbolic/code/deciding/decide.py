"""Whether a loss is an objective, in value and in gradient: proved, refuted by a batch, or undecided.

First all of it by normal forms, term by term and cell by cell (``proving``); then a search for a batch on which it is
not (``search``). What neither settles is asked of the kernel, as a statement of the language (``statement``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property

import numpy as np

from ..algebra.derivative import derivative
from ..algebra.evaluate import Batch, evaluate
from ..algebra.expression import divide, negative, subtract
from ..algebra.nodes import LIVE, MOVING, Expression, constant, leaf, parts
from ..algebra.order import Facts
from ..algebra.printing import plain
from ..algebra.proving import zero
from ..reading.laid_out import batch_of
from ..reading.reading import LETTERS, Loss
from ..recording.tape import Constant, Tape
from ..unsupported import Unsupported
from .claimed import Against
from .matching import OPEN_ADVANTAGE, Way, advantages, stopped_copy, ways
from .objective import Objective
from .one_letter import number_of
from .ratios import of_ratios
from .search import Difference, Question, difference
from .stabilisers import Hypothesis, relaxed
from .terms import letters_of
from .translate import asked
from .within_mask import within_mask

PROVED, REFUTED, UNDECIDED = "proved", "refuted", "undecided"


@dataclass(frozen=True)
class Verdict:
    """What was found of one side of a loss, and why; of a counterexample the input in which the derivative is taken.

    ``ran`` says that it is a run of the code.
    """

    status: str
    reason: str
    counterexample: Difference | None = None
    letter: str = ""
    ran: bool = False


PROOF = Verdict(PROVED, "both are one expression on every batch, in each case of its comparisons")
BY_KERNEL = Verdict(PROVED, "the kernel proves it as a statement on policies")
BUDGET = 2.0
OPEN = Verdict(UNDECIDED, "neither a proof nor a batch on which the two differ was found")
OLD_IS_CURRENT = "the old policy is the current one, held fixed: θ = θ_old"
SEEN = 1e-7
ANY = Fraction(1, 5)  # of a constant of the objective that the code has not
MISSING = np.full((1, 1, 1, 1), -0.7)  # of an input that the code has not


@dataclass(frozen=True)
class Sides:
    """Value or gradient: of the code, of the code without its stabilisers, and as it should be.

    ``letter`` is the input in which a derivative is taken, empty for a value.
    """

    letter: str
    code: Expression
    plain: Expression
    objective: Expression


@dataclass(frozen=True)
class Decision:
    """The verdicts on value and gradient against one objective; ``factor`` is a constant by which both are divided.

    ``target`` is what the loss should be, where ``equated`` if hyper-parameters are equal that need not be, ``apart``
    whether it has the two ends of its clip apart where the objective has one letter for both.
    """

    against: Against
    value: Verdict
    gradient: Verdict
    said: tuple[str, ...]
    hypotheses: tuple[Hypothesis, ...]
    factor: Expression | None
    target: Expression
    apart: bool = False
    equated: bool = False


@dataclass(frozen=True)
class Subject:
    """A loss as it is decided on: as it is in the code, and without its stabilisers; ``inputs`` are its arguments.

    ``constants`` are the hyper-parameters in the run that is looked at, ``given`` as the user has them.
    """

    loss: Loss
    plain: Expression
    hypotheses: tuple[Hypothesis, ...]
    facts: Facts
    constants: dict[str, Fraction]
    axes: dict[str, tuple[str, ...]]
    batches: tuple[Batch, ...]
    inputs: frozenset[str] = frozenset()
    given: Mapping[str, Fraction] = field(default_factory=dict)

    @cached_property
    def slope(self) -> Expression:
        """What multiplies the score of a token."""
        return derivative(self.plain)

    def under(self, way: Way) -> Subject:
        """The loss with what a way to match it supposes of hyper-parameters."""
        if not way.supposed:
            return self
        supposed = tuple(Hypothesis(text, None) for text in way.supposed)
        numbers = {name: number for name, value in way.equated.items()
                   if (number := number_of(value, self.constants)) is not None}
        return replace(self, loss=replace(self.loss, value=way.in_code(self.loss.value)),
                       plain=way.in_code(self.plain), hypotheses=(*self.hypotheses, *supposed),
                       constants={**self.constants, **numbers})


def subject_of(tape: Tape, loss: Loss, exact: bool = False) -> Subject:
    """The loss of a tape, ready to be decided on; ``exact`` keeps its stabilisers."""
    plain, hypotheses = (loss.value, ()) if exact else relaxed(loss.value, loss.places)
    plain = of_ratios(within_mask(plain))
    values, as_given = numbers_of(tape.runs[0].constants), numbers_of(tape.given)
    positive = frozenset(name for name in values if all(
        one.value > 0 for run in (*tape.runs, *tape.checks) for one in run.constants if one.name == name))
    axes = {part.data[0]: tuple(axis for axis, _ in part.data[1]) for part in parts(loss.value)
            if part.kind == "leaf"}
    given = {LETTERS.get(one.role): len(one.array.shape) for one in tape.runs[0].inputs}
    if "A" in given:
        axes.setdefault("A", ("B", "T")[:given["A"]])
    return Subject(loss, plain, hypotheses, Facts(frozenset(), positive), values, axes,
                   tuple(batch_of(run, loss.offset) for run in tape.runs), frozenset(filter(None, given)),
                   as_given)


def numbers_of(constants: Sequence[Constant]) -> dict[str, Fraction]:
    """Hyper-parameters as the numbers that their decimals say."""
    return {one.name: Fraction(repr(float(one.value))) for one in constants}


def decide(subject: Subject, against: Against, searching: bool = True) -> Decision:
    """The verdicts on a loss against an objective, whose constants are matched with the code's in the likeliest way.

    Without ``searching`` what is not proved stays undecided.
    Raises Unsupported where the objective says more than a batch shows.
    """
    objective = against.on_batch(subject.axes)
    tries = [Try(way, factor, under, target, *proved(under, target))
             for way, factor in matched(subject, against, objective)
             for under, target in [(subject.under(way), target_of(objective, against, way, factor))]]
    best = max(tries, key=lambda one: (one.value and one.slope, one.value or one.slope))
    value = PROOF if best.value else OPEN
    slope = PROOF if best.slope else OPEN
    if searching and not best.value and apart([(one.subject, one.value_sides()) for one in tries]):
        value = refuted(best.subject, best.value_sides())
    for sides in best.slope_sides() if searching and not best.slope else ():
        others = [(one.subject, other) for one in tries for other in one.slope_sides() if other.letter == sides.letter]
        if slope.status == UNDECIDED and apart(others):
            slope = refuted(best.subject, sides)
    if searching and value.status == UNDECIDED and asked(best.subject.plain, best.target, False, BUDGET) == PROVED:
        value = BY_KERNEL
    if searching and slope.status == UNDECIDED and asked(best.subject.plain, best.target, True, BUDGET) == PROVED:
        slope = BY_KERNEL
    if any(OPEN_ADVANTAGE in one.way.said for one in tries):
        value, slope = (replace(OPEN, reason=OPEN_ADVANTAGE) if one.status == REFUTED else one
                        for one in (value, slope))
    return Decision(against, value, slope, (*objective.assumed, *best.way.said), best.subject.hypotheses, best.factor,
                    best.target, best.way.apart, bool(best.way.equated))


@dataclass(frozen=True)
class Try:
    """A way to match an objective with the code, a factor, the loss and its target so, and what is then proved."""

    way: Way
    factor: Expression | None
    subject: Subject
    target: Expression
    value: bool
    slope: bool

    def value_sides(self) -> Sides:
        """The values that should be one."""
        return value_sides(self.subject, self.target)

    def slope_sides(self) -> list[Sides]:
        """The derivatives that should be one."""
        return slope_sides(self.subject, self.target)


def matched(subject: Subject, against: Against, objective: Objective) -> Iterator[tuple[Way, Expression | None]]:
    """The ways to match an objective with the code, the likeliest first."""
    found = list(ways(objective.constants, subject.plain, subject.constants, subject.given,
                      against.divided))
    # code that is given an old policy and makes no use of it has no other one
    open_ = "o" in letters_of(objective.value) and "o" not in subject.inputs
    old = stopped_copy(subject.plain) if open_ else None
    if old is not None:
        found = [replace(way, old=old, supposed=(*way.supposed, OLD_IS_CURRENT)) for way in found]
    for advantage, said in advantages(subject.plain, letters_of(objective.value)):
        for factor in factors(subject, against):
            for way in found:
                yield replace(way, advantage=advantage, said=(*way.said, *([said] if said else []))), factor


def apart(sides: Sequence[tuple[Subject, Sides]]) -> bool:
    """Whether the sides differ on some batch whichever way the objective is matched; of one way nothing is asked."""
    return len({one for _, one in sides}) == 1 or all(
        any(seen(subtract(one.plain, one.objective), batch) for batch in subject.batches)
        or refuted(subject, one).status == REFUTED for subject, one in sides)


def factors(subject: Subject, against: Against) -> list[Expression | None]:
    """The constants by which an objective that leaves one open may be divided: none, or a hyper-parameter."""
    named = [constant(name) for name in sorted(subject.constants)] if against.scaled else []
    return [None, *named]


def target_of(objective: Objective, against: Against, way: Way, factor: Expression | None) -> Expression:
    """What the loss should be: the objective with the constants of the code, its sign turned if it is maximised."""
    value = way.put(objective.value)
    value = value if factor is None else divide(value, factor)
    return value if against.loss else negative(value)


def value_sides(subject: Subject, target: Expression) -> Sides:
    """The values that should be one."""
    return Sides("", subject.loss.value, subject.plain, target)


def slope_sides(subject: Subject, target: Expression) -> list[Sides]:
    """The derivatives that should be one: in log-probabilities, and in whatever else depends on the policy."""
    letters = {part.data[0] for side in (subject.loss.value, target) for part in parts(side) if part.kind == "leaf"}
    return [Sides(letter, *(derivative(side, letter) for side in (subject.loss.value, subject.plain, target)))
            for letter in sorted(letters & MOVING - {LIVE}) + [LIVE]]


def proved(subject: Subject, target: Expression) -> tuple[bool, bool]:
    """Whether value and gradient are shown to be those of a target."""
    return (_shown(subtract(subject.plain, target), subject),
            all(_shown(subtract(one.plain, one.objective), subject) for one in slope_sides(subject, target)))


def _shown(gap: Expression, subject: Subject) -> bool:
    """Whether a gap is shown to be 0; what is seen not to be, on a batch of the tape, is not tried."""
    if any(seen(gap, batch) for batch in subject.batches):
        return False
    try:
        return zero(gap, subject.facts)
    except Unsupported:
        return False


def seen(gap: Expression, batch: Batch) -> bool:
    """Whether a gap is not 0 on a batch, in floating point."""
    others = {part.data: ANY for part in parts(gap) if part.kind == "constant"}
    inputs = {part.data[0]: MISSING for part in parts(gap) if part.kind == "leaf"}
    values = evaluate(gap, Batch({**inputs, **batch.inputs}, {**others, **batch.constants}, batch.sizes))
    return not bool((abs(values) <= SEEN).all())


def refuted(subject: Subject, sides: Sides) -> Verdict:
    """The verdict on sides that were not shown to be equal: a batch refutes them, else it is undecided."""
    constants = dict(subject.constants)
    for side in (sides.code, sides.objective):
        for part in parts(side):
            if part.kind == "constant":
                constants.setdefault(part.data, ANY)
    found = difference(Question(sides.code, sides.plain, sides.objective, constants, subject.facts))
    if found is None:
        return OPEN
    where = "" if sides.letter in ("", LIVE) else f" in the derivative in {plain(leaf(sides.letter, ('B', 'T')))}"
    return Verdict(REFUTED, f"the two differ on this batch{where}", found, sides.letter)
