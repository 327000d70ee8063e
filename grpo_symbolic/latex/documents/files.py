"""Files: what kind of document one is, and the records of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path
from typing import Any, BinaryIO, cast

from .document_reader import Record, records_in
from .gathered import Gathered, Sheet, Stretch
from .including import Including
from .json_lines import jsonl_records
from .limits import UnusableInput
from .markdown import as_tex
from .notebook import gathered_cells
from .paper_folder import is_paper, paper_in, paper_records
from .reading_text import lines_of, text_of

KINDS = ("tex", "md", "ipynb", "jsonl")
ENDINGS = {f".{kind}": kind for kind in KINDS} | {".markdown": "md"}
NOTEBOOK = re.compile(rb'\{\s*(?:\n|"(?:cells|metadata|nbformat|nbformat_minor)")')
TEX = re.compile(r"\\(?:documentclass|usepackage|(?:sub)*section|chapter|begin\s*\{document\})(?![A-Za-z])")
MARKDOWN = re.compile(r"^(?:#{1,6} |```|~~~)|\]\(", re.MULTILINE)


@dataclass(frozen=True)
class Document:
    """The statements of a file; how many there are, None where they are read one by one; what could not be included,
    a sentence each; the text in which the statements stand together; and whether it is that of a paper's folder."""

    records: Iterable[Record]
    total: int | None = None
    complaints: Sequence[str] = ()
    gathered: Gathered | None = None
    paper: bool = False


def records_of(gathered: Gathered, paper: bool) -> Iterator[Record]:
    """The statements of the text of a document, in order."""
    return paper_records(gathered) if paper else records_in(gathered)


def known_kind(path: str) -> str:
    """What a document is by its name, one of KINDS, or ``folder`` for a paper's; empty where that is not said."""
    return "folder" if is_paper(Path(path)) else ENDINGS.get(Path(path).suffix.lower(), "")


def document_of(path: str | Path, stream: BinaryIO | None = None, kind: str = "") -> Document:
    """The document that a file is, by its ending, or a paper's folder; ``stream`` is its content if it is open already.

    ``kind`` is one of KINDS, for a file whose ending does not say it and for standard input (``-``); without it the
    content tells. Raises UnusableInput.
    """
    path = Path(path)
    if is_paper(path):
        gathered, records, complaints = paper_in(path)
        return Document(records, len(records), complaints, gathered, paper=True)
    name = "standard input" if str(path) == "-" else str(path)
    ending = ENDINGS.get(path.suffix.lower(), kind)
    if path.is_dir():
        raise UnusableInput(f"{name}: is no paper: it has no displays.tex; `new DIR` makes the folder of one")
    if path.suffix and not ending:
        raise UnusableInput(f"{name}: a document ends in .tex, .md, .ipynb or .jsonl; --as says what another is")
    try:
        opened = BufferedReader(cast(Any, path.open("rb", buffering=0) if stream is None else stream))
        ending = ending or told(opened.peek(1).removeprefix(b"\xef\xbb\xbf").lstrip())
    except OSError as error:
        raise UnusableInput(f"{path}: {error.strerror}") from None
    if ending == "jsonl":
        return Document(lines_in(opened))
    try:
        with opened:
            return written(path, opened, ending)
    except UnusableInput as fault:
        raise UnusableInput(f"{name}: {fault}") from None


def told(start: bytes) -> str:
    """The kind of a document by the characters that it starts with; nothing for text."""
    if not start.startswith(b"{"):
        return ""
    return "ipynb" if NOTEBOOK.match(start) else "jsonl"


def written(path: Path, opened: BinaryIO, kind: str) -> Document:
    """A document that is read as a whole; raises UnusableInput."""
    if kind == "ipynb":
        return whole(gathered_cells(opened))
    text = text_of(opened)
    if kind == "md" or not kind and MARKDOWN.search(text) and not TEX.search(text):
        return whole(Gathered([Stretch(as_tex(text), Sheet(text))]))
    including = Including(None if str(path) == "-" else path)
    return whole(including.gathered(text), including.complaints)


def whole(gathered: Gathered, complaints: Sequence[str] = ()) -> Document:
    """The document with this text."""
    records = list(records_in(gathered))
    return Document(records, len(records), complaints, gathered)


def lines_in(opened: BinaryIO) -> Iterator[Record]:
    """The records of the lines of a stream, which is closed after the last."""
    with opened:
        yield from jsonl_records(lines_of(opened))
