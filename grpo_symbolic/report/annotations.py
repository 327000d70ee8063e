"""Annotations of a workflow on GitHub: what a check found, as commands that its runner reads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from .checks import summary
from .findings import Checked, Finding, findings

DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
PROPERTY = DATA | str.maketrans({":": "%3A", ",": "%2C"})


def commands(checked: Sequence[Checked], strict: bool, fault: str = "") -> str:
    """The commands, one a line: each fault at its place, why input could not be used, and how many got which verdict.

    What is open is a warning where ``strict``, else only counted: a runner shows ten annotations of a kind, and those
    on limits of the checker would stand in the way of what an author can correct.
    """
    lines = [annotation(one) for one in findings(checked, strict) if one.level != "note"]
    if fault:
        lines.append(command("error", {"title": "unusable input"}, fault))
    if checked or not fault:
        lines.append(command("notice", {"title": "grpo-symbolic"}, summary((verdict for _, verdict in checked), 0)))
    return "\n".join(lines)


def annotation(found: Finding) -> str:
    """The command that shows one finding; without a file it belongs to the run as a whole."""
    place: dict[str, str | int | None] = {"file": found.source.file, "line": found.line, "col": found.column}
    if not found.source.file:
        place = {}
    return command(found.level, {**place, "title": f"{found.rule.id}: {found.name}"}, found.text)


def command(name: str, properties: Mapping[str, str | int | None], data: str) -> str:
    """One command; a property that is None is left out."""
    said = ",".join(f"{key}={str(value).translate(PROPERTY)}" for key, value in properties.items() if value is not None)
    return f"::{name} {said}::{data.translate(DATA)}"
