"""Finding a function in a file of the user's, by importing the file: only the process made for it does this."""

from __future__ import annotations

import importlib
import importlib.util
import os
import sys
from collections.abc import Callable
from types import CodeType, ModuleType
from typing import Any

from .recorded import Unrecorded

FRAMEWORKS = ("torch", "jax", "numpy")


def package_of(file: str) -> tuple[str, str]:
    """The folder to import a file from, and its name there: with those of the packages that it is in."""
    folder, parts = os.path.dirname(os.path.abspath(file)), [os.path.splitext(os.path.basename(file))[0]]
    while os.path.isfile(os.path.join(folder, "__init__.py")):
        folder, name = os.path.split(folder)
        parts.insert(0, name)
    return folder, ".".join(parts)


def module_of(file: str) -> ModuleType:
    """The module of a file, imported. Raises whatever the file does."""
    folder, name = package_of(file)
    sys.path.insert(0, folder)
    if "." in name:
        return importlib.import_module(name)
    name = f"user_{name}" if name in sys.modules or name in sys.stdlib_module_names else name
    spec = importlib.util.spec_from_file_location(name, file)
    if spec is None or spec.loader is None:
        raise Unrecorded(f"{file} is no Python file")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def function_of(module: ModuleType, name: str) -> Callable[..., Any]:
    """The function of a module by its name, which may be within a class.

    Raises Unrecorded where there is none.
    """
    found: Any = module
    for part in name.split("."):
        found = getattr(found, part, None)
        if found is None:
            raise Unrecorded(f"{os.path.basename(str(module.__file__))} has no function {name}")
    if not callable(found):
        raise Unrecorded(f"{name} in {os.path.basename(str(module.__file__))} is no function")
    return found


def code_of(function: Any) -> CodeType | None:
    """The code of a function, behind what wraps or completes it."""
    function = getattr(function, "forward", function.__call__) if isinstance(function, type) else function
    for _ in range(20):
        function = getattr(function, "__wrapped__", None) or getattr(function, "func", None) or function
    return getattr(getattr(function, "__func__", function), "__code__", None)


def framework_of(function: Callable[..., Any], module: ModuleType) -> str:
    """The framework whose names the function uses; else that whose names the module has.

    Raises Unrecorded where it is none.
    """
    spaces = getattr(getattr(function, "__wrapped__", function), "__globals__", vars(module))
    code = code_of(function)
    used = [top for name in (code.co_names if code else ()) if (top := top_of(spaces.get(name)))]
    had = [top for name in spaces if (top := top_of(spaces[name]))]
    for tops in (used, had):
        for framework in FRAMEWORKS:
            if framework in tops:
                return framework
    raise Unrecorded("neither PyTorch nor JAX nor NumPy is used by the function's file: name one with --framework")


def top_of(value: Any) -> str:
    """The package that a module, or what a module holds, is of."""
    name = value.__name__ if isinstance(value, ModuleType) else str(getattr(value, "__module__", ""))
    return name.partition(".")[0]
