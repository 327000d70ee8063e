"""A tape as JSON, both ways: of bounded size, and every fault of what is read is one sentence."""

from __future__ import annotations

import json
import math
from dataclasses import MISSING, fields, is_dataclass
from typing import Any

from . import tape
from .tape import FORMAT, Argument, Ref, Tape, TapeError, references

MOST_CHARACTERS = 16_000_000
DEEPEST = 8
# How fields are annotated: scalars, data classes of the tape, either or none, and lists.
SCALARS = {"str": str, "int": int, "float": float, "bool": bool}
LIST, OR_NONE = "tuple[", " | None"


def to_json(found: Tape) -> str:
    """A tape as one line of JSON.

    Raises TapeError where it is too long.
    """
    text = json.dumps({"format": FORMAT, **_plain(found)}, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    if len(text) > MOST_CHARACTERS:
        raise TapeError(f"the tape has more than {MOST_CHARACTERS:,} characters")
    return text


def from_json(text: str) -> Tape:
    """The tape that a text holds.

    Raises TapeError where it holds none.
    """
    if len(text) > MOST_CHARACTERS:
        raise TapeError(f"the tape has more than {MOST_CHARACTERS:,} characters")
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as fault:
        raise TapeError(f"this is no tape: {fault}") from fault
    if not isinstance(found, dict) or found.pop("format", None) != FORMAT:
        raise TapeError(f"this is no tape of format {FORMAT}")
    whole: Tape = _built(Tape, found, "tape")
    _consistent(whole)
    return whole


def _plain(value: Any) -> Any:
    """Data classes as objects without what is left at its default, floats that JSON has no word for as texts."""
    if isinstance(value, Ref):
        return {"v": value.number}
    if is_dataclass(value):
        return {one.name: _plain(getattr(value, one.name)) for one in fields(value)
                if one.default is MISSING or getattr(value, one.name) != one.default}
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, float) and not math.isfinite(value):
        return {"f": repr(value)}
    return value


def _built(kind: type, found: Any, where: str) -> Any:
    """A data class from an object, every field as it is annotated."""
    if not isinstance(found, dict):
        raise TapeError(f"{where} of the tape is no object")
    known = {one.name: one for one in fields(kind)}
    for name in found.keys() - known.keys():
        raise TapeError(f"{where} of the tape has an unknown part {str(name)[:40]!r}")
    for name, one in known.items():
        if one.default is MISSING and name not in found:
            raise TapeError(f"{where} of the tape has no {name}")
    return kind(**{name: _read(str(known[name].type), value, f"{where}.{name}") for name, value in found.items()})


def _read(kind: str, found: Any, where: str) -> Any:
    """What JSON holds, as the annotation of a field asks for it."""
    if kind.endswith(OR_NONE):
        return None if found is None else _read(kind.removesuffix(OR_NONE), found, where)
    if kind.startswith(LIST):
        if not isinstance(found, list):
            raise TapeError(f"{where} of the tape is no list")
        return tuple(_read(kind.removeprefix(LIST).removesuffix(", ...]"), one, where) for one in found)
    if kind == "Argument":
        return _argument(found, where)
    if kind in SCALARS:
        return _scalar(SCALARS[kind], found, where)
    return _built(getattr(tape, kind), found, where)


def _scalar(hint: type, found: Any, where: str) -> Any:
    """A text, a truth value, an integer or a number."""
    found = _special(found)
    numeric = (int, float) if hint is float else hint
    if not isinstance(found, numeric) or (isinstance(found, bool) and hint is int):
        raise TapeError(f"{where} of the tape is no {hint.__name__}")
    return found


def _special(found: Any) -> Any:
    """A float that JSON has no word for, from its text."""
    if isinstance(found, dict) and found.keys() == {"f"} and found["f"] in ("inf", "-inf", "nan"):
        return float(found["f"])
    return found


def _argument(found: Any, where: str, depth: int = 0) -> Argument:
    """What an operation was called with."""
    found = _special(found)
    if isinstance(found, list) and depth < DEEPEST:
        return tuple(_argument(one, where, depth + 1) for one in found)
    if isinstance(found, dict) and found.keys() == {"v"} and type(found["v"]) is int:
        return Ref(found["v"])
    if found is None or isinstance(found, (bool, int, float, str)):
        return found
    raise TapeError(f"{where} of the tape holds what is no argument")


def _consistent(found: Tape) -> None:
    """Let pass a tape whose values are used after they appear, and whose arrays are as long as they say."""
    if not found.runs:
        raise TapeError("the tape has no runs")
    for run in (*found.runs, *found.checks, *(one.run for one in found.small if one.run)):
        arrays = [*(one.array for one in run.inputs), *(one.array for one in run.gradients),
                  *(one.literal for one in run.records if one.literal)]
        if any(math.prod(one.shape) != len(one.values) for one in arrays):
            raise TapeError("an array of the tape is not as long as its shape says")
        known = {one.number for one in run.inputs}
        for record in run.records:
            if not set(references(record.args)) | set(references(tuple(one.value for one in record.kwargs))) <= known:
                raise TapeError(f"{record.op} at {record.at} of the tape uses a value that has not appeared")
            known |= {one.number for one in record.outputs}
        if run.records and run.result not in known:
            raise TapeError("the result of the tape is no value of it")
