"""The shelf: the papers that are built in, by name, and those in folders of a user's."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from .exits import Unusable

if TYPE_CHECKING:
    from .shelf.book import Book

PAPER, OBJECTIVES = "grpo", "objectives"
FOLDERS = {"kl-estimators": Path(__file__).parent / "shelf" / "kl-estimators"}
NAMES = (PAPER, OBJECTIVES, *FOLDERS)


def folder_of(name: str) -> Path | None:
    """The folder of a paper that is one; None for what is built in as Python. Raises Unusable for what is no paper."""
    if name in (PAPER, OBJECTIVES):
        return None
    from .latex.documents.paper_folder import is_paper

    folder = FOLDERS.get(name, Path(name))
    if not is_paper(folder):
        missing = "is no paper: it has no displays.tex" if folder.is_dir() else "there is no such paper"
        raise Unusable(f"{name}: {missing}; built in are {', '.join(NAMES)}, and `new DIR` makes another")
    return folder


def book(name: str) -> Book:
    """The paper of that name, or in that folder. Raises Unusable."""
    if (folder := folder_of(name)) is not None:
        return in_folder(folder)
    if name == PAPER:
        from .paper.collection import PAPER as BUILT_IN

        return BUILT_IN
    from .objectives.book import ObjectivesBook

    return ObjectivesBook()


def in_folder(folder: Path) -> Book:
    """The paper in a folder. Raises Unusable."""
    from .latex.documents.limits import UnusableInput
    from .shelf.folder import FolderBook

    try:
        return FolderBook(folder)
    except UnusableInput as fault:
        raise Unusable(str(fault)) from fault
