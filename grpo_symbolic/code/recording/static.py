"""What a file says of its functions before anything of it is run: it is parsed, and no more."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .arguments import Parameter
from .recorded import Unrecorded

MARK = "loss_is"
LARGEST_FILE = 4_000_000
Definition = (ast.FunctionDef, ast.AsyncFunctionDef)


@dataclass(frozen=True)
class Text:
    """An object as its expression is written: what a default is cannot be known without running it."""

    text: str

    def __repr__(self) -> str:
        return self.text


def parsed_file(path: str) -> ast.Module:
    """A Python file.

    Raises Unrecorded where it is none.
    """
    try:
        if Path(path).stat().st_size > LARGEST_FILE:
            raise Unrecorded(f"{path} has more than {LARGEST_FILE:,} bytes")
        return ast.parse(Path(path).read_bytes(), path)
    except OSError as fault:
        raise Unrecorded(f"{path}: {fault.strerror}") from fault
    except (SyntaxError, ValueError, RecursionError, MemoryError) as fault:
        line = f":{fault.lineno}" if isinstance(fault, SyntaxError) and fault.lineno else ""
        raise Unrecorded(f"{path}{line} is no Python: {fault.args[0] if fault.args else fault}") from fault


def definition_of(path: str, name: str) -> ast.FunctionDef | ast.AsyncFunctionDef | None:
    """The definition of a function in a file; none where the file makes it in another way.

    Raises Unrecorded where the file has no such name at all.
    """
    tree: ast.AST = parsed_file(path)
    for part in name.split("."):
        body = getattr(tree, "body", [])
        found = [one for one in body if isinstance(one, (*Definition, ast.ClassDef)) and one.name == part]
        if not found:
            if isinstance(tree, ast.Module) and part not in bound(tree):
                raise Unrecorded(f"{path} has no function {name}{beside(tree)}")
            return None
        tree = found[-1]
    return tree if isinstance(tree, Definition) else None


def bound(tree: ast.Module) -> set[str]:
    """All names that a module may bind, whatever with."""
    names = {one.name for one in ast.walk(tree) if isinstance(one, (*Definition, ast.ClassDef))}
    names |= {one.id for one in ast.walk(tree) if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store)}
    aliases = [alias for one in ast.walk(tree) if isinstance(one, (ast.Import, ast.ImportFrom)) for alias in one.names]
    return names | {alias.asname or alias.name for alias in aliases}


def beside(tree: ast.Module) -> str:
    """The functions that a module does have, as the end of a sentence."""
    names = [one.name for one in tree.body if isinstance(one, Definition)]
    return f": it has {', '.join(names[:10])}{', …' if len(names) > 10 else ''}" if names else ""


def parameters(found: ast.FunctionDef | ast.AsyncFunctionDef) -> tuple[Parameter, ...]:
    """The arguments of a function as its definition has them."""
    given = found.args
    positional = [*given.posonlyargs, *given.args]
    defaults: list[ast.expr | None] = [None] * (len(positional) - len(given.defaults)) + [*given.defaults]
    return tuple(parameter(one, default) for one, default in zip(
        [*positional, *given.kwonlyargs], [*defaults, *given.kw_defaults], strict=True))


def parameter(one: ast.arg, default: ast.expr | None) -> Parameter:
    """An argument with its annotation and its default."""
    annotation = ast.unparse(one.annotation) if one.annotation else ""
    return Parameter(one.arg, annotation, value_of(default)) if default else Parameter(one.arg, annotation)


def value_of(default: ast.expr) -> Any:
    """A default, if it is a literal."""
    try:
        return ast.literal_eval(default)
    except ValueError:
        return Text(ast.unparse(default))


def plainly_marked(found: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Whether nothing decorates a definition but a mark, so that its arguments are those of the function."""
    return all(isinstance(one, ast.Call) and ast.unparse(one.func).endswith(MARK) for one in found.decorator_list)


def marked(path: str) -> list[tuple[str, str]]:
    """The functions of a file that are marked as losses, each with what it is said to be.

    Raises Unrecorded where the file is no Python, or a mark says it by more than a text.
    """
    found = [(one.name, mark) for one in parsed_file(path).body if isinstance(one, Definition)
             for mark in one.decorator_list if isinstance(mark, ast.Call) and ast.unparse(mark.func).endswith(MARK)]
    return [(name, said_by(mark, path)) for name, mark in found]


def said_by(mark: ast.Call, path: str) -> str:
    """What a mark says that a loss is.

    Raises Unrecorded where that is no text.
    """
    if len(mark.args) == 1 and isinstance(mark.args[0], ast.Constant) and isinstance(mark.args[0].value, str):
        return mark.args[0].value
    raise Unrecorded(f"{path}:{mark.lineno}: {MARK} takes the name or the LaTeX of an objective, written out")
