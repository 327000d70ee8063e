"""The check of one document, for a notebook or a script."""

from __future__ import annotations

from collections.abc import Sequence
from os import PathLike, fspath
from typing import overload

from ..cards import status_word, table, untouched, words
from ..checking.check import BUDGET
from ..checking.documents import check_documents
from ..checking.verdict import Failing
from ..language import LanguageError, Misused
from ..language.arguments import latex_texts, seconds, switch
from ..latex.documents.document_reader import read_records
from ..latex.documents.files import document_of
from ..latex.documents.limits import UnusableInput
from ..latex.notation.profiles import profile_named
from ..shelf.folder import Derivations, Read
from .checks import Stated, said, summary


class Checked(Sequence[Stated]):
    """The statements of a document in its order, each with its place and its verdict; ``complaints`` says what could
    not be included."""

    def __init__(self, stated: Sequence[Stated], complaints: Sequence[str]) -> None:
        self._stated = tuple(stated)
        self.complaints = tuple(complaints)

    @overload
    def __getitem__(self, place: int) -> Stated: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[Stated]: ...

    def __getitem__(self, place: int | slice) -> Stated | Sequence[Stated]:
        return self._stated[place]

    def __len__(self) -> int:
        return len(self._stated)

    def __repr__(self) -> str:
        return f"<Checked {summary((one.verdict for one in self), 0)}>"

    def _repr_html_(self) -> str:
        rows = [[untouched(one.place), status_word(one.verdict.status), untouched(one.labels),
                 words(said(one.verdict))] for one in self]
        return table(rows, ("place", "verdict", "label", "reason"))


def check(path: str | PathLike[str], let: str | Sequence[str] = (), budget: float = BUDGET, notation: str = "paper",
          lore: bool = True) -> Checked:
    """The verdicts on the statements of a document: a ``.tex``, ``.md``, ``.ipynb`` or ``.jsonl`` file, or a folder.

    ``let`` declares symbols of it, ``budget`` is in seconds for each statement. Raises LanguageError where the file or
    the notation cannot be used.
    """
    if not isinstance(path, (str, PathLike)):
        raise Misused(f"a document is the path of a file, not a value of type {type(path).__name__}")
    declared, profile = latex_texts(let, "let"), profile_named(notation)
    try:
        document = document_of(fspath(path))
        read = list(read_records(document.records, profile, declared))
    except UnusableInput as fault:
        raise LanguageError(str(fault)) from fault
    named, budget = [(fspath(path), *one) for one in read], seconds(budget, "budget")
    found = check_documents(named, budget, lore=switch(lore, "lore"))
    failing = faults(read, budget) if document.paper else {}
    return Checked([Stated(one.name, one.record, one.verdict.derives(failing.get(one.record.offset))) for one in found],
                   document.complaints)


def faults(read: Sequence[Read], budget: float) -> dict[int, Failing | None]:
    """What is wrong with the derivations of a paper, by their places in its text."""
    derivations = Derivations(read)
    return {chain.record.offset: derivations.failing(chain.record, budget) for _, chain in derivations.named}
