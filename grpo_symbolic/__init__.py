"""The checker for policy-optimisation mathematics."""

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from . import paper
    from .checking.texts import prove
    from .code.asserting import assert_equal, assert_gradient_equal, assert_value_equal, loss
    from .code.marking import loss_is
    from .code.unsupported import Undecided, Unsupported

__all__ = ["Undecided", "Unsupported", "__version__", "assert_equal", "assert_gradient_equal", "assert_value_equal",
           "loss", "loss_is", "paper", "prove"]
# Where a name is found once it is asked for.
PLACES = {
    "prove": "checking.texts", "loss": "code.asserting", "assert_value_equal": "code.asserting",
    "assert_gradient_equal": "code.asserting", "assert_equal": "code.asserting", "Undecided": "code.unsupported",
    "Unsupported": "code.unsupported", "loss_is": "code.marking",
}


def __getattr__(name: str) -> Any:
    """Load what is asked for, so that importing the package costs nothing."""
    import importlib

    if name == "paper":
        return importlib.import_module(".paper", __name__)
    if name in PLACES:
        return getattr(importlib.import_module(f".{PLACES[name]}", __name__), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
