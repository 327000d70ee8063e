"""The paper's displays and claims as data. ``paper["eq09"]`` is one of them.

>>> import grpo_symbolic as gs
>>> gs.paper["eq07"].check().status
'proved'
"""

import sys
from collections.abc import Iterator
from types import ModuleType
from typing import Any


class _Paper(ModuleType):
    def __getitem__(self, name: str) -> Any:
        from .collection import item

        return item(name)

    def __iter__(self) -> Iterator[Any]:
        from .collection import items

        return items()

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __contains__(self, one: object) -> bool:
        """Whether it is an item, or the name of one."""
        from .collection import PAPER

        return one in PAPER or any(one == other for other in self)

    def __dir__(self) -> list[str]:
        return ["__contains__", "__getitem__", "__iter__", "__len__"]

    def __repr__(self) -> str:
        return f"<the paper: {', '.join(self._ipython_key_completions_())}>"

    def _ipython_key_completions_(self) -> list[str]:
        return [one.id for one in self]

    def _repr_html_(self) -> str:
        from ..cards import table, untouched, words

        rows = ([untouched(one.id), untouched(one.number), words(one.title)] for one in self)
        return table(rows, ("id", "no.", "title"))


sys.modules[__name__].__class__ = _Paper
