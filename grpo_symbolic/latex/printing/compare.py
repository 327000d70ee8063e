r"""Two LaTeX texts side by side: the same tokens up to typography, or the spans in which they differ.

``EQUIVALENCES`` lists all that counts as typography; what it leaves is a difference.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import NamedTuple

LEXEME = re.compile(
    r"\\(?:text|mathrm|operatorname|tag|label)\*?\s*\{[^{}]*\}|\\[A-Za-z]+|\\.|\S", re.DOTALL)
PUNCTUATION = frozenset(".,;")
NUMBERING = re.compile(r"\\(?:tag|label)\b.*", re.DOTALL)
OPENING, CLOSING = frozenset(["(", "[", "{", r"\{"]), frozenset([")", "]", "}", r"\}"])
SUCH_THAT = r"\ni"


class Token(NamedTuple):
    """One symbol, command or word, and the offsets between which it stands."""

    text: str
    start: int
    end: int


Tokens = list[Token]
Rule = Callable[[Tokens], Tokens]


def respelled(spellings: Mapping[str, str]) -> Rule:
    """Other spellings of a sign; an empty one drops it."""

    def rule(tokens: Tokens) -> Tokens:
        found = [token._replace(text=spellings.get(token.text, token.text)) for token in tokens]
        return [token for token in found if token.text]

    return rule


def without_end(tokens: Tokens) -> Tokens:
    """Without the equation's number and the punctuation after a display."""
    left = list(tokens)
    while left:
        if number := number_length([token.text for token in left]):
            del left[-number:]
        elif left[-1].text in PUNCTUATION | SPACES or NUMBERING.match(left[-1].text):
            left.pop()
        else:
            break
    return left


def number_length(words: list[str]) -> int:
    r"""How many tokens at the end are ``\quad (7)``."""
    place = len(words) - 2
    while place > 0 and words[place].isdigit():
        place -= 1
    found = words[-1:] == [")"] and 0 < place < len(words) - 2 and words[place] == "(" \
        and words[place - 1] in (r"\quad", r"\qquad")
    return len(words) - place + 1 if found else 0


def without_lone_braces(tokens: Tokens) -> Tokens:
    """Without braces that hold one symbol."""
    found: Tokens = []
    for token in tokens:
        if token.text == "}" and len(found) > 1 and found[-2].text == "{":
            found[-2:] = [found[-1]]
        else:
            found.append(token)
    return found


SPACES = frozenset([r"\quad", r"\qquad", r"\,", r"\;", r"\:", r"\!", r"\ ", "~"])
SIZES = frozenset([r"\left", r"\right", r"\middle"]) | {
    rf"\{size}{side}" for size in ("big", "Big", "bigg", "Bigg") for side in ("", "l", "r", "m")}
SPELLINGS = {r"\parallel": r"\|", r"\Vert": r"\|", r"\mid": "|", r"\vert": "|", r"\le": r"\leq", r"\ge": r"\geq",
             r"\dfrac": r"\frac", r"\tfrac": r"\frac"}

EQUIVALENCES: tuple[tuple[str, Rule], ...] = (
    ("number and punctuation after a display", without_end),
    ("spacing", respelled(dict.fromkeys(SPACES, ""))),
    ("size of brackets", respelled(dict.fromkeys(SIZES, ""))),
    ("spelling of one sign", respelled(SPELLINGS)),
    ("braces around one symbol", without_lone_braces),
)


def lexed(latex: str) -> Tokens:
    """The tokens of a text as they stand."""
    return [Token(" ".join(found.group().split()), found.start(), found.end()) for found in LEXEME.finditer(latex)]


def tokens(latex: str) -> Tokens:
    r"""The tokens of a text, typography taken away.

    >>> " ".join(token.text for token in tokens(r"D(\pi_{\theta} \parallel q), \quad (4)"))
    'D ( \\pi _ \\theta \\| q )'
    """
    found = lexed(latex)
    for _, rule in EQUIVALENCES:
        found = rule(found)
    return found


def words(latex: str) -> list[str]:
    """The texts of the tokens."""
    return [token.text for token in tokens(latex)]


def same_tokens(one: str, other: str) -> bool:
    """Whether two texts differ in typography only."""
    return words(one) == words(other)


class Span(NamedTuple):
    """A part of a text, empty where nothing stands."""

    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Change:
    """One place where the texts differ. ``said`` are the printed tokens that make sense there on their own; ``first``
    and ``last`` bound the tokens of the other text for which they stand."""

    printed: Span
    ours: Span
    said: tuple[str, ...]
    first: int
    last: int


@dataclass(frozen=True)
class Difference:
    """Changes that go together, since brackets opened in one are closed in another; and why they are there."""

    changes: tuple[Change, ...]
    reason: str = ""
    detail: str = ""


def differences(printed: str, ours: str) -> list[Difference]:
    """The differences of two texts, in order, without reasons."""
    return list(balanced(changes(printed, ours)))


def changes(printed: str, ours: str) -> Iterator[Change]:
    """Every place where the tokens differ; conditions after "such that" are told apart."""
    left, right = tokens(printed), tokens(ours)
    matcher = SequenceMatcher(None, words(printed), words(ours), autojunk=False)
    for kind, p, q, first, last in matcher.get_opcodes():
        if kind == "equal":
            continue
        there = span(ours, right, first, last)
        conditions = split_conditions(left[p:q]) if first == last else [left[p:q]]
        for number, part in enumerate(conditions):
            said = [token.text for token in part]
            yield Change(span(printed, part, 0, len(part), after(left, p)), there,
                         tuple([SUCH_THAT, *said[1:]] if number else said), first, last)


def split_conditions(part: Tokens) -> list[Tokens]:
    """The conditions after "such that", each with the sign before it."""
    found: list[Tokens] = [[]]
    depth = 0
    for token in part:
        depth += (token.text in OPENING) - (token.text in CLOSING)
        if token.text == "," and not depth and part[0].text == SUCH_THAT:
            found.append([])
        found[-1].append(token)
    return found


def after(found: Tokens, place: int) -> int:
    """The offset after the tokens before a place."""
    return found[place - 1].end if place else 0


def span(latex: str, found: Tokens, first: int, last: int, start: int | None = None) -> Span:
    """The text of some tokens."""
    if first == last:
        start = after(found, first) if start is None else start
        return Span("", start, start)
    start, end = found[first].start, found[last - 1].end
    return Span(latex[start:end], start, end)


def balanced(found: Iterable[Change]) -> Iterator[Difference]:
    """The changes, those between which a bracket is open taken together."""
    group: list[Change] = []
    for change in found:
        group.append(change)
        if not open_brackets(group):
            yield Difference(tuple(group))
            group = []
    if group:
        yield Difference(tuple(group))


def open_brackets(group: Iterable[Change]) -> bool:
    """Whether either side of some changes leaves a bracket open."""
    group = list(group)
    sides = [[word for change in group for word in change.said],
             [word for change in group for word in words(change.ours.text)]]
    return any(sum((word in OPENING) - (word in CLOSING) for word in side) for side in sides)


def undone(ours: str, difference: Difference) -> str:
    """Our text with one difference undone: what the print says in this place, and what we say everywhere else."""
    text = words(ours)
    for change in reversed(difference.changes):
        text[change.first:change.last] = change.said
    return " ".join(text)
