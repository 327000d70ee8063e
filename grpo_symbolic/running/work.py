"""What there is to do, and how it is answered: batches of items, an answer an item."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple


class Batch(NamedTuple):
    """Items that are answered one after the other, with what they share.

    Each may take so many ``seconds`` of the processor's time; none where there is no bound. ``known`` are its answers,
    where they are known already.
    """

    shared: Any
    items: Sequence[Any]
    seconds: float | None = None
    known: Sequence[Any] | None = None


class Work(NamedTuple):
    """How batches are answered: ``answers`` gives an answer for each of the items, ``lost`` the one for an item that
    none could be found for, and why; what ``done`` is told, as soon as it is there, are the answers of a batch."""

    answers: Callable[[Any, Sequence[Any]], Iterable[Any]]
    lost: Callable[[Any, Any, str], Any]
    done: Callable[[Batch, Sequence[Any]], None] = lambda batch, found: None


def one_by_one(batches: Iterable[Batch], work: Work) -> Iterator[Any]:
    """An answer an item, in order, each as soon as it is there; all in this process."""
    for batch in batches:
        found = []
        for answer in work.answers(batch.shared, batch.items) if batch.known is None else batch.known:
            found.append(answer)
            if batch.known is None and len(found) == len(batch.items):
                work.done(batch, found)
            yield answer
