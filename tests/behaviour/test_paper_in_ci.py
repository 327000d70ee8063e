"""The page on CI is true: the paper on it gets what is shown, and its workflows and hooks run."""

import json
import re
import shlex
import tomllib

import pytest
from commands import run
from places import ROOT

PAGE = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
HOOKS = (ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
STEPS = re.findall(r"^ *- run: (grpo-symbolic .*)$", PAGE, re.MULTILINE)


def blocks(language):
    """The code blocks of the page in a language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


def typed(line):
    """The command of a line run, what it writes going where the line has it go."""
    words = shlex.split(line)
    assert words[0] == "grpo-symbolic"
    end = words.index(">") if ">" in words else len(words)
    return run(*words[1:end])


def hook(key):
    """What the hook that others use says under a key."""
    return re.search(rf"^(?:- |  ){key}: (.*)$", HOOKS, re.MULTILINE)[1]


@pytest.fixture(autouse=True)
def paper(tmp_path, monkeypatch):
    """A folder with the paper of the page, where commands run."""
    text, = blocks("tex")
    (tmp_path / "paper.tex").write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "paper.tex"


@pytest.mark.parametrize("session", blocks("console"))
def test_a_session_of_the_page_shows_what_is_printed(session):
    line, shown = session.removeprefix("$ ").split("\n", 1)
    assert typed(line).stdout == shown


def test_the_result_of_the_page_is_one_of_the_log():
    shown, = blocks("json")
    log = json.loads(run("check", "paper.tex", "--format", "sarif").stdout)
    assert json.loads(shown) in log["runs"][0]["results"]


@pytest.mark.parametrize("line", STEPS)
def test_a_step_fails_on_the_paper_and_passes_once_it_is_corrected(line, paper):
    assert typed(line).returncode == 1
    text = paper.read_text(encoding="utf-8")
    mended = text.replace(r"[\nabla_\theta \log", r"[\rho(a) \nabla_\theta \log").replace("r(s, a_i)", "r(s, a_j)")
    paper.write_text(mended, encoding="utf-8")
    assert typed(line).returncode == 0


def test_both_formats_have_a_workflow():
    assert [re.findall(r"--format (\w+)", line) for line in STEPS] == [["github"], ["sarif"]]


def test_what_a_workflow_uploads_is_what_it_has_written():
    written = [line.partition(" > ")[2] for line in STEPS if " > " in line]
    assert re.findall(r"sarif_file: (.*)$", PAGE, re.MULTILINE) == written


def test_the_table_of_levels_is_that_of_the_log():
    rows = re.findall(r"^\| (`.*`) \| (.*) \|$", PAGE, re.MULTILINE)
    shown = {rule: levels for names, levels in rows for rule in re.findall("`(.*?)`", names)}
    log = json.loads(run("check", "paper.tex", "--format", "sarif").stdout)
    for rule in log["runs"][0]["tool"]["driver"]["rules"]:
        assert shown.pop(rule["id"]).startswith(rule["defaultConfiguration"]["level"])
    assert shown == {}


def test_the_hook_is_the_command_that_is_installed():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert hook("entry").split()[0] in project["scripts"]
    assert hook("language") == "python"


def test_the_hook_fails_on_the_paper_and_passes_without_mathematics(tmp_path):
    (tmp_path / "preface.tex").write_text("No mathematics.", encoding="utf-8")
    assert typed(f"{hook('entry')} paper.tex preface.tex").returncode == 1
    assert typed(f"{hook('entry')} preface.tex").returncode == 0


@pytest.mark.parametrize("name", ["note.md", "note.tex"])
def test_the_hook_reads_what_it_takes(tmp_path, name):
    (tmp_path / name).write_text("Text.\n\n$$1 = 2$$\n", encoding="utf-8")
    assert re.search(hook("files"), name)
    assert typed(f"{hook('entry')} {name}").returncode == 1


@pytest.mark.parametrize(("name", "taken"), [
    ("paper.tex", True), ("notes/README.md", True), ("paper.text", False), ("tex", False), ("paper.tex.bak", False),
])
def test_the_hook_takes_documents(name, taken):
    assert bool(re.search(hook("files"), name)) == taken


def test_the_configurations_of_the_page_name_the_hook_and_run():
    configurations = [block for block in blocks("yaml") if block.startswith("repos:")]
    assert len(configurations) == 2
    for block in configurations:
        assert re.findall(r"- id: (.*)", block) == [hook("id")]
        arguments = re.search(r"args: \[(.*)\]", block)
        files = arguments[1] if arguments else "paper.tex"
        assert typed(f"{hook('entry')} {files}").returncode == 1
