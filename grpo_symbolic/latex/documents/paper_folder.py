r"""A paper that is a folder: displays, claims and derivations in LaTeX, read as one document.

``displays.tex`` has what the paper prints, ``claims.tex`` what is said of it, and each file of ``derivations`` how
something follows. What one defines serves all, as if they were included one after the other. Beside a statement stand
a sentence, on the lines before it, and a comment ``% expect: refuted`` where that is what should come out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from os.path import isfile
from pathlib import Path

from .aside import Aside
from .document_reader import Record, records_in
from .gathered import Gathered
from .including import Including
from .limits import UnusableInput
from .reading_text import text_of
from .segments import matched

DISPLAYS, CLAIMS, DERIVATIONS = "displays.tex", "claims.tex", "derivations"
# A form feed ends whatever is open, as a heading does.
BETWEEN = "\n\n\f\n\n"
NAME = re.compile(r"[\w.+-]+\.tex")
EXPECTED = re.compile(r"\s*%+\s*expect:\s*(.*?)\s*$")
COMMENT = re.compile(r"(?<!\\)%.*")
EDGE = re.compile(
    r"\\(?:begin|end|part|chapter|(?:sub)*section|label|input|include|title|maketitle|(?:re)?new(?:command|theorem)|"
    r"providecommand|DeclareMathOperator|def|let)(?![A-Za-z])|\\\]|\$\$|\\\\\s*$")
REFERRED = re.compile(r"\\(?:eq)?ref\s*\{([^{}]*)\}")
REASON = re.compile(r"(?:&&|&\s*\\qquad(?![A-Za-z]))\s*(?=\\text\s*\{)")
NOT_FOLLOWED = " is not followed: "


def is_paper(path: Path) -> bool:
    """Whether a path is that of a paper's folder; what is no path at all, as a long text, is none."""
    return any(isfile(path / name) for name in (DISPLAYS, CLAIMS))


def files_of(folder: Path) -> list[str]:
    """The files of a paper, in order, as paths from its folder. Raises UnusableInput where one cannot be read."""
    if not (folder / DISPLAYS).is_file():
        raise UnusableInput(f"{folder}: there is no {DISPLAYS}: a paper has its displays there")
    names = [name for name in (DISPLAYS, CLAIMS) if (folder / name).is_file()]
    try:
        derivations = sorted((folder / DERIVATIONS).glob("*.tex"))
    except OSError as error:
        raise UnusableInput(f"{folder / DERIVATIONS}: {error.strerror}") from None
    for path in derivations:
        if not NAME.fullmatch(path.name):
            raise UnusableInput(f"{path}: the name of a derivation has letters, digits, and the signs . _ + - alone")
    return [*names, *(f"{DERIVATIONS}/{path.name}" for path in derivations)]


def paper_in(folder: Path) -> tuple[Gathered, list[Record], list[str]]:
    """The text of a paper, its statements in their order, and what could not be included, a sentence each. Raises
    UnusableInput."""
    names = files_of(folder)
    for name in names:
        readable(folder / name)
    whole = folder / "paper"
    including = Including(whole)
    gathered = including.gathered(BETWEEN.join(f"\\input{{{name}}}" for name in names))
    records = list(paper_records(gathered))
    refuse_unattached(folder, names, records)
    own = f"{whole}, line "
    if lost := [one for one in including.complaints if one.startswith(own)]:
        raise UnusableInput(f"{folder}: {lost[0].removeprefix(own).partition(': ')[2]}")
    return gathered, records, including.complaints


def paper_records(gathered: Gathered) -> Iterator[Record]:
    """The statements of the text of a paper, in order, each with what stands beside it."""
    return map(with_aside, records_in(gathered))


def readable(path: Path) -> None:
    """Refuse a file that is no text. Raises UnusableInput."""
    try:
        with path.open("rb") as stream:
            text_of(stream)
    except OSError as error:
        raise UnusableInput(f"{path}: {error.strerror}") from None
    except UnusableInput as fault:
        raise UnusableInput(f"{path}: {fault}") from None


def with_aside(record: Record) -> Record:
    """The record with what stands beside it; the reasons of a derivation are taken out of what it says."""
    assert record.gathered is not None
    lines = record.gathered.sheet(record.offset).text.split("\n")
    words, expected = before(lines, record.line)
    sentence = " ".join(words) if record.scopes is None else record.scopes.printed(" ".join(words))
    referred = REFERRED.search(sentence)
    derives = referred[1] if referred and Path(record.file).parent.name == DERIVATIONS else ""
    aside = Aside(sentence, expected[0].text if expected else "", derives, lines=tuple(one.line for one in expected))
    if not derives or record.fault is not None:
        return replace(record, aside=aside)
    # with references in it as they are printed, where that has the same offsets
    printed = record.latex if record.expanded is None or record.joined else record.expanded.text
    found = list(reasons(printed))
    told = tuple((record.position(*place_of(printed, one.start)), one.text) for one in found)
    return replace(record, aside=replace(aside, reasons=told), latex=blanked(record.latex, found))


@dataclass(frozen=True)
class Expected:
    """A verdict that a comment expects, and the line of the comment."""

    text: str
    line: int


def before(lines: Sequence[str], line: int) -> tuple[list[str], list[Expected]]:
    """The words right before a line, which counts from 1, and what comments among them expect."""
    words: list[str] = []
    expected: list[Expected] = []
    for number in range(line - 1, 0, -1):
        text = lines[number - 1]
        if found := EXPECTED.match(text):
            expected.append(Expected(found[1], number))
        elif not text.strip() or EDGE.search(COMMENT.sub("", text)):
            break
        elif said := COMMENT.sub("", text).strip():
            words.insert(0, said)
    return words, expected


def refuse_unattached(folder: Path, names: Iterable[str], records: Sequence[Record]) -> None:
    """Refuse a comment that expects a verdict and stands before no statement, or beside another. Raises UnusableInput.
    """
    attached: dict[str, set[int]] = {}
    for record in records:
        if record.aside is not None and record.aside.lines:
            attached.setdefault(record.file, set()).add(record.aside.lines[0])
    for name in names:
        path = folder / name
        for number, line in enumerate(path.read_text(encoding="utf-8-sig").split("\n"), 1):
            if EXPECTED.match(line) and number not in attached.get(str(path), ()):
                raise UnusableInput(f"{path}, line {number}: what is expected stands in one comment right before a "
                                    "statement, and here none follows")


@dataclass(frozen=True)
class Printed:
    """A reason as it is printed in a text, and the offsets between which it stands."""

    start: int
    end: int
    text: str


def reasons(latex: str) -> Iterator[Printed]:
    """The reasons in the last column of a derivation, or in rows of their own."""
    braces = matched(latex)
    for found in REASON.finditer(latex):
        opened = latex.index("{", found.end())
        if opened in braces:
            end = braces[opened]
            yield Printed(found.end(), end, latex[opened + 1:end - 1])


def blanked(latex: str, found: Iterable[Printed]) -> str:
    """A text with reasons made blank, all else in its place."""
    for one in found:
        latex = latex[:one.start] + re.sub(r"[^\n]", " ", latex[one.start:one.end]) + latex[one.end:]
    return latex


def place_of(text: str, pos: int) -> tuple[int, int]:
    """Line and column of an offset, from 1."""
    start = text.rfind("\n", 0, pos) + 1
    return text.count("\n", 0, pos) + 1, pos - start + 1
