"""Whatever the user's code does ends in one sentence, and leaves the terminal and our files alone."""

import os
from pathlib import Path

import pytest
from tapes import recorded

from grpo_symbolic.code.recording.recorded import Unrecorded
from grpo_symbolic.code.recording.seal import version

ARGUMENTS = {"framework": "numpy"}


@pytest.mark.parametrize(("name", "said"), [
    ("leaves", r"raised SystemExit at misbehaving.py:\d+: 3"), ("leaves_at_once", "left with status 7"),
    ("crashes", "SIGSEGV"), ("raises", r"the function itself raised ValueError at misbehaving.py:\d+: no loss"),
    ("raises_at_the_terminal", r"ValueError at misbehaving.py:\d+: \[2J gone"),
    ("recurses", "raised RecursionError"), ("forks", "starts another process"), ("starts", "starts another process"),
    ("writes", "for writing at misbehaving.py"), ("removes", "changes files"),
    ("writes_past_python", r"the function writes to a file at misbehaving.py:\d+: it is run several times"),
    ("makes_a_pipe", "PermissionError"), ("saves", r"opens 'written-by-a-loss.npy' for writing at misbehaving.py:\d+"),
    ("signals", r"sends a signal at misbehaving.py:\d+"), ("dates", "changes files"), ("opens_the_seal", "its limits"),
    ("asks", "EOFError"),
    ("counts", "keeps a state"), ("returns_nothing", "returned NoneType"), ("returns_many", r"of shape \(3, 7\)"),
    ("is_not_a_number", "returned nan"), ("of_nobody", "no role for the argument `rho_weights`"),
    ("nothing", "has no function nothing"),
])
def test_what_is_no_loss_ends_in_a_sentence(name, said, capfd):
    with pytest.raises(Unrecorded, match=said) as fault:
        recorded("misbehaving.py", name, **ARGUMENTS)
    assert str(fault.value).isprintable()
    assert len(str(fault.value)) <= 400
    assert capfd.readouterr() == ("", "")
    assert not list(Path().glob("written-by-a-loss*"))


@pytest.mark.parametrize(("name", "since"), [("opens_past_python", 3), ("starts_past_python", 1)])
def test_what_python_does_not_see_changes_nothing_where_the_system_can_refuse_it(name, since, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("kept").write_text("all of it", encoding="utf-8")
    assert recorded("misbehaving.py", name, **ARGUMENTS).runs
    unchanged = [one.name for one in Path().iterdir()] == ["kept"] and Path("kept").read_text(encoding="utf-8") != ""
    assert unchanged is (version() >= since)


def test_a_signal_past_python_reaches_nobody_where_the_system_can_refuse_it():
    try:
        refused = bool(recorded("misbehaving.py", "signals_past_python", **ARGUMENTS).runs)
    except Unrecorded as fault:
        refused = "returned nan" not in str(fault)
    assert refused is (version() >= 6)


@pytest.mark.parametrize("name", ["prints", "changes_all", "leaves_a_thread"])
def test_what_does_no_harm_is_let_be(name, capfd):
    here = os.getcwd()
    assert recorded("misbehaving.py", name, **ARGUMENTS).runs
    assert capfd.readouterr() == ("", "")
    assert os.getcwd() == here


@pytest.mark.long
def test_a_function_that_does_not_end_is_stopped():
    with pytest.raises(Unrecorded, match="did not end in 3 seconds"):
        recorded("misbehaving.py", "loops", seconds=3, **ARGUMENTS)


def test_an_interpreter_that_is_none_is_named():
    with pytest.raises(Unrecorded, match="no-python-at-all cannot be started"):
        recorded("misbehaving.py", "prints", python="no-python-at-all")
