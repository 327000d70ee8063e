"""The checker for policy-optimisation mathematics."""

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from . import paper
    from .checking.texts import prove
    from .code.asserting import assert_equal, assert_gradient_equal, assert_value_equal, loss
    from .code.marking import loss_is
    from .code.unsupported import Undecided, Unsupported
    from .language.errors import LanguageError
    from .report.documents import check
    from .report.reading import explain

__all__ = ["LanguageError", "Undecided", "Unsupported", "__version__", "assert_equal", "assert_gradient_equal",
           "assert_value_equal", "check", "explain", "loss", "loss_is", "paper", "prove"]
# Where a name is found once it is asked for.
PLACES = {
    "LanguageError": "language.errors", "Undecided": "code.unsupported", "Unsupported": "code.unsupported",
    "assert_equal": "code.asserting", "assert_gradient_equal": "code.asserting",
    "assert_value_equal": "code.asserting", "check": "report.documents", "explain": "report.reading",
    "loss": "code.asserting", "loss_is": "code.marking", "prove": "checking.texts",
}


def __dir__() -> list[str]:
    """What there is, whether it is loaded or not."""
    return sorted(__all__)


def __getattr__(name: str) -> Any:
    """Load what is asked for, so that importing the package costs nothing."""
    import importlib

    if name == "paper":
        return importlib.import_module(".paper", __name__)
    if name in PLACES:
        return getattr(importlib.import_module(f".{PLACES[name]}", __name__), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
