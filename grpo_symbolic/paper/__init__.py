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


sys.modules[__name__].__class__ = _Paper
