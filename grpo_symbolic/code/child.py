"""The process that imports and runs a function of the user's: one request in a file, one answer in another.

It runs under any interpreter that has the function's framework; all it needs of ours is beside this file.
"""

from __future__ import annotations

import importlib
import importlib.util
import json
import sys
from pathlib import Path
from typing import Any

PACKAGE = "grpo_symbolic_recording"


def as_package() -> None:
    """Make the files beside this one importable, under a name that no other package has."""
    here = Path(__file__).resolve().parent
    spec = importlib.util.spec_from_file_location(PACKAGE, here / "__init__.py", submodule_search_locations=[str(here)])
    if spec is None or spec.loader is None:
        raise ImportError(str(here))
    module = importlib.util.module_from_spec(spec)
    sys.modules[PACKAGE] = module
    spec.loader.exec_module(module)


def main() -> None:
    """Answer the request in the file that the first argument names, in the file that the second one names."""
    asked, answered = map(Path, sys.argv[1:3])
    sys.path.pop(0)  # the folder of this file: what is in it must not be found by other names
    as_package()
    answering = importlib.import_module(f"{PACKAGE}.answering")
    request = json.loads(asked.read_text(encoding="utf-8"))
    answer: dict[str, Any] = answering.answer(request)
    answered.write_text(json.dumps(answer), encoding="utf-8")


if __name__ == "__main__":
    main()
