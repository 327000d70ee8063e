"""Whether a loss is an objective, in value and in gradient: proved, refuted by a batch, or undecided.

First all of it by normal forms, term by term and cell by cell (``proving``); then a search for a batch on which it is
not (``search``). What neither settles is asked of the kernel, as a statement of the language (``statement``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import islice

import numpy as np

from ..algebra.derivative import derivative
from ..algebra.evaluate import Batch, evaluate
from ..algebra.expression import divide, negative, subtract
from ..algebra.nodes import LIVE, MOVING, Expression, constant, leaf, parts
from ..algebra.printing import plain
from ..algebra.proving import zero
from ..unsupported import Unsupported
from .any_number import differs_at_all, letters_in
from .claimed import Against
from .compared import letters_of_ends
from .matching import OPEN_ADVANTAGE, Way, advantages, stopped_copy, ways
from .objective import MOVING_DRAWS, Objective
from .one_letter import names_in
from .search import Difference, Question, difference
from .stabilisers import Hypothesis
from .subject import Subject
from .terms import letters_of
from .translate import asked

PROVED, REFUTED, UNDECIDED = "proved", "refuted", "undecided"


@dataclass(frozen=True)
class Verdict:
    """What was found of one side of a loss, and why; of a counterexample the input in which the derivative is taken.

    ``ran`` says that it is a run of the code; ``other`` is another one, with other hyper-parameters than as given.
    """

    status: str
    reason: str
    counterexample: Difference | None = None
    letter: str = ""
    ran: bool = False
    other: Difference | None = None


PROOF = Verdict(PROVED, "both are one expression on every batch, in each case of its comparisons")
BY_KERNEL = Verdict(PROVED, "the kernel proves it as a statement on policies")
BUDGET = 2.0
MOST = 60  # of the ways with hyper-parameters as they are given
OPEN = Verdict(UNDECIDED, "neither a proof nor a batch on which the two differ was found")
AT_SOME = "no batch is known on which they differ whatever the letters are that nothing in the code is called"
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


def decide(subject: Subject, against: Against, searching: bool = True) -> Decision:
    """The verdicts on a loss against an objective, whose constants are matched with the code's in the likeliest way.

    Without ``searching`` what is not proved stays undecided.
    Raises Unsupported where the objective says more than a batch shows.
    """
    objective = against.on_batch(subject.axes)
    tries = [tried(subject, objective, against, *way) for way in matched(subject, against, objective)]
    if searching and not any(one.value and one.slope for one in tries):
        tries += as_given(subject, objective, against, [one.way for one in tries if one.factor is None])
    best = max(tries, key=lambda one: (one.value and one.slope, one.value or one.slope, -len(one.foreign())))
    value = PROOF if best.value else OPEN
    slope = PROOF if best.slope else OPEN
    if searching and not best.value and apart([(one.subject, one.value_sides()) for one in tries]):
        value = whatever(refuted(best.subject, best.value_sides()), tries)
    for sides in best.slope_sides() if searching and not best.slope else ():
        others = [(one.subject, other) for one in tries for other in one.slope_sides() if other.letter == sides.letter]
        if slope.status == UNDECIDED and apart(others):
            slope = whatever(refuted(best.subject, sides), tries)
    if searching and value.status == UNDECIDED and by_kernel(best, False):
        value = BY_KERNEL
    if searching and slope.status == UNDECIDED and by_kernel(best, True):
        slope = BY_KERNEL
    if any(OPEN_ADVANTAGE in one.way.said for one in tries):
        value, slope = (replace(OPEN, reason=OPEN_ADVANTAGE) if one.status == REFUTED else one
                        for one in (value, slope))
    if objective.moving:
        slope = replace(OPEN, reason=MOVING_DRAWS)
    return Decision(against, value, slope, (*objective.assumed, *best.way.said), best.subject.hypotheses, best.factor,
                    best.target, best.way.apart, bool(best.way.equated))


@dataclass(frozen=True)
class Try:
    """A way to match an objective with the code, a factor, the loss and its target so, and what is then proved.

    ``loose`` is the target with the letters that no name tells.
    """

    way: Way
    factor: Expression | None
    subject: Subject
    target: Expression
    value: bool
    slope: bool
    loose: Expression

    def foreign(self) -> Set[str]:
        """The inputs of the target that the code has not: a penalty, say, whose factor is better 0."""
        return letters_of(self.target) - letters_of(self.subject.plain)

    def value_sides(self) -> Sides:
        """The values that should be one."""
        return value_sides(self.subject, self.target)

    def slope_sides(self) -> list[Sides]:
        """The derivatives that should be one."""
        return slope_sides(self.subject, self.target)


def by_kernel(one: Try, gradient: bool) -> bool:
    """Whether the kernel proves that value or gradient is the target's; to it all hyper-parameters are positive."""
    named = names_in(one.subject.plain, one.target)
    return named <= one.subject.facts.constants and asked(one.subject.plain, one.target, gradient, BUDGET) == PROVED


def whatever(verdict: Verdict, tries: Sequence[Try]) -> Verdict:
    """A verdict, refuted only if the sides differ whatever numbers those letters are that no name tells."""
    if verdict.status != REFUTED:
        return verdict
    found = {(one.subject.plain, one.loose): one.subject for one in tries if letters_in(one.loose)}
    for sides, subject in found.items():
        code, loose = (derivative(one, verdict.letter) if verdict.letter else one for one in sides)
        if not differs_at_all(code, loose, subject.constants, subject.facts):
            return replace(OPEN, reason=AT_SOME)
    return verdict


def tried(subject: Subject, objective: Objective, against: Against, way: Way, factor: Expression | None) -> Try:
    """What is proved one way."""
    under, target = subject.under(way), target_of(objective, against, way, factor)
    return Try(way, factor, under, target, *proved(under, target),
               target_of(objective, against, way.left_open(), factor))


def as_given(subject: Subject, objective: Objective, against: Against, found: Sequence[Way]) -> Iterator[Try]:
    """What is proved with hyper-parameters as they are given, where value may then be that of the objective."""
    ways_ = (way for one in found for way in one.as_given(set(subject.constants), subject.given))
    for way in islice(ways_, MOST):
        gap = subtract(subject.under(way).plain, target_of(objective, against, way, None))
        if not any(seen(gap, batch) for batch in subject.batches):
            yield tried(subject, objective, against, way, None)


def matched(subject: Subject, against: Against, objective: Objective) -> Iterator[tuple[Way, Expression | None]]:
    """The ways to match an objective with the code, the likeliest first."""
    found = list(ways(objective.constants, subject.plain, subject.constants, subject.given, against.divided,
                      letters_of_ends(objective.value)))
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
    """The verdict on sides that were not shown to be equal: a batch refutes them, else it is undecided.

    One at the hyper-parameters as given says more to the user; that there is one is found with those of a run.
    """
    found = difference(question_of(subject, sides, subject.constants))
    if found is None:
        return OPEN
    own = None if subject.as_given is None else difference(question_of(subject, sides, subject.as_given))
    where = "" if sides.letter in ("", LIVE) else f" in the derivative in {plain(leaf(sides.letter, ('B', 'T')))}"
    return Verdict(REFUTED, f"the two differ on this batch{where}", own or found, sides.letter,
                   other=found if own else None)


def question_of(subject: Subject, sides: Sides, numbers: Mapping[str, Fraction]) -> Question:
    """Whether sides differ with these hyper-parameters; what the code has not of an objective is any number."""
    missing = {part.data: ANY for side in (sides.code, sides.objective) for part in parts(side)
               if part.kind == "constant"}
    return Question(sides.code, sides.plain, sides.objective, {**numbers, **missing, **numbers}, subject.facts)
