"""The second opinion: statements evaluated by definition on finite models, in floating point and exactly."""

from typing import TYPE_CHECKING, Any

from .meaning.evaluator import Unevaluable
from .search.challenge import Granted, challenge
from .search.counterexample import Counterexample
from .search.refute import Search, attack, refute
from .search.satisfiable import satisfiable
from .search.sieve import Sieve
from .search.spot import SpotCheck, spot_check

if TYPE_CHECKING:
    from .compiled.vectorised import Compiled, compile

__all__ = ["Compiled", "Counterexample", "Granted", "Search", "Sieve", "SpotCheck", "Unevaluable", "attack",
           "challenge", "compile", "refute", "satisfiable", "spot_check"]


def __getattr__(name: str) -> Any:
    """Load the compiler only where something is compiled."""
    if name in ("Compiled", "compile"):
        from .compiled import vectorised

        return getattr(vectorised, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
