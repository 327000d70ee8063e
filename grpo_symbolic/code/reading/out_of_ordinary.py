"""Batches out of the ordinary, of one sequence or one token: whether a loss is there what it was read to be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ..recording.tape import Run, Small, Tape
from ..unsupported import Unsupported
from .detours import without_detours
from .reading import Loss, read
from .selfcheck import bound_of, difference_on


@dataclass(frozen=True)
class Apart:
    """A batch, by what is said of it, on which the code does something else than on others, and what shows that."""

    name: str
    run: Run
    reason: str


def read_everywhere(tape: Tape) -> tuple[Loss, tuple[Apart, ...]]:
    """The loss that a tape records on ordinary batches, and those others on which it is something else.

    Raises TapeError where ordinary runs take different paths, and Unsupported where the loss cannot be read.
    """
    there = [replace(one, run=without_detours(one.run, tape.runs[0])) for one in tape.small if one.run is not None]
    small = [one for one in there if not one.fault]
    try:
        loss, apart, alike = read(_with(tape, small)), list[Apart](), small
    except Unsupported:
        loss, apart, alike = _one_by_one(tape, small)
    told = [Apart(one.name, one.run, one.fault) for one in there if one.run is not None and one.fault]
    return loss, (*told, *apart, *_other_numbers(tape, loss, alike))


def _with(tape: Tape, small: Sequence[Small]) -> Tape:
    """A tape whose reading must hold on some batches out of the ordinary, too."""
    return replace(tape, checks=(*tape.checks, *(one.run for one in small if one.run is not None)))


def _one_by_one(tape: Tape, small: Sequence[Small]) -> tuple[Loss, list[Apart], list[Small]]:
    """The loss, the batches with which it cannot be read, and those with which it can, all together."""
    loss, apart, alike = read(tape), [], list[Small]()
    for one in small:
        try:
            loss = read(_with(tape, [*alike, one]))
            alike.append(one)
        except Unsupported as fault:
            assert one.run is not None
            apart.append(Apart(one.name, one.run, str(fault)))
    return loss, apart, alike


def _other_numbers(tape: Tape, loss: Loss, small: Sequence[Small]) -> list[Apart]:
    """The batches on which value or gradient are not those that were read."""
    found = [(one.name, one.run, difference_on(tape, loss, one.run)) for one in small if one.run is not None]
    return [Apart(name, run, f"value or gradient differ by {gap:.2g} from what was read") for name, run, gap in found
            if not gap <= bound_of(tape)]
