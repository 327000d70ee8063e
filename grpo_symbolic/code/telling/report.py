"""What is said of a loss: what it is, whether value and gradient are those asked for, its facts, its faults."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from ..algebra.nodes import LIVE, Expression, parts
from ..algebra.printing import latex, plain
from ..deciding.claimed import Against
from ..deciding.confined import confined
from ..deciding.decide import OPEN, Decision, Verdict, decide
from ..deciding.matching import with_advantage
from ..deciding.rerun import Rerun, agrees, batch_of_difference
from ..deciding.search import Difference
from ..deciding.stabilisers import Hypothesis
from ..deciding.subject import Subject, subject_of
from ..deciding.terms import terms_of
from ..deciding.translate import in_latex
from ..reading.out_of_ordinary import Apart, read_everywhere
from ..reading.reading import letter_of, read_after
from ..reading.selfcheck import SelfCheck, checked
from ..recording.needed import needed_alone
from ..recording.tape import Place, Tape
from ..unsupported import Unsupported
from .aggregation import Aggregation, aggregations
from .clips import Clip, clips
from .coefficients import Coefficient, coefficient, further, recorded, sized
from .findings import PADDING, Finding, elsewhere, findings
from .identity import identified
from .penalty import Penalty, penalties
from .regions import Region

APART = "with the two ends of its clip apart"
NOT_RUN = "by the tape: the code was not run on it"


@dataclass(frozen=True)
class Side:
    """Value or gradient: the verdict, against what, why; of a gradient its closed forms. ``rerun`` says that the code
    itself gave the numbers of the counterexample; ``variant`` in what the objective differs from its print, if it does.
    """

    verdict: str
    against: str
    reason: str
    counterexample: Difference | None = None
    rerun: bool = False
    coefficient: tuple[Region, ...] = ()
    variant: str = ""

    def record(self) -> dict[str, Any]:
        """The side as plain data."""
        found: dict[str, Any] = {"verdict": self.verdict, "against": self.against, "reason": self.reason}
        if self.variant:
            found["variant"] = self.variant
        if self.coefficient:
            found["coefficient"] = recorded(self.coefficient)
        return found


@dataclass(frozen=True)
class Report:
    """All that is said of the loss of a tape; ``held`` names what it was held against, where something was asked for.

    ``further`` are the coefficients of what moves with θ beside the score of a token, such as an entropy.
    """

    tape: Tape
    name: str
    value: Side | None
    gradient: Side | None
    coefficient: tuple[Region, ...]
    penalties: tuple[Penalty, ...]
    aggregation: tuple[Aggregation, ...]
    clip: tuple[Clip, ...]
    findings: tuple[Finding, ...]
    said: tuple[str, ...]
    hypotheses: tuple[Hypothesis, ...]
    selfcheck: SelfCheck
    loss: Expression
    further: tuple[Coefficient, ...] = ()
    held: str = ""

    @property
    def penalty(self) -> Penalty | None:
        """The penalty, the first of several."""
        return self.penalties[0] if self.penalties else None

    @property
    def refuted(self) -> bool:
        """Whether value or gradient is not what was asked for."""
        return any(side is not None and side.verdict == "refuted" for side in (self.value, self.gradient))

    def record(self) -> dict[str, Any]:
        """The report as one JSON record."""
        found = next((one for one in (self.gradient, self.value) if one is not None and one.counterexample), None)
        return {
            "function": self.tape.function, "file": self.tape.file, "line": self.tape.line,
            "framework": self.tape.framework, "it_is": self.name,
            "roles": {one.argument: {"role": one.role, "guessed": one.guessed} for one in self.tape.roles},
            "constants": {one.name: one.value for one in (*self.tape.runs[0].constants, *self.tape.given)},
            "settings": {one.name: one.text for one in self.tape.settings},
            "value": None if self.value is None else self.value.record(),
            "gradient": {**({} if self.gradient is None else self.gradient.record()),
                         "coefficient": recorded(self.coefficient), "further": [one.record() for one in self.further]},
            "penalty": None if self.penalty is None else self.penalty.record(),
            "penalties": [one.record() for one in self.penalties],
            "aggregation": self.aggregation[0].record() if self.aggregation else None,
            "aggregations": [one.record() for one in self.aggregation],
            "clip": [one.record() for one in self.clip],
            "reads_padding": [{"at": _placed(one.at)} for one in self.findings if one.kind == PADDING],
            "findings": [one.record() for one in self.findings],
            "read_as": list(self.said),
            "hypotheses": [{"text": one.text, "at": _placed(one.at)} for one in self.hypotheses],
            "counterexample": None if found is None or found.counterexample is None else {
                **written(found.counterexample, self.tape), "rerun": found.rerun},
            "selfcheck": {"batches": self.selfcheck.batches, "max_difference": self.selfcheck.difference,
                          "kink_on_policy": self.selfcheck.kinked},
            "latex": in_latex(self.loss),
        }


def report(tape: Tape, against: Against | None = None, exact: bool = False, rerun: Rerun | None = None) -> Report:
    """What is said of a recorded loss, against an objective where one is asked for; ``exact`` keeps its stabilisers.

    ``rerun`` runs the code on a batch: what it does not confirm is not refuted. Raises Unsupported where the tape
    cannot be read or does not say what the code does, TapeError where its runs take different paths.
    """
    whole, tape = tape, needed_alone(tape)
    loss, apart = read_everywhere(tape)
    check = checked(tape, loss)
    subject = subject_of(tape, loss, exact)
    own = identified(subject) if against is None else decide(subject, against)
    decision = None if own is None else confined(own, subject, apart)
    shown, named = with_advantage(subject.plain)
    terms, main, others = terms_of(shown), coefficient(shown, LIVE, subject), further(shown, subject)
    value, gradient = (None, None) if decision is None else _sides(tape, decision, rerun, loss.offset)
    return Report(
        tape, _name(decision) or _name_of_another(subject, apart, against), value,
        replace(gradient, coefficient=main.regions) if gradient else None, main.regions,
        tuple(penalties(terms, subject.facts, subject.constants)), aggregations(terms), clips(terms, subject),
        (*findings(subject.plain, loss.places), *elsewhere(apart)), _said(decision, named),
        tuple(dict.fromkeys((*_hypotheses(whole, subject, decision), *(
            text for one in (main, *others) for text in sized(one, subject))))),
        check, loss.value, others, "" if against is None else against.name)


def _said(decision: Decision | None, named: str) -> tuple[str, ...]:
    """What was said of an objective in matching it, and what the advantages are, once."""
    said = () if decision is None else decision.said
    return said if not named or any(one.startswith("the advantage is") for one in said) else (*said, named)


def _name(decision: Decision | None) -> str:
    """The name of the objective that a loss is proved to be, empty where it is none."""
    if decision is None or decision.gradient.status != "proved":
        return ""
    only = "" if decision.value.status == "proved" else ", in its gradient alone"
    factor = "" if decision.factor is None else f", divided by the constant {plain(decision.factor)}"
    apart = f", {APART}" if decision.apart else ""
    return f"{decision.against.name}{apart}{factor}{only}"


def _name_of_another(subject: Subject, apart: Sequence[Apart], against: Against | None) -> str:
    """The name of the objective that a loss is proved to be where it was held against another one."""
    found = None if against is None else identified(subject)
    return "" if found is None else _name(confined(found, subject, apart))


def _sides(tape: Tape, decision: Decision, rerun: Rerun | None, offset: int) -> tuple[Side, Side]:
    minus = "" if decision.against.loss else "-"
    over = "" if decision.factor is None else f" / {latex(decision.factor)}"
    symbol = decision.against.symbol
    value = _side(tape, decision.value, f"{minus}{symbol}{over}", rerun, offset)
    gradient = _side(tape, decision.gradient, rf"{minus}\nabla_\theta {symbol}{over}", rerun, offset)
    variant = APART if decision.apart else ""
    return replace(value, variant=variant), replace(gradient, variant=variant)


def _side(tape: Tape, verdict: Verdict, against: str, rerun: Rerun | None, offset: int) -> Side:
    """A verdict; a counterexample is believed where the code gives its numbers, if it can be run on it."""
    found = verdict.counterexample
    if found is None:
        return Side(verdict.status, against, verdict.reason)
    if verdict.ran:
        return Side(verdict.status, against, f"{verdict.reason}: the code itself gave these numbers", found, True)
    if rerun is None:
        return Side(verdict.status, against, f"{verdict.reason} ({NOT_RUN})", found)
    return _reran(tape, verdict, against, rerun, offset)


def _reran(tape: Tape, verdict: Verdict, against: str, rerun: Rerun, offset: int) -> Side:
    """A verdict with the first of its counterexamples on which the code gives the numbers of the reading."""
    batches = [one for one in (verdict.counterexample, verdict.other) if one is not None]
    faults: list[Unsupported] = []
    for one in batches:
        try:
            run = rerun(batch_of_difference(tape, one, offset))
        except Unsupported as fault:
            faults.append(fault)
            continue
        if agrees(run, one, verdict.letter, offset):
            return Side(verdict.status, against, f"{verdict.reason}: the code itself gives these numbers", one, True)
    if len(faults) == len(batches):
        return Side(verdict.status, against, f"{verdict.reason} ({NOT_RUN}: {faults[-1]})", batches[-1])
    return Side(OPEN.status, against, "the code gives other numbers on the batch than the reading of its tape")


def _hypotheses(tape: Tape, subject: Subject, decision: Decision | None) -> tuple[Hypothesis, ...]:
    """What a decision supposes, what was taken out and dropped in reading, and the signs of hyper-parameters."""
    supposed = () if decision is None else decision.hypotheses
    dropped = tuple(Hypothesis(text, at) for text, at in (*subject.loss.dropped, *read_after(tape)))
    if subject.loss.offset:
        dropped = (*dropped, Hypothesis("the first positions of a row, which no scores predict, are no tokens", None))
    named = {part.data for part in parts(subject.plain) if part.kind == "constant"} & subject.facts.constants
    signs = (Hypothesis(f"{', '.join(sorted(named))} > 0", None),) if named else ()
    return tuple(dict.fromkeys((*supposed, *subject.hypotheses, *dropped, *signs, *_unseen(tape))))


def _unseen(tape: Tape) -> Iterator[Hypothesis]:
    """Which batches out of the ordinary nothing is known of."""
    if not tape.small:
        yield Hypothesis("on batches of one sequence or one token the code does the same: none is in the record", None)
    for one in tape.small:
        if one.run is None:
            yield Hypothesis(f"no batch is one {one.name}: on such a one {one.fault}", None)


def written(found: Difference, tape: Tape) -> dict[str, Any]:
    """A counterexample by the names of arguments: rational numbers as texts, what is computed as decimals."""
    names = {letter_of(one): one.name for one in reversed(tape.runs[0].inputs)}
    return {
        "batch": {"lengths": list(found.lengths), **{
            names.get(letter, letter): np.vectorize(str, otypes=[object])(values).tolist()
            for letter, values in found.inputs.items()}},
        "constants": {name: float(value) for name, value in found.constants.items()},
        "code": _numbers(found.code), "objective": _numbers(found.objective)}


def _numbers(values: Any) -> Any:
    array = np.asarray(values)[0, :, :, 0]
    return float(array[0, 0]) if array.size == 1 else np.vectorize(float)(array).tolist()


def _placed(at: Place | None) -> str | None:
    return None if at is None else str(at)


