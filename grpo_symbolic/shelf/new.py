"""A paper of one's own, made from nothing or from a ``.tex`` file: a folder that is there whole, or not at all."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from shlex import quote
from tempfile import mkdtemp
from typing import NamedTuple

from ..latex.documents.document_reader import Record, records_in
from ..latex.documents.gathered import Gathered, Sheet, Stretch
from ..latex.documents.including import Including, Opened
from ..latex.documents.limits import UnusableInput
from ..latex.documents.paper_folder import CLAIMS, DERIVATIONS, DISPLAYS
from ..latex.documents.reading_text import text_of
from .chains import every_reason
from .folder import TITLE, FolderBook, Read

TEMPLATE = Path(__file__).parent / "template"
FIRST = f"{DERIVATIONS}/first.tex"
BEGIN, END = (re.compile(rf"\\{edge}\s*\{{document\}}") for edge in ("begin", "end"))
FLOAT = re.compile(r"\\begin\s*\{((?:figure|table|tikzpicture|thebibliography|tabular)\*?)\}.*?\\end\s*\{\1\}",
                   re.DOTALL)
# What a paragraph has that says something of a formula, or of where others belong.
SAYS = re.compile(r"\$|\\[(\[]|\\(?:begin|end|part|chapter|(?:sub)*section|label)(?![A-Za-z])")
MOST_TRIED, SECONDS = 12, 2.0  # of the processor's time, each


def new_paper(folder: Path, source: Path | None) -> list[str]:
    """Make the folder of a paper, of what a ``.tex`` file displays if one is named; what of that could not be included,
    a sentence each. Raises UnusableInput where there is something already, or the file cannot be used."""
    if os.path.lexists(folder):
        raise UnusableInput(f"{folder}: it is there already, and nothing is overwritten: name a folder that is new")
    folder = Path(os.path.abspath(folder))
    if not folder.parent.is_dir():
        raise UnusableInput(f"{folder.parent}: there is no such folder to make {folder.name} in")
    files, complaints = of_nothing() if source is None else of_document(source)
    room = beside(folder)
    try:
        write(room, {**files, "README.md": readme(folder.name)})
        if source is not None:
            write(room, {FIRST: first_derivation(room)})
        room.chmod(0o755)
        room.rename(folder)
    except BaseException:
        shutil.rmtree(room, ignore_errors=True)
        raise
    return complaints


def beside(folder: Path) -> Path:
    """A new folder beside a place. Raises UnusableInput where there can be none."""
    try:
        return Path(mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
    except OSError as fault:
        raise UnusableInput(f"{folder}: nothing can be written in {folder.parent}: {fault.strerror}") from None


def write(room: Path, files: Mapping[str, str]) -> None:
    """Write files into a folder."""
    for name, text in files.items():
        (room / name).parent.mkdir(exist_ok=True)
        (room / name).write_text(text, encoding="utf-8")


def template(name: str) -> str:
    """A file of the template."""
    return (TEMPLATE / name).read_text(encoding="utf-8")


def filled(name: str, **words: str) -> str:
    """A file of the template, with something put in the place of some of its words."""
    return re.sub("|".join(words), lambda found: words[found.group()], template(name))


def readme(name: str) -> str:
    """What is said of a paper of that name."""
    reasons = "\n".join(f"- {one}" for one in every_reason())
    return filled("README.md", NAME=name, FOLDER=quote(name), REASONS=reasons)


def of_nothing() -> tuple[dict[str, str], list[str]]:
    """The files of a paper that shows how one is written."""
    return {name: template(name) for name in (DISPLAYS, CLAIMS, FIRST)}, []


def of_document(source: Path) -> tuple[dict[str, str], list[str]]:
    """The files of the paper of a document, and what it could not include. Raises UnusableInput."""
    if source.suffix.lower() != ".tex":
        raise UnusableInput(f"{source}: a paper is made from a .tex file")
    try:
        with source.open("rb") as stream:
            text = text_of(stream)
    except OSError as error:
        raise UnusableInput(f"{source}: {error.strerror}") from None
    except UnusableInput as fault:
        raise UnusableInput(f"{source}: {fault}") from None
    including = Including(source)
    gathered = including.gathered(text)
    if next(records_in(gathered), None) is None:
        raise UnusableInput(f"{source}: no mathematics was found: a statement stands in a display, $$…$$ or \\[…\\]")
    head = f"% The displays of {source.name}, with what is said around them.\n\n"
    return {DISPLAYS: head + displays(gathered.text), CLAIMS: template("claims-of.tex")}, including.complaints


def displays(text: str) -> str:
    """What a document displays, with the definitions of its macros and the paragraphs that speak of formulas."""
    start, end = BEGIN.search(text), END.search(text)
    before = text[:start.start()] if start else ""
    body = text[start.end() if start else 0:end.start() if end else len(text)]
    defined = Opened(Sheet(before), before, Path(), (), package=True)
    title = TITLE.search(text)
    macros = "".join([f"{title.group()}\n" if title else "", *(one.text for one in defined.own(0, len(before)))])
    short = "\n\n".join(one for one in paragraphs(FLOAT.sub("", body)) if SAYS.search(one))
    whole = "\n\n".join(paragraphs(body))
    kept = short if same(macros + short, macros + whole) else whole
    return f"{macros}\n{kept}\n" if macros else f"{kept}\n"


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text, without blanks around them."""
    lines = "\n".join(line.rstrip() for line in text.split("\n"))
    return [one.strip("\n") for one in re.split(r"\n{2,}", lines) if one.strip()]


def same(one: str, other: str) -> bool:
    """Whether two texts display the same under the same names."""
    return [(record.id, record.latex) for record in records_of(one)] == [
        (record.id, record.latex) for record in records_of(other)]


def records_of(text: str) -> Iterator[Record]:
    """The statements of a text."""
    return records_in(Gathered([Stretch(text, Sheet(text))]))


def first_derivation(room: Path) -> str:
    """A derivation ready to be filled, of the first equation of a paper that is proved as a whole; if none is, the
    words without a chain."""
    for one in equations(FolderBook(room).read):
        text = filled("first-of.tex", LABEL=one.label, LEFT=one.left, RIGHT=one.right)
        write(room, {FIRST: text})
        if not FolderBook(room).derivations.faults(SECONDS):
            return text
    lines = (line if line.startswith("%") else f"% {line}".rstrip() for line in template("first-of.tex").split("\n"))
    return "\n".join(lines).rstrip("% \n") + "\n"


class Equation(NamedTuple):
    """A display that prints one equation: its name and its two sides."""

    label: str
    left: str
    right: str


def equations(read: list[Read]) -> Iterator[Equation]:
    """The first displays that print one equation."""
    tried = 0
    for record, _ in read:
        sides = outer(record.latex)
        if len(sides) == 2 and all(one.strip() for one in sides) and tried < MOST_TRIED:
            tried += 1
            yield Equation(record.id, *(one.strip() for one in sides))


def outer(latex: str) -> list[str]:
    """What stands between the signs = of a text that are in no braces, aligned or not; nothing of several rows."""
    text = re.sub(r"\\(?:label|tag)\*?\s*\{[^{}]*\}|\\(?:nonumber|notag)(?![A-Za-z])", "", latex).strip()
    text = re.sub(r"(?<!\\)[.,;\s]+$", "", text.removesuffix(r"\\"))
    if "\\\\" in text or r"\begin" in text:
        return []
    text = re.sub(r"(?<!\\)&", "", text)
    found, depth = [""], 0
    for char in text:
        depth += (char == "{") - (char == "}")
        found, last = ([*found, ""], "") if char == "=" and depth == 0 else (found, char)
        found[-1] += last
    return found
