"""Verdicts in sentences, for what is read and not looked up."""

from __future__ import annotations

from ..checking.verdict import SIGNS, Verdict

SHOWN = {latex: sign for sign, latex in SIGNS.items()} | {r"\propto": "∝"}


def relation(verdict: Verdict) -> str:
    """The relation that was proved, where another one is printed; else empty."""
    printed = SHOWN.get(verdict.printed or "", verdict.printed or "")
    shown = " ".join(SHOWN.get(word, word) for word in (verdict.proved or "").split(" "))
    return "" if shown == printed else shown


def sentence(text: str) -> str:
    """A text as a sentence of its own."""
    return f"{text[:1].upper()}{text[1:]}{'' if text[-1:] in '.!?' else '.'}" if text else ""
