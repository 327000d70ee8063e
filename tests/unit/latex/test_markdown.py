r"""Markdown: which of its text is mathematics, at the places of the file."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from grpo_symbolic.latex.documents.files import document_of
from grpo_symbolic.latex.documents.limits import MAX_DOCUMENT
from grpo_symbolic.latex.documents.markdown import as_tex

INNER = r"\beta > 0"


def found(folder: Path, text: str) -> list[tuple[str, int, str]]:
    """The LaTeX, the line and the fault of each statement of a Markdown text."""
    path = folder / "notes.md"
    path.write_text(text, encoding="utf-8")
    return [(record.latex.strip(), record.line, "" if record.fault is None else record.fault.reason)
            for record in document_of(path).records]


@pytest.mark.parametrize(("text", "line"), [
    (f"We see\n$${INNER}$$\n", 2),
    (f"We see $${INNER}$$ at once.", 1),
    (f"$$\n{INNER}\n$$", 1),
    (f"\\[{INNER}\\]", 1),
    (f"\\\\[ {INNER} \\\\]", 1),
    (f"\n\\begin{{align*}} {INNER} \\end{{align*}}", 2),
    (f"$$\n\\begin{{align*}}\n{INNER}\n\\end{{align*}}\n$$", 1),
    (f"```math\n{INNER}\n```", 1),
    (f"- so\n\n  ~~~~ math\n  {INNER}\n  ~~~~", 3),
    (f"1. ```math\n   {INNER}\n   ```", 1),
    (f"text\r\n\r\n```math\r\n{INNER}\r\n```\r\n", 3),
    (f"so\n\n> $$\n> {INNER}\n> $$", 3),
    (f"> ```math\n> {INNER}\n> ```", 1),
    (f"100% of it\n\n$${INNER}$$", 3),
    (f"it costs $5, or \\$$ 6\n\n$${INNER}$$", 3),
])
def test_a_display_is_found_in_every_form(tmp_path: Path, text: str, line: int) -> None:
    assert found(tmp_path, text) == [(INNER, line, "")]


@pytest.mark.parametrize("text", [
    f"```\n$${INNER}$$\n```", f"~~~ latex\n$${INNER}$$\n~~~", f"```python\n$${INNER}$$\n", f"`$${INNER}$$`",
    f"``a ` $${INNER}$$``", f"<!-- $${INNER}$$ -->", f"a <!--\n\n$${INNER}$$", f"where ${INNER}$ holds",
    f"where \\({INNER}\\) holds", f"````\n```math\n{INNER}\n```\n````", f"> `$${INNER}$$`",
    f"`one\ntwo $${INNER}$$ three`", "", "# Title",
])
def test_code_comments_and_inline_mathematics_are_no_statements(tmp_path: Path, text: str) -> None:
    assert found(tmp_path, text) == []


def test_after_code_the_text_goes_on(tmp_path: Path) -> None:
    text = f"`a` $$ u = 1 $$ `b`\n\n```\n$$ no $$\n```\n$${INNER}$$ and ` one tick\n\n$$ v = 1 $$ and `"
    assert [latex for latex, _, _ in found(tmp_path, text)] == ["u = 1", INNER, "v = 1"]


def test_a_row_that_starts_with_a_sign_is_no_quotation(tmp_path: Path) -> None:
    for text in ("$$\n\\beta\n> 0\n$$", "```math\n\\beta\n> 0\n```", "```math\n\\beta\n\n> 0\n```"):
        (latex, _, fault), = found(tmp_path, text)
        assert (latex.split(), fault) == ([r"\beta", ">", "0"], "")


def test_rows_may_be_apart_by_a_length(tmp_path: Path) -> None:
    (latex, _, _), = found(tmp_path, "$$\n\\begin{aligned} u &= 1 \\\\[2pt] v &= 1 \\end{aligned}\n$$")
    assert r"\\[2pt]" in latex


def test_what_is_never_closed_ends_at_a_heading(tmp_path: Path) -> None:
    broken, after = found(tmp_path, f"\\[ u = 1\n\n## Next\n\n$${INNER}$$")
    assert "never closed" in broken[2]
    assert after == (INNER, 5, "")


def test_a_wrapper_is_one_only_around_the_environment(tmp_path: Path) -> None:
    text = f"$$ u = 1 $$\n\\begin{{align}}\n{INNER}\n\\end{{align}}\n$$ v = 1 $$"
    assert [latex for latex, _, _ in found(tmp_path, text)] == ["u = 1", INNER, "v = 1"]


def test_macros_in_a_display_of_their_own_are_defined_and_say_nothing(tmp_path: Path) -> None:
    text = "$$\\newcommand{\\b}{\\beta} \\def\\z{0}$$\n\n$\\newcommand{\\p}{>}$ $$\\b \\p \\z$$"
    assert found(tmp_path, text) == [(INNER, 3, "")]
    mixed = found(tmp_path, "$$\\newcommand{\\b}{\\beta} \\b > 0$$")
    assert len(mixed) == 1
    assert "newcommand" in mixed[0][0]


@pytest.mark.parametrize("text", [
    "# A\n\n> q `c` $$ x $$\n\n```math\nx\n```\n\n\\\\[ y \\\\] <!-- z -->", "~~~~\n", "\\\\[", "``` math\n",
    "> > a\n> b",
])
def test_every_offset_is_kept(text: str) -> None:
    printed = as_tex(text)
    assert len(printed) == len(text)
    assert [pos for pos, char in enumerate(printed) if char == "\n"] == [
        pos for pos, char in enumerate(text) if char == "\n"]


@pytest.mark.long
@pytest.mark.parametrize("piece", [
    "`", "` ", "`` ` ", "```\n", "~~~ math\n", "<!--", "> ", "> \n\n", "\\\\[ ", "$$ ", "# ", "- ", "1. ",
    "$$\n\\begin{align}", "\\\\[ \\\\] ", "`" * 50 + "a "])
def test_a_text_just_under_the_limit_is_read_at_once(piece: str) -> None:
    text = (piece * (MAX_DOCUMENT // len(piece) + 1))[:MAX_DOCUMENT]
    start = time.process_time()
    as_tex(text)
    assert time.process_time() - start < 5


def test_what_stands_between_an_environment_and_the_end_of_its_display_says_nothing(tmp_path: Path) -> None:
    for after in ("\\tag{4.1}\n", "\\label{eq:x} .\n", "\\qquad\n"):
        text = f"$$\n\\begin{{align*}}\n{INNER}\n\\end{{align*}}\n{after}$$\n\nso $$u = 1$$"
        assert [latex for latex, _, fault in found(tmp_path, text) if not fault] == [INNER, "u = 1"]
    assert any(fault for _, _, fault in found(tmp_path, f"$$\n\\begin{{align*}}\n{INNER}\n\\end{{align*}}\n = 2 $$"))


def test_where_subscripts_are_escaped_for_markdown_all_else_is_too(tmp_path: Path) -> None:
    text = "$$\\mathbb{E}\\_{a\\sim\\mu}[f(a)] \\\\\\\\ x\\_1 \\in \\\\{1, 2\\\\}$$"
    (latex, line, fault), = found(tmp_path, text)
    assert latex.replace(" ", "") == "\\mathbb{E}_{a\\sim\\mu}[f(a)]\\\\x_1\\in\\{1,2\\}"
    assert (line, fault) == (1, "")
    assert len(as_tex(text)) == len(text)
    assert as_tex("so a\\_name, and $$u \\\\ v$$") == "so a\\_name, and $$u \\\\ v$$"
