"""The page on the architecture names files that exist, and every room."""

import re

import pytest
from places import ROOT

PACKAGE = ROOT / "grpo_symbolic"
PAGE = ROOT / "docs" / "architecture.md"
NAMED = re.compile(r"`([\w/]+(?:/|\.py|\.lark))`")


def named():
    """The files and folders that the page names."""
    return set(NAMED.findall(PAGE.read_text(encoding="utf-8")))


def exists(name):
    """Whether a file or folder stands in the package or in the checkout."""
    paths = (PACKAGE / name, ROOT / name)
    return any(path.is_dir() if name.endswith("/") else path.is_file() for path in paths)


def rooms():
    """The rooms: folders with Python files, and the files beside them."""
    folders = {path.parent for path in PACKAGE.rglob("*.py")} - {PACKAGE}
    beside = {path.name for path in PACKAGE.glob("*.py")} - {"__init__.py"}
    return {f"{folder.relative_to(PACKAGE)}/" for folder in folders} | beside


@pytest.mark.parametrize("name", sorted(named()))
def test_what_the_page_names_exists(name):
    assert exists(name)


def test_the_page_names_every_room():
    shown = {name.removeprefix("grpo_symbolic/") for name in named()}
    assert rooms() <= shown


@pytest.mark.parametrize("name", ["kernel/nothing.py", "nothing/", "kernel.py"])
def test_a_name_that_stands_for_nothing_is_seen(name):
    assert NAMED.fullmatch(f"`{name}`")
    assert not exists(name)
