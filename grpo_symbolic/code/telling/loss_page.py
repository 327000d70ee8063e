"""The page on loss functions: what each computes, whether that is what was asked for, its facts beside its lines."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Sequence
from itertools import product
from typing import Any

from ...report.html.content import Entry, Fact, Grid, Line, Page, Section, SourceLine
from ...report.html.entries import blank, identifier
from ...report.html.formulas import formula
from ...report.html.summary import counts, number
from ...report.terminal import clean
from ..algebra.printing import latex, plain
from ..deciding.translate import in_latex
from .report import Report, Side, written
from .telling import headline, sections, short

SIDES = ("value", "gradient")
VERDICTS = ("", *SIDES)  # what the entries say, and the facts need not


def page_of(reports: Sequence[Report], sources: dict[str, str]) -> Page:
    """The page of the reports; ``sources`` are the texts of the files by their names in the reports."""
    parts = tuple(section(found, sources.get(found.tape.file, ""), count) for count, found in enumerate(reports, 1))
    entries = [one for part in parts for one in part.entries]
    names = dict.fromkeys(clean(found.tape.file) for found in reports)
    return Page(", ".join(names), tuple(lead(reports)), counts(entries), parts)


def lead(reports: Sequence[Report]) -> Iterator[str]:
    """What the functions are, in sentences."""
    refuted = sum(found.refuted for found in reports)
    yield f"{number(len(reports), 'loss function')} read in exact terms, from a record of what the code did."
    if refuted:
        yield (f"{number(refuted, 'function')} computed something other than what was asked for, on the batch that is "
               "given: anyone can run it.")
    if any(side and side.verdict == "proved" for found in reports for side in (found.value, found.gradient)):
        yield "What is proved holds on every batch of any lengths, under the hypotheses beside it."


def section(found: Report, source: str, count: int) -> Section:
    """What is said of one function."""
    sides = [(label, side) for label, side in zip(SIDES, (found.value, found.gradient), strict=True) if side]
    name = clean(found.tape.function)
    anchor = f"loss-{count}-{identifier(name)}"
    entries = (computed(found, anchor), *(entry(found, label, side, anchor) for label, side in sides))
    said = "; ".join(f"{label} {side.verdict}" for label, side in sides) or "held against nothing"
    held = f". Held against {found.held}" if found.held else ""
    told = f"{found.name or 'none of the built-in objectives'}{held}: {said}."
    return Section(anchor, name, clean(told), entries, bool(sides), tuple(facts(found)), tuple(lines(found, source)))


def computed(found: Report, anchor: str) -> Entry:
    """What a function computes, as an objective."""
    return Entry(**blank(f"{anchor}-computes", f"{found.tape.function}: what it computes") | {
        "status": "no-claim", "title": "What it computes", "place": place(found),
        "reading": (Line("", formula(in_latex(found.loss))),), "reason": clean(headline(found.tape))})


def entry(found: Report, label: str, side: Side, anchor: str) -> Entry:
    """The verdict on one side of a function."""
    further = found.further if side is found.gradient else ()
    forms = tuple(Line(f"the coefficient of {of} where {one.text()}", formula(latex(one.value)))
                  for of, ones in (("∇log π_θ", side.coefficient), *((f"∇{plain(one.of)}", one.regions)
                                                                   for one in further)) for one in ones)
    held = f"held against, {side.variant}" if side.variant else "held against"
    return Entry(**blank(f"{anchor}-{label}", f"{found.tape.function}: {label}") | {
        "status": side.verdict, "title": label.capitalize(), "place": place(found), "reason": clean(side.reason),
        "reading": (Line(held, formula(side.against)), *forms), "batch": batch(found, side)})


def place(found: Report) -> str:
    """Where a function stands."""
    return clean(f"{found.tape.file}:{found.tape.line}")


def facts(found: Report) -> Iterator[Fact]:
    """Its penalty, its aggregation, where it is clipped, what it reads of padding, and whatever else was found."""
    shown = (*VERDICTS, "coefficient") if found.gradient else VERDICTS
    for label, said in sections(found):
        if label not in shown:
            yield Fact(label, tuple(clean(one) for one in said))


def batch(found: Report, side: Side) -> Grid | None:
    """The batch on which a side differs: a row a token where each input has one value, or one a response, for it."""
    if side.counterexample is None:
        return None
    told = written(side.counterexample, found.tape)
    inputs, lengths = dict(told["batch"]), told["batch"]["lengths"]
    del inputs["lengths"]
    constants = ", ".join(f"{name} = {short(value)}" for name, value in told["constants"].items())
    outcome = {"the code": told["code"], "the objective": told["objective"]}
    columns = inputs | {name: value for name, value in outcome.items() if isinstance(value, list)}
    cells = list(product(range(len(lengths)), range(max(lengths, default=0))))
    if not all(fits(value, len(lengths), max(lengths, default=0)) for value in columns.values()):
        return Grid(batch_caption(side, constants), ("", "value"),
                    tuple((name, short(value)) for name, value in columns.items()), totals(outcome))
    rows = tuple((str(i + 1), str(t + 1) if t < lengths[i] else f"{t + 1} (padding)",
                  *(short(cell(value, i, t)) for value in columns.values())) for i, t in cells)
    return Grid(batch_caption(side, constants), ("response", "token", *map(clean, columns)), rows, totals(outcome))


def batch_caption(side: Side, constants: str) -> str:
    """What a batch is, with the hyper-parameters."""
    by = "the code itself gives its numbers" if side.rerun else "by the record of the code"
    return f"The batch on which the two differ; {by}{f'; {constants}' if constants else ''}"


def totals(outcome: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    """What both come to where that is one number."""
    return tuple((name, short(value)) for name, value in outcome.items() if not isinstance(value, list))


def fits(value: Any, rows: int, columns: int) -> bool:
    """Whether a value has one entry a response, or a row of tokens for each."""
    return isinstance(value, list) and len(value) == rows and all(
        not isinstance(one, list) or len(one) == columns for one in value)


def cell(value: Any, row: int, column: int) -> Any:
    """The entry of a value for a token."""
    return value[row][column] if isinstance(value[row], list) else value[row]


def lines(found: Report, source: str) -> Iterator[SourceLine]:
    """The lines of a function, with what is said of some."""
    notes: dict[int, list[str]] = {}
    for line, text in noted(found):
        if text not in notes.setdefault(line, []):
            notes[line].append(text)
    texts = source.splitlines()
    for line in extent(source, found.tape.line):
        yield SourceLine(line, clean(texts[line - 1]), clean("; ".join(notes.get(line, ()))))


def noted(found: Report) -> Iterator[tuple[int, str]]:
    """What is said of lines of the file."""
    for one in found.clip:
        if one.at is not None and one.at.file == found.tape.file:
            yield one.at.line, f"clips: {one.cut} beyond"
    said = [(one.at, one.text) for one in found.findings] + [(one.at, one.text) for one in found.hypotheses]
    for at, text in said:
        if at is not None and at.file == found.tape.file:
            yield at.line, text


def extent(source: str, line: int) -> Iterable[int]:
    """The lines of the function that begins at one; none where the file has changed since."""
    try:
        nodes = ast.walk(ast.parse(source))
    except (SyntaxError, ValueError):
        return ()
    for node in nodes:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            first = min([node.lineno, *(one.lineno for one in node.decorator_list)])
            if first <= line <= node.lineno:
                return range(first, (node.end_lineno or node.lineno) + 1)
    return ()
