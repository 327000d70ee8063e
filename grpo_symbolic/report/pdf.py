"""A PDF of a document in LaTeX, made by whichever engine is installed, which may run no other program."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

# Of those that set the contents right only after they have read them, each is run often enough.
ENGINES = {"pdflatex": 3, "lualatex": 3, "xelatex": 3, "tectonic": 1}
LONGEST = 60.0  # seconds a run
KEPT_INSIDE = {"openin_any": "p", "openout_any": "p", "shell_escape": "f", "FORCE_SOURCE_DATE": "1"}
NONE = f"There is no PDF, as none of {', '.join(ENGINES)} is installed; report.tex is what they make it from."


def engine() -> str:
    """The name of the engine that is installed; empty where none is."""
    return next((name for name in ENGINES if shutil.which(name)), "")


def pdf_of(tex: str, date: str) -> tuple[bytes, str]:
    """The PDF, empty where there is none, and a sentence on it. ``date`` is when it says it was made, in seconds."""
    name = engine()
    if not name:
        return b"", NONE
    with tempfile.TemporaryDirectory() as room:
        source = Path(room) / "report.tex"
        source.write_text(tex, encoding="utf-8")
        made = source.with_suffix(".pdf")
        try:
            for _ in range(ENGINES[name]):
                ran(name, room, date)
        except subprocess.TimeoutExpired:
            return b"", f"There is no PDF, as {name} took too long over report.tex."
        if not made.is_file():
            return b"", f"There is no PDF, as {name} failed on report.tex."
        return made.read_bytes(), "The same in print:"


def ran(name: str, room: str, date: str) -> None:
    """Run the engine once in its room, in which alone it may read and write."""
    options = ["--only-cached"] if name == "tectonic" else ["-interaction=nonstopmode", "-no-shell-escape"]
    subprocess.run([name, *options, "report.tex"], cwd=room, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL, timeout=LONGEST, check=False,
                   env={**os.environ, **KEPT_INSIDE, "SOURCE_DATE_EPOCH": date, "TEXMFOUTPUT": room})
