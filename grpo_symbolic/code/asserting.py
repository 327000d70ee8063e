"""Losses from Python: a report, and assertions for tests."""

from __future__ import annotations

import inspect
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..language.arguments import latex_text, latex_texts
from .checked import checked_loss
from .recording.process import SECONDS
from .recording.recording import Request, split
from .telling.report import Report, Side
from .telling.telling import told, told_side
from .unsupported import Undecided, Unsupported


@dataclass(frozen=True, repr=False)
class LossReport(Report):
    """A report that shows itself in words."""

    def __repr__(self) -> str:
        return told(self)

    def _repr_html_(self) -> str:
        from .telling.loss_card import loss_card

        return loss_card(self)


def loss(function: Callable[..., Any] | str, against: str = "", *, where: Sequence[str] = (),
         roles: Mapping[str, str] | None = None, constants: Mapping[str, float] | None = None,
         settings: Mapping[str, Any] | None = None, adapter: Callable[..., Any] | str = "", output: str = "",
         framework: str = "", python: str = "", seconds: float = SECONDS, exact: bool = False) -> LossReport:
    """What a loss function computes, and against an objective or LaTeX whether value and gradient are the same.

    The function, given itself or as ``FILE.py:NAME``, is imported and run in a process of its own. ``roles`` say what
    arguments are, ``constants`` give hyper-parameters, ``settings`` what stays as it is.
    Raises Unsupported where nothing can be said, Misused for an argument of another type.
    """
    latex_text(against, "what a loss is held against")
    where = latex_texts(where, "where")
    file, name = located(function)
    literals = {key: repr(value) for key, value in (settings or {}).items()}
    request = Request(file, name, roles or {}, constants or {}, literals, ":".join(located(adapter)) if adapter else "",
                      output, framework, python, seconds)
    return LossReport(**vars(checked_loss(request, against, where, exact)))


def located(function: Callable[..., Any] | str) -> tuple[str, str]:
    """The file of a function, and its name in it.

    Raises Unsupported where it cannot be found by its name.
    """
    if isinstance(function, str):
        file, name = split(function)
        if not name:
            raise Unsupported(f"name a function, as in {file}:loss")
        return file, name
    inner = inspect.unwrap(function)
    name = getattr(inner, "__qualname__", repr(inner))
    try:
        found = inspect.getsourcefile(inner)
    except TypeError:
        found = None
    if not found or not os.path.isfile(found) or "<" in name:
        raise Unsupported(f"{name} has no name in a file by which another process can import it: "
                          "define it at the top level of a file")
    return found, name


def assert_value_equal(function: Callable[..., Any] | str, against: str, **asked: Any) -> LossReport:
    """The report on a loss whose value is that of an objective; what else may be said is as for ``loss``.

    Raises AssertionError with the batch where it is not, Undecided, or Unsupported.
    """
    found = loss(function, against, **asked)
    _assert(found, found.value, "value")
    return found


def assert_gradient_equal(function: Callable[..., Any] | str, against: str, **asked: Any) -> LossReport:
    """The report on a loss whose gradient is that of an objective; what else may be said is as for ``loss``.

    Raises AssertionError with the batch where it is not, Undecided, or Unsupported.
    """
    found = loss(function, against, **asked)
    _assert(found, found.gradient, "gradient")
    return found


def assert_equal(function: Callable[..., Any] | str, against: str, **asked: Any) -> LossReport:
    """The report on a loss whose value and gradient are those of an objective. Raises as the two others do."""
    found = loss(function, against, **asked)
    _assert(found, found.value, "value")
    _assert(found, found.gradient, "gradient")
    return found


def _assert(found: Report, side: Side | None, label: str) -> None:
    """Raise what says that a side is not proved."""
    said = f"{found.tape.file}:{found.tape.line} {found.tape.function}: {label} {told_side(side, found.tape)}"
    if side is None or side.verdict == "undecided":
        raise Undecided(said)
    if side.verdict == "refuted":
        raise AssertionError(said)
