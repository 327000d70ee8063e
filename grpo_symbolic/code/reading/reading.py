"""From a tape to the expression of the loss.

What cannot be read is an error that stands in place of a value: only what is made of it cannot be read either, so
that metrics beside the loss do no harm.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..algebra.derivative import derivative
from ..algebra.expression import stop
from ..algebra.nodes import BATCH, LOGITS, TOKEN, VOCABULARY, Expression, constant, leaf, parts, size
from ..algebra.printing import plain
from ..recording.needed import read_behind
from ..recording.tape import LITERAL, Argument, Input, Place, Record, Ref, Run, Tape, name_of, same_path
from ..unsupported import Unsupported
from .axes import SINGLE, Dimensions
from .indexing import condition
from .naming import Names
from .operations import FINITE, rule_of
from .packing import LENGTH, OFFSETS, PACKED, TOKENS, lengths_of
from .step import Known, Step
from .vocabulary import SCORES, scored, settled

OF_TOKENS = "P"  # the axis of packed tokens
# The letter of a role in expressions; an input of no role here has its own name.
LETTERS = {"logp": "x", "old": "o", "ref": "f", "rollout": "b", "adv": "A", "mask": "m", "reward": "r",
           "entropy": "H", "logits": "z", "labels": "y", "cu_seqlens": "offset",
           "lengths": "length"}
KNOWN = {LOGITS: SCORES, "offset": OFFSETS, "length": LENGTH}


LEADS_NOWHERE = "the number read here leads Python nowhere else than in these runs"
# What a rule raises for arguments that no run gave it before.
UNFORESEEN = (ArithmeticError, LookupError, TypeError, ValueError)


@dataclass(frozen=True)
class Loss:
    """A loss that was read: its expression and its derivative, and where in the code each part was made.

    ``dropped`` are places of what is not calculated with, such as replaced infinities; ``offset`` is how much further
    along than scores of a vocabulary their labels are.
    """

    value: Expression
    gradient: Expression
    places: dict[Expression, Place]
    items: dict[Expression, Place]
    dropped: tuple[tuple[str, Place], ...]
    offset: int = 0


def read(tape: Tape) -> Loss:
    """The loss that a tape records.

    Raises TapeError where its runs take different paths, and Unsupported where the loss cannot be read.
    """
    runs = (*tape.runs, *(run for run in tape.checks if run.records))
    listed = next((one.name for one in runs[0].inputs if one.index is not None), "")
    if listed:
        raise Unsupported(f"the argument {listed} is a list of sequences, and what is done with one after the other is "
                          "not read: stack them into one tensor with a mask, or pack them into one row")
    same_path(runs)
    return _Reader(runs).loss()


def letter_of(one: Input) -> str:
    """The letter of an input."""
    return LETTERS.get(one.role, rf"\text{{{one.name}}}")


class _Reader:
    def __init__(self, runs: tuple[Run, ...]) -> None:
        self.runs = runs
        self.sizes = [{one.axis: one.size for one in run.sizes} for run in runs]
        self.dimensions = Dimensions(self.sizes)
        self.names = Names()
        self.values: dict[int, Known] = {}
        self.places: dict[Expression, Place] = {}
        self.items: dict[Expression, Place] = {}
        self.dropped: list[tuple[str, Place]] = []
        self.used = used(runs[0])
        self.offsets: set[int] = set()
        for ones in zip(*(run.constants for run in runs), strict=True):
            self.names.note(constant(ones[0].name), tuple(one.value for one in ones))
        if OF_TOKENS in self.sizes[0]:
            self.dimensions.pick(tuple(one[OF_TOKENS] for one in self.sizes), PACKED)
        for axis in self.sizes[0]:
            self.names.note(TOKENS if axis == OF_TOKENS else size(axis), tuple(float(one[axis]) for one in self.sizes))

    def loss(self) -> Loss:
        """Read everything in order, and return what the result is."""
        for ones in zip(*(run.inputs for run in self.runs), strict=True):
            self._input(ones)
        for records in zip(*(run.records for run in self.runs), strict=True):
            self._record(records)
        result = self.values[self.runs[0].result]
        if isinstance(result.meaning, Unsupported):
            raise result.meaning
        if any(one != SINGLE for one in result.dimensions) or result.meaning.axes:
            raise Unsupported("the result is no single number")
        if len(self.offsets) > 1:
            raise Unsupported("labels are at several distances from their scores")
        value = scored(settled(result.meaning), max(self.offsets, default=0))
        return Loss(value, derivative(value), self.places, self.items, tuple(self.dropped), *self.offsets)

    def _input(self, ones: tuple[Input, ...]) -> None:
        shapes = tuple(one.array.shape for one in ones)
        try:
            dimensions = self.dimensions.of(shapes)
            cut = any(part.cut for one in dimensions for part in one.segments)
            flat = any(len(one.segments) > 1 and one != PACKED for one in dimensions)
            if flat or cut and letter_of(ones[0]) not in KNOWN:
                raise Unsupported(f"a dimension of the argument {ones[0].name} is no axis")
            letter, axes = letter_of(ones[0]), tuple(axis for one in dimensions for axis in one.axes)
            if letter == LOGITS and axes != (BATCH, TOKEN, VOCABULARY):
                raise Unsupported(f"the argument {ones[0].name} has no scores for each token")
            meaning: Expression | Unsupported = KNOWN.get(letter) or leaf(letter, axes)
        except Unsupported as fault:
            dimensions, meaning = (), fault
        self.values[ones[0].number] = Known(meaning, dimensions, shapes, ones[0].array.dtype == "bool")

    def _record(self, records: tuple[Record, ...]) -> None:
        record = records[0]
        for place, output in enumerate(record.outputs):
            shapes = tuple(one.outputs[place].shape for one in records)
            try:
                known = self._output(records, shapes, place)
            except Unsupported as fault:
                known = Known(_placed(fault, record), (), shapes)
            except UNFORESEEN as fault:
                known = Known(_placed(Unsupported(f"its arguments are of no form that is read ({fault})"), record),
                              (), shapes)
            self.values[output.number] = known
            if record.alias is not None:
                self.values[record.alias] = known
        for lost in record.clobbers:
            self.values[lost] = Known(_placed(Unsupported("a view of this was written to in place"), record), (), ())
        if record.item is not None:
            self._item(records)

    def _output(self, records: tuple[Record, ...], shapes: tuple[tuple[int, ...], ...], place: int) -> Known:
        record = records[0]
        if place:
            raise Unsupported("only the first result is read")
        step = Step(records, self.values, self.names, self.dimensions, self.offsets)
        self._pick(step, shapes)
        meaning = self._literal(records) if record.op == LITERAL else rule_of(record.op)(step)
        meaning = lengths_of(meaning)
        if record.stop or not record.grad:
            meaning = stop(meaning)
        self._mark(meaning, record)
        return Known(meaning, step.made, shapes, record.outputs[0].dtype == "bool")

    def _pick(self, step: Step, shapes: tuple[tuple[int, ...], ...]) -> None:
        """Know the dimension of places that an operation picks."""
        found = condition(step)
        if found is not None:
            lengths, = zip(*shapes, strict=True)
            self.dimensions.pick(lengths, found)
            self.names.note(found.count(), tuple(map(float, lengths)))

    def _literal(self, records: tuple[Record, ...]) -> Expression:
        found = [set(one.literal.values) if one.literal is not None else set() for one in records]
        if any(len(one) != 1 for one in found):
            raise Unsupported("a tensor that is no argument enters")
        return self.names.of([one.pop() for one in found])

    def _mark(self, meaning: Expression, record: Record) -> None:
        for part in parts(meaning):
            self.places.setdefault(part, record.at)
        if record.outputs[0].number not in self.used:
            return
        if asks_for_finite(record):
            self.dropped.append(("all numbers are finite, as is asked for", record.at))
        if record.cast:
            self.dropped.append((f"numbers are cast to {record.cast}", record.at))

    def _item(self, records: tuple[Record, ...]) -> None:
        """A number that leaves for Python, and may come back."""
        step = Step(records, self.values, self.names, self.dimensions, self.offsets)
        try:
            meaning = step.value(0)
        except Unsupported:
            meaning = None
        if not isinstance(records[0].item, bool):
            self.dropped.append((LEADS_NOWHERE, records[0].at))
        elif len(found := {one.item for one in records}) == 1:
            self.dropped.append((_taken(meaning, bool(found.pop())), records[0].at))
        if meaning is not None and not meaning.axes:
            self.names.note(stop(meaning), tuple(float(one.item or 0.0) for one in records))
            self.items.setdefault(meaning, records[0].at)


def _taken(condition: Expression | None, held: bool) -> str:
    """What is supposed where Python asks for a truth value, and gets the same one in every run."""
    if condition is None or condition.kind != "compare":
        return f"a condition {'holds' if held else 'does not hold'}, as in every run"
    left, right = map(plain, condition.args)
    return f"{left} {condition.data} {right} {'holds' if held else 'does not hold'}, as in every run"


def read_after(tape: Tape) -> Iterator[tuple[str, Place]]:
    """What is supposed of the numbers that Python reads once the loss is there, and which may lead it to another."""
    found: dict[Place, set[float]] = {}
    for run in tape.runs:
        for record in read_behind(run):
            found.setdefault(record.at, set()).add(0.0 if record.item is None else record.item)
    for at, numbers in found.items():
        alike = len(numbers) == 1 and isinstance(min(numbers), bool)
        yield _taken(None, bool(min(numbers))) if alike else LEADS_NOWHERE, at


def asks_for_finite(record: Record) -> bool:
    """Whether an operation asks if numbers are finite, or replaces those that are not."""
    return name_of(record.op) in FINITE or any(str(one) in ("inf", "-inf") for one in record.args)


def used(run: Run) -> set[int]:
    """The numbers of the values that the result is made of."""
    found = {run.result}
    for record in reversed(run.records):
        if record.alias in found or any(one.number in found for one in record.outputs):
            found |= set(_references((*record.args, *(one.value for one in record.kwargs))))
            found |= {one.number for one in record.outputs}
    return found


def _references(arguments: Iterable[Argument]) -> Iterator[int]:
    for one in arguments:
        if isinstance(one, Ref):
            yield one.number
        elif isinstance(one, tuple):
            yield from _references(one)


def _placed(fault: Unsupported, record: Record) -> Unsupported:
    """The fault with the operation and its place, which are those where it first came up."""
    return fault if fault.placed else Unsupported(f"{record.op} at {record.at}: {fault}", True)


def sizes_of(run: Run) -> Iterator[tuple[str, int]]:
    """The length of every axis in a run."""
    return ((one.axis, one.size) for one in run.sizes)
