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

    def __dir__(self) -> list[str]:
        return ["__getitem__", "__iter__"]

    def __repr__(self) -> str:
        return f"<the paper: {', '.join(self._ipython_key_completions_())}>"

    def _ipython_key_completions_(self) -> list[str]:
        return [one.id for one in self]

    def _repr_html_(self) -> str:
        from ..cards import table, untouched, words

        rows = ([untouched(one.id), untouched(one.number), words(one.title)] for one in self)
        return table(rows, ("id", "no.", "title"))


sys.modules[__name__].__class__ = _Paper
