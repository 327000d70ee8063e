"""A shell completes commands, options, files and ids."""

import subprocess
import sys

import pytest
from commands import run

from grpo_symbolic.completion import ASKED, SHELLS


def answers(monkeypatch, *words):
    """What bash is told to complete the last word to."""
    monkeypatch.setenv(ASKED, "bash_complete")
    monkeypatch.setenv("COMP_WORDS", " ".join(("grpo-symbolic", *words)))
    monkeypatch.setenv("COMP_CWORD", str(len(words)))
    done = run()
    assert done.returncode == 0
    assert done.stderr == ""
    return [line.partition(",")[2] for line in done.stdout.splitlines()]


@pytest.mark.parametrize(("words", "some"), [
    (["pr"], ["prove"]),
    (["check", "--str"], ["--strict"]),
    (["derive", "eq0"], ["eq07", "eq09"]),
    (["derive", "claim04"], ["claim04", "claim04-k3"]),
    (["compare", "eq07", "eq1"], ["eq10", "eq12"]),
    (["latex", "the-perf"], ["the-performance-difference"]),
    (["latex", "--notation", "p"], ["paper", "ppo", "plain"]),
    (["list", "k"], ["k1", "k2", "k3"]),
    (["completion", "z"], ["zsh"]),
    (["ne"], ["new"]),
    (["new", "mine", "--fr"], ["--from"]),
    (["list", "pap"], ["papers"]),
    (["loss", "own.py:loss", "--against", "d"], ["dapo", "drgrpo", "deepseek-v3.2"]),
    (["loss", "own.py:loss", "--against", "r"], ["reinforce", "rloo"]),
    (["derive", "--paper", "kl"], ["kl-estimators"]),
    (["derive", "--paper", "kl-estimators", "k3-"], ["k3-value", "k3-loss"]),
])
def test_what_is_typed_is_completed(monkeypatch, words, some):
    found = answers(monkeypatch, *words)
    assert set(some) <= set(found)
    assert all(one.startswith(words[-1]) for one in found)


def test_a_paper_that_is_none_has_no_ids(monkeypatch):
    assert not any(answers(monkeypatch, "derive", "--paper", "none", "k"))


def test_files_are_left_to_the_shell(monkeypatch):
    monkeypatch.setenv("COMP_WORDS", "grpo-symbolic check pa")
    monkeypatch.setenv("COMP_CWORD", "2")
    monkeypatch.setenv(ASKED, "bash_complete")
    assert run().stdout == "file,pa\n"


@pytest.mark.parametrize("shell", SHELLS)
def test_a_shell_gets_its_script(shell):
    done = run("completion", shell)
    assert done.returncode == 0
    assert f"{ASKED}={shell}_complete" in done.stdout


def test_bash_is_offered_papers_beside_folders(tmp_path):
    program = tmp_path / "grpo-symbolic"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m grpo_symbolic "$@"\n')
    program.chmod(0o755)
    words = f'COMP_WORDS=(grpo-symbolic check --paper k) COMP_CWORD=3; _grpo_symbolic_completion "{program}"'
    shown = run("completion", "bash").stdout + f'compopt() {{ :; }}; {words}; echo "${{COMPREPLY[@]}}"'
    assert subprocess.run(["bash", "-c", shown], capture_output=True, text=True, check=True).stdout == "kl-estimators\n"


def test_in_fish_what_is_said_of_an_option_may_have_a_comma():
    assert 'string split -m 1 "," $completion' in run("completion", "fish").stdout


def test_another_shell_is_refused():
    done = run("completion", "tcsh")
    assert done.returncode == 2
    assert "tcsh" in done.stderr
