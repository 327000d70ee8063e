r"""The statements of one display: rows of an ``align`` and its like that carry numbers or labels of their own.

A row continues the one above where it starts with a relation, a sign or a word such as "where", or where a bracket of
the one above is still open. A display of which no row has a label, a tag or a number of its own is one statement.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..notation.vocabulary import RELATIONS, WORD_SEPARATORS
from .segments import NUMBERED, ROWS, Display, matched

LABEL = re.compile(r"\\label\s*\{([^{}]*)\}")
TAG = re.compile(r"\\tag\*?\s*\{([^{}]*)\}")
PARENTHESISED = re.compile(r"\\q?quad\s*\(\s*(\d+[a-z]?)\s*\)\s*$")
UNNUMBERED = re.compile(r"\\(?:nonumber|notag|IEEEnonumber)(?![A-Za-z])")
BREAK = re.compile(r"(?P<row>\\\\\*?(?:\s*\[\s*-?[\d.]*\d\s*[a-z]{2}[-\d. a-z]*\])?)"
                   r"|\\(?P<edge>begin|end)(?![A-Za-z])|(?P<brace>[{}])|\\.")
BRACKET = re.compile(r"(?P<opens>\\\{|[(\[])|(?P<closes>\\\}|[)\]])|\\(?:[A-Za-z]+|.)", re.DOTALL)
IDLE = re.compile(
    r"(?:[\s&~]|\\(?:label|tag|hspace|vspace|(?:short)?intertext)\*?\s*\{[^{}]*\}"
    r"|\\(?:q?quad|displaystyle|nonumber|notag)(?![A-Za-z])|\\[,;:!> ])*")
FIRST = re.compile(r"\\[A-Za-z]+|:=|\\.|.", re.DOTALL)
WORDS = re.compile(r"(?:\\(?:q?quad|[,;:!> ])|[\s&])*\\(?:text|mbox|mathrm|textrm)\s*\{\s*([A-Za-z. ]+?)[,:]?\s*\}")
SIGNS = frozenset(("+", "-", "−", "/", r"\cdot", r"\times", r"\pm", "^", "_", ")", "]", ",", r"\right", r"\ni",
                   r"\forall", r"\implies", r"\Rightarrow", r"\Longrightarrow"))
HANGING = re.compile(r"(?:[=<>+\-−(\[]|\\(?:leq?|geq?|approx|doteq|equiv|coloneqq|triangleq|times|cdot"
                     r"|implies|Rightarrow|Longrightarrow))"
                     r"(?:[\s&]|\\q?quad|\\[,;:!> ])*$")

REFERENCE = re.compile(r"(\\(?:overset|stackrel|text[a-z]*|mbox)\s*\{[^{}]*?)~?\\(?:eq|auto|c|C)?ref\s*\{[^{}]*\}")

MOST_REFERENCES = 9  # in one text


@dataclass(frozen=True)
class Row:
    """A row of a display, by offsets in the text; what numbers it, if anything does."""

    text: str
    start: int
    end: int
    label: str
    tag: str
    number: str


@dataclass(frozen=True)
class Part:
    """A statement of a display: its names where the document gives it some, and its offsets in the text."""

    labels: tuple[str, ...]
    start: int
    end: int


def parts(text: str, display: Display, number: int) -> tuple[list[Part], int]:
    """The statements of a display, and the number of the last one that is numbered; ``number`` is that before it."""
    body = text[display.inner:display.end]
    spans = list(cut(body)) if display.kind in ROWS else [(0, len(body))]
    rows = []
    for begin, end in spans:
        found = row(body[begin:end], display.inner + begin, display, number)
        number += bool(found.number)
        if found.text.strip() or len(spans) == 1:
            rows.append(found)
    marked = display.kind in ROWS and any(found.label or found.tag or found.number for found in rows)
    groups: list[Group] = []
    for found in rows:
        if not groups or marked and groups[-1].ends_before(found):
            groups.append(Group())
        groups[-1].add(found)
    if not groups:
        return [Part((), display.inner, display.end)], number
    return [Part(group.labels, group.rows[0].start, group.rows[-1].end) for group in groups], number


class Group:
    """The rows of one statement, and how many brackets are open at its end."""

    def __init__(self) -> None:
        self.rows: list[Row] = []
        self.open = 0

    def add(self, found: Row) -> None:
        """Take one more row."""
        self.rows.append(found)
        self.open += balance(found.text)

    @property
    def labels(self) -> tuple[str, ...]:
        """Its labels, else its tags, else its first number."""
        return self.every("label") or self.every("tag") or self.every("number")[:1]

    def every(self, mark: str) -> tuple[str, ...]:
        """What marks its rows in this way."""
        return tuple(getattr(found, mark) for found in self.rows if getattr(found, mark))

    def ends_before(self, found: Row) -> bool:
        """Whether the next row starts a statement of its own."""
        if not fresh(found.text):
            return False
        if (found.label or found.tag) and (self.every("label") or self.every("tag")):
            return True
        return HANGING.search(self.rows[-1].text[-200:]) is None and self.open <= 0


def cut(body: str) -> Iterator[tuple[int, int]]:
    r"""The rows of a body; a ``\\`` in braces or in an environment inside it ends none."""
    pairs = matched(body)
    closing = set(pairs.values())
    start = depth = 0
    for found in BREAK.finditer(body):
        if found["edge"]:
            depth += 1 if found["edge"] == "begin" else -1
        elif found["brace"]:
            depth += (found.start() in pairs) - (found.end() in closing)
        elif found["row"] and depth <= 0:
            yield start, found.start()
            start = found.end()
    yield start, len(body)


def row(text: str, start: int, display: Display, number: int) -> Row:
    """A row with its label, its tag, and its number where the document numbers it."""
    label, tag = LABEL.search(text), TAG.search(text)
    counted = display.kind in NUMBERED and not display.starred and text.strip() and not tag \
        and not UNNUMBERED.search(text)
    tag = tag or PARENTHESISED.search(text)
    return Row(text, start, start + len(text), label[1].strip() if label else "", tag[1].strip() if tag else "",
               str(number + 1) if counted else "")


def fresh(text: str) -> bool:
    """Whether a row starts as a statement does: not with a relation, a sign, or a word that continues one."""
    idle = IDLE.match(text)
    first = FIRST.match(text, idle.end() if idle else 0)
    if first is None or first.group() in RELATIONS or first.group() in SIGNS:
        return False
    said = WORDS.match(text)
    return said is None or said[1] not in WORD_SEPARATORS


def referenced(text: str) -> str:
    r"""A text in which a reference within words, or over a sign, is a number in brackets, every offset kept.

    >>> referenced(r"u \overset{\eqref{a}}{=} v")
    'u \\overset{(1)      }{=} v'
    """
    for _ in range(MOST_REFERENCES):
        text, count = REFERENCE.subn(lambda found: found[1] + "(1)".ljust(len(found[0]) - len(found[1])), text)
        if not count:
            break
    return text


def balance(text: str) -> int:
    """How many round and square brackets and braces of sets are open at the end of a text."""
    return sum((found["opens"] is not None) - (found["closes"] is not None) for found in BRACKET.finditer(text))
