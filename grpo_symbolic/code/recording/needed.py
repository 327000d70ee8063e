"""What of a run its result rests on: metrics beside the loss, and the paths they take, say nothing of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from .tape import Argument, Record, Ref, Run, Small, Tape, name_of, references

# Operations whose results are as large as numbers say.
COUNTED = frozenset({"nonzero", "flatnonzero", "argwhere", "unique", "_unique2", "masked_select", "extract", "compress",
                     "bincount"})


def needed_alone(tape: Tape) -> Tape:
    """A tape with those operations of its runs alone on which their results rest."""
    return replace(tape, runs=tuple(map(needed, tape.runs)), checks=tuple(map(needed, tape.checks)),
                   small=tuple(map(_small, tape.small)))


def _small(one: Small) -> Small:
    return one if one.run is None else replace(one, run=needed(one.run))


def needed(run: Run) -> Run:
    """A run with the operations alone of which its result is made, or a number that left for Python before it was.

    Such a number may lead Python, or come back. One that leaves once the result is there may still lead Python away
    from it: of these see ``read_behind``.
    """
    return numbered_in_order(run, kept_of(run), {})


def read_behind(run: Run) -> tuple[Record, ...]:
    """What may have led Python beside what the result is made of: numbers that left for it once that was there, and
    tensors of as many elements as numbers say."""
    kept = set(map(id, kept_of(run)))
    return tuple(record for record in run.records if id(record) not in kept and (
        record.item is not None or name_of(record.op) in COUNTED))


def kept_of(run: Run) -> list[Record]:
    """The operations that are needed, in order."""
    found, kept = {run.result}, list[Record]()
    for record in reversed(run.records):
        changed = {*record.clobbers, *([] if record.alias is None else [record.alias])}
        if (changed | {one.number for one in record.outputs}) & found or kept and record.item is not None:
            kept.append(record)
            found |= changed | numbers_in(record)
    return kept[::-1]


def numbers_in(record: Record) -> set[int]:
    """The numbers of the values that an operation is called with."""
    return set(references((*record.args, *(one.value for one in record.kwargs))))


def numbered_in_order(run: Run, records: Sequence[Record], same: Mapping[int, int]) -> Run:
    """A run of some of its records, whose values are numbered anew; what others stand for is ``same``."""
    if len(records) == len(run.records):
        return run
    last = max((one.number for one in run.inputs), default=0)
    outputs = (one for record in records for one in record.outputs)
    new = {one.number: number for number, one in enumerate(outputs, last + 1)}
    known = new | {number: new.get(other, other) for number, other in same.items()}
    return replace(run, records=tuple(renumbered(one, known) for one in records),
                   result=known.get(run.result, run.result))


def renumbered(record: Record, known: Mapping[int, int]) -> Record:
    """A record of values by other numbers."""
    def of(number: int) -> int:
        return known.get(number, number)

    def argument(one: Argument) -> Argument:
        return Ref(of(one.number)) if isinstance(one, Ref) else tuple(map(argument, one)) if isinstance(
            one, tuple) else one
    return replace(record, args=tuple(map(argument, record.args)),
                   kwargs=tuple(replace(one, value=argument(one.value)) for one in record.kwargs),
                   outputs=tuple(replace(one, number=of(one.number)) for one in record.outputs),
                   alias=None if record.alias is None else of(record.alias),
                   clobbers=tuple(map(of, record.clobbers)))
