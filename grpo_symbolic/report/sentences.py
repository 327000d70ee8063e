"""Statements as they are displayed, and verdicts in sentences, for what is read and not looked up."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..checking.verdict import SIGNS, Verdict
from ..language import Claim

SHOWN = {latex: sign for sign, latex in SIGNS.items()} | {r"\propto": "∝"}


def relation(verdict: Verdict) -> str:
    """The relation that was proved, where another one is printed; else empty."""
    printed = SHOWN.get(verdict.printed or "", verdict.printed or "")
    shown = " ".join(SHOWN.get(word, word) for word in (verdict.proved or "").split(" "))
    return "" if shown == printed else shown


def sentence(text: str) -> str:
    """A text as a sentence of its own; a letter that stands for something at its start is none of a word."""
    start = text[:1].upper() if text[:2].isalpha() or text[:2] == "a " else text[:1]
    return f"{start}{text[1:]}{'' if text[-1:] in '.!?' else '.'}" if text else ""


def displayed(statement: Any, notation: str = "paper") -> Iterator[tuple[str, str]]:
    """What a statement displays, each with the word before it."""
    from ..latex.printing.printer import latex, parts

    for one in statement if isinstance(statement, tuple) else (statement,):
        if not isinstance(one, Claim):
            yield "", latex(one, notation)
            continue
        claim, where, assume = parts(one, notation)
        yield from (("", claim), *(("where", text) for text in where), *(("assuming", text) for text in assume))


def mended(before: str, after: str) -> Iterator[tuple[str, str]]:
    """A change that makes a statement true as it is displayed, each formula with the word before it; ``before`` is
    empty where a condition is added."""
    yield "It holds with" if before else "It holds at", after
    if before:
        yield "in place of", before
