r"""Where in a document what its sentences and environments say holds."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Set
from dataclasses import dataclass, replace
from itertools import pairwise

from ..names.declaring import stretches, top_level
from ..names.defining import targets_in
from ..notation.profiles import PAPER
from ..notation.vocabulary import DEFINING, words
from ..parsing.macros import Expander
from ..read_error import Fault
from ..statement.statement import Told
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
from .speech import bears, defines_anew, goes_on, loosely, of_a_case, optimised, releases, releases_all, told
from .theorems import Block, Theorems

# What a display prints that says itself how far it is meant.
ORDER = re.compile(r"O\}?\s*(?:\\left|\\big)?\s*\(|\\approx(?![A-Za-z])")
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
MOST_NAMED = 3_000  # formulas of sentences that are parsed for what they name
MOST_SPENT = 1_000_000  # characters that the macros of inline formulas may print

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

    def after(self, pos: int) -> Item:
        """What is said, of displays from an offset on; those before it may be under it."""
        before = tuple((start, min(end, pos)) for start, end in self.spans if start < pos)
        spans = tuple((max(start, pos), end) for start, end in self.spans if end > pos)
        return replace(self, spans=spans, doubtful=(*before, *self.doubtful))

    def may_hold(self, pos: int) -> bool:
        """Whether a display at an offset may be under it."""
        return any(start <= pos < end for start, end in self.doubtful)


class Releases:
    """Where sentences take back what was said before them of symbols, or all that was assumed."""

    def __init__(self) -> None:
        self.of_symbols: dict[str, list[int]] = {}
        self.of_all: list[int] = []

    def add(self, pos: int, names: Set[str], everything: bool) -> None:
        """A sentence at an offset takes back what was said of some names, or, where there are none, ``everything``."""
        for name in names:
            self.of_symbols.setdefault(name, []).append(pos)
        if everything and not names:
            self.of_all.append(pos)

    def released(self, item: Item) -> Item:
        """What was said, up to where it is taken back; what stands after that may be under it."""
        places = [self.of_symbols.get(name, []) for name in item.names]
        places += [self.of_all] if item.kind != DEFINITION else []
        ends = [found[place] for found in places if (place := bisect_right(found, item.pos)) < len(found)]
        if not ends:
            return item
        end = min(ends)
        spans = tuple((start, min(last, end)) for start, last in item.spans if start < end)
        after = tuple((max(start, end), last) for start, last in item.spans if last > end)
        return replace(item, spans=spans, doubtful=(*item.doubtful, *after))


class Scopes:
    """What the sentences and environments of one text say, of which comments have been silenced.

    ``items`` are in the order in which they stand; displays that start at ``premises`` assume what they print, those at
    ``defining`` define it, those at ``anew`` from there on.
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
        self.anew: set[int] = set()
        self.told: set[Told] = set()
        self.releases = Releases()
        self.expanded: dict[str, str] = {}
        self.spent = 0
        self.named: dict[str, tuple[str, ...]] = {}
        found = [item for sentence, block, before, after in self.said()
                 for item in self.items_of(sentence, block, before, after)]
        self.items = sorted(map(self.releases.released, [*found, *self.displayed()]), key=lambda item: item.pos)

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
        first_word = self.text[sentence.tokens[0].pos:][:1]
        of_display = sentence.after and sentence.tokens[0].text in OF_DISPLAY and first_word.islower()
        own = before if of_display and not goes_on(sentence) else None
        if sentence.open and after is not None and ends_assuming(sentence, conditional):
            self.premises.add(after.start)
        if sentence.open and after is not None and defines_anew(
                sentence, self.heading_between(-1 if before is None else before.start, after.start)):
            self.defining.add(after.start)
            self.anew.add(after.inner)
        first = sentence.start if own is None else own.start
        last = after.end if sentence.open and after is not None else first if own is None else own.end
        premise = block is not None and block.role == "theorem" and sentence.tokens[0].pos < block.then
        found = list(parts(sentence, conditional, premise, self.printed))
        yield from self.conditions(sentence, conditional, before, after, {one.pos for one in found})
        self.note(sentence)
        for one in found:
            item = self.item(one._replace(reach=IN_SENTENCE) if case else one, block, first, last)
            # after "and" a case is one of what follows, and perhaps of what stands before
            follows = own is not None and sentence.tokens[0].text == "and" and one.reach == IN_SENTENCE
            yield item.after(sentence.start) if follows else item

    def ends_sentence(self, display: Display) -> bool:
        """Whether a display closes with a full stop."""
        return LABEL.sub("", self.text[display.inner:display.end]).rstrip().endswith(".")

    def conditions(self, sentence: Sentence, conditional: bool, before: Display | None, after: Display | None,
                   taken: Set[int]) -> Iterator[Item]:
        """The relations of a sentence that are not taken, each of which may bear on what is displayed.

        Where it hedges or trails a display, on that and its paragraph; else on what it ends and what it runs into.
        """
        said = (loosely(sentence) or of_a_case(sentence)) if sentence.open else ""
        if after is not None and said and not ORDER.search(shown := self.printed(self.text[after.inner:after.end])):
            names = names_in(shown)
            yield Item(said, CONDITION, names, sentence.tokens[0].pos, (), ((after.start, after.end),))
        ended = before if before is not None and sentence.after and not self.ends_sentence(before) else None
        start = sentence.start if ended is None else ended.start
        if hedged(sentence, conditional) or ended is not None and sentence.tokens[0].text in CONDITIONS:
            end = self.turn(sentence.start)
        elif bears(sentence):
            end = after.end if sentence.open and after is not None else sentence.start
        else:
            return
        for token in sentence.tokens if start < end else ():
            if token.formula and token.pos not in taken and len(token.text) <= MOST_FORMULA and \
                    RELATING.search(token.text):
                yield Item(self.printed(token.text), CONDITION, self.names(token.text), token.pos, (), ((start, end),))

    def note(self, sentence: Sentence) -> None:
        """Note what a sentence takes back, and what it tells of symbols."""
        self.told.update(told(sentence, self.printed))
        if releases(sentence):
            named = {name for token in sentence.tokens if token.formula for name in self.names(token.text)}
            self.releases.add(sentence.start, named, releases_all(sentence))

    def names(self, formula: str) -> tuple[str, ...]:
        """The symbols that an inline formula prints; none once many have been parsed."""
        if formula not in self.named:
            if len(self.named) == MOST_NAMED:
                return ()
            self.named[formula] = names_in(self.printed(formula))
        return self.named[formula]

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
            self.told.update(filter(None, [optimised(self.text[display.inner:display.end])]))
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
        if text not in self.expanded:
            plain, expander = ESCAPED.sub(r"\1|", text), Expander(self.macros)
            try:
                found = plain if self.spent > MOST_SPENT else expander.parts(plain).text
            except Fault:
                found = plain
            self.spent += expander.spent
            self.expanded[text] = found
        return self.expanded[text]

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
