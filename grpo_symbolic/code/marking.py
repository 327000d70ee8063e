"""The mark of a function that is said to be the loss of an objective; nothing is checked where it is set."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

F = TypeVar("F", bound=Callable[..., Any])


def loss_is(against: str) -> Callable[[F], F]:
    """Say what a function is the loss of: an objective by its name, or LaTeX.

    ``grpo-symbolic loss FILE.py`` and the plugin of pytest check all functions of a file that are marked.
    """
    def mark(function: F) -> F:
        function.loss_is = against  # type: ignore[attr-defined]
        return function
    return mark
