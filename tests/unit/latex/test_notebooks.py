r"""Notebooks: the statements of their Markdown cells, at the line of the cell."""

from __future__ import annotations

import json
from io import BytesIO
from typing import Any

import pytest

from grpo_symbolic.latex.documents.files import document_of
from grpo_symbolic.latex.documents.limits import UnusableInput
from grpo_symbolic.latex.documents.notebook import MAX_NOTEBOOK, MAX_VALUES


def cell(text: str | list[str], kind: str = "markdown") -> dict[str, Any]:
    """A cell of a notebook."""
    return {"cell_type": kind, "metadata": {}, "source": text}


def notebook(*cells: Any, **other: Any) -> bytes:
    """The content of a notebook."""
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5} | other, indent=1).encode()


def records(content: bytes) -> list[Any]:
    """The statements of a notebook."""
    return list(document_of("notes.ipynb", BytesIO(content)).records)


def test_markdown_cells_are_read_in_order_at_their_lines() -> None:
    found = records(notebook(cell("# T\n$$ u = 1 $$"), cell("$$ no $$", "code"), cell("$$ no $$", "raw"), cell(""),
                             cell(["so\n", "\n", "```math\n", "v = 1\n", "```"])))
    assert [(one.latex.strip(), one.cell, one.line, one.file) for one in found] == [
        ("u = 1", 1, 2, ""), ("v = 1", 5, 3, "")]


def test_definitions_and_macros_serve_the_cells_after_theirs() -> None:
    found = records(notebook(cell(r"$\newcommand{\b}{\beta}$"), cell(r"$$ \b > 0 $$")))
    assert [one.latex.strip() for one in found] == [r"\beta > 0"]


@pytest.mark.parametrize("open_", ["$$ u = 1", r"\begin{align} u = 1", "```math\nu = 1", "<!--", "```", r"\[ u"])
def test_what_a_cell_leaves_open_ends_with_it(open_: str) -> None:
    found = records(notebook(cell(open_), cell("$$ v = 1 $$")))
    assert (found[-1].latex.strip(), found[-1].cell, found[-1].fault) == ("v = 1", 2, None)
    assert all("never closed" in one.fault.reason for one in found[:-1])


@pytest.mark.parametrize(("content", "reason"), [
    (b"", "not JSON"), (b"{", "not JSON"), (notebook()[:-3], r"not JSON: .* \(line"), (b"[" * 100_000, "not JSON"),
    (b"[]", "without a version"), (b"{}", "without a version"), (b'{"nbformat": "4"}', "without a version"),
    (notebook(nbformat=3, worksheets=[]), "of version 3: one of version 4 is read"),
    (notebook(nbformat=5), "of version 5"), (notebook(cells=3), "no list of cells"),
    (notebook(cell("$$ u = 1 $$"), 7), "cell 2 of this notebook has no text"),
    (notebook({"cell_type": "markdown"}), "cell 1 .* has no text"), (notebook(cell([1])), "cell 1 .* has no text"),  # type: ignore[list-item]
    (b"\xff\xfe{}", "UTF-8|JSON"), (b'{"nbformat": 4, "x": "\xff"}', r"not UTF-8 text \(byte"),
    (notebook(cell("x" * 1_000_001)), "longer than 1,000,000 characters"),
    (b" " * (MAX_NOTEBOOK + 1), "longer than 20,000,000 bytes: clear the outputs"),
    (b"[" + b"0," * MAX_VALUES + b"0]", "more than 1,000,000 values"),
])
def test_what_is_no_notebook_is_one_clear_line(content: bytes, reason: str) -> None:
    with pytest.raises(UnusableInput, match=reason) as refused:
        records(content)
    assert str(refused.value).startswith("notes.ipynb: ")
    assert "\n" not in str(refused.value)
    assert len(str(refused.value)) < 200


def test_outputs_are_passed_over() -> None:
    picture = {**cell("plot()", "code"), "outputs": [{"data": {"image/png": "A" * 5_000_000}, "source": "$$ no $$"}]}
    assert [one.latex.strip() for one in records(notebook(picture, cell("$$ u = 1 $$")))] == ["u = 1"]


@pytest.mark.parametrize(("start", "kinds"), [
    (notebook(cell("$$ u = 1 $$")), ["u = 1"]), (json.dumps({"cells": [cell("$$ u = 1 $$")], "nbformat": 4}).encode(),
                                                ["u = 1"]),
    (b'\xef\xbb\xbf{"latex": "u = 1"}', ["u = 1"]), (b"# T\n100%\n$$ u = 1 $$", ["u = 1"]),
    (b"\\section{T}\n# 100% $$ no $$\n$$ u = 1 $$", ["u = 1"]), (b"$$ u = 1 $$", ["u = 1"]),
])
def test_standard_input_tells_what_it_is(start: bytes, kinds: list[str]) -> None:
    assert [one.latex.strip() for one in document_of("-", BytesIO(start)).records] == kinds


def test_an_ending_that_says_nothing_is_told() -> None:
    for kind, content in (("md", b"50% `$$ no $$` $$ u = 1 $$"), ("ipynb", notebook(cell("$$ u = 1 $$"))),
                          ("tex", b"$$ u = 1 $$ % $$ no $$"), ("jsonl", b'{"latex": "u = 1"}')):
        assert [one.latex.strip() for one in document_of("notes.txt", BytesIO(content), kind).records] == ["u = 1"]
    with pytest.raises(UnusableInput, match="--as says"):
        document_of("notes.txt", BytesIO(b"$$ u = 1 $$"))
    assert len(list(document_of("a.md", BytesIO(b"50% $$ u = 1 $$"), "tex").records)) == 1
