r"""Documents: the displays of a ``.tex`` file and the records of a ``.jsonl`` file, as statements in order."""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from .environment import Environment
from .macros import DEFINING, Expanded, Expander, Macro, definition
from .read_error import Fault, ReadError
from .reader import Statement, read_statement

MAX_DOCUMENT = 50_000_000

NUMBERED = ("equation", "align", "gather", "multline", "eqnarray", "alignat", "flalign")
ENVIRONMENTS = "|".join((*NUMBERED, "displaymath"))
START = re.compile(rf"\$\$|\\\[|\\begin\s*\{{({ENVIRONMENTS})(\*?)\}}|\\end\s*\{{document\}}|{DEFINING.pattern}|\\.",
                   re.DOTALL)
COMMENT = re.compile(r"(?<!\\)((?:\\\\)*)%[^\n]*")
VERBATIM = re.compile(r"\\begin\s*\{(verbatim|lstlisting|comment|minted)\*?\}.*?(?:\\end\s*\{\1\*?\}|\Z)", re.DOTALL)
LABEL = re.compile(r"\\label\s*\{([^{}]*)\}")
TAG = re.compile(r"\\tag\*?\s*\{([^{}]*)\}")
PARENTHESISED = re.compile(r"\\q?quad\s*\(\s*(\d+[a-z]?)\s*\)\s*$")
UNNUMBERED = re.compile(r"\\(?:nonumber|notag)\b")
BREAK = re.compile(r"\\\\|\\(begin|end)(?![A-Za-z])")


class UnusableInput(ValueError):
    """A file that is no document: one line that says where and why."""


@dataclass(frozen=True)
class Record:
    """A statement to be read: its id, its LaTeX with macros expanded, its context, the line where it starts."""

    id: str
    latex: str
    where: tuple[str, ...] = ()
    assume: tuple[str, ...] = ()
    line: int = 1
    breaks: Sequence[int] = field(default=(), repr=False, compare=False)
    offset: int = field(default=0, repr=False, compare=False)
    expanded: Expanded | None = field(default=None, repr=False, compare=False)
    fault: ReadError | None = field(default=None, repr=False, compare=False)

    def in_file(self, error: ReadError) -> ReadError:
        """The error with the line and column of the file instead of those of the display."""
        if self.expanded is None or error.part:
            return error
        lines = self.latex.split("\n")
        pos = sum(len(line) + 1 for line in lines[:error.line - 1]) + error.column - 1
        return _placed(error.reason, self.breaks, self.offset + self.expanded.origin(pos))


def _placed(reason: str, breaks: Sequence[int], pos: int) -> ReadError:
    line = bisect_left(breaks, pos)
    return ReadError(reason, line + 1, pos - (breaks[line - 1] if line else -1))


def _unusable(reason: str, text: str, pos: int) -> UnusableInput:
    return UnusableInput(f"line {text.count(chr(10), 0, pos) + 1}: {reason}")


def _blank(found: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", found.group())


def tex_records(text: str) -> list[Record]:
    r"""The displays of a ``.tex`` text, in order. A display's id is its ``\label``, its ``\tag`` or its number.

    Raises UnusableInput for a display or a macro definition that is never closed.
    """
    check_size(text)
    text = COMMENT.sub(lambda found: found[1] + " " * (len(found.group()) - len(found[1])), VERBATIM.sub(_blank, text))
    records: list[Record] = []
    macros: dict[str, Macro] = {}
    breaks = [found.start() for found in re.finditer("\n", text)]
    copies: dict[str, int] = {}
    number = pos = 0
    while found := START.search(text, pos):
        pos, word = found.end(), found.group()
        if DEFINING.fullmatch(word):
            try:
                name, macro, pos = definition(text, found)
            except Fault as fault:
                raise _unusable(fault.reason, text, found.start()) from None
            macros[name] = macro
        elif word.startswith(r"\end"):
            break
        elif word in ("$$", r"\[") or found[1]:
            end, pos = _end(text, found)
            body = text[found.end():end]
            name, number = _name(body, found, number, len(records) + 1)
            copies[name] = copies.get(name, 0) + 1
            unique = name if copies[name] == 1 else f"{name}-{copies[name]}"
            records.append(_record(unique, body, found, breaks, macros))
    return records


def _end(text: str, found: re.Match[str]) -> tuple[int, int]:
    """Where the display that starts here ends, and the offset after it."""
    word = found.group()
    closer = "$$" if word == "$$" else r"\]" if word == r"\[" else None
    if closer:
        end = text.find(closer, found.end())
        after = end + 2
    else:
        closing = re.compile(rf"\\end\s*\{{{found[1]}{re.escape(found[2])}\}}").search(text, found.end())
        end, after = (closing.start(), closing.end()) if closing else (-1, -1)
    if end < 0:
        raise _unusable("the display that starts here is never closed", text, found.start())
    return end, after


def _rows(body: str) -> list[str]:
    """The rows of a display; those of an array or of cases inside it do not count."""
    rows, start, depth = [], 0, 0
    for found in BREAK.finditer(body):
        if found[1]:
            depth += 1 if found[1] == "begin" else -1
        elif depth == 0:
            rows.append(body[start:found.start()])
            start = found.end()
    return [*rows, body[start:]]


def _name(body: str, found: re.Match[str], number: int, place: int) -> tuple[str, int]:
    """The id of a display, and the number of the last numbered row."""
    first = ""
    if found[1] in NUMBERED and not found[2]:
        rows = _rows(body) if found[1] not in ("equation", "multline") else [body]
        plain = [row for row in rows if row.strip() and not TAG.search(row) and not UNNUMBERED.search(row)]
        first = str(number + 1) if plain else ""
        number += len(plain)
    label, tag, bracket = LABEL.search(body), TAG.search(body), PARENTHESISED.search(body)
    name = (label or tag or bracket)
    return (name[1].strip() if name else first) or f"display-{place}", number


def _record(name: str, body: str, found: re.Match[str], breaks: list[int], macros: dict[str, Macro]) -> Record:
    """The record of one display; a macro that cannot be expanded is kept as its fault."""
    line = bisect_left(breaks, found.start()) + 1
    try:
        expanded = Expander(macros).parts(body)
    except Fault as fault:
        return Record(name, body, line=line, fault=_placed(fault.reason, breaks, found.end() + fault.pos))
    return Record(name, expanded.text, line=line, breaks=breaks, offset=found.end(), expanded=expanded)


def jsonl_records(text: str) -> list[Record]:
    """The records of a ``.jsonl`` text; keys other than id, latex, where, assume are ignored.

    Raises UnusableInput for a line that is no such record.
    """
    check_size(text)
    records = []
    for number, line in enumerate(text.split("\n"), 1):
        line = line.strip().lstrip("\ufeff")
        if line:
            records.append(_json_record(line, number))
    return records


def _json_record(line: str, number: int) -> Record:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError) as error:
        reason = error.msg if isinstance(error, json.JSONDecodeError) else "nested too deep"
        raise UnusableInput(f"line {number}: this is not JSON: {reason}") from None
    if not isinstance(found, dict) or not isinstance(found.get("latex"), str):
        raise UnusableInput(f'line {number}: a record is an object with the text "latex"')
    lists = {}
    for key in ("where", "assume"):
        value = found.get(key, [])
        if not isinstance(value, list) or not all(isinstance(text, str) for text in value):
            raise UnusableInput(f'line {number}: "{key}" is a list of texts')
        lists[key] = tuple(value)
    name = found.get("id", number)
    if not isinstance(name, (str, int)):
        raise UnusableInput(f'line {number}: "id" is a text')
    return Record(str(name), found["latex"], lists["where"], lists["assume"], number)


def check_size(text: str) -> None:
    """Refuse a document beyond all measure."""
    if len(text) > MAX_DOCUMENT:
        raise UnusableInput(f"the document is longer than {MAX_DOCUMENT} characters")


def records_of(path: str | Path, text: str | None = None) -> list[Record]:
    """The records of a file by its ending: ``.tex`` or ``.jsonl``; ``text`` is its content if that is known already.

    Standard input (``-``) is JSON Lines if its first character is ``{``, else TeX. Raises UnusableInput.
    """
    path = Path(path)
    if text is None:
        try:
            text = path.read_bytes().decode("utf-8")
        except OSError as error:
            raise UnusableInput(f"{path}: {error.strerror}") from None
        except UnicodeDecodeError as error:
            raise UnusableInput(f"{path}: not UTF-8 text (byte {error.start})") from None
    ending = path.suffix or (".jsonl" if text.lstrip().startswith("{") else ".tex")
    if ending not in (".tex", ".jsonl"):
        raise UnusableInput(f"{path}: a document ends in .tex or .jsonl")
    return tex_records(text) if ending == ".tex" else jsonl_records(text)


def read_records(records: Iterable[Record]) -> Iterator[tuple[Record, Statement | ReadError]]:
    """Each record with its statement, or with the error that refuses it.

    Definitions of a display serve the displays after it; records of a ``.jsonl`` file stand alone.
    """
    environment = Environment()
    for record in records:
        if record.fault is not None:
            yield record, record.fault
            continue
        try:
            statement = read_statement(record.latex, record.where, record.assume, environment)
        except ReadError as error:
            yield record, record.in_file(error)
            continue
        if record.expanded is not None:
            environment = statement.environment
        yield record, statement
