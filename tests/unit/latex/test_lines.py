"""A text of lines that are statements is no statement: its lines are not factors of each other."""

from __future__ import annotations

import pytest

from grpo_symbolic.latex.spelling.lines import statements_by_line


@pytest.mark.parametrize(("text", "number"), [
    ("x = x\ny = y\n", 2),
    ("u + v = v + u\n\nu < 1\n2 u = u + u", 3),
    ("x\n= x", 1),
    ("x = y +\nz = w", 1),
    ("x = y\n+ z = w", 1),
    ("x = x,\ny = y", 1),
    ("x = x \\\\\ny = y", 1),
    ("\\frac{x\n= x}{y = y}", 1),
    ("c > 0 \\implies\nc = c", 1),
    ("c > 0\n\\implies |c| = c", 1),
    ("f(u)\nv = w", 1),
    ("x = x", 1),
])
def test_lines_that_relate_each_two_sides_are_counted(text: str, number: int) -> None:
    assert statements_by_line(text) == number
