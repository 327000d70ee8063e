r"""Formulas at braces that name what these hold, \underbrace{X}_{f}: no part of what a text says.

Where they may say more than a name, what fails without them is not refuted.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from ..notation.profiles import Profile
from ..parsing.macros import closing
from ..parsing.parser import parse
from ..parsing.remarks import CONDITION
from ..parsing.surface import Content
from ..parsing.wrapping import blank
from ..read_error import Fault
from .defining import Name, Target, name_of, uses

BRACE = re.compile(r"\\(?P<side>under|over)brace\s*(?=\{)")
SCRIPT = {"under": re.compile(r"\s*_\s*(?=\{)"), "over": re.compile(r"\s*\^\s*(?=\{)")}
ANOTHER = re.compile(r"\s*[_^]")  # a second script, of which the parser says what is wrong
RELATION = re.compile(
    r"[=<>∼≤≥≈≠∈→]|\\(?:leq?|geq?|neq?|leqslant|geqslant|lesssim|gtrsim|approx|sim|simeq|cong|doteq|triangleq|coloneqq"
    r"|equiv|propto|in|to|rightarrow|Rightarrow|longrightarrow|implies|ll|gg|ne)(?![A-Za-z])")
WORDS = re.compile(r"\\(?:text(?:bf|it|rm|sf|normal)?|mbox|mathrm|mathbf)\s*\{[^{}]*\}")
IDLE = re.compile(r"[\s{}()\d.,]|\\(?:small|scriptsize|footnotesize|tiny|q?quad|displaystyle)(?![A-Za-z])|\\[,;:! ]")


def labels(text: str) -> Iterator[tuple[int, int, str]]:
    """The formulas that name what a brace holds: where each stands with its script, and what it is. Raises Fault."""
    for found in BRACE.finditer(text):
        end = closing(text, found.end())
        script = SCRIPT[found["side"]].match(text, end)
        if script is None:
            continue
        stop = closing(text, script.end())
        if ANOTHER.match(text, stop):
            continue
        label = text[script.end() + 1:stop - 1]
        said = " ".join(words.group() for words in WORDS.finditer(label))
        if IDLE.sub("", WORDS.sub("", label)) and not RELATION.search(label) and not CONDITION.search(said):
            yield end, stop, label.strip()


class AtBraces(NamedTuple):
    """A text with blanks for the formulas at its braces, these, those that are symbols which nothing defines, those
    that may say more than a name, and where the first of these stands."""

    text: str = ""
    labels: tuple[str, ...] = ()
    open: tuple[str, ...] = ()
    telling: tuple[str, ...] = ()
    pos: int = 0


def without_labels(text: str, profile: Profile, known: Collection[str] = (), defined: Sequence[Target] = ()
                   ) -> AtBraces:
    r"""A text without the formulas that name what its braces hold.

    A symbol that the text does not use, or that is ``known`` or ``defined`` beside it, is but a name; any other formula
    may say what something is.

    >>> from grpo_symbolic.latex.notation.profiles import PAPER
    >>> without_labels(r"\underbrace{2 u}_{v} = u + u", PAPER)[1:]
    (('v',), ('v',), (), 0)
    >>> without_labels(r"\underbrace{2 u}_{v} = 1 v", PAPER)[1:]
    (('v',), ('v',), ('v',), 16)
    """
    if "brace" not in text:
        return AtBraces(text)
    try:
        found, rest = list(labels(text)), text
        for start, end, _ in found:
            rest = blank(rest, start, end)
        used = uses(parse(rest, profile)[0]) if found else ()
        names = {label: lone(parse(label, profile)[0]) for *_, label in found}
    except (Fault, RecursionError):  # the parser says what is wrong with it
        return AtBraces(text)
    told = {label for label, name in names.items() if name is not None and (
        str(name) in known or any(name.is_target(one.name) for one in defined))}
    open_ = tuple(label for label, name in names.items() if name is not None and label not in told)
    telling = tuple(label for label, name in names.items() if label not in told and (
        name is None or any(name.may_be(one) or one.may_be(name) for one in used)))
    first = next((start for start, _, label in found if label in telling), 0)
    return AtBraces(rest, tuple(names), open_, telling, first)


def lone(content: Content) -> Name | None:
    """The symbol that a formula is, perhaps with arguments; None for any other formula."""
    side = content.pieces[0].only if len(content.pieces) == 1 else None
    if side is None or len(side.terms) > 1 or side.terms[0][0] or len(side.terms[0][1]) > 2:
        return None
    first, *after = side.terms[0][1]
    return name_of(first) if all(item.kind == "group" and item.value == "(" for item in after) else None
