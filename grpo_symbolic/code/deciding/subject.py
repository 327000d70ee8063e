"""A loss as it is decided on: without its stabilisers, with what is known of its hyper-parameters and batches."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property

from ..algebra.derivative import derivative
from ..algebra.evaluate import Batch
from ..algebra.nodes import Expression, parts
from ..algebra.order import Facts
from ..reading.laid_out import batch_of
from ..reading.reading import LETTERS, Loss
from ..recording.tape import Constant, Tape
from .matching import Way
from .one_letter import number_of
from .ratios import of_ratios
from .stabilisers import Hypothesis, relaxed
from .within_mask import within_mask


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

    @cached_property
    def as_given(self) -> dict[str, Fraction] | None:
        """The hyper-parameters as the user has them; None where one is not known, or not positive as in the runs."""
        if not self.constants or not self.constants.keys() <= self.given.keys():
            return None
        found = {name: self.given[name] for name in self.constants}
        return found if all(found[name] > 0 for name in self.facts.constants) else None

    def under(self, way: Way) -> Subject:
        """The loss with what a way to match it supposes of hyper-parameters."""
        if not way.supposed:
            return self
        supposed = tuple(Hypothesis(text, None) for text in way.supposed)
        numbers, given = ({name: number for name, value in way.equated.items()
                           if (number := number_of(value, known)) is not None}
                          for known in (self.constants, self.given))
        return replace(self, loss=replace(self.loss, value=way.in_code(self.loss.value)),
                       plain=way.in_code(self.plain), hypotheses=(*self.hypotheses, *supposed),
                       constants={**self.constants, **numbers}, given={**self.given, **given})


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
