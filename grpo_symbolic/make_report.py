"""The command ``report``: what is checked, what is made of it, where it is put."""

from __future__ import annotations

import os
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from .check_documents import judged, refuse_errors, say_what_is_passed_over
from .exits import failed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .check_documents import Options
    from .report.html.content import Page
    from .shelf.book import Book


def make_report(files: Sequence[str], out: Path, options: Options, pdf: bool, book: Book | None) -> None:
    """Check documents, or a built-in paper, and put what is found into the folder ``out``."""
    from .running.side_by_side import USUAL, cores

    out = room_for(out)
    options = options._replace(jobs=options.jobs or min(cores(), USUAL))
    page = page_of_documents(files, options) if book is None else page_of_paper(book, options)
    print(*write(page, out, pdf, typeset=book is not None), sep="\n")


def room_for(out: Path) -> Path:
    """The folder of a report, by its whole path. Raises Unusable where it is another's, or reports cannot be made."""
    from .report.html.folder import refuse_foreign
    from .report.html.rendering import require

    require()
    out = Path(os.path.abspath(out))
    refuse_foreign(out)
    return out


def page_of_paper(book: Book, options: Options) -> Page:
    """The page on a built-in paper."""
    from .report.html.paper_page import answered, page_of, tasks
    from .report.terminal import progress

    work = tasks(book, options.budget)
    return page_of(book, list(progress(answered(work, options.jobs), len(work))))


def page_of_documents(files: Sequence[str], options: Options) -> Page:
    """The page on documents."""
    from .report.html.documents_page import entry_of, page_of
    from .report.html.paper_folder_page import in_sections
    from .report.terminal import progress

    found, total, papers = judged(files, options, meanings=True)
    stated, entries = [], []
    for one, told in progress(found, total):
        stated.append(one)
        if one.verdict.status != "error":
            entries.append((one, entry_of(one, told.meanings)))
    say_what_is_passed_over(files, stated, options.allow_empty)
    refuse_errors(stated)
    return page_of(in_sections(entries, papers()))


def write(page: Page, out: Path, pdf: bool, typeset: bool) -> list[Path]:
    """Write a page into its folder, with a PDF of it where that is wanted and TeX is there; the files."""
    from importlib.metadata import version

    from .report.html.folder import beside, put, refuse_foreign
    from .report.html.in_print import in_print
    from .report.html.rendering import rendered
    from .report.pdf import pdf_of

    made = now()
    files, said = {"report.tex": in_print(page, typeset).encode()}, ""
    if pdf:
        content, said = pdf_of(files["report.tex"].decode(), str(int(made.timestamp())))
        files |= {"report.pdf": content} if content else {}
    dated = replace(page, date=made.date().isoformat(), version=version("grpo-symbolic"), pdf=said,
                    pdf_file="report.pdf" if "report.pdf" in files else "")
    with beside(out) as room:
        refuse_foreign(out)
        put(room, {**files, "index.html": rendered(dated).encode()}, out)
    if said and not dated.pdf_file:
        failed(said)
    return [out / name for name in sorted(files | {"index.html": b""})]


def now() -> datetime:
    """The day of the report, from midnight: that of SOURCE_DATE_EPOCH where it is set."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    moment = datetime.fromtimestamp(int(epoch) if epoch.isdigit() else time.time(), UTC)
    return moment.replace(hour=0, minute=0, second=0, microsecond=0)
