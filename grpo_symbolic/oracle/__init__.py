"""The second opinion: statements evaluated by definition on finite models, in floating point and exactly."""

from typing import TYPE_CHECKING, Any

from .evaluator import Unevaluable
from .refute import Counterexample, Search, refute, search
from .satisfiable import satisfiable
from .spot import SpotCheck, spot_check

if TYPE_CHECKING:
    from .compiled import Compiled, compile

__all__ = ["Compiled", "Counterexample", "Search", "SpotCheck", "Unevaluable", "compile", "refute",
           "satisfiable", "search", "spot_check"]


def __getattr__(name: str) -> Any:
    """Load the compiler only where something is compiled."""
    if name in ("Compiled", "compile"):
        from . import compiled

        return getattr(compiled, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
