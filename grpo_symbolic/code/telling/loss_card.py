"""The card of a loss in a notebook: what it computes, its verdicts with the batch that refutes them, and its facts."""

from __future__ import annotations

from collections.abc import Iterator

from ...cards import COLOURS, PLAIN, card, formula, paragraph, status_word, table, untouched, words
from ..algebra.printing import latex, plain
from ..deciding.translate import in_latex
from .loss_page import VERDICTS, batch
from .report import Report, Side
from .telling import headline, sections

NONE = "none of the built-in objectives"
WORST = ("refuted", "undecided", "proved")


def loss_card(found: Report) -> str:
    """The card of a report."""
    sides = {label: side for label, side in (("value", found.value), ("gradient", found.gradient)) if side}
    worst = next((one for one in WORST if one in {side.verdict for side in sides.values()}), "")
    shown = [part for label, side in sides.items() for part in said(found, label, side)]
    forms = (("∇log π_θ", found.coefficient), *((f"∇{plain(one.of)}", one.regions) for one in found.further))
    regions = [table([[formula(one.in_latex()), formula(latex(one.value))] for one in ones],
                     ("where", f"the coefficient of {of}")) for of, ones in forms]
    return card(paragraph(untouched(headline(found.tape))), formula(in_latex(found.loss), displayed=True),
                paragraph("it is", words(found.name or NONE)), *shown, *regions, table(facts(found)),
                colour=COLOURS.get(worst, PLAIN))


def said(found: Report, label: str, side: Side) -> Iterator[str]:
    """The verdict on value or gradient, and the batch on which it differs from what it is held against."""
    against = f"{formula(side.against)} {words(side.variant)}" if side.variant else formula(side.against)
    yield paragraph(label, status_word(side.verdict), "against", f"{against}:", words(side.reason))
    if grid := batch(found, side):
        yield paragraph(words(grid.caption))
        outcome = [(name, *[""] * (len(grid.headings) - 2), value) for name, value in grid.totals]
        yield table([list(map(untouched, row)) for row in (*grid.rows, *outcome)], grid.headings)


def facts(found: Report) -> Iterator[list[str]]:
    """What else is said of it, a row each."""
    for label, lines in sections(found):
        if label not in (*VERDICTS, "it is", "coefficient"):
            yield from ([label if number == 0 else "", spoken(line)] for number, line in enumerate(lines))


def spoken(line: str) -> str:
    """A line, its formulas typeset where it has some in LaTeX; else its letters are those of the code."""
    return words(line) if "\\" in line else untouched(line)
