"""What is said of the package where it is fetched: versions of Python, addresses, its own version."""

import re
import tomllib

from places import ROOT

import grpo_symbolic

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
CITATION = (ROOT / "CITATION.cff").read_text("utf-8")
ADDRESS = "https://git.example.org/grpo-symbolic"


def test_the_versions_of_python_are_those_that_are_tried():
    said = [version for one in PROJECT["classifiers"] if (version := one.rpartition(":: ")[2]).startswith("3.")]
    matrix = re.search(r"python: \[(.*)\]", (ROOT / ".github" / "workflows" / "ci.yml").read_text("utf-8"))
    assert matrix is not None
    assert said == re.findall(r"[\d.]+", matrix[1])
    assert PROJECT["requires-python"] == f">={said[0]}"
    assert f"Python {said[0]} to {said[-1]}" in (ROOT / "README.md").read_text("utf-8")


def test_the_workflow_does_what_is_there():
    steps = re.findall(r"- run: (\S+)", (ROOT / ".github" / "workflows" / "ci.yml").read_text("utf-8"))
    assert [step for step in steps if step.startswith(".ci/")] == [".ci/run", ".ci/package"]
    assert all((ROOT / step).stat().st_mode & 0o111 for step in steps if step.startswith(".ci/"))


def test_citation_and_package_say_the_same():
    assert f"\nversion: {grpo_symbolic.__version__}\n" in CITATION
    assert f"\nlicense: {PROJECT['license']}\n" in CITATION
    assert f"- name: {PROJECT['authors'][0]['name']}\n" in CITATION
    assert f"\nrepository-code: {ADDRESS}\n" in CITATION
    assert all(address.startswith(ADDRESS) for address in PROJECT["urls"].values())
    assert ADDRESS in (ROOT / "docs" / "ci.md").read_text("utf-8")


def test_what_an_address_names_in_the_checkout_is_there():
    for address in PROJECT["urls"].values():
        assert (ROOT / address.removeprefix(ADDRESS).lstrip("/")).exists()
