"""Answers that are kept: what was written whole is read again, and nothing else is taken for it."""

from __future__ import annotations

import pickle
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from verdicts import prove

from grpo_symbolic.portions import Found
from grpo_symbolic.running.kept import Kept

KEY = "ab" * 32
ANSWERS = [Found(prove(r"\sum_a \pi_\theta(a|s) = 1")), Found(prove(r"\pi_\theta(a|s) = 1"))]


@pytest.fixture
def kept(tmp_path: Path) -> Kept:
    return Kept(tmp_path / "answers")


def test_what_is_kept_is_found_under_its_key_alone(kept: Kept) -> None:
    assert kept.find(KEY) is None
    kept.keep(KEY, ANSWERS)
    assert kept.find(KEY) == ANSWERS
    assert kept.find("cd" * 32) is None
    assert [path.name for path in kept.folder.rglob("*") if path.is_file()] == [KEY]


@pytest.mark.parametrize("damage", [lambda content: content[:-1], lambda content: b"", lambda content: content[:40],
                                    lambda content: content[:99] + bytes([content[99] ^ 1]) + content[100:]])
def test_what_is_damaged_is_as_good_as_none(kept: Kept, damage: Any) -> None:
    kept.keep(KEY, ANSWERS)
    path = kept.path(KEY)
    path.write_bytes(damage(path.read_bytes()))
    assert kept.find(KEY) is None
    kept.keep(KEY, ANSWERS)
    assert kept.find(KEY) == ANSWERS


class Runs:
    """What would create a file once it is read."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> Any:
        return Path.touch, (self.path,)


def test_nothing_that_is_read_runs(kept: Kept, tmp_path: Path) -> None:
    content = pickle.dumps(Runs(tmp_path / "ran"))
    kept.keep(KEY, 0)
    kept.path(KEY).write_bytes(sha256(content).digest() + content)
    assert kept.find(KEY) is None
    assert not (tmp_path / "ran").exists()


@pytest.mark.parametrize("name", ["Popen", "subprocess.Popen", "Child", "serve"])
def test_no_class_but_one_of_data_is_read(kept: Kept, name: str) -> None:
    content = b"\x80\x04" + b"".join(b"\x8c" + bytes([len(text)]) + text.encode()
                                     for text in ("grpo_symbolic.running.child", name)) + b"\x93."
    kept.keep(KEY, 0)
    kept.path(KEY).write_bytes(sha256(content).digest() + content)
    assert kept.find(KEY) is None
