"""Detours of a framework: operations that it does for tensors of some sizes alone, and that change nothing."""

from __future__ import annotations

from collections.abc import Mapping

from ..recording.needed import numbered_in_order
from ..recording.tape import Record, Ref, Run

CHANGING_NOTHING = ("aten.view.", "aten.expand.", "aten.reshape.")


def without_detours(run: Run, usual: Run) -> Run:
    """A run without the operations that leave a tensor in its shape, where the usual run does not do them."""
    shapes = {one.number: one.array.shape for one in run.inputs}
    same: dict[int, int] = {}
    kept: list[Record] = []
    expected = list(usual.records)
    for record in run.records:
        shapes |= {one.number: one.shape for one in record.outputs}
        wanted = expected[len(kept)].op if len(kept) < len(expected) else ""
        if record.op != wanted and record.op.startswith(CHANGING_NOTHING) and _idle(record, shapes):
            source, = (one.number for one in record.args[:1] if isinstance(one, Ref))
            same[record.outputs[0].number] = same.get(source, source)
        else:
            kept.append(record)
    return numbered_in_order(run, kept, same)


def _idle(record: Record, shapes: Mapping[int, tuple[int, ...]]) -> bool:
    """Whether an operation leaves its argument in its shape."""
    source = record.args[0]
    return isinstance(source, Ref) and shapes[source.number] == record.outputs[0].shape
