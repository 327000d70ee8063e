r"""Where in a document what its sentences and environments say holds."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from ..names.declaring import stretches, top_level
from ..names.defining import targets_in
from ..notation.profiles import PAPER
from ..notation.symbols import DEFINING
from ..notation.vocabulary import words
from ..parsing.macros import Expander
from ..read_error import Fault
from .gathered import Gathered
from .prose import (
    ASSUMPTION,
    CONDITION,
    DEFINITION,
    IN_PARAGRAPH,
    IN_SENTENCE,
    OF_DISPLAY,
    ONWARD,
    RELATING,
    Part,
    assumed,
    ends_assuming,
    hedged,
    is_number,
    names_in,
    parts,
)
from .segments import Display, Segments
from .sentences import MOST_FORMULA, Sentence, sentences
from .theorems import Block, Theorems

BODY = re.compile(r"\\begin\s*\{document\}")
CLOSER = re.compile(r"\\end\s*\{[^{}]*\}|\\\]|\$\$|\\[A-Za-z]+")
HEADING = re.compile(r"\\(?:part|chapter|(?:sub)*section)(?![A-Za-z])|^[ \t]*#{1,6}[ \t]|\f", re.MULTILINE)
LABEL = re.compile(r"\\label\s*\{[^{}]*\}|\\(?:nonumber|notag)(?![A-Za-z])|&")
# What begins a paragraph, or turns to another case within one.
TURN = re.compile(r"\n[ \t]*\n\s{0,99}(?:\\[A-Za-z]+\s*\{?\s*)?[A-Z]|\\(?:begin|end|item)(?![A-Za-z])"
                  r"|(?<=[.;]\s)(?:Otherwise|If|In general|Generally|Conversely|In contrast|By contrast|However|Without"
                  r"|When|Now|Next|Instead)\b")
ESCAPED = re.compile(r"(\\pi(?:_(?:\{(?:[^{}]|\{[^{}]*\})*\}|\\?[A-Za-z]+))?\s*\([^()|]*?)\\\|")
# Words after a display that say when it holds, which is not read.
CONDITIONS = words("if when whenever provided unless only except as at evaluated under near")
END = 1 << 60
MOST_DISPLAYS = 50  # of one paragraph

Span = tuple[int, int]


@dataclass(frozen=True)
class Item:
    """Something that the text says beside its displays: its LaTeX, what it does (``definition``, ``declaration``,
    ``assumption``, or ``condition``, which is not read), the symbols that it speaks of, the offset where it stands.

    ``spans`` are those between which displays are under it, ``doubtful`` those in which they may be; a ``case`` is one
    of what is said in general.
    """

    text: str
    kind: str
    names: tuple[str, ...]
    pos: int
    spans: tuple[Span, ...]
    doubtful: tuple[Span, ...] = ()
    case: bool = False

    def holds(self, pos: int) -> bool:
        """Whether a display at an offset is under it."""
        return any(start <= pos < end for start, end in self.spans)

    def may_hold(self, pos: int) -> bool:
        """Whether a display at an offset may be under it."""
        return any(start <= pos < end for start, end in self.doubtful)


class Scopes:
    """What the sentences and environments of one text say, of which comments have been silenced.

    ``items`` are in the order in which they stand; displays that start at ``premises`` assume what they print, those at
    ``defining`` define it.
    """

    def __init__(self, gathered: Gathered) -> None:
        self.gathered, self.text = gathered, gathered.text
        text, segments = self.text, Segments(self.text)
        self.displays, self.macros = list(segments.displays()), segments.macros
        self.starts = [display.start for display in self.displays]
        self.theorems = Theorems(text)
        self.headings = [found.start() for found in HEADING.finditer(text)]
        self.premises: set[int] = set()
        self.defining: set[int] = set()
        found = [item for sentence, block, before, after in self.said()
                 for item in self.items_of(sentence, block, before, after)]
        self.items = sorted([*found, *self.displayed()], key=lambda item: item.pos)

    def place(self, pos: int) -> tuple[int, int]:
        """Line and column in its file of an offset, both from 1."""
        return self.gathered.place(pos, self.gathered.sheet(pos))

    def heading_between(self, start: int, end: int) -> bool:
        """Whether a heading stands between two offsets."""
        return bisect_right(self.headings, start) < bisect_right(self.headings, end)

    def called(self, item: Item) -> str:
        """What to call something that the text says, with its line."""
        return f"line {self.place(item.pos)[0]}: {item.text[:60]}"

    def said(self) -> Iterator[tuple[Sentence, Block | None, Display | None, Display | None]]:
        """Each sentence with the environment that it stands in, the display before it and the one after."""
        body = BODY.search(self.text)
        begin = body.end() if body else 0
        around: list[Display | None] = [None, *(one for one in self.displays if one.start >= begin), None]
        for before, after in pairwise(around):
            start = begin if before is None else closed(self.text, before)
            end = len(self.text) if after is None else after.start
            for sentence in sentences(self.text, start, end, before is not None, after is not None):
                if sentence.tokens:
                    yield sentence, self.theorems.around(sentence.tokens[0].pos), before, after

    def items_of(self, sentence: Sentence, block: Block | None, before: Display | None, after: Display | None
                 ) -> Iterator[Item]:
        """What a sentence says; the display that it assumes is noted."""
        case = sentence.open and after is not None and sentence.words[:1] == ["if"] and "then" in sentence.words
        conditional = case or block is not None and block.role in ("theorem", "assumption")
        own = before if sentence.after and sentence.tokens[0].text in OF_DISPLAY else None
        if sentence.open and after is not None and ends_assuming(sentence, conditional):
            self.premises.add(after.start)
        first = sentence.start if own is None else own.start
        last = after.end if sentence.open and after is not None else first if own is None else own.end
        trailing = before is not None and sentence.after and not self.ends_sentence(before) and \
            sentence.tokens[0].text in CONDITIONS
        if trailing or hedged(sentence, conditional):
            start = before.start if before is not None and trailing else sentence.start
            yield from self.conditions(sentence, start, self.turn(sentence.start))
        premise = block is not None and block.role == "theorem" and sentence.tokens[0].pos < block.then
        for one in parts(sentence, conditional, premise, self.printed):
            yield self.item(one._replace(reach=IN_SENTENCE) if case else one, block, first, last)

    def ends_sentence(self, display: Display) -> bool:
        """Whether a display closes with a full stop."""
        return LABEL.sub("", self.text[display.inner:display.end]).rstrip().endswith(".")

    def conditions(self, sentence: Sentence, start: int, end: int) -> Iterator[Item]:
        """The relations of a sentence that is not read, each of which may bear on what stands between two offsets."""
        for token in sentence.tokens:
            if token.formula and len(token.text) <= MOST_FORMULA and RELATING.search(token.text):
                text = self.printed(token.text)
                yield Item(text, CONDITION, names_in(text), token.pos, (), ((start, end),))

    def item(self, one: Part, block: Block | None, first: int, last: int) -> Item:
        """A part of a sentence with its scope; ``last`` is the end of what the sentence runs into."""
        limits = None if block is not None and block.role in ("definition", "assumption") else \
            self.theorems.limits(one.pos)
        spans: tuple[Span, ...] = ((first, END),)
        doubtful: tuple[Span, ...] = ()
        if one.reach == IN_SENTENCE:
            spans, doubtful = ((first, last),), ((last, self.turn(one.pos)),)
        elif limits is not None and not (one.kind == DEFINITION and one.reach == ONWARD):
            spans = limits if one.kind == ASSUMPTION else ((first, limits[0][1]), *limits[1:])
        elif one.reach == IN_PARAGRAPH and limits is None and (block is None or block.role != "assumption"):
            turn, section = self.turn(one.pos), self.section_end(one.pos)
            spans, doubtful = ((first, turn),), ((turn, section),)
        if one.kind == CONDITION:
            spans, doubtful = (), (*spans, *doubtful)
        return Item(one.text, one.kind, one.names, one.pos, spans, doubtful, one.case)

    def displayed(self) -> Iterator[Item]:
        """What displays assume; which of them assume and which define is noted."""
        for display in self.displays:
            block = self.theorems.around(display.start)
            role = "" if block is None else block.role
            if role == "definition":
                self.defining.add(display.start)
            if role != "assumption" and display.start not in self.premises:
                continue
            text = self.printed(LABEL.sub(lambda found: " " * len(found[0]), self.text[display.inner:display.end]))
            text = text.strip(" \t\n.,;")
            if names_it(text, role):
                self.premises.discard(display.start)
                continue
            self.premises.add(display.start)
            one = Part(text, ASSUMPTION, assumed(text), IN_PARAGRAPH, display.start)
            if one.names:
                found = self.item(one, block, display.end, display.end)
                yield Item(*vars(found).values())

    def printed(self, text: str) -> str:
        """A text with its macros expanded, as it is where they cannot be; Markdown escapes the bar of a law."""
        text = ESCAPED.sub(r"\1|", text)
        try:
            return Expander(self.macros).parts(text).text
        except Fault:
            return text

    def turn(self, pos: int) -> int:
        """Where the paragraph ends that begins with what stands at an offset: after one display, at the next turn."""
        section, following = self.section_end(pos), bisect_right(self.starts, pos)
        for number, display in enumerate(self.displays[following:following + MOST_DISPLAYS], following + 1):
            start = closed(self.text, display)
            end = self.starts[number] if number < len(self.starts) else len(self.text)
            found = TURN.search(self.text, start, end)
            if found is not None or start >= section:
                return min(section, found.start() if found else section)
            section = min(section, end) if number == following + MOST_DISPLAYS else section
        return section

    def section_end(self, pos: int) -> int:
        """Where the next heading stands."""
        place = bisect_right(self.headings, pos)
        return self.headings[place] if place < len(self.headings) else END


def names_it(text: str, role: str) -> bool:
    """Whether a display that is assumed does no more than define a symbol."""
    defined = targets_in(text, PAPER)
    signs = {one.sign for one in defined}
    case = is_number(text.rpartition("=")[2])
    return bool(defined) and (signs <= set(DEFINING) or role == "assumption" and not case)


def closed(text: str, display: Display) -> int:
    """The offset after what closes a display."""
    found = CLOSER.match(text, display.end)
    return found.end() if found else display.end


def defined(text: str) -> str:
    """A text in which an equation whose left side is a symbol alone defines it, every offset kept."""
    for start, end in stretches(text):
        sign = next((pos for kind, pos, _ in top_level(text, start, end) if kind != "comma"), -1)
        if text[sign:sign + 1] == "=" and targets_in(text[start:end], PAPER):
            text = f"{text[:sign]}≐{text[sign + 1:]}"
    return text
