"""The command ``check`` on documents: what is read, what is printed in which format, what is complained of."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, NamedTuple

from .exits import Unusable, exit_status, failed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from .latex.documents.files import Document
    from .report.checks import Stated

LOGS = ("github", "sarif")
FORMATS = ("text", "json", *LOGS)


def chosen_format(as_json: bool, form: str | None) -> str:
    """The format that is asked for, by either option."""
    if as_json and form not in (None, "json"):
        raise Unusable(f"--json is --format json, not {form}: give one of the two")
    return form or ("json" if as_json else "text")


def logged(form: str, strict: bool, checking: Callable[[list[Stated]], int]) -> int:
    """Check, and print at the end what a format has in one piece, also where input cannot be used; the exit status."""
    stated: list[Stated] = []
    if form not in LOGS:
        return checking(stated)
    from .report.annotations import commands
    from .report.findings import checked
    from .report.sarif import log

    written = commands if form == "github" else log
    try:
        status = checking(stated)
    except Unusable as fault:
        print(written(checked(stated), strict, str(fault)))
        raise
    print(written(checked(stated), strict))
    return status


class Options(NamedTuple):
    """How documents are checked."""

    strict: bool
    allow_empty: bool
    everything: bool
    kind: str
    jobs: int
    budget: float
    notation: str
    let: tuple[str, ...]
    lore: bool


def check_files(files: Sequence[str], form: str, options: Options, stated: list[Stated]) -> int:
    """Check documents one after the other; the exit status. What is found is added to ``stated``."""
    from .report.checks import show_checks
    from .report.terminal import print_record, progress

    found, total = judged(files, options)
    papers: dict[str, list[Any]] = {}
    # records that a terminal shows one by one need no bar
    for one, read in found if form == "json" and sys.stdout.isatty() else progress(found, total):
        stated.append(one)
        if one.record.aside is not None:
            papers.setdefault(one.name, []).append((one.record, read))
        if form == "json":
            print_record(stated[-1].json())
    say_what_is_passed_over(files, stated, options.allow_empty)
    if form == "text" and stated:
        show_checks(stated, options.everything, options.strict)
    refuse_errors(stated)
    astray = [*unexpected(stated), *(fault for read in papers.values() for fault in unfounded(read))]
    for fault in astray:
        failed(fault)
    return int(bool(astray)) or exit_status([one.verdict for one in stated if not one.expected], options.strict)


def unexpected(stated: Sequence[Stated]) -> Iterator[str]:
    """What did not come out as its paper expects, a sentence each."""
    for one in stated:
        if one.expected and not one.as_expected:
            at_odds = ", and a model disagrees" if one.verdict.disagrees else ""
            yield f"{one.place} {one.labels}: {one.verdict.status}{at_odds}, where {one.expected} is expected"


def unfounded(read: Sequence[Any]) -> Sequence[str]:
    """What is wrong with the derivations of a paper, a sentence each."""
    from .shelf.folder import Derivations

    return Derivations(read).faults()


def judged(files: Sequence[str], options: Options) -> tuple[Iterator[tuple[Stated, Any]], int | None]:
    """The statements of documents, each with its verdict and what was read in it, and how many there are if that is
    known."""
    from .checking.documents import check_documents
    from .latex.documents.document_reader import read_records
    from .latex.notation.profiles import profile_named
    from .report.checks import Stated

    profile = profile_named(options.notation)
    refuse_contradicting(options.let)
    documents = opened(files, options.kind)
    read = ((name, *one) for name, document in documents
            for one in read_records(document.records, profile, options.let))
    found = ((Stated(one.name, one.record, one.verdict), one.read)
             for one in check_documents(read, options.budget, options.jobs, options.lore))
    totals = [document.total for _, document in documents]
    return found, None if None in totals else sum(filter(None, totals))


def refuse_contradicting(let: Sequence[str]) -> None:
    """Refuse declarations that cannot be read, or contradict each other."""
    from .latex.names.contradictions import refuse_contradictions
    from .latex.names.declaring import declarations
    from .latex.parsing.wrapping import unwrapped
    from .latex.read_error import ReadError

    try:
        refuse_contradictions(declarations([unwrapped(text) for text in let]))
    except ReadError as fault:
        raise Unusable(str(fault)) from fault


def opened(files: Sequence[str], kind: str) -> list[tuple[str, Document]]:
    """The documents that files are, each with the name of its file; what they cannot include is said."""
    from .latex.documents.files import document_of
    from .latex.documents.limits import UnusableInput

    try:
        found = [(name, document_of(name, sys.stdin.buffer if name == "-" else None, kind)) for name in files]
    except UnusableInput as fault:
        raise Unusable(str(fault)) from fault
    for _, document in found:
        refuse_unknown_verdicts(document)
    for complaint in dict.fromkeys(said for _, document in found for said in document.complaints):
        failed(complaint)
    return found


def refuse_unknown_verdicts(document: Document) -> None:
    """Refuse a paper that expects what is no verdict."""
    from .checking.verdict import ORDER

    for record in document.records if document.total is not None else ():
        if record.aside is not None and record.aside.expect not in ("", *ORDER):
            raise Unusable(f"{record.file}, line {record.aside.lines[0]}: no verdict is called "
                           f"{record.aside.expect!r}: one of {', '.join(ORDER)}")


def say_what_is_passed_over(files: Sequence[str], stated: Sequence[Stated], allow_empty: bool) -> None:
    """Say which keys of records none reads, and unless it is allowed, which files have no mathematics; refuse files
    without any."""
    keys: dict[str, dict[str, None]] = {}
    for one in stated:
        keys.setdefault(one.name, {}).update(dict.fromkeys(one.record.other))
    if empty := [spoken(name) for name in files if name not in keys and not allow_empty]:
        nothing = f"{', '.join(empty)}: no mathematics was found: a statement stands in a display, $$…$$ or \\[…\\]"
        if not stated:
            raise Unusable(nothing)
        failed(nothing)
    for name, other in keys.items():
        if other:
            failed(f"{spoken(name)}: keys of records that are passed over, as they are none of id, latex, where, "
                   f"assume and let: {', '.join(other)}")


def spoken(name: str) -> str:
    """The name of a file in a sentence."""
    return "standard input" if name == "-" else name


def refuse_errors(stated: Sequence[Stated]) -> None:
    """Refuse records that are none."""
    if bad := [one for one in stated if one.verdict.status == "error"]:
        more = f" (and {len(bad) - 1} more)" if len(bad) > 1 else ""
        first = bad[0].verdict
        part = "record" if first.reason.startswith("in ") else "line"
        raise Unusable(f"{bad[0].name}, {part} {first.id}: {first.reason}{more}")
