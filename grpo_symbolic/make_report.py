"""The command ``report``: what is checked, what is made of it, where it is put."""

from __future__ import annotations

import os
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from .check_documents import judged, refuse_errors, say_what_is_passed_over

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .check_documents import Options
    from .report.html.content import Page


def make_report(files: Sequence[str], out: Path, options: Options, pdf: bool) -> None:
    """Check documents, without one the built-in paper, and put what is found into the folder ``out``."""
    from .paper.side_by_side import MOST, cores
    from .report.html.folder import refuse_foreign
    from .report.html.rendering import require

    require()
    out = Path(os.path.abspath(out))
    refuse_foreign(out)
    options = options._replace(jobs=options.jobs or min(cores(), MOST))
    write(page_of_documents(files, options) if files else page_of_paper(options), out)


def page_of_paper(options: Options) -> Page:
    """The page on the built-in paper."""
    from .paper.collection import items
    from .report.html.paper_page import answered, page_of, tasks
    from .report.terminal import progress

    work = tasks(list(items()), options.budget)
    return page_of(list(progress(answered(work, options.jobs), len(work))))


def page_of_documents(files: Sequence[str], options: Options) -> Page:
    """The page on documents."""
    from .report.html.documents_page import entry_of, page_of
    from .report.terminal import progress

    found, total = judged(files, options)
    stated, entries = [], []
    for one, statement in progress(found, total):
        stated.append(one)
        if one.verdict.status != "error":
            entries.append((one.file, entry_of(one, statement, options.notation)))
    say_what_is_passed_over(files, stated, options.allow_empty)
    refuse_errors(stated)
    return page_of(entries)


def write(page: Page, out: Path) -> None:
    """Write a page into its folder."""
    from importlib.metadata import version

    from .report.html.folder import beside, put, refuse_foreign
    from .report.html.rendering import rendered

    dated = replace(page, date=today(), version=version("grpo-symbolic"))
    with beside(out) as room:
        refuse_foreign(out)
        put(room, {"index.html": rendered(dated).encode()}, out)
    print(out / "index.html")


def today() -> str:
    """The date that is printed: that of SOURCE_DATE_EPOCH where it is set."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(epoch) if epoch.isdigit() else time.time(), UTC).date().isoformat()
