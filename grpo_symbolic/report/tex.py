"""LaTeX of the paper's items: one file a statement, and a document that holds them all."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import count, groupby
from pathlib import Path
from typing import TYPE_CHECKING

from ..cards import counterexample_rows
from ..exits import refuse_unwritable
from ..language import Claim, LanguageError
from ..latex.notation.profiles import profile_named
from ..latex.printing.article import Chain, Chapter, Part, article
from ..latex.printing.printer import latex, refusal
from ..latex.printing.text import escape
from ..paper.collection import PAPER
from ..paper.side_by_side import checks_done
from ..shelf.book import UnknownItem
from .sentences import displayed, mended, relation, sentence
from .terminal import everything, progress

if TYPE_CHECKING:
    from ..checking.verdict import Verdict
    from ..shelf.book import Book
    from ..shelf.entry import Item

TITLE, DISPLAYS, CLAIMS = "The statements of the paper", "The displays", "The claims"
KINDS = {"theorem": "Theorems of sequences and processes"}


def statement_latex(item: Item, notation: str) -> str:
    """The statement in a notation, of a claim with its definitions and what it assumes.

    The print of an ill-formed display stands as it is, behind a comment that says so.
    """
    try:
        statement = item.statement
    except LanguageError as fault:
        profile_named(notation)
        return f"% {getattr(fault, 'status', 'ill-formed')} as printed: {refusal(fault)}\n{item.printed}"
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
                source, rows(verdict), tuple(changes(verdict)), tuple(chains(item, notation)) if derived else ())


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


def changes(verdict: Verdict) -> Iterator[tuple[str, str]]:
    """The changes at one place that make a refuted statement true, where one was looked for and found."""
    found = verdict.change
    while found is not None:
        yield from mended(found.before, found.after)
        found = found.other


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


def parts(chosen: Sequence[Item], notation: str, book: Book) -> Iterator[Part]:
    """The items as a document has them, by processes side by side; each derivation stands under the last item of its
    topic. Raises LanguageError where a derivation fails."""
    last = {item.topic: item for item in chosen}
    tasks = [partial(part_of, item, notation, last[item.topic] is item) for item in chosen]
    yield from progress(checks_done(tasks, 1 if book.together else None), len(tasks))


def chapters(chosen: Sequence[Item], found: Iterable[Part], book: Book) -> Iterator[Chapter]:
    """The items, each as the document has it, under the titles of what they settle."""
    titles = {point.id: (f"{point.title[:1].upper()}{point.title[1:]}", point.finding) for point in book.points()}

    def title(item: Item) -> tuple[str, str]:
        return titles.get(item.under, (DISPLAYS if item.printed else KINDS.get(item.kind, CLAIMS), ""))

    for kind, some in groupby(zip(chosen, found, strict=True), key=lambda pair: title(pair[0])):
        yield Chapter(*kind, tuple(part for _, part in some))


def write_document(chosen: Sequence[Item], folder: Path, notation: str, book: Book) -> list[Path]:
    """Write one ``.tex`` a statement and ``statements.tex`` with all of them; the paths written.

    Raises LanguageError where a derivation fails, before anything is written, and Unusable where there can be no such
    folder, before anything is checked.
    """
    refuse_unwritable(folder, "-o")
    texts = {name: statement_latex(item, notation) + "\n"
             for name, item in zip(file_names(chosen), chosen, strict=True)}
    found = list(chapters(chosen, parts(chosen, notation, book), book))
    texts["statements.tex"] = article(found, TITLE if book is PAPER else book.title)
    folder.mkdir(parents=True, exist_ok=True)
    return [_write(folder / name, text) for name, text in texts.items()]


def file_names(chosen: Sequence[Item]) -> list[str]:
    """The name of the file of each item: its id, of which what a name of a file has not is left out."""
    found, taken = [], {"statements"}
    for item in chosen:
        name = re.sub(r"[^\w.+-]+", "-", item.id).strip(".-") or "statement"
        free = next(one for k in count(1) if (one := name if k == 1 else f"{name}--{k}").lower() not in taken)
        taken.add(free.lower())
        found.append(f"{free}.tex")
    return found


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
