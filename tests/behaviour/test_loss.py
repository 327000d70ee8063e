"""Loss code as a user meets it: the command, its exit status, what runs and what does not, and the page on it."""

import json
import re
import subprocess
import sys
from pathlib import Path
from unittest.mock import patch

import pytest
from commands import run
from marked_losses import HEAD
from places import ROOT

from grpo_symbolic.code.recording.roles import ROLES

PAGE = (ROOT / "docs" / "loss-code.md").read_text(encoding="utf-8")
TAPES = ROOT / "tests" / "data" / "tapes"
LOSSES = str(ROOT / "tests" / "support" / "numpy_losses.py")
DIFFERENCE = re.compile(r"\d+e-\d+$", re.MULTILINE)
UNTOUCHED = HEAD + """
@gs.loss_is("dapo")
def wrong(logp, old, adv, mask, eps_low=0.2, eps_high=0.28):
    ratio, adv = np.exp(logp - old), adv[:, None]
    return -(np.minimum(ratio * adv, np.clip(ratio, 1 - eps_high, 1 + eps_low) * adv) * mask).sum() / mask.sum()

def unmarked(logp):
    raise ValueError
"""


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "own.py"
    path.write_text(UNTOUCHED, encoding="utf-8")
    return path


def rounded(text):
    """A text without the numbers at ends of lines that depend on the machine."""
    return DIFFERENCE.sub("#", text)


def test_the_console_examples_of_the_page_are_what_is_printed(monkeypatch):
    monkeypatch.chdir(ROOT)
    blocks = re.findall(r"^\$ grpo-symbolic (.*)\n((?:(?!\$|```).*\n)*)", PAGE, re.MULTILINE)
    assert blocks
    for command, shown in blocks:
        assert rounded(run(*command.split()).stdout) == rounded(shown)


def test_the_loss_that_the_page_shows_is_the_one_that_was_recorded():
    shown = re.search(r"```text\n(def cispo_live.*?)```", PAGE, re.DOTALL)
    assert shown[1] in (ROOT / "tests" / "torch" / "losses.py").read_text(encoding="utf-8")


def test_the_page_lists_every_role():
    assert dict(re.findall(r"^\| `(\w+)` \| (.*) \|$", PAGE, re.MULTILINE)) == ROLES


def test_nothing_runs_without_leave(file):
    done = run("loss", f"{file}:right")
    assert (done.returncode, done.stdout) == (2, "")
    assert f"this imports and runs {file}: allow it with --run" in done.stderr
    assert not file.with_suffix(".ran").exists()


@pytest.mark.parametrize(("answer", "ran"), [("y", True), ("yes", True), ("n", False), ("", False)])
def test_at_a_terminal_it_is_asked(file, answer, ran):
    with (patch("grpo_symbolic.code.command.at_a_terminal", lambda: True)):
        done = run("loss", f"{file}:right", input=f"{answer}\n")
    assert "go on? [y/N]" in done.stderr
    assert file.with_suffix(".ran").exists() == ran
    assert done.returncode == (0 if ran else 2)


@pytest.mark.parametrize("command", [["check"], ["prove"], ["explain"]])
def test_no_other_command_runs_a_file(file, command):
    assert run(*command, str(file)).returncode != 0
    assert not file.with_suffix(".ran").exists()


def test_what_is_wrong_before_it_runs_is_said_before(file):
    done = run("loss", f"{file}:rong", "--run")
    assert done.stderr.endswith("has no function rong: it has right, wrong, unmarked\n")
    assert run("loss", f"{file}:right", "--run", "--role", "lp=logp").returncode == 2
    assert not file.with_suffix(".ran").exists()


def test_the_marked_functions_of_a_file_are_checked(file):
    done = run("loss", str(file), "--run", "--json")
    right, wrong = map(json.loads, done.stdout.splitlines())
    assert done.returncode == 1
    assert done.stderr == ""
    assert [one["gradient"]["verdict"] for one in (right, wrong)] == ["proved", "refuted"]
    assert wrong["counterexample"]["rerun"] is True
    assert right["it_is"] == "DAPO"


def test_value_and_gradient_are_asked_for_one_by_one():
    tape = str(TAPES / "cispo_live.json")
    assert run("loss", "--tape", tape, "--against", "cispo", "--as", "value").returncode == 0
    assert run("loss", "--tape", tape, "--against", "cispo", "--as", "gradient").returncode == 1
    assert run("loss", "--tape", tape, "--as", "both").returncode == 2


def test_a_record_that_is_kept_is_read_to_the_same_report(tmp_path):
    kept = str(tmp_path / "tape.json")
    now = run("loss", f"{LOSSES}:k3", "--run", "--tape", kept)
    then = run("loss", "--tape", kept)
    assert now.returncode == 0
    assert now.stdout == then.stdout


def test_latex_is_what_a_loss_may_be_held_against():
    tape = str(TAPES / "grpo.json")
    text = (r"\mathcal{L}(\theta) \doteq \frac{1}{G} \sum_{i=1}^{G} \frac{1}{|o_i|} \sum_{t=1}^{|o_i|} \left( "
            r"\beta \left( \frac{\pi_{\text{ref}}(o_{i,t}|q,o_{i,<t})}{\pi_\theta(o_{i,t}|q,o_{i,<t})} - "
            r"\log \frac{\pi_{\text{ref}}(o_{i,t}|q,o_{i,<t})}{\pi_\theta(o_{i,t}|q,o_{i,<t})} - 1 \right) - "
            r"\min \left( w_{i,t} \hat{A}_i, \text{clip}(w_{i,t}, 1 - \epsilon_l, 1 + \epsilon_h) \hat{A}_i \right) "
            r"\right)")
    ratio = r"w_{i,t} \doteq \frac{\pi_\theta(o_{i,t}|q,o_{i,<t})}{\pi_{\theta_{\text{old}}}(o_{i,t}|q,o_{i,<t})}"
    done = run("loss", "--tape", tape, "--against", text, "--where", ratio)
    assert done.returncode == 0, done.stdout
    assert done.stdout.count("proved equal to") == 2
    assert run("loss", "--tape", tape, "--against", text.replace("- 1 ", ""), "--where", ratio).returncode == 1


def test_a_record_does_nothing_to_the_terminal(tmp_path):
    hostile = tmp_path / "tape.json"
    text = (TAPES / "grpo.json").read_text(encoding="utf-8").replace('"losses.py"', r'"\u001b[2J\u0007losses.py"')
    hostile.write_text(text, encoding="utf-8")
    done = run("loss", "--tape", str(hostile))
    assert done.returncode == 0
    assert all(line.isprintable() for line in done.stdout.splitlines())


@pytest.mark.parametrize(("arguments", "said"), [
    ([], "name a function, as in FILE.py:loss"), (["nothing.py:loss"], "nothing.py: there is no such file"),
    (["--tape", "nothing.json"], "nothing.json: No such file"), (["--tape", LOSSES], f"{LOSSES}: this is no tape"),
    ([":k3"], "name a file, as in FILE.py:loss"), (["nothing:"], "nothing:: there is no such file"),
    ([LOSSES, "--framework", "tensors"], "is not one of 'torch', 'jax', 'numpy'.\n"),
    (["--tape", str(TAPES / "grpo.json"), "--against", "nobody"], "there is no objective nobody"),
    (["--tape", str(TAPES / "grpo.json"), "--against", r"\frac{"], "the formula cannot be read"),
    ([LOSSES, "--against", "nobody", "--run"], "there is no objective nobody"),  # before anything runs
    (["--tape", str(TAPES / "branching.json")], "the path taken depends on the batch"),
    ([LOSSES], "has no function that is marked"), ([f"{LOSSES}:k3", "--const", "a=b"], "b is no number"),
    ([f"{LOSSES}:k3", "--set", "a"], "--set takes NAME=VALUE"),
    ([f"{LOSSES}:k3", "--set", "ref=f()"], "is no Python literal"),
    ([f"{LOSSES}:k3", "--role", "ref=open('x')"], "has no place in an expression of roles"),
])
def test_what_cannot_be_used_is_said_in_a_line(arguments, said):
    done = run("loss", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert done.stderr.count("\n") == 1


def test_starting_the_command_loads_no_framework_and_no_loss_code():
    script = "import sys, grpo_symbolic.cli; print([m for m in sys.modules if 'code.' in m or m in ('torch', 'jax')])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert [name for name in json.loads(done.stdout.replace("'", '"')) if "grpo_symbolic" in name] == []


@pytest.mark.long
def test_the_plugin_tests_what_is_marked(file):
    (file.parent / "pytest.ini").write_text("[pytest]\nloss_files = own.py\n", encoding="utf-8")
    (file.parent / "test_more.py").write_text(
        "import grpo_symbolic as gs\ndef test_open():\n    raise gs.Undecided('open')\n", encoding="utf-8")
    done = subprocess.run([sys.executable, "-m", "pytest", "-p", "grpo_symbolic.pytest_plugin", "-q", "-p", "no:xdist",
                           "-p", "no:cacheprovider", "own.py", "test_more.py"],
                          cwd=file.parent, capture_output=True, text=True, check=False)
    assert "1 failed, 1 passed, 1 skipped" in done.stdout, done.stdout
    assert "wrong: value refuted against" in done.stdout
    assert "Traceback" not in done.stdout


@pytest.mark.parametrize("function", [lambda logp: logp, "losses", Path])
def test_a_function_that_no_other_process_finds_is_refused(function):
    import grpo_symbolic as gs

    with pytest.raises(gs.Unsupported):
        gs.loss(function)
