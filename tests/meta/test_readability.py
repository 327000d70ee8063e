"""The kernel can be read in one sitting: short functions and files, lines that say one thing, no tuples by position."""

import ast
import io
import tokenize
from pathlib import Path

import pytest

import grpo_symbolic.kernel

FILES = sorted(Path(grpo_symbolic.kernel.__file__).parent.glob("*.py"))
LONGEST_FUNCTION, LONGEST_FILE, MOST_LINES, DENSEST = 25, 300, 1615, 10
DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef)


def parsed(path):
    return ast.parse(path.read_text("utf-8"))


def docstring(node):
    """The lines of the docstring of a node."""
    first = node.body[0] if node.body else None
    said = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str)
    return set(range(first.lineno, first.end_lineno + 1)) if said else set()


def code_lines(path):
    """The numbers of the lines that hold code: no blank ones, comments or docstrings."""
    readline = io.StringIO(path.read_text("utf-8")).readline
    silent = (tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER)
    lines = set()
    for token in tokenize.generate_tokens(readline):
        if token.type not in silent:
            lines |= set(range(token.start[0], token.end[0] + 1))
    for node in ast.walk(parsed(path)):
        if isinstance(node, DOCUMENTED):
            lines -= docstring(node)
    return lines


def syntax(tree):
    """The nodes of a tree that something is written for; whether a name is read or set goes without saying."""
    return [node for node in ast.walk(tree) if not isinstance(node, ast.expr_context)]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_file_is_short(path):
    assert len(path.read_text("utf-8").splitlines()) <= LONGEST_FILE


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_function_is_short(path):
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.FunctionDef):
            assert node.end_lineno - node.lineno < LONGEST_FUNCTION, node.name


def test_the_kernel_is_short_and_its_lines_say_one_thing():
    lines = sum(len(code_lines(path)) for path in FILES)
    nodes = sum(len(syntax(parsed(path))) for path in FILES)
    assert lines <= MOST_LINES
    assert nodes <= DENSEST * lines


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_nothing_is_dug_out_by_position(path):
    """No x[0][1]: what a tuple holds has a name."""
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant):
            assert not isinstance(node.value, ast.Subscript), f"{path.name}:{node.lineno}"
