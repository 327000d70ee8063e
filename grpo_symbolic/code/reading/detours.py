"""Detours of a framework: operations that it does for tensors of some sizes alone, and that change nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ..recording.tape import Argument, Record, Ref, Run

CHANGING_NOTHING = ("aten.view.", "aten.expand.", "aten.reshape.")


def without_detours(run: Run, usual: Run) -> Run:
    """A run without the operations that leave a tensor in its shape, where the usual run does not do them."""
    shapes = {one.number: one.array.shape for one in run.inputs}
    known: dict[int, int] = {}
    kept: list[Record] = []
    expected = list(usual.records)
    last = max(shapes)
    for record in run.records:
        shapes |= {one.number: one.shape for one in record.outputs}
        wanted = expected[len(kept)].op if len(kept) < len(expected) else ""
        if record.op != wanted and record.op.startswith(CHANGING_NOTHING) and _idle(record, shapes):
            source, = (one.number for one in record.args[:1] if isinstance(one, Ref))
            known[record.outputs[0].number] = known.get(source, source)
            continue
        known |= {one.number: last + place for place, one in enumerate(record.outputs, 1)}
        last += len(record.outputs)
        kept.append(_renumbered(record, known))
    return run if len(kept) == len(run.records) else replace(
        run, records=tuple(kept), result=known.get(run.result, run.result))


def _idle(record: Record, shapes: Mapping[int, tuple[int, ...]]) -> bool:
    """Whether an operation leaves its argument in its shape."""
    source = record.args[0]
    return isinstance(source, Ref) and shapes[source.number] == record.outputs[0].shape


def _renumbered(record: Record, known: Mapping[int, int]) -> Record:
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
