"""A statement that ends the processes over it, or never ends, costs itself: the rest is checked, and nothing of it is
kept."""

import json
import os
import signal

import pytest
from commands import run

from grpo_symbolic import portions
from grpo_symbolic.proof.derivation import Derivation

pytestmark = pytest.mark.long

LINES = [r"\sum_a \pi_\theta(a|s) = 1", "x + 1 > x", "x + 2 = x", "x + 3 > x", r"\sum_a \pi_\theta(a|s) = 2"] * 2
BAD = 4


def kills():
    os.kill(os.getpid(), signal.SIGKILL)


def hangs():
    while True:
        pass


@pytest.fixture(params=["paper.tex", "folder/displays.tex"])
def document(tmp_path, monkeypatch, request):
    """The path of a document, or of a paper's folder."""
    lines = [line + f" + {BAD} - {BAD}" * (place == BAD) for place, line in enumerate(LINES)]
    path = tmp_path / request.param
    path.parent.mkdir(exist_ok=True)
    path.write_text("\n\n".join(rf"\[ {line} \]" for line in lines), encoding="utf-8")
    monkeypatch.setattr(portions, "READING", 1.0)
    monkeypatch.setattr(portions, "EACH", 0.0)
    return str(path if path.parent == tmp_path else path.parent)


@pytest.mark.parametrize("does", [kills, hangs])
def test_so_does_a_derivation(tmp_path, monkeypatch, does):
    assert run("new", str(tmp_path / "made")).returncode == 0
    monkeypatch.setattr(portions, "READING", 1.0)
    monkeypatch.setattr(portions, "EACH", 0.0)
    monkeypatch.setattr(Derivation, "theorem", lambda *_: does())
    done = run("check", str(tmp_path / "made"), "--jobs", "2", "--budget", "0.5")
    assert done.returncode == 1
    assert "4 statements" in done.stdout
    assert done.stderr.count("\n") == 1
    assert "first.tex:4: it was not decided: " in done.stderr


@pytest.mark.parametrize("does", [kills, hangs])
def test_the_rest_is_checked(document, tmp_path, monkeypatch, does):
    check_read = portions.check_read

    def checked(read, *told):
        for one in read:
            if f"- {BAD}" in one[0].latex:
                does()
            yield from check_read([one], *told)

    alone = [json.loads(line) for line in run("check", document, "--json").stdout.splitlines()]
    monkeypatch.setattr(portions, "check_read", checked)
    kept = tmp_path / "kept"
    done = run("check", document, "--json", "--jobs", "2", "--budget", "0.5", "--resume", str(kept))
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 1
    assert [one["id"] for one in found] == [one["id"] for one in alone]
    assert [place for place, one in enumerate(found) if one["verdict"] != alone[place]["verdict"]] == [BAD]
    assert found[BAD]["verdict"] == "undecided"
    said = "3 processes were ended while they worked on this" if does is kills else "it was cut off: 2.5 s of"
    assert said in found[BAD]["reason"]
    assert not [path for path in kept.rglob("*") if path.is_file()]
