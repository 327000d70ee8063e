"""The hooks before a commit are the linters of the integration, and the guide for contributors is true."""

import re

import pytest
from places import ROOT

GUIDE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
NAMED = re.compile(r"`([\w./-]+/[\w./-]*|[\w-]+\.(?:md|toml|yaml))`")


def test_the_hooks_are_the_linters_of_the_integration():
    hooks = re.findall(r"^ *entry: (.*)$", (ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"), re.MULTILINE)
    lines = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    assert hooks == [line for line in lines if line.startswith((".venv/bin/ruff", ".venv/bin/mypy"))]
    assert hooks


@pytest.mark.parametrize("name", sorted({*NAMED.findall(GUIDE)} - {".venv/bin/"}))
def test_what_the_guide_names_exists(name):
    assert (ROOT / name).exists() or (ROOT / "grpo_symbolic" / name).exists()


def test_the_guide_says_how_to_add_what_is_added():
    assert {"An operator", "A notation", "A paper", "An estimator", "A relation of the calculus"} <= set(
        re.findall(r"^### (.*)$", GUIDE, re.MULTILINE))


def test_every_kind_of_test_is_explained():
    for folder in sorted(path for path in (ROOT / "tests").iterdir() if path.is_dir() and path.name != "__pycache__"):
        assert f"`tests/{folder.name}/`" in GUIDE


def test_the_changelog_begins_with_what_is_not_released():
    headings = re.findall(r"^## (.*)$", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert headings[0] == "Unreleased"
