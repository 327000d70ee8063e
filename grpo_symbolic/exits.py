"""How a command ends: its exit status, and the one line that says why nothing came of it."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .checking.verdict import Verdict


class Unusable(Exception):
    """Input or arguments that cannot be used: one line on standard error, exit status 2."""


def standard_input() -> BinaryIO:
    """The bytes of standard input. Raises Unusable where it is closed."""
    if sys.stdin is None:
        raise Unusable("standard input is closed")
    return sys.stdin.buffer


def refuse_unwritable(folder: Path, option: str) -> None:
    """Refuse a folder that cannot be made, or in which nothing can be written: what is tried is gone again. Raises
    Unusable."""
    there = next(one for one in (folder, *folder.absolute().parents) if os.path.lexists(one))
    if not there.is_dir():
        raise Unusable(f"{option} {folder}: {there} is no folder")
    if not os.access(there, os.W_OK | os.X_OK):
        raise Unusable(f"{option} {folder}: nothing can be written in {there}")
    missing = () if there == folder else folder.absolute().relative_to(there).parts
    try:
        with TemporaryDirectory(prefix=".", dir=there) as trial:
            Path(trial, *(one for one in missing if one != "..")).mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise Unusable(f"{option} {folder}: nothing can be written in {there}: {fault.strerror}") from None


def failed(reason: str, code: int = 2) -> int:
    """Say in one line why nothing came of it."""
    print(f"grpo-symbolic: {' '.join(reason.split())}", file=sys.stderr)
    return code


def exit_status(verdicts: Sequence[Verdict], strict: bool) -> int:
    """1 where something is refuted or ill-formed, a derivation fails, or proof and model disagree; if ``strict``, where
    one is open."""
    bad = {"refuted", "ill-formed"} | ({"undecided", "unread"} if strict else set())
    return int(any(verdict.status in bad or verdict.failing or verdict.disagrees for verdict in verdicts))
