"""The shelf: the papers that are built in, by name, and those in folders of a user's."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from .exits import Unusable

if TYPE_CHECKING:
    from .shelf.book import Book

PAPER, OBJECTIVES = "grpo", "objectives"
FOLDERS = {"kl-estimators": Path(__file__).parent / "shelf" / "kl-estimators"}
NAMES = (PAPER, OBJECTIVES, *FOLDERS)


def folder_of(name: str) -> Path | None:
    """The folder of a paper that is one; None for what is built in as Python."""
    return None if name in (PAPER, OBJECTIVES) else FOLDERS.get(name, Path(name))


@cache
def book(name: str) -> Book:
    """The paper of that name, or in that folder. Raises Unusable."""
    if (folder := folder_of(name)) is not None:
        return in_folder(name, folder)
    if name == PAPER:
        from .paper.collection import PAPER as BUILT_IN

        return BUILT_IN
    from .objectives.book import ObjectivesBook

    return ObjectivesBook()


def in_folder(name: str, folder: Path) -> Book:
    """The paper in a folder. Raises Unusable."""
    from .latex.documents.limits import UnusableInput
    from .latex.documents.paper_folder import is_paper
    from .shelf.folder import FolderBook

    if not is_paper(folder):
        missing = "is no paper: it has no displays.tex" if folder.is_dir() else "there is no such paper"
        raise Unusable(f"{name}: {missing}; built in are {', '.join(NAMES)}, and `new DIR` makes another")
    try:
        return FolderBook(folder)
    except UnusableInput as fault:
        raise Unusable(str(fault)) from fault
