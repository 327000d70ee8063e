"""Many items checked at once, by as many processes as the machine runs side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from ..loading import loading
from ..running.side_by_side import USUAL, cores, tasks_done

if TYPE_CHECKING:
    from ..checking.verdict import Verdict
    from ..shelf.entry import Item


def verdicts(items: Sequence[Item], budget: float, jobs: int | None = None) -> Iterator[Verdict]:
    """The verdicts on the items, in their order, each as soon as it is there; see ``checks_done``."""
    return checks_done([partial(item.check, budget) for item in items], jobs)


def checks_done(tasks: Sequence[Callable[[], Any]], jobs: int | None = None) -> Iterator[Any]:
    """What tasks that check something come to, in order; by ``jobs`` processes, where none is named one a core, up to
    ``USUAL``."""
    with loading():
        from .. import oracle  # noqa: F401 (loaded once, for all processes)
        from ..checking import check  # noqa: F401 (likewise)

    return tasks_done(tasks, jobs or min(cores(), USUAL))
