"""What a command prints: rich tables in a terminal, plain aligned columns in a pipe."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from ..cards import counterexample_rows, derivation_card

if TYPE_CHECKING:
    from ..checking.verdict import Disagreement, Verdict
    from ..proof.derivation import Derived
    from ..shelf.argument import Argument
    from ..shelf.book import Point
    from ..shelf.entry import Item

Found = TypeVar("Found")
WIDE = 130
FEWEST = 40  # characters for words
WRAPPED = frozenset(("hypotheses", "title", "label", "reason", "claim", "why"))
COLOURS = {"proved": "green", "definition": "blue", "refuted": "red", "ill-formed": "magenta", "undecided": "yellow",
           "unread": "yellow", "no-claim": "blue"}


def table(headings: Sequence[str], rows: Sequence[Sequence[str]], title: str = "", status: int | None = None) -> None:
    """Print a table; ``status`` is the column that holds verdicts. Control characters are shown, not obeyed."""
    rows = [[clean(cell) for cell in row] for row in rows]
    if sys.stdout.isatty():
        from rich.console import Console

        if fits(headings, rows, Console().width):
            _rich_table(headings, rows, title, status)
        else:
            _narrow(rows)
        return
    widths = [max(len(row[k]) for row in [headings, *rows]) for k in range(len(headings))]
    for row in [headings, *rows]:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def fits(headings: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> bool:
    """Whether a terminal of this width has room for a table, words on several lines."""
    if not WRAPPED.intersection(headings):
        return width >= WIDE or len(headings) < 6
    fixed = [k for k, heading in enumerate(headings) if heading not in WRAPPED]
    return width >= FEWEST + sum(3 + max(len(row[k]) for row in [headings, *rows]) for k in fixed)


def print_record(record: Mapping[str, Any]) -> None:
    """Print a record as one line of JSON, at once: a reader of the pipe may be waiting."""
    print(json.dumps(record, ensure_ascii=False), flush=True)


def off_record(found: Iterable[tuple[Verdict, str]]) -> bool:
    """Whether a verdict is not the one on record; each that is not is named on standard error."""
    names = [verdict.id for verdict, expected in found if verdict.status != expected]
    for name in names:
        print(f"grpo-symbolic: {name} did not get the verdict on record", file=sys.stderr)
    return bool(names)


def clean(text: str) -> str:
    """The text on one line, control characters replaced."""
    return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in text)


def _narrow(rows: Sequence[Sequence[str]]) -> None:
    """A table for a narrow terminal: the last column on lines of its own."""
    from rich.console import Console
    from rich.padding import Padding
    from rich.text import Text

    console = Console()
    for row in rows:
        line = "  ".join(cell for cell in row[:-1] if cell)
        text = Text(line)
        for word, colour in COLOURS.items():
            text.highlight_words([word], colour)
        console.print(text)
        if row[-1]:
            console.print(Padding(Text(row[-1], "dim"), (0, 0, 0, 4)))


def _rich_table(headings: Sequence[str], rows: Sequence[Sequence[str]], title: str, status: int | None) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    shown = Table(title=title or None, title_justify="left", header_style="bold")
    for heading in headings:
        shown.add_column(heading, no_wrap=heading not in WRAPPED)
    for row in rows:
        cells = [Text(cell, COLOURS.get(cell, "") if k == status else "") for k, cell in enumerate(row)]
        shown.add_row(*cells)
    Console().print(shown)


def verdict_row(verdict: Verdict, number: str = "") -> list[str]:
    """The cells of a verdict: id, number, verdict, relations, hypotheses or reason, models, largest difference."""
    spot = verdict.spot
    agreed = "" if spot is None else f"{spot.models - spot.disagreements}/{spot.models}"
    largest = "" if spot is None else f"{spot.largest:.0e}"
    said = ", ".join(verdict.hypotheses) if verdict.status == "proved" else verdict.reason
    return [verdict.id, number, verdict.status, verdict.printed or "", verdict.proved or "", agreed, largest, said]


HEADINGS = ("id", "no.", "verdict", "printed", "proved", "models", "max diff", "hypotheses")


def show_verdicts(verdicts: Sequence[tuple[Verdict, str]], title: str) -> None:
    """The table of a check."""
    table(HEADINGS, [verdict_row(verdict, number) for verdict, number in verdicts], title, status=2)


CLAIM_HEADINGS = ("id", "point", "verdict", "printed", "proved", "models", "max diff", "claim")


def show_paper(found: Sequence[tuple[Item, Verdict]]) -> None:
    """The two tables of the paper: its displays, and its claims with the sentence that says each."""
    show_verdicts([(verdict, item.number) for item, verdict in found if item.printed], "The displays of the paper")
    print()
    rows = [[*verdict_row(verdict, item.number)[:-1], item.title] for item, verdict in found if not item.printed]
    table(CLAIM_HEADINGS, rows, "The claims of the paper", status=2)


def show_verdict(verdict: Verdict) -> None:
    """One verdict: what was proved and under which hypotheses, or why not, with the counterexample as a table."""
    place = f" (line {verdict.position[0]}, column {verdict.position[1]})" if (
        verdict.position and verdict.status in ("ill-formed", "unread")) else ""
    name = f"{clean(verdict.id)}: " if verdict.id else ""
    relation = f" {verdict.proved}" if verdict.proved else ""
    print(f"{name}{verdict.status}{relation}{place}: {verdict.reason}")
    show_evidence(verdict)


def taken_from_text(verdict: Verdict) -> str:
    """What a verdict rests on that the sentences of its document say."""
    return f"taken from the text: {clean('; '.join(one.said() for one in verdict.taken))}"


def show_evidence(verdict: Verdict) -> None:
    """What a verdict rests on: its links, hypotheses, numeric models, the counterexample as a table."""
    for link in verdict.links:
        print(f"  {link.printed or ''} {link.status} {link.proved or ''} {link.reason}".replace("  ", " "))
        if link.change is not None:
            print(f"    {link.change.said()}")
    for word, occurs in (("declared", True), ("declared, but not in the statement", False)):
        if texts := [text for text, mine in verdict.declared if mine == occurs]:
            print(f"{word}: {'; '.join(texts)}")
    if verdict.taken:
        print(taken_from_text(verdict))
    if beyond := [symbol.said() for symbol in verdict.read_as if symbol.beyond]:
        print(f"read as: {'; '.join(beyond)}")
    if verdict.lore:
        print(f"with {'; '.join(one.said() for one in verdict.lore)}")
    if verdict.hypotheses:
        print(f"hypotheses: {', '.join(verdict.hypotheses)}")
    if verdict.spot is not None and verdict.spot.models:  # floats seldom meet an equation that is assumed
        print(f"numeric models that agree: {verdict.spot.models - verdict.spot.disagreements}/{verdict.spot.models}")
    if verdict.disagreement is not None:
        show_disagreement(verdict.disagreement)
    if verdict.change is not None and not verdict.links:
        print(verdict.change.said())
    if verdict.counterexample is not None:
        show_counterexample(verdict.counterexample.record())


def show_disagreement(found: Disagreement) -> None:
    """Both sides of a disagreement: what was proved, and the model that contradicts it."""
    record = found.record()
    print(f"proof: {record['proved']} under {', '.join(found.hypotheses) or 'no hypothesis'}")
    if found.counterexample is not None:
        show_counterexample(found.counterexample.record())


def show_counterexample(found: dict[str, Any]) -> None:
    """A counterexample's record as a table."""
    print(f"counterexample: {found['actions']} actions, group of {found['group']}")
    table(("", "value"), counterexample_rows(found))


def derivation_lines(argument: Argument) -> list[str]:
    """An argument in plain lines: each derivation's claim, its steps with reasons, what it used."""
    lines: list[str] = []
    for derivation in everything(argument.derivations):
        derived = derivation.theorem()
        lines += ["", derivation.remark or derivation.label, f"    {printed(derivation.claim.lhs)}"]
        for step in derivation.steps:
            lines.append(f"  = {printed(step.expression)}")
            lines.append(f"        [{step.text}]")
        lines.append(f"  proved{extent(derived)}")
    return lines


def extent(derived: Derived) -> str:
    """How far something is derived: up to which order, and under which hypotheses."""
    order = "" if derived.order is None else f", up to O(‖Δθ‖^{derived.order})"
    return f"{order}, under {', '.join(derived.hypotheses) or 'no hypothesis'}"


def argument_card(argument: Argument) -> str:
    """An argument for a notebook, a card a derivation."""
    return "".join(
        derivation_card(one.remark or one.label, printed(one.claim.lhs),
                        [(printed(step.expression), step.text) for step in one.steps], extent(one.theorem()))
        for one in everything(argument.derivations))


def everything(derivations: Sequence[Any]) -> list[Any]:
    """The derivations with their lemmas before them."""
    found: list[Any] = []
    for derivation in derivations:
        found += [one for one in everything(derivation.lemmas) if one not in found]
        found.append(derivation)
    return found


def printed(term: Any) -> str:
    """A term in the paper's LaTeX."""
    from ..latex.printing.printer import latex

    return latex(term)


def show_argument(argument: Argument, items: Iterable[Item]) -> None:
    """Print those of the items that are argued for, with the verdict on each, and then the derivations."""
    for one in items:
        if one.topic == argument.id:
            show_item(one)
    print("\n".join(derivation_lines(argument)))
    print("\n".join(necessity_lines(argument)))
    print()
    print(argument_latex(argument))


def show_claims(name: str, claims: Sequence[Item], points: Iterable[Point]) -> None:
    """Print claims, under the point that they settle and what becomes of it where that was asked for."""
    for point in points:
        if point.id == name:
            print(f"{point.number}: {point.title}\n{point.finding}\n")
    for claim in claims:
        show_item(claim)


def show_item(item: Item) -> None:
    """Print an item, the verdict on it, and what that rests on: of a claim also the models and counterexample."""
    from .sentences import displayed

    verdict = item.check()
    if item.printed:
        print(f"{item.id} {item.number}  {item.title}".replace("  ", " "))
        print(f"    {item.latex}")
        print(f"  {verdict.status}{': ' + verdict.reason if verdict.reason else ''}")
        if verdict.hypotheses:
            print(f"  hypotheses: {', '.join(verdict.hypotheses)}")
        return
    print(f"{item.id}: {item.title}")
    for word, line in displayed(item.statement):
        print(f"    {word}{' ' * bool(word)}{line}")
    print(f"{verdict.status}{' ' + verdict.proved if verdict.proved else ''}: {verdict.reason}")
    show_evidence(verdict)
    print()


def run_script(argument: Argument) -> None:
    """Show an argument as a script's whole output; a reader who leaves early is no error."""
    from ..paper.collection import PAPER

    sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    try:
        show_argument(argument, PAPER.everything())
        sys.stdout.flush()
    except OSError as fault:
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115
        sys.exit(141 if isinstance(fault, BrokenPipeError) else f"standard output: {fault.strerror}")


def progress(verdicts: Iterable[Found], total: int | None) -> Iterable[Found]:
    """What is found, verdicts mostly, with a bar on a terminal meanwhile; ``total`` is how many, if that is known."""
    if not sys.stderr.isatty() or total is not None and total < 2:
        return verdicts
    return with_bar(verdicts, total)


def with_bar(verdicts: Iterable[Found], total: int | None) -> Iterator[Found]:
    """The same, with the bar. No thread draws it, as processes start meanwhile, and standard output stays as it is."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    with Progress(TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(),
                  console=Console(stderr=True), auto_refresh=False, transient=True, redirect_stdout=False,
                  redirect_stderr=False) as bar:
        task = bar.add_task("checking", total=total)
        bar.refresh()
        for one in verdicts:
            yield one
            bar.advance(task)
            bar.refresh()


def necessity_lines(argument: Argument) -> list[str]:
    """Why each hypothesis: what it excludes, and a model in which a theorem that needs it fails without it."""
    from ..checking.check import necessity

    names = {name for derivation in everything(argument.derivations) for name in derivation.theorem().hypotheses}
    lines = ["", "why these hypotheses:"] if names else []
    for kind, excluded, failure in necessity(names):
        lines += [f"  {kind} excludes {excluded}", *([f"    {failure}"] if failure else [])]
    return lines


def argument_latex(argument: Argument, notation: str = "paper") -> str:
    """The derivations of an argument as ``align`` environments."""
    from ..latex.printing.document import align

    blocks = []
    for derivation in everything(argument.derivations):
        steps = [("=", step.expression, step.text) for step in derivation.steps]
        blocks.append(align(derivation.claim.lhs, steps, notation))
    return "\n".join(blocks)
