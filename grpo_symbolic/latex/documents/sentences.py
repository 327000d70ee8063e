r"""Sentences between the displays of a text, with their words and their inline mathematics."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from .languages import WORD, in_english

MOST_FORMULA = 400  # characters of a formula that a sentence may say something with
SILENT = re.compile(r"\\(?:label|ref|eqref|autoref|[cC]ref|cite[a-z]*|url)\s*\*?(?:\[[^\]]*\])*\s*\{[^{}]*\}|"
                    r"\[[^\]\n]{0,200}\]\([^)\n]{0,300}\)|`[^`\n]*`")
# Two dollars open a display, and one that has no partner in its paragraph opens nothing.
FORMULA = r"(?<![\\$])\$(?!\$)(?P<dollars>(?:\\.|[^$\\\n]|\n(?![ \t]*\n))+)\$(?!\$)|\\\((?P<brackets>.{1,400}?)\\\)"
TOKEN = re.compile(
    rf"(?P<formula>{FORMULA})|(?P<word>(?:e\.g|i\.e|w\.r\.t|s\.t|cf|resp|vs|et al|Eqs?|Figs?|Secs?|Thm|Lem|Prop)\."
    r"|\\footnote|[A-Za-z]+(?:['’][a-z]+)?)(?![A-Za-z])|(?P<other>" + WORD +
    r")|(?P<end>[.!?](?=[\s\\$)}]|\Z)|[;。；！？]|\n[ \t]*\n"
    r"|\\(?:begin|end)\s*\{[^{}]*\}|\\(?:item|par|(?:sub)*section|(?:sub)?paragraph|chapter|part)(?![A-Za-z])"
    r"|\n[ \t]*(?:#{1,6}|[-*+]|\d+\.)[ \t])|\\[A-Za-z]+|\\.|.", re.DOTALL)
BREAK = re.compile(r"\n[ \t]*\n")


@dataclass(frozen=True)
class Token:
    """A word in small letters, or a formula without its dollars, with its offset in the text."""

    text: str
    pos: int
    formula: bool


@dataclass
class Sentence:
    """The words and formulas of a sentence, or of a part of one that a display cuts.

    ``after`` is set where it stands first after a display, ``open`` where a display follows before it ends.
    """

    start: int
    after: bool
    tokens: list[Token] = field(default_factory=list)
    open: bool = False

    @property
    def words(self) -> list[str]:
        """Its words."""
        return [token.text for token in self.tokens if not token.formula]


def sentences(text: str, start: int, end: int, after: bool, before: bool) -> Iterator[Sentence]:
    """The sentences between two offsets; ``after`` and ``before`` say whether a display stands there."""
    prose = SILENT.sub(lambda found: " " * len(found.group()), text[start:end])
    one = Sentence(start, after)
    for found in TOKEN.finditer(prose):
        if found["end"] is not None:
            if one.tokens or found["end"].strip():
                # a display may stand in a paragraph of its own in the middle of a sentence
                if BREAK.fullmatch(found["end"]) and not prose[found.end():].strip():
                    continue
                yield one
                one = Sentence(start + found.end(), False)
        elif found["formula"] is not None:
            group = "dollars" if found["dollars"] is not None else "brackets"
            one.tokens.append(Token(found[group], start + found.start(group), True))
        elif found["word"] is not None:
            one.tokens.append(Token(found["word"].lower().replace("’", "'"), start + found.start(), False))
        elif found["other"] is not None:
            one.tokens.append(Token(in_english(found["other"]), start + found.start(), False))
    one.open = before
    yield one
