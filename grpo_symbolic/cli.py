"""The command ``grpo-symbolic``. Each command imports what it uses, and nothing more."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .books import PAPER, book
from .check_documents import FORMATS, LOGS, Options, check_files, chosen_format, logged
from .check_papers import check_paper, refuse_without_a_file, show_derivation, with_folder
from .completion import SHELLS, answered, files, ids, losses, notations, papers, script, topics
from .exits import Unusable, exit_status, failed, standard_input
from .loading import loading

if TYPE_CHECKING:
    from collections.abc import Sequence

MARK = " "  # before an argument it changes no LaTeX
MOST_SECONDS = 86_400


def seconds(value: str) -> float:
    """A budget, if it is one."""
    try:
        found = float(value)
    except ValueError:
        found = -1.0
    if not 0 <= found <= MOST_SECONDS:  # true of NaN, too
        raise click.BadParameter(f"a number of seconds from 0 to {MOST_SECONDS}, not {value}")
    return found


as_json = click.option("--json", "as_json", is_flag=True, help="JSON Lines on standard output, and nothing else there.")
notation = click.option("--notation", metavar="NAME", default="paper", show_default=True, shell_complete=notations,
                        help="That of the input: paper, deepseekmath, ppo or plain.")
budget = click.option("--budget", type=seconds, metavar="SECONDS", default=2.0, show_default=True,
                      help="The processor time that each statement may take in all.")
where = click.option("--where", multiple=True, metavar="LATEX", help="A definition that it uses; in any order.")
assume = click.option("--assume", multiple=True, metavar="LATEX", help="A relation that is taken as given.")
let = click.option("--let", multiple=True, metavar="LATEX", help="What a symbol is, such as \\gamma \\in [0,1).")
lore = click.option("--lore", type=click.Choice(["standard", "none"]), default="standard", show_default=True,
                    help="How symbols are read that nothing defines.")
strict = click.option("--strict/--no-strict", help="Exit with 1 also where something is undecided or unread.")
statement = click.argument("statement", metavar="LATEX")
paper = click.option("--paper", default=PAPER, metavar="NAME|DIR", shell_complete=papers,
                     help="The paper that is meant: a folder, grpo, objectives or kl-estimators.  [default: grpo]")
some = click.argument("ids", nargs=-1, metavar="[ID]...", shell_complete=ids)
INTERRUPTED = 130


def show_version(context: click.Context, _parameter: click.Parameter, wanted: bool) -> None:
    """Print the version and leave."""
    if wanted:
        from . import __version__

        print(__version__)
        context.exit()


class InOrder(click.Group):
    """Commands, listed as they stand here."""

    def list_commands(self, _context: click.Context) -> list[str]:
        return list(self.commands)


@click.group(cls=InOrder)
@click.option("--version", is_flag=True, callback=show_version, is_eager=True, expose_value=False, help="The version.")
def app() -> None:
    """Check the mathematics of policy optimisation."""


@app.command()
@click.argument("files", nargs=-1, metavar="[FILE]...", shell_complete=files)
@as_json
@click.option("--format", "form", type=click.Choice(FORMATS), help="A table, --json, annotations of a workflow on "
              "GitHub, or a log in SARIF.  [default: text]")
@strict
@click.option("--allow-empty", is_flag=True, help="A FILE without mathematics is no fault.")
@click.option("--all", "everything", is_flag=True, help="List also what is unread, defined, or claims nothing.")
@click.option("--as", "kind", type=click.Choice(("tex", "md", "ipynb", "jsonl")), metavar="KIND",
              help="What standard input is, or a FILE whose ending does not say it: tex, md, ipynb or jsonl.")
@click.option("--jobs", type=click.IntRange(1, 64), help="Processes that check at the same time: 1 for a FILE, for the "
              "paper as many as there are cores, up to 4.")
@click.option("--cluster", metavar="ADDRESS", default="", help="The scheduler of a cluster of Dask that checks, or "
              "local for one of --jobs processes.")
@click.option("--resume", metavar="DIR", default="", help="Keep what is found in this folder, and begin with what is "
              "there.")
@paper
@budget
@notation
@let
@lore
def check(files: tuple[str, ...], as_json: bool, form: str | None, strict: bool, allow_empty: bool, everything: bool,
          kind: str | None, jobs: int | None, cluster: str, resume: str, paper: str, budget: float, notation: str,
          let: tuple[str, ...], lore: str) -> int:
    """Verdicts on the statements of documents; without a FILE, on the built-in paper.

    A FILE is .tex, .md, .ipynb or .jsonl, or - for standard input; or the folder of a paper that `new` has made.
    """
    form, files = chosen_format(as_json, form), with_folder(files, paper)
    if not files:
        refuse_without_a_file({
            f"--format {form}": form in LOGS, "--notation": notation != "paper", "--let": let, "--lore": lore == "none",
            "--cluster": cluster, "--resume": resume, "--as": kind, "--all": everything, "--allow-empty": allow_empty})
        return check_paper(paper, form == "json", strict, jobs, budget)
    options = Options(strict, allow_empty, everything, kind or "", jobs or default_jobs(cluster), budget, notation, let,
                      lore != "none", cluster, resume)
    return logged(form, strict, lambda stated: check_files(files, form, options, stated))


def default_jobs(cluster: str) -> int:
    """How many processes check where none says it: one, but a cluster that is made here takes all cores."""
    from .running.side_by_side import cores

    return cores() if cluster else 1


def piped() -> str:
    """All of standard input, which must be UTF-8 and no longer than one document may be."""
    from .latex.documents.limits import UnusableInput
    from .latex.documents.reading_text import text_of

    try:
        return text_of(standard_input())
    except UnusableInput as fault:
        raise Unusable(f"standard input: {fault}") from fault


def statement_text(argument: str) -> str:
    """The statement that an argument is, or that stands on standard input for ``-``."""
    from .latex.documents.files import known_kind
    from .latex.spelling.lines import statements_by_line

    if known_kind(argument) and os.path.exists(argument):
        raise Unusable(f"{argument} is a file, and no statement: `check {argument}` reads it")
    text = piped() if argument == "-" else argument[argument.startswith(f"{MARK}-"):]
    if not text.strip():
        raise Unusable("no mathematics was found: give a statement, such as 'c + 1 > c'")
    if statements_by_line(text) > 1:
        raise Unusable("each line is a statement of its own: give one statement, or read several with check -")
    return text


def refuse_unreadable(where: Sequence[str], assume: Sequence[str], notation: str) -> None:
    """Refuse an option whose LaTeX cannot be parsed."""
    from .latex.notation.profiles import profile_named
    from .latex.parsing.wrapping import unwrapped
    from .latex.read_error import ReadError
    from .latex.statement.parsed import surface_of
    from .latex.statement.reader import beside_a_text

    profile = profile_named(notation)
    try:
        if unread := beside_a_text([unwrapped(text) for text in where], (), profile).unread:
            raise unread[0][1]
        for number, text in enumerate(assume, 1):
            surface_of(unwrapped(text), f"assume {number}", profile)
    except ReadError as fault:
        raise Unusable(f"in {fault.part}: {fault.reason}") from fault


@app.command()
@statement
@where
@assume
@let
@as_json
@strict
@budget
@notation
@lore
def prove(statement: str, where: tuple[str, ...], assume: tuple[str, ...], let: tuple[str, ...], as_json: bool,
          strict: bool, budget: float, notation: str, lore: str) -> int:
    """The verdict on one statement.

    - in place of it reads it from standard input.
    """
    with loading():
        from .checking.texts import prove as verdict_of
        from .report.terminal import print_record, show_verdict

    text = statement_text(statement)
    refuse_unreadable(where, assume, notation)
    verdict = verdict_of(text, where, assume, budget, notation, let, lore != "none")
    if verdict.status == "error" or verdict.part:
        raise Unusable(verdict.reason)
    if as_json:
        print_record(verdict.record())
    else:
        show_verdict(verdict)
    return exit_status([verdict], strict)


@app.command()
@statement
@where
@assume
@let
@as_json
@notation
def explain(statement: str, where: tuple[str, ...], assume: tuple[str, ...], let: tuple[str, ...], as_json: bool,
            notation: str) -> int:
    """What is read in one statement: the kind of each symbol and why, and the meaning printed back.

    - in place of the statement reads it from standard input.
    """
    from .report.reading import explain as reading_of
    from .report.terminal import print_record

    text = statement_text(statement)
    refuse_unreadable(where, assume, notation)
    reading = reading_of(text, where, assume, let, notation)
    fault = reading.record()["fault"]
    if fault and (fault["verdict"] == "error" or fault["part"]):
        raise Unusable(f"{fault['part']}, column {fault['position']['column']}: {fault['reason']}")
    if as_json:
        print_record(reading.record())
    else:
        reading.show()
    return int(bool(fault) and fault["verdict"] == "ill-formed")


@app.command()
@some
@as_json
def compare(ids: tuple[str, ...], as_json: bool) -> int:
    """The paper's displays beside ours: same meaning, same tokens, what differs.

    Without an ID, all of them.
    """
    from .report.comparison import compare_items, show_comparisons
    from .report.terminal import print_record

    found = compare_items(ids)
    if as_json:
        for one in found:
            print_record(one.record())
    else:
        show_comparisons(found)
    return 0 if all(one.consistent for one in found) else 1


@app.command()
@click.argument("name", metavar="ID", shell_complete=ids)
@click.option("--latex", is_flag=True, help="Only the LaTeX.")
@paper
def derive(name: str, latex: bool, paper: str) -> int:
    """The verdict on what is derived, then the steps of the derivation, each with its reason.

    An ID names a display, a claim or a group of claims.
    """
    from .shelf.chains import Unfounded

    try:
        show_derivation(book(paper), name, latex)
    except Unfounded as fault:
        return failed(str(fault), 1)
    return 0


@app.command("latex")
@some
@click.option("-o", "out", type=click.Path(path_type=Path), metavar="DIR",
              help="Write one .tex a statement, and a document.")
@click.option("--notation", metavar="NAME", default="paper", show_default=True, shell_complete=notations,
              help="paper, deepseekmath, ppo or plain.")
@paper
def write_latex(ids: tuple[str, ...], out: Path | None, notation: str, paper: str) -> int:
    """LaTeX of statements and derivations.

    Without an ID, of all of them. Where a derivation fails nothing is written.
    """
    from .report.tex import statement_latex, write_document
    from .shelf.chains import Unfounded

    of = book(paper)
    chosen = [of.item(name) for name in ids] if ids else list(of.everything())
    if out is None:
        for item in chosen:
            print(statement_latex(item, notation))
        return 0
    try:
        written = write_document(chosen, out, notation, of)
    except Unfounded as fault:
        return failed(str(fault), 1)
    for path in written:
        print(path)
    return 0


@app.command()
@click.argument("files", nargs=-1, metavar="[FILE]...")
@click.option("-o", "out", type=click.Path(path_type=Path), metavar="DIR", required=True,
              help="The folder of the report: new, empty, or that of an older report, which is replaced.")
@click.option("--as", "kind", type=click.Choice(("tex", "md", "ipynb", "jsonl")), metavar="KIND",
              help="What a FILE is whose ending does not say it: tex, md, ipynb or jsonl.")
@click.option("--pdf/--no-pdf", default=True, show_default=True, help="A PDF too, where TeX is installed.")
@click.option("--jobs", type=click.IntRange(1, 64), help="Processes that work at the same time.  "
              "[default: as many as there are cores, up to 4]")
@paper
@budget
@notation
@let
@lore
def report(files: tuple[str, ...], out: Path, kind: str | None, pdf: bool, jobs: int | None, paper: str,
           budget: float, notation: str, let: tuple[str, ...], lore: str) -> None:
    """A page on what holds and what does not, with readings, derivations and counterexamples; and a PDF.

    Of FILEs, or without one of a paper. The page needs no server and no network.
    """
    from .check_documents import Options
    from .make_report import make_report

    files = with_folder(files, paper)
    if not files:
        refuse_without_a_file({"--notation": notation != "paper", "--let": let, "--lore": lore == "none", "--as": kind})
    options = Options(False, False, True, kind or "", jobs or 0, budget, notation, let, lore != "none")
    make_report(files, out, options, pdf, None if files else book(paper))


@app.command()
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@click.option("--from", "source", type=click.Path(path_type=Path), metavar="FILE.tex",
              help="The document whose displays it has; without one it has an example.")
def new(folder: Path, source: Path | None) -> None:
    """Make a paper of one's own: a folder with displays, claims and derivations, ready to be checked and filled.

    DIR must not be there yet. `check DIR` checks it.
    """
    from .latex.documents.limits import UnusableInput
    from .shelf.new import new_paper

    try:
        complaints = new_paper(folder, source)
    except UnusableInput as fault:
        raise Unusable(str(fault)) from fault
    for complaint in complaints:
        failed(complaint)
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        print(path)


@app.command("list")
@click.argument("topic", required=False, shell_complete=topics)
@as_json
@paper
def show_list(topic: str | None, as_json: bool, paper: str) -> int | None:
    """What a paper has; of a TOPIC what is known, checked anew.

    A TOPIC is papers, estimators, objectives, the name of one, or lore: the standard readings.
    """
    if topic is not None and paper != PAPER:
        raise Unusable("--paper or a TOPIC: give one of the two")
    if topic is not None:
        from .report.objectives import show_topic
        from .report.objectives import topics as known

        asked = topic.lower().replace("-", "")
        meant = next((one for one in known() if one.replace("-", "") == asked), None)
        if meant is None:
            raise Unusable(f"nothing to list under {topic!r}: one of {', '.join(known())}")
        return show_topic(meant, as_json)
    from .report.terminal import print_record, table

    of = book(paper)
    derived = of.derived()
    rows = [[item.id, item.number, item.kind, "yes" if item.topic in derived else "", item.title]
            for item in of.everything()]
    if as_json:
        for row in rows:
            print_record(dict(zip(("id", "number", "kind", "derivation", "title"), row, strict=True)))
    else:
        table(("id", "no.", "kind", "derivation", "title"), rows, of.title)
    return None


@app.command()
@click.argument("subject", required=False, metavar="[FILE.py:FUNCTION]")
@click.option("--against", default="", metavar="NAME|LATEX", shell_complete=losses,
              help="The objective that it should be, such as grpo.")
@where
@click.option("--as", "sides", default="value,gradient", metavar="SIDES", show_default=True, help="What is asked for.")
@click.option("--role", "roles", multiple=True, metavar="ARG=ROLE", help="What an argument is, such as lp=logp, or an "
              "expression of roles, such as 'ratio=exp(logp-old)'.")
@click.option("--const", "constants", multiple=True, metavar="ARG=NUMBER", help="The value of a hyper-parameter.")
@click.option("--set", "settings", multiple=True, metavar="ARG=LITERAL", help="A setting, such as mode='\"mean\"'.")
@click.option("--adapter", default="", metavar="FILE.py:FUNCTION", help="A function of roles to run in its place.")
@click.option("--output", default="", metavar="INDEX|KEY", help="The part of what it returns that is the loss.")
@click.option("--framework", type=click.Choice(("torch", "jax", "numpy")), metavar="NAME",
              callback=lambda _, __, value: value or "",
              help="torch, jax or numpy, where that is not plain from the file.")
@click.option("--exact", is_flag=True, help="Keep what code adds for the sake of numbers, such as 1e-8 in a divisor.")
@click.option("--run", is_flag=True, help="Allow the file to be imported and run.")
@click.option("--python", default="", metavar="PATH", help="The interpreter to run it with.")
@click.option("--seconds", type=seconds, default=120.0, metavar="SECONDS", show_default=True,
              help="How long it may run.")
@click.option("--tape", default="", metavar="FILE.json", help="Where to keep the record; without a function, the "
              "record to read, and nothing is run.")
@click.option("--report", "folder", type=click.Path(path_type=Path), metavar="DIR",
              help="Make a page of it, as of a document, in this folder.")
@strict
@as_json
def loss(subject: str | None, tape: str, folder: Path | None, as_json: bool, strict: bool, **options: Any) -> int:
    """What a loss function in PyTorch, JAX or NumPy computes; it is imported and run for that.

    Of a FILE.py alone, the functions that are marked with @loss_is.
    """
    from .code.answer import printed
    from .code.recording.process import printable
    from .code.unsupported import Unsupported

    if not subject and not tape:
        raise Unusable("name a function, as in FILE.py:loss, or a record with --tape")
    try:
        return printed(subject or "", tape, as_json, strict, options, folder)
    except Unsupported as fault:
        raise Unusable(printable(str(fault.args[0]))) from fault


@app.command()
@click.argument("shell", type=click.Choice(SHELLS), metavar="SHELL")
def completion(shell: str) -> None:
    """The script that has a SHELL complete what is typed: bash, zsh or fish.

    In bash: eval "$(grpo-symbolic completion bash)"
    """
    print(script(app, shell))


def spelled(arguments: list[str]) -> list[str]:
    """The arguments, a statement that begins with a minus sign marked: it is no option."""
    if arguments[:1] not in (["prove"], ["explain"]):
        return arguments
    return [MARK + one if one[:1] == "-" and one[1:2] not in ("", "-") else one for one in arguments]


def main() -> int:
    """Run the command; every failure, and an interruption, is one line on standard error."""
    try:
        code = run()
    except KeyboardInterrupt:
        code = INTERRUPTED
    return failed("interrupted", code) if code == INTERRUPTED else code


def run() -> int:
    """Run the command; the exit status."""
    from .language.errors import LanguageError

    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w")  # noqa: SIM115
    if sys.stdout is None:
        return failed("standard output is closed")
    for stream in (sys.stdout, sys.stderr):
        # what is printed is UTF-8 wherever it goes; a narrower locale must not end in a traceback
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    try:
        if (answer := answered(app)) is not None:
            return answer
        with app.make_context("grpo-symbolic", spelled(sys.argv[1:]) or ["--help"]) as context:
            code = app.invoke(context)
        sys.stdout.flush()
    except click.ClickException as fault:
        return failed(fault.format_message())
    except click.exceptions.Exit as done:
        return done.exit_code
    except BrokenPipeError:
        # the reader of a pipe has gone: nothing is left to say, and the interpreter must not try to flush
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115
        return 141
    except SystemExit as left:
        # the library that prints tables leaves this way, with 1, where the reader of a pipe has gone
        return 141 if left.code == 1 else int(left.code or 0)
    except OSError as fault:
        return failed(f"{fault.filename or 'output'}: {fault.strerror}")
    except (Unusable, KeyError, LanguageError) as fault:
        return failed(str(fault))
    return code if isinstance(code, int) else 0
