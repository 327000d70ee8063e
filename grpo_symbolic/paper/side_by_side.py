"""Many items checked at once, on as many processes as the machine runs side by side."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from ..loading import loading
from ..running.side_by_side import USUAL, cores, tasks_done

if TYPE_CHECKING:
    from ..checking.verdict import Verdict
    from ..shelf.entry import Item


def verdicts(items: Sequence[Item], budget: float, jobs: int | None = None) -> list[Verdict]:
    """The verdicts on the items, in their order; on ``jobs`` processes, up to ``USUAL`` cores where none is named."""
    with loading():
        from .. import oracle  # noqa: F401 (loaded once, for all processes)
        from ..checking import check  # noqa: F401 (likewise)

    return list(tasks_done([partial(item.check, budget) for item in items], jobs or min(cores(), USUAL)))
