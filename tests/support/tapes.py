"""Tapes that were recorded before, and functions that are recorded now."""

from pathlib import Path

from grpo_symbolic.code.recording.recording import Request, record
from grpo_symbolic.code.recording.tape_json import from_json

HERE = Path(__file__).resolve().parent
FOLDER = HERE.parent / "data" / "tapes"


def names():
    """The names of the recorded tapes."""
    return sorted(path.stem for path in FOLDER.glob("*.json"))


def text(name):
    """A recorded tape as it is written."""
    return (FOLDER / f"{name}.json").read_text(encoding="utf-8").rstrip("\n")


def tape(name):
    """A recorded tape."""
    return from_json(text(name))


def recorded(file, function, **asked):
    """The tape of a function in a file of this folder."""
    return record(Request(str(HERE / file), function, **asked))
