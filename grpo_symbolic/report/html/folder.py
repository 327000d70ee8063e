"""The folder of a report: written beside its place, then put there whole, in place of an older report only."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from ...exits import Unusable, refuse_unwritable

MANIFEST = "report.json"
MADE_BY = "grpo-symbolic report"


def refuse_foreign(folder: Path) -> None:
    """Refuse a folder with anything in it that no report has written, and what is no folder. Raises Unusable."""
    if folder.is_symlink():
        raise Unusable(f"-o {folder}: this is a link, which is not followed")
    refuse_unwritable(folder, "-o")
    if not folder.exists():
        return
    there = {path.name for path in folder.iterdir()}
    if foreign := sorted(there - written_before(folder)):
        raise Unusable(f"{folder}: holds {foreign[0]}, which no report has written; name a folder that is new, empty, "
                       "or a report's")


def written_before(folder: Path) -> set[str]:
    """The names of the files that an older report has written here, by its own list."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        return {MANIFEST, *manifest["files"]} if manifest["made by"] == MADE_BY else set()
    except (OSError, ValueError, KeyError, TypeError):
        return set()


@contextmanager
def beside(folder: Path) -> Iterator[Path]:
    """A folder beside the report's place, gone at the end whatever comes. Raises Unusable where there can be none."""
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
    except OSError as fault:
        raise Unusable(f"{folder}: {fault.strerror}") from fault
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


def put(new: Path, files: Mapping[str, bytes], folder: Path) -> None:
    """Write the files of a report into the folder ``new``, and put it whole in the place of ``folder``."""
    inside = new / "new"
    inside.mkdir()
    manifest = {"made by": MADE_BY, "files": sorted(files)}
    for name, content in {**files, MANIFEST: (json.dumps(manifest, indent=1) + "\n").encode()}.items():
        (inside / name).write_bytes(content)
    old = new / "old"
    replaced = folder.exists()
    if replaced:
        folder.rename(old)
    try:
        inside.rename(folder)
    except BaseException:
        if replaced:
            old.rename(folder)
        raise
