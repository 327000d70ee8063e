"""A notebook run as a reader runs it, cell by cell: what each cell shows.

``python tests/support/notebooks.py docs/tour.ipynb`` runs it and keeps what is shown in the file.
"""

import ast
import io
import json
import os
import sys
from contextlib import contextmanager, redirect_stdout
from pathlib import Path

# What a notebook asks of a value for each kind of output, besides a line of plain text.
RICH = {"text/html": "_repr_html_", "text/latex": "_repr_latex_"}


def cells(path):
    """The cells of code of a notebook."""
    return [cell for cell in json.loads(path.read_text("utf-8"))["cells"] if cell["cell_type"] == "code"]


def run(sources):
    """Run cells one after the other with the same names; the outputs of each."""
    names = {"__name__": "__main__"}
    for number, source in enumerate(sources, 1):
        yield outputs(source, number, names)


def outputs(source, number, names):
    """Run a cell; what it prints, and the value of its last line."""
    body = ast.parse(source).body
    last = body.pop() if isinstance(body[-1], ast.Expr) else None
    printed = io.StringIO()
    found = []
    with redirect_stdout(printed):
        exec(compile(ast.Module(body, []), f"<cell {number}>", "exec"), names)
        value = None if last is None else eval(compile(ast.Expression(last.value), f"<cell {number}>", "eval"), names)
    if printed.getvalue():
        found.append({"name": "stdout", "output_type": "stream", "text": lines(printed.getvalue())})
    if value is not None:
        found.append({"data": shown(value), "execution_count": number, "metadata": {}, "output_type": "execute_result"})
    return found


def shown(value):
    """A value in each kind of output that it has."""
    rich = {kind: method() for kind, name in RICH.items() if (method := getattr(value, name, None)) is not None}
    return {kind: lines(text) for kind, text in ({**rich, "text/plain": repr(value)}).items()}


def lines(text):
    """A text as a notebook keeps it."""
    return text.splitlines(keepends=True)


@contextmanager
def beside(path):
    """The folder of a notebook as the one that is worked in, as where it is opened."""
    here = Path.cwd()
    os.chdir(path.parent)
    try:
        yield
    finally:
        os.chdir(here)


def written(path):
    """The notebook with what its cells show now."""
    notebook = json.loads(path.read_text("utf-8"))
    code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    with beside(path):
        for number, (cell, found) in enumerate(zip(code, run("".join(one["source"]) for one in code), strict=True), 1):
            cell["execution_count"], cell["outputs"] = number, found
    return json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


if __name__ == "__main__":
    for name in sys.argv[1:]:
        Path(name).write_text(written(Path(name).resolve()), encoding="utf-8")
