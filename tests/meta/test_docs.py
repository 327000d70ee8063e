"""The documentation is true: its examples run as they stand, and its lists are those of the code."""

import doctest
import re
import runpy
import shlex
from textwrap import dedent

import pytest
from commands import run
from places import ROOT

from grpo_symbolic.proof.hypotheses import EXCLUDES
from grpo_symbolic.report.markdown import anchor

PAGES = sorted((ROOT / "docs").glob("*.md"))
BLOCK = re.compile(r"^( *)```(\w*)\n(.*?)^\1```$", re.MULTILINE | re.DOTALL)
FENCE = re.compile(r"^ *```", re.MULTILINE)
SESSION = re.compile(r"^\$ grpo-symbolic (.*)\n((?:(?!\$ ).*\n)*)", re.MULTILINE)
PROMPT = re.compile(r"^>>> ", re.MULTILINE)
NAMES = {page.stem for page in PAGES}
LONGEST_SCRIPT = 20


def blocks(page):
    """The language, the first line and the text of every code block of a page."""
    text = page.read_text(encoding="utf-8")
    for block in BLOCK.finditer(text):
        yield block[2], text.count("\n", 0, block.start()) + 2, dedent(block[3])


def run_session(page, line, text, names):
    """Run a block of prompts, how many, and compare what it shows; ``names`` are those of the page, and grow."""
    session = doctest.DocTestParser().get_doctest(text, names, f"{page.name}, line {line}", str(page), line - 1)
    report = []
    found = doctest.DocTestRunner().run(session, out=report.append, clear_globs=False)
    assert not found.failed, "".join(report)
    names |= session.globs
    return found.attempted


def run_script(text, names, folder):
    """Run a block without prompts, as a file of its own."""
    script = folder / "example.py"
    script.write_text(text, encoding="utf-8")
    after = runpy.run_path(str(script), init_globals=names, run_name="__main__")
    names |= {name: value for name, value in after.items() if not name.startswith("__")}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_examples_of_a_page_run_in_order_as_they_stand(page, tmp_path):
    names, shown, prompts = {}, 0, 0
    for language, line, text in blocks(page):
        if language == "python" and ">>> " in text:
            shown += run_session(page, line, text, names)
            prompts += len(PROMPT.findall(text))
        elif language == "python":
            run_script(text, names, tmp_path)
    assert shown == prompts


@pytest.mark.parametrize("shown", ["2", "4"])
def test_an_example_that_shows_something_else_is_caught(shown):
    with pytest.raises(AssertionError, match="Expected"):
        run_session(PAGES[0], 1, f">>> 1 + 2\n{shown}\n", {})


@pytest.mark.parametrize("name", ["start", "check-your-paper", "read-a-verdict", "paper-of-your-own"])
def test_what_a_guide_types_prints_what_it_shows(name, tmp_path, monkeypatch):
    page = ROOT / "docs" / f"{name}.md"
    lines = page.read_text(encoding="utf-8").splitlines()
    monkeypatch.chdir(tmp_path)
    typed = 0
    for language, line, text in blocks(page):
        if language == "tex":
            named = re.findall(r"`([\w/.-]+\.tex)`", "\n".join(lines[:line]))
            (tmp_path / named[-1]).write_text(text, encoding="utf-8")
        for command, shown in SESSION.findall(text) if language == "console" else ():
            assert run(*shlex.split(command)).stdout.split() == shown.split()
            typed += 1
    assert typed


def test_every_page_stands_once_in_the_contents_of_the_site():
    lines = (ROOT / "docs" / "index.rst").read_text(encoding="utf-8").splitlines()
    entries = [line.strip() for line in lines if re.fullmatch(r"   [\w-]+", line)]
    assert sorted(entries) == sorted([*NAMES, "api", "tour"])


def test_every_page_is_there():
    assert {"meaning", "canonical-form", "hypotheses", "your-own-equation", "glossary"} <= NAMES


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_block_says_what_it_is(page):
    languages = [language for language, _, _ in blocks(page)]
    assert set(languages) <= {"python", "sh", "math", "text", "tex", "console", "yaml", "json"}
    assert 2 * len(languages) == len(FENCE.findall(page.read_text(encoding="utf-8")))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_somewhere(page):
    text = page.read_text(encoding="utf-8")
    anchors = {anchor(heading) for heading in re.findall(r"^#+ (.*)$", text, re.MULTILINE)}
    for target in re.findall(r"\]\(([^)]*)\)", text):
        file, _, part = target.partition("#")
        if file.startswith("https:"):
            continue
        assert (page.parent / file).exists() if file else part in anchors, target


def test_the_page_of_hypotheses_lists_every_kind_with_what_it_excludes():
    text = (ROOT / "docs" / "hypotheses.md").read_text(encoding="utf-8")
    sections = re.split(r"^## ", text, flags=re.MULTILINE)[1:]
    found = {}
    for section in sections:
        heading, _, body = section.partition("\n")
        found[heading.partition("(")[0]] = body
    assert list(found) == list(EXCLUDES)
    for kind, excluded in EXCLUDES.items():
        body = found[kind]
        assert f"Excludes {excluded}." in " ".join(body.split()), kind
        assert body.count(">>> ") >= 2, f"{kind} needs a theorem and an example of the failure without it"


def test_an_equation_of_ones_own_takes_twenty_lines():
    scripts = [text for language, _, text in blocks(ROOT / "docs" / "your-own-equation.md")
               if language == "python" and ">>> " not in text]
    assert len(scripts) == 1
    assert len(scripts[0].splitlines()) <= LONGEST_SCRIPT


def test_the_script_of_the_guide_shows_its_steps_and_latex(tmp_path, capsys):
    script, = (text for language, _, text in blocks(ROOT / "docs" / "your-own-equation.md")
               if language == "python" and ">>> " not in text)
    run_script(script, {}, tmp_path)
    printed = capsys.readouterr().out
    assert "log-derivative, probabilities sum to one" in printed
    assert r"\begin{align*}" in printed
