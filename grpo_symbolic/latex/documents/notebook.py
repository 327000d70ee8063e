"""The Markdown cells of a notebook of Jupyter, in order."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from .gathered import Gathered, Sheet, Stretch
from .limits import UnusableInput, check_size
from .markdown import as_tex

MAX_NOTEBOOK = 20_000_000
MAX_VALUES = 1_000_000
VERSION = 4
READ = frozenset(("nbformat", "cells", "cell_type", "source"))
BETWEEN = "\n\f\n"


def gathered_cells(stream: BinaryIO) -> Gathered:
    """The text of the Markdown cells; whatever is open at the end of one ends there. Raises UnusableInput."""
    cells = [Sheet(text, cell=number) for number, text in texts(notebook(stream)["cells"])]
    check_size(sum(len(cell.text) for cell in cells))
    return Gathered(part for cell in cells for part in (Stretch(as_tex(cell.text), cell),
                                                        Stretch(BETWEEN, cell, len(cell.text))))


def notebook(stream: BinaryIO) -> dict[str, Any]:
    """What the file says, without outputs and the like, which may be large; raises UnusableInput."""
    content = stream.read(MAX_NOTEBOOK + 1)
    if len(content) > MAX_NOTEBOOK:
        raise UnusableInput(f"longer than {MAX_NOTEBOOK:,} bytes: clear the outputs, and save it anew")
    if sum(map(content.count, (b",", b"[", b"{"))) > MAX_VALUES:
        raise UnusableInput(f"more than {MAX_VALUES:,} values: clear the outputs, and save it anew")
    try:
        found = json.loads(content, object_hook=lambda said: {key: said[key] for key in said.keys() & READ})
    except UnicodeDecodeError as error:
        raise UnusableInput(f"not UTF-8 text (byte {error.start})") from None
    except (ValueError, RecursionError) as error:
        where = f"{error.msg} (line {error.lineno})" if isinstance(error, json.JSONDecodeError) else "nested too deep"
        raise UnusableInput(f"this is not JSON: {where}") from None
    version = found.get("nbformat") if isinstance(found, dict) else None
    if version != VERSION:
        said = f"of version {version}" if isinstance(version, int) else "without a version"
        raise UnusableInput(f"a notebook {said}: one of version {VERSION} is read, save it as that")
    if not isinstance(found.get("cells"), list):
        raise UnusableInput("this notebook has no list of cells")
    return found


def texts(cells: list[Any]) -> Iterator[tuple[int, str]]:
    """The number and the text of each Markdown cell; raises UnusableInput."""
    for number, cell in enumerate(cells, 1):
        if isinstance(cell, dict) and cell.get("cell_type") == "code":
            continue
        source = cell.get("source") if isinstance(cell, dict) else None
        lines = [source] if isinstance(source, str) else source
        if not isinstance(lines, list) or not all(isinstance(line, str) for line in lines):
            raise UnusableInput(f"cell {number} of this notebook has no text")
        if cell.get("cell_type") == "markdown":
            yield number, "".join(lines).replace("\r\n", "\n").replace("\f", " ")
