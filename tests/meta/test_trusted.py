"""The ledger of the trusted base and the code say the same."""

import ast
import re
from pathlib import Path

import pytest
from kernel_traps import FALSE, TRUE

import grpo_symbolic.kernel
from grpo_symbolic.proof.hypotheses import EXCLUDES

KERNEL = Path(grpo_symbolic.kernel.__file__).parent
ROOT = KERNEL.parent.parent
PAGE = (ROOT / "docs" / "trusted.md").read_text("utf-8")
LEDGER = PAGE.partition("## The ledger")[2]
# what is settled or refused before a theorem is shown
WITHIN = {"Size"}


def cells(row):
    """The cells of a row of a table, in which a bar that is meant is escaped."""
    return [cell.strip().replace(r"\|", "|") for cell in re.split(r"(?<!\\)\|", row)[1:-1]]


ROWS = [cells(line) for line in LEDGER.splitlines() if line.startswith("| ") and not line.startswith("| law ")]


def defined():
    """The names of the functions and classes of the kernel, of a method with its class."""
    names = set()
    for path in KERNEL.glob("*.py"):
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
                names.add(node.name)
            if isinstance(node, ast.ClassDef):
                names |= {f"{node.name}.{inner.name}" for inner in node.body
                          if isinstance(inner, ast.FunctionDef) and not inner.name.startswith("__")}
    return names


def test_the_page_names_every_function_of_the_kernel_and_no_other():
    assert set(re.findall(r"`([\w.]+)`", LEDGER)) == defined()


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_a_row_names_hypotheses_and_a_trap_that_exist(row):
    _law, functions, hypotheses, trap = row
    assert functions
    assert set(filter(None, hypotheses.split(", "))) <= EXCLUDES.keys() | WITHIN
    assert trap in FALSE or trap in TRUE


def test_every_hypothesis_is_recorded_by_some_row():
    recorded = {kind for row in ROWS for kind in row[2].split(", ")}
    assert EXCLUDES.keys() - recorded == {"NonzeroSpread"}, "which is the name of a Nonzero"


def test_the_files_that_the_page_names_exist():
    named = re.findall(r"`(grpo_symbolic/[\w/.]+)`", PAGE)
    assert named
    assert all((ROOT / name).exists() for name in named)
