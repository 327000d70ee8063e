"""Answers that are kept in a folder, each under what it was found from: a run that comes after begins with them."""

from __future__ import annotations

import os
import pickle
import tempfile
from contextlib import suppress
from dataclasses import is_dataclass
from functools import cache
from hashlib import sha256
from importlib import import_module
from io import BytesIO
from pathlib import Path
from typing import Any

PACKAGE = __name__.partition(".")[0]
DIGEST = 32


class Kept:
    """A folder of answers. A file of it that is damaged, or cannot be read, is as good as none."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def path(self, key: str) -> Path:
        """Where the answer is kept that has this key."""
        return self.folder / key[:2] / key

    def find(self, key: str) -> Any:
        """What is kept under a key; None where nothing is."""
        with suppress(OSError, ImportError, pickle.UnpicklingError):
            content = self.path(key).read_bytes()
            if sha256(content[DIGEST:]).digest() == content[:DIGEST]:
                return OnlyData(BytesIO(content[DIGEST:])).load()
        return None

    def keep(self, key: str, answer: Any) -> None:
        """Keep an answer under a key, whole or not at all."""
        path = self.path(key)
        path.parent.mkdir(exist_ok=True)
        content = pickle.dumps(answer)
        handle, name = tempfile.mkstemp(dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(sha256(content).digest() + content)
            os.replace(name, path)
        except BaseException:
            os.unlink(name)
            raise


class OnlyData(pickle.Unpickler):
    """Reads what was kept: values, and data classes of this package; nothing that is read runs."""

    def find_class(self, module: str, name: str) -> Any:
        found = vars(import_module(module)).get(name) if module.startswith(f"{PACKAGE}.") else None
        plain = isinstance(found, type) and (is_dataclass(found) or hasattr(found, "_fields"))
        if not plain or found.__module__ != module:
            raise pickle.UnpicklingError(f"{module}.{name} is no data")
        return found


@cache
def program() -> str:
    """What tells this program from any other state of it: a digest of all its files, and what it is run with."""
    from importlib.metadata import version

    found = sha256()
    root = Path(__file__).parent.parent
    for path in sorted(path for path in root.rglob("*") if path.suffix in (".py", ".lark")):
        found.update(f"{path.relative_to(root)}\0".encode() + sha256(path.read_bytes()).digest())
    for package in ("sympy", "lark", "numpy", "python-flint"):
        found.update(f"{package} {version(package)}\0".encode())
    return found.hexdigest()
