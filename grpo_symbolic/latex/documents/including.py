r"""What a ``.tex`` text includes: files in its folder, by ``\input`` and its like, and what packages there define."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from ..parsing.macros import DEFINING, definition
from ..read_error import Fault
from .edges import NEW_ENVIRONMENT, environment_definition
from .gathered import Gathered, Sheet, Stretch
from .limits import MAX_DOCUMENT, UnusableInput
from .reading_text import text_of
from .segments import matched, silenced

MAX_FILES = 1_000
MAX_WITHIN = 15  # TeX itself has no more open, one within the other
BRACED = r"\s*\{(?P<%s>[^{}]*)\}"
INCLUSION = re.compile(
    rf"\\(?:(?:input|include|subfile|subfileinclude)(?![A-Za-z])(?:{BRACED % 'file'}|[ \t]+(?P<bare>[^\s\\{{}}#%]+))"
    rf"|(?:sub)?(?:import|inputfrom|includefrom)(?![A-Za-z])\*?{BRACED % 'folder'}{BRACED % 'inner'}"
    rf"|(?:usepackage|RequirePackage)(?![A-Za-z])(?:\s*\[[^\[\]]*\])?{BRACED % 'packages'}"
    r"|(?P<end>endinput)(?![A-Za-z]))")
DEFINITION = re.compile(rf"{DEFINING.pattern}|(?P<environment>{NEW_ENVIRONMENT})")
START, END = (re.compile(rf"\\{edge}\s*\{{document\}}") for edge in ("begin", "end"))


class NotFollowed(Exception):
    """Why a file is not included."""


@dataclass(frozen=True)
class Opened:
    """A file that is being read: what a person sees of it, its text without comments, its folder, and the files that
    are open, itself the last. Of a ``package`` only definitions count."""

    sheet: Sheet
    text: str
    folder: Path
    within: tuple[Path, ...]
    package: bool = False

    @cached_property
    def braces(self) -> dict[int, int]:
        """Which braces belong together."""
        return matched(self.text)

    def own(self, start: int, end: int) -> Iterator[Stretch]:
        """What counts of it between two places."""
        if not self.package:
            yield Stretch(self.text[start:end], self.sheet, start)
            return
        while found := DEFINITION.search(self.text, start, end):
            try:
                start = self.after(found)
            except Fault:  # packages are programs: what else they hold says nothing to a reader
                start = found.end()
            else:
                yield Stretch(self.text[found.start():start] + "\n", self.sheet, found.start())

    def after(self, found: re.Match[str]) -> int:
        """The place after a definition; raises Fault."""
        define = environment_definition if found["environment"] else definition
        return define(self.text, found, self.braces)[2]


class Including:
    """Follows what the document at a path includes; ``complaints`` say, a sentence each, what is not followed."""

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self.root = None if path is None else Path(os.path.abspath(path)).parent
        self.complaints: list[str] = []
        self.files = self.length = 0
        self.packages: set[Path] = set()

    def gathered(self, text: str) -> Gathered:
        """The text with all that it includes in its place."""
        self.length = len(text)
        within = () if self.path is None else (self.path.resolve(),)
        document = Opened(Sheet(text), silenced(text), self.root or Path(), within)
        return Gathered(self.stretches(document, 0, len(text)))

    def stretches(self, opened: Opened, pos: int, end: int) -> Iterator[Stretch]:
        """The stretches of a file between two places, and of what it includes there."""
        for found in INCLUSION.finditer(opened.text, pos, end):
            yield from opened.own(pos, found.start())
            pos = found.end()
            if found["end"]:
                return
            for name in named(found):
                self.files += 1
                if self.files > MAX_FILES:
                    continue
                try:
                    yield from self.included(opened, name, found["packages"] is not None)
                except (NotFollowed, UnusableInput) as fault:
                    self.complain(opened, found, str(fault))
                if self.files == MAX_FILES:
                    self.complain(opened, found, f"at most {MAX_FILES:,} files are, and nothing after these")
        yield from opened.own(pos, end)

    def complain(self, opened: Opened, found: re.Match[str], reason: str) -> None:
        """Note what is not followed, and why."""
        line, _ = opened.sheet.place(found.start())
        where = opened.sheet.file or (str(self.path) if self.path else "standard input")
        self.complaints.append(f"{where}, line {line}: {' '.join(found.group().split())} is not followed: {reason}")

    def included(self, opened: Opened, name: str, package: bool) -> Iterator[Stretch]:
        """The stretches of the file of this name, none of a package that is not in the folder; raises NotFollowed and
        UnusableInput."""
        path = self.path_of(opened, name, package)
        if path is None or path in self.packages:
            return
        if package:
            self.packages.add(path)
        inner = self.open(opened, path, package or opened.package)
        start, end = (edge.search(inner.text) for edge in (START, END))
        yield from self.stretches(inner, start.end() if start else 0, end.start() if end else len(inner.text))

    def open(self, opened: Opened, path: Path, package: bool) -> Opened:
        """A file that is included; raises NotFollowed and UnusableInput."""
        real, within = path.resolve(), opened.within
        if real in within:
            raise NotFollowed(f"{' → '.join(one.name for one in (*within[within.index(real):], real))} has no end")
        if len(within) > MAX_WITHIN:
            raise NotFollowed(f"at most {MAX_WITHIN} files are, one within the other")
        try:
            with real.open("rb") as stream:
                text = text_of(stream)
        except OSError as error:
            raise NotFollowed(str(error.strerror)) from None
        self.length += len(text)
        if self.length > MAX_DOCUMENT:
            self.length -= len(text)
            raise NotFollowed(f"the whole would be longer than {MAX_DOCUMENT:,} characters")
        assert self.path is not None
        assert self.root is not None
        shown = self.path.parent / path.relative_to(self.root)
        return Opened(Sheet(text, str(shown)), silenced(text), path.parent, (*within, real), package)

    def path_of(self, opened: Opened, name: str, package: bool) -> Path | None:
        """The file of this name in the folder of the document, by way of that folder or of the including file's; None
        for a package that is not there and for an argument of a macro. Raises NotFollowed."""
        name = name.strip().strip('"')
        if "#" in name:
            return None
        if "\\" in name or not name:
            raise NotFollowed("a macro names its file")
        if self.root is None:
            if package:
                return None
            raise NotFollowed("standard input has no folder")
        if os.path.isabs(name):
            raise NotFollowed("only files in the folder of the document are, by a path from there")
        tried = [Path(os.path.normpath(folder / file)) for folder in (self.root, opened.folder)
                 for file in ([f"{name}.sty"] if package else [f"{name}.tex", name])]
        inside = [path for path in tried if path.is_relative_to(self.root)]
        path = next((path for path in inside if os.path.isfile(path)), None)
        if not inside or path is not None and not path.resolve().is_relative_to(self.root.resolve()):
            raise NotFollowed("a symbolic link leads out of the folder of the document" if inside else
                              "it is not in the folder of the document")
        if path is None and not package:
            raise NotFollowed("there is no such file in the folder of the document")
        return path


def named(found: re.Match[str]) -> list[str]:
    """The files that an inclusion names."""
    if found["packages"] is not None:
        return [name for name in found["packages"].split(",") if name.strip()]
    return [found["file"] or found["bare"] or os.path.join(found["folder"] or "", found["inner"] or "")]
