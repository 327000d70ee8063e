"""The command ``grpo-symbolic``. Each command imports what it uses, and nothing more."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .checker import Verdict

app = typer.Typer(
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="Check the mathematics of policy optimisation.",
)

AsJson = Annotated[bool, typer.Option("--json", help="JSON Lines on standard output, and nothing else there.")]
Budget = Annotated[float, typer.Option(min=0, metavar="SECONDS", help="For the search of each counterexample.")]
Ids = Annotated[list[str] | None, typer.Argument(metavar="[ID]...", help="Items; all where none is named.")]


class Unusable(Exception):
    """Input or arguments that cannot be used: one line on standard error, exit status 2."""


@app.command()
def check(
    files: Annotated[list[str] | None, typer.Argument(metavar="[FILE]...", help=".tex or .jsonl, - for standard input."
                                                      )] = None,
    as_json: AsJson = False,
    strict: Annotated[bool, typer.Option(help="Exit with 1 also where something is undecided.")] = False,
    jobs: Annotated[int, typer.Option(min=1, max=64, help="Processes that check at the same time.")] = 1,
    budget: Budget = 2.0,
) -> None:
    """Verdicts on the statements of documents; without a FILE, on the built-in paper."""
    raise typer.Exit(check_files(files, as_json, strict, jobs, budget) if files else check_paper(as_json, strict))


def check_files(files: list[str], as_json: bool, strict: bool, jobs: int, budget: float) -> int:
    """Check documents one after the other; the exit status."""
    import json

    from .latex.document_reader import UnusableInput, read_records, records_of
    from .report.terminal import progress, show_verdict, show_verdicts
    from .statements import check_read

    try:
        records = [record for name in files
                   for record in records_of(name, standard_input() if name == "-" else None)]
    except UnusableInput as fault:
        raise Unusable(str(fault)) from fault
    verdicts = []
    for verdict in progress(check_read(read_records(records), budget, jobs), len(records)):
        verdicts.append(verdict)
        if as_json:
            print(json.dumps(verdict.record(), ensure_ascii=False), flush=True)
    if not as_json:
        show_verdicts([(verdict, "") for verdict in verdicts], ", ".join(files))
        for verdict in verdicts:
            if verdict.counterexample is not None:
                show_verdict(verdict)
    return exit_status(verdicts, strict)


def standard_input() -> str:
    """All of standard input, which must be UTF-8."""
    try:
        return sys.stdin.buffer.read().decode("utf-8")
    except UnicodeDecodeError as fault:
        raise Unusable(f"standard input: not UTF-8 text (byte {fault.start})") from fault


def exit_status(verdicts: Sequence[Verdict], strict: bool) -> int:
    """1 where something is refuted or ill-formed, with ``strict`` also undecided."""
    bad = {"refuted", "ill-formed"} | ({"undecided"} if strict else set())
    return int(any(verdict.status in bad for verdict in verdicts))


@app.command()
def prove(
    statement: Annotated[str, typer.Argument(metavar="LATEX", help="One statement; - reads it from standard input.")],
    where: Annotated[list[str] | None, typer.Option(metavar="LATEX", help="A definition that it uses; in order.")]
    = None,
    assume: Annotated[list[str] | None, typer.Option(metavar="LATEX", help="A relation that is taken as given.")]
    = None,
    as_json: AsJson = False,
    strict: Annotated[bool, typer.Option(help="Exit with 1 also where it is undecided.")] = False,
    budget: Budget = 2.0,
) -> None:
    """The verdict on one statement."""
    import json

    from .report.terminal import show_verdict
    from .statements import prove as verdict_of

    text = standard_input() if statement == "-" else statement
    verdict = verdict_of(text, where or (), assume or (), budget)
    if as_json:
        print(json.dumps(verdict.record(), ensure_ascii=False))
    else:
        show_verdict(verdict)
    raise typer.Exit(exit_status([verdict], strict))


@app.command()
def compare(ids: Ids = None, as_json: AsJson = False) -> None:
    """The paper's displays beside ours: same meaning, same tokens, what differs."""
    import json

    from .report.comparison import compare_items, show_comparisons

    found = compare_items(ids)
    if as_json:
        for one in found:
            print(json.dumps(one.record(), ensure_ascii=False))
    else:
        show_comparisons(found)
    raise typer.Exit(0 if all(one.consistent for one in found) else 1)


def check_paper(as_json: bool, strict: bool) -> int:
    """Check every display of the paper; the exit status."""
    import json

    from .paper.collection import items
    from .report.terminal import show_verdicts

    found = [(item, item.check()) for item in items()]
    if as_json:
        for _, verdict in found:
            print(json.dumps(verdict.record(), ensure_ascii=False))
    else:
        show_verdicts([(verdict, item.number) for item, verdict in found], "The paper")
    unexpected = [item.id for item, verdict in found if verdict.status != item.expect]
    disagreeing = [item.id for item, verdict in found if verdict.spot is not None and verdict.spot.disagreements]
    undecided = strict and any(verdict.status == "undecided" for _, verdict in found)
    for name in unexpected:
        print(f"grpo-symbolic: {name} did not get the verdict on record", file=sys.stderr)
    for name in disagreeing:
        print(f"grpo-symbolic: {name} is proved, and some numeric models disagree", file=sys.stderr)
    return int(bool(unexpected or disagreeing or undecided))


@app.command()
def derive(
    name: Annotated[str, typer.Argument(metavar="ID", help="A display of the paper.")],
    latex: Annotated[bool, typer.Option("--latex", help="Only the LaTeX.")] = False,
) -> None:
    """The steps of a derivation, each with its reason."""
    from .paper.collection import argument_of
    from .report.terminal import argument_latex, show_argument

    argument = argument_of(name)
    if latex:
        print(argument_latex(argument))
    else:
        show_argument(argument)


@app.command("latex")
def write_latex(
    ids: Ids = None,
    out: Annotated[Path | None, typer.Option("-o", metavar="DIR", help="Write one .tex a statement, and a document.")]
    = None,
    notation: Annotated[str, typer.Option(metavar="NAME", help="paper, deepseekmath, ppo or plain.")] = "paper",
) -> None:
    """LaTeX of statements and derivations."""
    from .report.tex import statement_latex, write_document

    chosen = chosen_items(ids)
    if out is None:
        for item in chosen:
            print(statement_latex(item, notation))
        return
    for path in write_document(chosen, out, notation):
        print(path)


@app.command("list")
def show_list(as_json: AsJson = False) -> None:
    """What is built in."""
    import json

    from .paper.collection import items, scripts
    from .report.terminal import table

    derived = scripts()
    rows = [[item.id, item.number, item.display.kind, "yes" if item.display.id in derived else "", item.title]
            for item in items()]
    if as_json:
        for row in rows:
            print(json.dumps(dict(zip(("id", "number", "kind", "derivation", "title"), row, strict=True)),
                             ensure_ascii=False))
    else:
        table(("id", "no.", "kind", "derivation", "title"), rows, "The paper")


def chosen_items(ids: list[str] | None) -> list[Any]:
    """The named items, in the order given; all of them where none is named."""
    from .paper.collection import item, items

    return [item(name) for name in ids] if ids else list(items())


def main() -> int:
    """Run the command; every failure is one line on standard error."""
    from typer.exceptions import Abort, Exit, TyperException

    from .language.errors import LanguageError

    if sys.stdout is None:
        return failed("standard output is closed")
    for stream in (sys.stdout, sys.stderr):
        # what is printed is UTF-8 wherever it goes; a narrower locale must not end in a traceback
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    try:
        code = app(sys.argv[1:] or ["--help"], standalone_mode=False)
        sys.stdout.flush()
    except Exit as done:
        return done.exit_code
    except TyperException as fault:
        return failed(fault.format_message())
    except (Abort, KeyboardInterrupt):
        return failed("interrupted", 130)
    except BrokenPipeError:
        # the reader of a pipe has gone: nothing is left to say, and the interpreter must not try to flush
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115
        return 141
    except SystemExit as left:
        # the command line library leaves this way, with 1, where the reader of a pipe has gone
        return 141 if left.code == 1 else int(left.code or 0)
    except OSError as fault:
        return failed(f"{fault.filename or 'output'}: {fault.strerror}")
    except (Unusable, KeyError, LanguageError) as fault:
        return failed(str(fault))
    return code if isinstance(code, int) else 0


def failed(reason: str, code: int = 2) -> int:
    """Say in one line why nothing came of it."""
    print(f"grpo-symbolic: {' '.join(reason.split())}", file=sys.stderr)
    return code
