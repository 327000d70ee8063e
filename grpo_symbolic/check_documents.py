"""The command ``check`` on documents: what is read, what is printed in which format, what is complained of."""

from __future__ import annotations

import sys
from collections import deque
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from .exits import Unusable, exit_status, failed, refuse_unwritable, standard_input

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from .checking.texts import Read
    from .checking.verdict import Verdict
    from .latex.documents.document_reader import Record
    from .latex.documents.files import Document
    from .portions import Found, Portions
    from .report.checks import Stated
    from .running.kept import Kept
    from .running.work import Batch

EACH = 2  # portions for each process in what is left of a document: some take longer than others
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
    cluster: str = ""
    resume: str = ""


def check_files(files: Sequence[str], form: str, options: Options, stated: list[Stated]) -> int:
    """Check documents one after the other; the exit status. What is found is added to ``stated``."""
    from .report.checks import show_checks
    from .report.terminal import print_record, progress

    found, total, _ = judged(files, options)
    # records that a terminal shows one by one need no bar
    for one, _ in found if form == "json" and sys.stdout.isatty() else progress(found, total):
        stated.append(one)
        if form == "json":
            print_record(stated[-1].json())
    say_what_is_passed_over(files, stated, options.allow_empty)
    if form == "text" and stated:
        show_checks(stated, options.everything, options.strict)
    refuse_errors(stated)
    astray = [*unexpected(stated), *(one.failing for one in stated if one.failing)]
    for fault in astray:
        failed(fault)
    return int(bool(astray)) or exit_status([one.verdict for one in stated if not one.expected], options.strict)


def unexpected(stated: Sequence[Stated]) -> Iterator[str]:
    """What did not come out as its paper expects, a sentence each."""
    for one in stated:
        if one.expected and not one.as_expected and not one.failing:
            at_odds = ", and a model disagrees" if one.verdict.disagrees else ""
            yield f"{one.place} {one.labels}: {one.verdict.status}{at_odds}, where {one.expected} is expected"


class Judged(NamedTuple):
    """The statements of documents, each with its verdict and what is told of it; how many there are if that is known;
    and what is read in each paper's folder, by its name."""

    found: Iterator[tuple[Stated, Found]]
    total: int | None
    papers: Callable[[], dict[str, list[Read]]]


def judged(files: Sequence[str], options: Options, meanings: bool = False) -> Judged:
    """The statements of documents, which are checked as they are asked for; where wanted, with what they mean."""
    from .latex.notation.profiles import profile_named
    from .portions import Portions, Settings

    profile_named(options.notation)
    refuse_contradicting(options.let)
    documents = opened(files, options.kind)
    settings = Settings(options.budget, options.notation, options.let, options.lore, meanings)
    portions = Portions(settings, pieces(options), kept_in(options.resume))
    totals = [document.total for _, document in documents]
    return Judged(stated_of(documents, portions, options), None if None in totals else sum(filter(None, totals)),
                  lambda: {name: portions.read(document) for name, document in documents if document.paper})


def pieces(options: Options) -> int:
    """Into how many portions what is left of one document is to be cut: on a cluster there are others."""
    return 1 if options.cluster or options.jobs <= 1 else EACH * options.jobs


def kept_in(folder: str) -> Kept | None:
    """The answers that are kept in a folder, which is made where there is none. Raises Unusable."""
    from .running.kept import Kept

    if not folder:
        return None
    refuse_unwritable(Path(folder), "--resume")
    return Kept(Path(folder))


def stated_of(documents: Sequence[tuple[str, Document]], portions: Portions, options: Options
              ) -> Iterator[tuple[Stated, Found]]:
    """The statements of documents, in order, each with its verdict and what was read in it."""
    from .checking.one_choice import settled
    from .report.checks import Stated

    sources: deque[tuple[str, Record]] = deque()
    known: deque[tuple[str, Record, Found]] = deque()

    def batches() -> Iterator[Batch]:
        for name, document in documents:
            for text, records in portions.texts(document):
                sources.extend((name, record) for record in records)
                yield from portions.batches(text, records)

    def verdicts() -> Iterator[Verdict]:
        for one in answered(batches(), portions, options):
            known.append((*sources.popleft(), one))
            yield one.verdict

    def document_of(_: int) -> str | None:
        name, record = known[-1][:2]  # asked for as soon as its verdict is there
        return name if record.display else None

    for verdict in settled(verdicts(), document_of):
        name, record, said = known.popleft()
        yield Stated(name, record, verdict.derives(said.failing)), said


def answered(batches: Iterator[Batch], portions: Portions, options: Options) -> Iterator[Found]:
    """What is found in batches, in order: here, by several processes, or by a cluster."""
    from .portions import work

    if options.cluster:
        from .running.cluster import on_cluster

        return on_cluster(batches, work(portions), options.cluster, options.jobs)
    if options.jobs > 1:
        from .checking.texts import load
        from .running.side_by_side import side_by_side

        load()
        return side_by_side(batches, work(portions), options.jobs)
    from .running.work import one_by_one

    return one_by_one(batches, work(portions))


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
    from .latex.documents.files import document_of, known_kind
    from .latex.documents.limits import UnusableInput

    if kind and not {"", kind} & {known_kind(name) for name in files}:
        raise Unusable(f"--as {kind} is for standard input, or a FILE whose ending does not say what it is: name one")
    try:
        found = [(name, document_of(name, standard_input() if name == "-" else None, kind)) for name in files]
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
