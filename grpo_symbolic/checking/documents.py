"""The verdicts on the statements of documents, those of each under one choice of readings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ..latex.documents.document_reader import Record
from ..latex.read_error import ReadError
from ..latex.statement.statement import Statement
from .one_choice import settled
from .texts import Read, check_read
from .verdict import Verdict


class Found(NamedTuple):
    """A statement of the document of this name, what was read, and the verdict."""

    name: str
    record: Record
    read: Statement | ReadError
    verdict: Verdict


def check_documents(read: Iterable[tuple[str, Record, Statement | ReadError]], budget: float,
                    lore: bool = True) -> Iterator[Found]:
    """The verdicts on what was read of documents, each with its name; in order.

    Records that are no displays stand alone, each under a choice of its own.
    """
    origins = list[tuple[str, Record, Statement | ReadError]]()

    def noted() -> Iterator[Read]:
        for one in read:
            origins.append(one)
            yield one[1:]

    def document_of(place: int) -> str | None:
        name, record, _ = origins[place]
        return name if record.display else None

    for place, verdict in enumerate(settled(check_read(noted(), budget, lore), document_of)):
        yield Found(*origins[place], verdict)
