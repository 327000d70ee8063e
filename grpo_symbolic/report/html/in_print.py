"""The content of a page as a document in LaTeX, from which the PDF is made."""

from __future__ import annotations

from collections.abc import Iterator

from ...latex.printing.article import Chain, Chapter, Part, article
from ..sentences import mended
from .content import Entry, Evaluated, Fact, Grid, Page


def in_print(page: Page, typeset: bool) -> str:
    """The document; with ``typeset`` prints are typeset, else shown as they were typed, as TeX obeys what it sets."""
    chapters = [Chapter(section.title, " ".join((section.said, *map(told, section.facts))),
                        tuple(part(entry, typeset) for entry in section.entries)) for section in page.sections]
    return article(chapters, page.subject)


def told(fact: Fact) -> str:
    """A fact as a sentence."""
    return f"{fact.label.capitalize()}: {'; '.join(one.strip() for one in fact.said)}."


def part(entry: Entry, typeset: bool) -> Part:
    """An entry as a document has it."""
    printed = entry.printed.latex if entry.printed else ""
    shown = [("as printed", printed)] if printed and typeset else []
    shown += [("as read" if printed else "", line.formula.latex) for line in entry.reading]
    shown += [(line.word, line.formula.latex) for line in entry.given]
    chains = tuple(Chain(one.title, one.start.latex, tuple(("", step.formula.latex, step.reason) for step in one.steps),
                         one.proved) for one in entry.derivations)
    tables = (*rows(entry.counterexample), *cells(entry.batch))
    changes = tuple(line for change in entry.changes
                    for line in mended(change.before.latex if change.before else "", change.after.latex))
    return Part(entry.name, entry.title or entry.name, entry.number, entry.status,
                " ".join(said(entry)), tuple(shown), "" if typeset else printed, tables, changes, chains, entry.place)


def said(entry: Entry) -> Iterator[str]:
    """The verdict in sentences."""
    if entry.relation:
        yield f"What holds is {entry.relation}."
    if entry.reason:
        yield entry.reason
    if entry.fault:
        yield entry.fault
    yield from entry.said
    if entry.hypotheses:
        yield f"Under {', '.join(one.name for one in entry.hypotheses)}."
    if entry.evidence:
        yield f"{entry.evidence}."


def cells(found: Grid | None) -> tuple[tuple[str, str], ...]:
    """A batch as rows of a table: what stands in the first column, and the rest by its headings."""
    if found is None:
        return ()
    first, *others = found.headings
    rows = tuple((f"{first} {row[0]}".strip(), ", ".join(f"{name} {value}" for name, value in zip(
        others, row[1:], strict=True))) for row in found.rows)
    return (*rows, *found.totals)


def rows(found: Evaluated | None) -> tuple[tuple[str, str], ...]:
    """A counterexample as rows of a table."""
    if found is None:
        return ()
    numbers = tuple((f"${row.name.latex}$", row.value) for row in found.rows)
    return (*numbers, ("left side", found.left), ("right side", found.right), ("difference", found.difference))
