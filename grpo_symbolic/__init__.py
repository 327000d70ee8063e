"""The checker for policy-optimisation mathematics."""

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from . import paper
    from .checking.texts import prove

__all__ = ["__version__", "paper", "prove"]


def __getattr__(name: str) -> Any:
    """Load what is asked for, so that importing the package costs nothing."""
    if name == "paper":
        import importlib

        return importlib.import_module(".paper", __name__)
    if name == "prove":
        from .checking.texts import prove

        return prove
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
