"""The process that imports and runs a function of the user's: one request in a file, one answer in another.

It runs under any interpreter that has the function's framework; all it needs of ours is in this folder
and the one above.
"""

from __future__ import annotations

import importlib
import importlib.util
import json
import os
import sys
from pathlib import Path

PACKAGE = "grpo_symbolic_recording"
HERE = Path(__file__).resolve().parent
ROOM = HERE.parent
OLDEST = (3, 10)
LARGEST_FILE, LARGEST_DATA = 64 << 20, 6 << 30


def as_package() -> None:
    """Make the files of the room above importable, under a name that no other package has."""
    spec = importlib.util.spec_from_file_location(PACKAGE, ROOM / "__init__.py", submodule_search_locations=[str(ROOM)])
    if spec is None or spec.loader is None:
        raise ImportError(str(ROOM))
    sys.modules[PACKAGE] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(sys.modules[PACKAGE])


def limit() -> None:
    """Bound what the process may write and hold, where the system can."""
    try:
        import resource
    except ImportError:  # not on every system
        return
    for what, most in ((resource.RLIMIT_CORE, 0), (resource.RLIMIT_FSIZE, LARGEST_FILE),
                       (resource.RLIMIT_DATA, LARGEST_DATA)):
        hard = resource.getrlimit(what)[1]
        resource.setrlimit(what, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def answered(asked: Path) -> dict[str, object]:
    """The answer to the request in a file."""
    if sys.version_info < OLDEST:
        return {"fault": f"Python {sys.version.split()[0]} is too old to record with: 3.10 is needed"}
    as_package()
    request = json.loads(asked.read_text(encoding="utf-8"))
    answering = importlib.import_module(f"{PACKAGE}.{HERE.name}.answering")
    found: dict[str, object] = answering.answer(request, str(asked.parent))
    return found


def main() -> None:
    """Answer the request in the file that the first argument names, in the file that the second one names."""
    asked, answer = map(Path, sys.argv[1:3])
    sys.argv[1:] = []
    # what is in the folder of this file must not be found by other names
    sys.path[:] = [folder for folder in sys.path if Path(folder or ".").resolve() != HERE]
    limit()
    found = answered(asked)
    draft = answer.with_suffix(".draft")
    draft.write_text(json.dumps(found), encoding="utf-8")
    draft.replace(answer)
    os._exit(0)  # threads and what runs at exit are the user's


if __name__ == "__main__":
    main()
