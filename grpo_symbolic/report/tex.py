"""LaTeX of the paper's items: one file a statement, and a document that holds them all."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..cards import counterexample_rows
from ..language import Claim, LanguageError
from ..latex.notation.profiles import profile_named
from ..latex.printing.article import Chain, Chapter, Part, article
from ..latex.printing.printer import latex, parts, refusal
from ..latex.printing.text import escape
from ..paper.claims import GROUPS
from ..paper.collection import UnknownItem
from .sentences import relation, sentence
from .terminal import everything

if TYPE_CHECKING:
    from ..checking.verdict import Verdict
    from ..paper.collection import Item

TITLE, DISPLAYS = "The statements of the paper", "The displays"
KINDS = {"theorem": "Theorems of sequences and processes"}


def statement_latex(item: Item, notation: str) -> str:
    """The statement in a notation, of a claim with its definitions and what it assumes.

    The print of an ill-formed display stands as it is, behind a comment that says so.
    """
    try:
        statement = item.statement
    except LanguageError as fault:
        profile_named(notation)
        return f"% ill-formed as printed: {refusal(fault)}\n{item.printed}"
    if isinstance(statement, tuple):
        return "\n".join(latex(part, notation) for part in statement)
    alone = isinstance(statement, Claim) and item.printed
    return latex(statement.relation if alone else statement, notation)


def part_of(item: Item, notation: str, derived: bool) -> Part:
    """An item as a document has it: what it states, the verdict on it and, if ``derived``, the derivations."""
    verdict = item.check()
    try:
        displays, source = tuple(displayed(item.statement, notation)), ""
    except LanguageError:
        displays, source = (), item.printed
    return Part(item.id, item.title, item.number if item.printed else "", verdict.status, said(verdict), displays,
                source, rows(verdict), tuple(chains(item, notation)) if derived else ())


def displayed(statement: Any, notation: str) -> Iterator[tuple[str, str]]:
    """What a statement displays, each with the word before it."""
    for one in statement if isinstance(statement, tuple) else (statement,):
        if not isinstance(one, Claim):
            yield "", latex(one, notation)
            continue
        claim, where, assume = parts(one, notation)
        yield from (("", claim), *(("where", text) for text in where), *(("assuming", text) for text in assume))


def said(verdict: Verdict) -> str:
    """The verdict in sentences: what was proved and under which hypotheses, or the reason."""
    proved = relation(verdict)
    under = f"Under {', '.join(verdict.hypotheses)}." if verdict.hypotheses else ""
    return " ".join(filter(None, (f"What holds is {proved}." if proved else "", sentence(verdict.reason), under)))


def rows(verdict: Verdict) -> tuple[tuple[str, str], ...]:
    """The counterexample as rows of a table: names are formulas, what both sides come to is named in words."""
    if verdict.counterexample is None:
        return ()
    found = verdict.counterexample.record()
    return tuple((f"${name}$" if name in (*found["values"], *found["at"]) else escape(name), value)
                 for name, value in counterexample_rows(found))


def chains(item: Item, notation: str) -> Iterator[Chain]:
    """The derivations that go with an item, each decided now."""
    try:
        argument = item.derivation()
    except UnknownItem:
        return
    for derivation in everything(argument.derivations):
        found = derivation.theorem()
        steps = tuple(("=", latex(step.expression, notation), step.text) for step in derivation.steps)
        yield Chain(derivation.remark or derivation.label, latex(derivation.claim.lhs, notation), steps,
                    f"Under {', '.join(found.hypotheses) or 'no hypothesis'}.")


def chapters(chosen: Sequence[Item], notation: str) -> Iterator[Chapter]:
    """The items under the titles of what they settle; each derivation stands under the last item of its topic."""
    last = {item.topic: item for item in chosen}
    titles = {group.id: (f"{group.title[:1].upper()}{group.title[1:]}", group.finding) for group in GROUPS}
    for kind, some in groupby(chosen, key=lambda item: titles.get(item.topic, (KINDS.get(item.kind, DISPLAYS), ""))):
        yield Chapter(*kind, tuple(part_of(item, notation, last[item.topic] is item) for item in some))


def write_document(chosen: Sequence[Item], folder: Path, notation: str) -> list[Path]:
    """Write one ``.tex`` a statement and ``statements.tex`` with all of them; the paths written."""
    folder.mkdir(parents=True, exist_ok=True)
    written = [_write(folder / f"{item.id}.tex", statement_latex(item, notation) + "\n") for item in chosen]
    text = article(list(chapters(chosen, notation)), TITLE)
    return [*written, _write(folder / "statements.tex", text)]


def _write(path: Path, text: str) -> Path:
    """Write a file whole or not at all, whenever an interruption comes."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        beside.write_text(text, encoding="utf-8")
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    return path
