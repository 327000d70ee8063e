"""A report as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from ..algebra.printing import plain
from ..reading.selfcheck import SelfCheck
from ..recording.tape import Place, Tape
from .penalty import Penalty
from .regions import Region
from .report import Report, Side, written

LABEL, WIDEST = 12, 64
DEFAULT = "π_ref"  # what penalties lead to as a rule


def told(found: Report) -> str:
    """The report in words."""
    return "\n".join(line for label, lines in sections(found) for line in _labelled(label, lines))


def _labelled(label: str, lines: list[str]) -> Iterator[str]:
    for number, line in enumerate(lines):
        yield f"{label if not number else '':<{LABEL if label else 0}}{line}".rstrip()


def sections(found: Report) -> Iterator[tuple[str, list[str]]]:
    """What is said, by labels; the first has none."""
    tape = found.tape
    yield "", [headline(tape)]
    yield "it is", [found.name or f"none of the built-in objectives: {plain(found.loss)}"]
    for label, side in (("value", found.value), ("gradient", found.gradient)):
        if side is not None:
            yield label, list(_side(side, tape))
    yield "coefficient", list(_coefficient(found))
    for penalty in found.penalties:
        where = " where it is not clamped" if any(one.dead for one in penalty.regions) else ""
        yield "penalty", [f"{_factored(penalty)}; on-policy its mean gradient{where} is "
                          f"{penalty.on_policy}; off-policy {penalty.off_policy}"]
    for one in found.aggregation:
        yield "aggregation", [f"{one.kind}: {plain(one.weight)}{f'; {one.remark}' if one.remark else ''}"]
    for clip in found.clip:
        yield "clip", [f"{clip.text()}{_at(clip.at)}"]
    for finding in found.findings:
        yield "finding", [f"{finding.text}{_at(finding.at)}"]
    if found.said:
        yield "read as", ["; ".join(found.said)]
    if found.hypotheses:
        yield "hypotheses", [f"{one.text}{_at(one.at)}" for one in found.hypotheses]
    yield "checked", [_checked(tape, found.selfcheck)]


def _factored(penalty: Penalty) -> str:
    """A penalty with its factor; one that is below 0 makes the penalty a reward."""
    name, factor = penalty.estimator or plain(penalty.body), plain(penalty.factor)
    away = ", taken away from the loss" if factor.startswith("-") else ""
    size = factor.removeprefix("-")
    to = "" if penalty.reference == DEFAULT else f" to {penalty.reference}"
    return (name if size == "1" else f"{size} times {name}") + to + away


def headline(tape: Tape) -> str:
    """Where a function stands, and what it ran with."""
    constants = ", ".join(one.name for one in tape.runs[0].constants)
    settings = ", ".join(f"{one.name}={one.text}" for one in tape.settings)
    told_ = "; ".join(filter(None, (constants and f"hyper-parameters {constants}", settings)))
    return f"{tape.file}:{tape.line} {tape.function}  ({tape.framework} {tape.version}{f'; {told_}' if told_ else ''})"


def _side(side: Side, tape: Tape) -> Iterator[str]:
    against = f"{side.against} {side.variant}".strip()
    if side.verdict == "proved":
        yield f"proved equal to {against}"
        return
    yield f"{side.verdict} against {against}: {side.reason}"
    if side.counterexample is not None:
        found = written(side.counterexample, tape)
        constants = ", ".join(f"{name} = {short(value)}" for name, value in found["constants"].items())
        batch = ", ".join(f"{name} {short(values)}" for name, values in found["batch"].items())
        yield f"  {batch}{f'; {constants}' if constants else ''}"
        yield f"  code {short(found['code'])}   objective {short(found['objective'])}"


def told_side(side: Side | None, tape: Tape) -> str:
    """The verdict on value or gradient in words, with the batch that refutes it."""
    return "\n".join(_side(side, tape)) if side else "undecided: it is none of the built-in objectives"


def _coefficient(found: Report) -> Iterator[str]:
    yield "of ∇log π_θ(o_it), r its ratio to π_old:"
    yield from _forms(found.coefficient)
    for one in found.further:
        yield f"of ∇{plain(one.of)}:"
        yield from _forms(one.regions)


def _forms(forms: Sequence[Region]) -> Iterator[str]:
    """Closed forms, each with where it holds."""
    texts = [(plain(one.value), one.text()) for one in forms]
    width = min(WIDEST, max((len(value) for value, _ in texts), default=0))
    for value, where in texts:
        yield f"  {value:<{width}}   {where}"
    if not texts:
        yield "  of too many cases to list"


def short(values: Any) -> str:
    """Numbers in a line."""
    if isinstance(values, list):
        return f"[{', '.join(map(short, values))}]"
    return f"{values:.6g}" if isinstance(values, float) else str(values)


def _at(at: Place | None) -> str:
    return "" if at is None else f"  ({at})"


def _checked(tape: Tape, check: SelfCheck) -> str:
    how = "the framework's derivative" if tape.exact else "differences"
    kink = "; on-policy it has a kink, at which the code takes the gradient of another side" if check.kinked else ""
    shapes = dict.fromkeys("×".join(str(one.size) for one in run.sizes) for run in tape.runs)
    small = sum(one.run is not None for one in tape.small)
    compared = f", compared on {small} small ones" if small else ""
    return (f"the path is that of batches of {', '.join(shapes)}{compared}{kink}; "
            f"value and gradient against {how} on {check.batches} batches: {check.difference:.0e}")
