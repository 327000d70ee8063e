r"""Declarations that end a statement: after a word, "where \beta \in \mathbb{R}, \beta > 0", "for all c > 0", and after
a comma, c \in \mathbb{R}, which claims nothing. A bound after a comma may be one more claim."""

from __future__ import annotations

import re

from .contradictions import refuse_contradictions
from .declaring import MOST_TEXT, Declaration, Undeclarable, declared_in, stretches, top_level

OPENED = r"\\(?:text|mbox|textrm|mathrm|textnormal)\s*\{\s*"
WORD = re.compile(OPENED + r"(?:where|with|for(?:\s+(?:all|any|every|each))?)\s*\}|\\forall(?![A-Za-z])|∀")
AND = re.compile(OPENED + r",?\s*and\s*\}")
BEFORE = re.compile(r"(?:[\s,;~]|\\[,;:! ]|\\q?quad(?![A-Za-z]))+\Z")
LEADING = re.compile(r"\s*(?:\\label\{[^{}]*\}\s*)*"
                     rf"(?:\\forall(?![A-Za-z])|∀|{OPENED}for\s+(?:all|any|every|each)\s*\}})([^=&]*?)"
                     r"(?::(?!=)|\\colon(?![A-Za-z])|,?\s*\\q?quad(?![A-Za-z]))(.*)", re.DOTALL)
TRAILING = re.compile(r"[\s.,;]+\Z")
MEMBER = re.compile(r"\\in(?![A-Za-z])|∈")
# After this word bounds of numbers are read already.
DEFINING = "where"


def quantified_last(text: str) -> str:
    r"""A text that begins with what it is said for all of, as \forall s: \ldots, with that at its end.

    >>> quantified_last(r"\forall u > 0: u^2 > 0").split()
    ['u^2', '>', '0', '\\quad', '\\forall', 'u', '>', '0']
    """
    found = LEADING.fullmatch(text) if len(text) <= MOST_TEXT else None
    if found is None or found[1].count("{") != found[1].count("}") or not found[2].strip():
        return text
    return " " * found.start(2) + TRAILING.sub("", found[2]) + r" \quad \forall " + found[1]


def told_after(text: str) -> tuple[tuple[Declaration, ...], str]:
    r"""The declarations that end a text, where they are all that stands after the last such word, and the rest of it.

    >>> [one.text for one in told_after(r"c^2 \geq 0 \quad \text{for all } c > 0 \text{ and } k \in [0,1)")[0]]
    ['c > 0', 'k \\in [0,1)']
    """
    word = None if len(text) > MOST_TEXT else next(reversed(list(WORD.finditer(text))), None)
    if word is not None and within(text[:word.start()]):
        return (), text
    if word is not None and (DEFINING not in word[0] or MEMBER.search(text, word.end()) is not None):
        end, start = word.span()
    elif word is None and len(text) <= MOST_TEXT and MEMBER.search(text) is not None:
        end = start = first_member(text)
    else:
        return (), text
    tail = AND.sub(lambda found: ",".ljust(len(found[0])), text[start:])
    head = BEFORE.sub("", text[:end])
    try:
        found, rest = declared_in(" " * start + tail, "") if head else ((), text)
        refuse_contradictions(found)
    except Undeclarable:  # the parser says what is wrong with it
        return (), text
    return (found, head.ljust(len(text))) if found and not rest.strip(" .,;") else ((), text)


def within(text: str) -> bool:
    """Whether a text ends inside of braces that it opens."""
    return any(text.count(opening) > text.count(closing) for opening, closing in ((r"\{", r"\}"), ("{", "}")))


def first_member(text: str) -> int:
    """Where the first part of a text between commas stands that says of what set a symbol is; 0 where none does."""
    parts = stretches(text)
    return next((start for start, end in parts if "member" in {kind for kind, _, _ in top_level(text, start, end)}), 0)
