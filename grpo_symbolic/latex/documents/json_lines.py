"""The records of a ``.jsonl`` text, a line a record."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from ..read_error import ReadError, UnusableText
from .document_reader import Record
from .limits import MAX_DOCUMENT, UnusableInput

TEXTS = ("where", "assume", "let")
KEYS = ("id", "latex", *TEXTS)


class NoRecord(UnusableText):
    """A line of a ``.jsonl`` file that is no record."""


def jsonl_records(lines: Iterable[str | UnusableInput]) -> Iterator[Record]:
    """The records of the lines of a ``.jsonl`` text; keys other than KEYS are passed over.

    A line of more than MAX_DOCUMENT characters is a record with a fault, and so is a line that is no such record.
    """
    for number, line in enumerate(lines, 1):
        if isinstance(line, UnusableInput):
            yield no_record(number, str(line))
            continue
        line = line.strip().lstrip("\ufeff")
        if len(line) > MAX_DOCUMENT:
            fault = ReadError(f"this line is longer than {MAX_DOCUMENT:,} characters: split it", number, 1)
            yield Record(str(number), "", line=number, fault=fault)
        elif line:
            try:
                yield json_record(line, number)
            except UnusableInput as fault:
                yield no_record(number, str(fault))


def no_record(number: int, reason: str) -> Record:
    """What stands for a line that is no record."""
    return Record(str(number), "", line=number, fault=NoRecord(reason, number))


def json_record(line: str, number: int) -> Record:
    """The record of one line; raises UnusableInput."""
    found = parsed(line)
    if not isinstance(found, dict) or not isinstance(found.get("latex"), str):
        raise UnusableInput('a record is an object with the text "latex"')
    where, assume, let = (texts(found, key) for key in TEXTS)
    name = found.get("id", number)
    if not isinstance(name, (str, int)):
        raise UnusableInput('"id" is a text')
    other = tuple(key for key in found if key not in KEYS)
    labels = (str(name),) if "id" in found else ()
    return Record(str(name), found["latex"], where, assume, number, let, other, labels=labels)


def texts(found: dict[str, Any], key: str) -> tuple[str, ...]:
    """The texts that a record has under a key, one alone or a list; raises UnusableInput."""
    value = found.get(key, [])
    if isinstance(value, str):
        return (value,)
    if not isinstance(value, list) or not all(isinstance(text, str) for text in value):
        raise UnusableInput(f'"{key}" is a text, or a list of texts')
    return tuple(value)


def parsed(text: str) -> Any:
    """What a text of JSON says; raises UnusableInput."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        reason = error.msg if isinstance(error, json.JSONDecodeError) else "nested too deep"
        raise UnusableInput(f"this is not JSON: {reason}") from None
