"""The commands on papers: which is meant, the check of one that is built in, what one derives."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from .books import PAPER, book, folder_of
from .exits import Unusable
from .loading import loading

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .shelf.book import Book


def with_folder(files: tuple[str, ...], paper: str) -> tuple[str, ...]:
    """The files that are meant: those that are named, or the folder of the paper if it is one."""
    if files and paper != PAPER:
        raise Unusable("--paper or FILEs: give one of the two")
    folder = None if files else folder_of(paper)
    return files if folder is None else (str(folder),)


def refuse_without_a_file(given: Mapping[str, object]) -> None:
    """Refuse options that are those of a FILE, if they are given where none is. Raises Unusable."""
    for option, value in given.items():
        if value:
            raise Unusable(f"{option} is that of a FILE: name one")


def check_paper(paper: str, as_json: bool, strict: bool, jobs: int | None, budget: float) -> int:
    """Check every display and claim of a built-in paper; the exit status."""
    with loading():
        from .paper.side_by_side import verdicts
        from .report.terminal import off_record, print_record, progress, show_paper

        stated = list(book(paper).items())
    found = list(zip(stated, progress(verdicts(stated, budget, jobs), len(stated)), strict=True))
    if as_json:
        for item, verdict in found:
            said = {} if item.printed else {"group": item.topic, "claim": item.title}
            print_record(verdict.record() | said)
    else:
        show_paper(found)
    unexpected = off_record((verdict, item.expect) for item, verdict in found)
    disagreeing = [item.id for item, verdict in found if verdict.disagrees]
    undecided = strict and any(verdict.status == "undecided" for _, verdict in found)
    for name in disagreeing:
        print(f"grpo-symbolic: {name} is proved, and a model disagrees: please report it", file=sys.stderr)
    return int(unexpected or bool(disagreeing) or undecided)


def show_derivation(of: Book, name: str, latex: bool) -> None:
    """Show what a paper derives under a name. Raises UnknownItem, and Unfounded where a step does not hold."""
    from .report.terminal import argument_latex, show_argument, show_claims

    claims = of.claims_of(name)
    if latex or not claims:
        argument = of.argument_of(name)
        if latex:
            print(argument_latex(argument))
        else:
            show_argument(argument, of.everything())
        return
    show_claims(name, claims, of.points())
    if of.subject_of(name) in of.derived():
        show_argument(of.argument_of(name), (one for one in of.everything() if one.printed))
