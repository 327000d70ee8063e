"""LaTeX of the paper's items: one file a statement, and a document that holds them all."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ..language import Claim, LanguageError
from ..latex.notation.profiles import profile_named
from ..latex.printing.document import Section, document
from ..latex.printing.printer import latex, refusal
from ..paper.collection import UnknownItem
from .terminal import everything

if TYPE_CHECKING:
    from ..paper.collection import Item


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


def sections(item: Item, derived: bool = True) -> Iterator[Section]:
    """The sections of a document on one item: what it states, then, if ``derived``, the derivations that go with it."""
    verdict = item.check()
    heading = f"{item.title} {item.number}".strip()
    try:
        statement = item.statement
    except LanguageError:
        return
    for part in statement if isinstance(statement, tuple) else (statement,):
        yield Section(heading, part, f"Verdict: {verdict.status}.")
    if not derived:
        return
    try:
        argument = item.derivation()
    except UnknownItem:
        return
    for derivation in everything(argument.derivations):
        derivation.theorem()
        steps = [("=", step.expression, step.text) for step in derivation.steps]
        yield Section(f"{derivation.remark or derivation.label}", derivation.claim, start=derivation.claim.lhs,
                      steps=steps)


def write_document(chosen: Sequence[Item], folder: Path, notation: str) -> list[Path]:
    """Write one ``.tex`` a statement and ``statements.tex`` with all of them; the paths written."""
    folder.mkdir(parents=True, exist_ok=True)
    written = [_write(folder / f"{item.id}.tex", statement_latex(item, notation) + "\n") for item in chosen]
    last = {item.topic: item for item in chosen}
    parts = [section for item in chosen for section in sections(item, derived=last[item.topic] is item)]
    return [*written, _write(folder / "statements.tex", document(parts, "The statements of the paper", notation))]


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
