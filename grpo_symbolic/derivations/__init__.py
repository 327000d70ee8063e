"""The derivation scripts as modules: those of this folder when installed, of the top-level one in a checkout."""

from pathlib import Path

_CHECKOUT = Path(__file__).parents[2]

if (_CHECKOUT / "pyproject.toml").is_file():
    __path__.append(str(_CHECKOUT / "derivations"))
