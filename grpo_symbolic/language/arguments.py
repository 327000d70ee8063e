"""What the functions of the package take: each argument is looked at before anything is done with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from .errors import Misused


def latex_text(value: Any, name: str) -> str:
    """A text of LaTeX. Raises Misused."""
    if not isinstance(value, str):
        raise Misused(f"{name} must be LaTeX, a string such as r'\\pi_\\theta(a|s) > 0', not {kind(value)}")
    return value


def latex_texts(value: Any, name: str) -> tuple[str, ...]:
    r"""Texts of LaTeX; a string is one of them. Raises Misused.

    >>> latex_texts(r"\beta > 0", "assume")
    ('\\beta > 0',)
    """
    if isinstance(value, str):
        return (value,)
    if not isinstance(value, Iterable) or isinstance(value, (Mapping, bytes)):
        raise Misused(f"{name} must be LaTeX, one string or a list of strings, not {kind(value)}")
    return tuple(latex_text(one, name) for one in value)


def switch(value: Any, name: str) -> bool:
    """True or False. Raises Misused."""
    if not isinstance(value, bool):
        raise Misused(f"{name} must be True or False, not {kind(value)}")
    return value


def seconds(value: Any, name: str) -> float:
    """A time in seconds. Raises Misused."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise Misused(f"{name} must be a number of seconds, not {kind(value)}")
    if not value >= 0:  # true of NaN, too
        raise Misused(f"{name} must be a number of seconds from 0 on, not {value}")
    return float(value)


def kind(value: Any) -> str:
    """The type of a value in words."""
    return "None" if value is None else f"a value of type {type(value).__name__}"
