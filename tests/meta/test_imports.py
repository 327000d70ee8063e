"""The rooms import in one direction, and nothing that decides simplifies or reads input as code."""

import ast
import sys
from functools import cache
from graphlib import CycleError, TopologicalSorter
from itertools import chain
from pathlib import Path

import pytest

import grpo_symbolic

PACKAGE = Path(grpo_symbolic.__file__).parent
ROOT = PACKAGE.parent

# What a room may import: rooms of the project, and packages outside the standard library.
ROOMS = {
    "kernel": ({"deadline", "naming", "proposals"}, set()),
    "language": (set(), {"sympy"}),
    "instances": ({"language"}, {"sympy"}),
    "proof": ({"kernel", "language"}, {"sympy"}),
    "oracle": ({"deadline", "language"}, {"sympy", "numpy", "flint"}),
    "latex": ({"language", "proof"}, {"sympy", "lark"}),
    "lore": ({"language", "latex"}, {"sympy"}),
    "running": ({"exits"}, {"distributed"}),
    "checking": ({"cards", "language", "proof", "oracle", "latex", "lore"}, {"sympy"}),
}
# Rooms within a room: each may import itself and those before it.
INNER = {
    "oracle": ("model", "meaning", "process", "search", "compiled", "witnesses", "gaussian"),
    "latex": ("notation", "printing", "parsing", "spelling", "kinds", "names", "constructs", "statement", "documents"),
    "code": ("recording", "algebra", "reading", "deciding", "telling"),
}
RUN_TIME = {"sympy", "numpy", "latexify", "lark", "flint", "click", "rich"}
# What records a framework imports it, what is a plugin of pytest or a client of Dask that, and nothing else does.
FRONT_ENDS = {"tape_torch.py": {"torch"}, "tape_jax.py": {"jax"}, "tape_jax_loops.py": {"jax"},
              "pytest_plugin.py": {"pytest"}, "cluster.py": {"distributed"}}
# What runs beside the user's code, under an interpreter that may have nothing but a framework.
CHILD = ("", "unsupported", "recording", *(f"recording.{name}" for name in (
    "child", "answering", "arguments", "batches", "guard", "loading", "recorded", "roles", "runs", "seal", "tape",
    "tape_json", "tape_torch", "tape_jax", "tape_jax_loops", "tape_numpy")))
# What a report needs beside them is an extra: no other room may ask for it.
EXTRA = {PACKAGE / "report" / "html": {"jinja2", "markupsafe", "latex2mathml", "matplotlib"},
         PACKAGE / "report" / "pictures": {"matplotlib"}}
REFUSED = {"eval", "exec", "sympify", "parse_expr", "simplify", "nsimplify", "equals"}


def sources(folder):
    """The Python files of a folder."""
    return sorted(folder.rglob("*.py"))


def imports(path, tree):
    """The full name of all that a file imports, wherever in the file it does so."""
    parents = path.relative_to(ROOT).with_suffix("").parts[:-1]
    for part in ast.walk(tree):
        if isinstance(part, ast.Import):
            yield from (alias.name for alias in part.names)
        elif isinstance(part, ast.ImportFrom):
            above = parents[: len(parents) - part.level + 1] if part.level else ()
            module = ".".join((*above, *filter(None, [part.module])))
            yield from (f"{module}.{alias.name}" for alias in part.names)


def crossings(path, tree):
    """The rooms (or top modules) of the project, and the foreign packages, that a file imports."""
    rooms, foreign = set(), set()
    for name in imports(path, tree):
        top, *rest = name.split(".")
        if top in ("grpo_symbolic", "derivations"):
            rooms |= set(rest[:1]) if top == "grpo_symbolic" else {top}
        elif top not in sys.stdlib_module_names:
            foreign.add(top)
    return rooms, foreign


def modules():
    """The modules of the project by their names; a package has the name of its folder."""
    for path in sources(PACKAGE):
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        yield name.removesuffix(".__init__"), path


MODULES = dict(modules())
# A derivation script shows itself when it is run, so an argument knows how a report prints.
TIED = {("shelf", "report")}


@cache
def graph():
    """The modules of the project that each imports, at its top, inside a function or for types alone."""
    return {name: {module_of(found) for found in imports(path, parsed(path))} - {name, ""}
            for name, path in MODULES.items()}


def module_of(name):
    """The module of the project that has what is imported; empty where none has."""
    while name and name not in MODULES:
        name = name.rpartition(".")[0]
    return name


def room(name):
    """The room of a module: the folder or the file below the package."""
    return ".".join(name.split(".")[:2])


def circle(edges):
    """The modules or rooms around a circle of imports; none where there is no circle."""
    try:
        TopologicalSorter(edges).prepare()
    except CycleError as fault:
        return fault.args[1]
    return []


def refused(tree):
    """The names of refused functions that a file mentions, as a name, an attribute or an import."""
    names = set()
    for part in ast.walk(tree):
        names |= {part.id} if isinstance(part, ast.Name) else set()
        names |= {part.attr} if isinstance(part, ast.Attribute) else set()
        names |= {part.name.split(".")[-1]} if isinstance(part, ast.alias) else set()
    return names & REFUSED


@cache
def parsed(path):
    return ast.parse(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_imports_only_what_it_may(room):
    rooms, packages = ROOMS[room]
    files = sources(PACKAGE / room)
    assert files
    for path in files:
        seen, foreign = crossings(path, parsed(path))
        assert seen <= rooms | {room}, path
        assert foreign <= packages, path


@pytest.mark.parametrize("package", sorted({name.rpartition(".")[0] for name in MODULES} - {""}))
def test_no_package_has_an_import_circle(package):
    inside = {name: {other for other in found if other.rpartition(".")[0] == package}
              for name, found in graph().items() if name.rpartition(".")[0] == package}
    assert inside
    assert circle(inside) == []


def test_no_rooms_import_each_other_in_a_circle():
    pairs = {(room(name), room(other)) for name, other in chain.from_iterable(
        ((name, other) for other in found) for name, found in graph().items())}
    tied = {tuple(f"{PACKAGE.name}.{end}" for end in pair) for pair in TIED}
    assert tied <= pairs
    edges = {one: {other for start, other in pairs - tied if start == one and other != one} for one, _ in pairs}
    assert circle(edges) == []


@pytest.mark.parametrize("edges", [{1: {2}, 2: {1}}, {1: {2}, 2: {3}, 3: {4}, 4: {2}}])
def test_a_circle_is_seen(edges):
    assert circle(edges)


def test_proof_and_oracle_meet_only_in_checking():
    for path in sources(PACKAGE):
        seen = crossings(path, parsed(path))[0] | {path.relative_to(PACKAGE).parts[0]}
        assert "oracle" not in seen or not seen & {"kernel", "proof"} or path.parent == PACKAGE / "checking", path


def test_the_package_imports_only_its_run_time_dependencies():
    for path in sources(PACKAGE) + sources(ROOT / "derivations"):
        allowed = RUN_TIME | FRONT_ENDS.get(path.name, set()) | EXTRA.get(path.parent, set())
        assert crossings(path, parsed(path))[1] <= allowed, path


def test_what_runs_beside_the_users_code_needs_a_framework_and_no_other_package():
    modules = {f"{PACKAGE.name}.code{'.' if name else ''}{name}" for name in CHILD}
    for name in modules:
        seen, foreign = crossings(MODULES[name], parsed(MODULES[name]))
        assert foreign <= {"torch", "jax", "numpy"}, name
        assert not foreign or MODULES[name].name.startswith("tape_"), name
        assert seen <= {"code"}, name
        assert {found for found in graph()[name] if found != PACKAGE.name} <= modules, name


def test_nothing_simplifies_or_reads_input_as_code():
    for path in sources(PACKAGE) + sources(ROOT / "derivations"):
        assert not refused(parsed(path)), path


@pytest.mark.parametrize("outer", INNER)
def test_the_rooms_within_a_room_import_one_way(outer):
    rooms = INNER[outer]
    assert {path.name for path in (PACKAGE / outer).iterdir() if path.is_dir()} - {"__pycache__"} == set(rooms)
    files = {path.stem for path in (PACKAGE / outer).glob("*.py")}
    for k, room in enumerate(rooms):
        for path in sources(PACKAGE / outer / room):
            seen = {name.split(".")[2] for name in imports(path, parsed(path))
                    if name.startswith(f"grpo_symbolic.{outer}.")}
            assert seen <= {*rooms[:k + 1], *files}, path


@pytest.mark.parametrize(("code", "rooms", "foreign"), [
    ("import sympy.core", set(), {"sympy"}),
    ("import json, numpy as np", set(), {"numpy"}),
    ("def f():\n    from ..language.arithmetic import node", {"language"}, set()),
    ("from .. import checking", {"checking"}, set()),
    ("from . import terms", {"kernel"}, set()),
    ("from grpo_symbolic.proof import prove", {"proof"}, set()),
    ("import grpo_symbolic.oracle.model.exact", {"oracle"}, set()),
    ("from derivations import eq07", {"derivations"}, set()),
])
def test_every_form_of_import_is_seen(code, rooms, foreign):
    assert crossings(PACKAGE / "kernel" / "new.py", ast.parse(code)) == (rooms, foreign)


@pytest.mark.parametrize("code", [
    "eval(text)", "x.equals(y)", "sympy.simplify(x)", "from sympy import nsimplify as tidy", "check = exec",
    "import sympy.parsing.sympy_parser.parse_expr",
])
def test_every_form_of_a_refused_call_is_seen(code):
    assert refused(ast.parse(code))
