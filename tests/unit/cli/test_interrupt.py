"""An interruption ends a command in one line, and leaves every file whole or unwritten."""

import json
import signal
import subprocess
import sys
import time

import pytest

# true, since one of the exponents is not negative; but no sum of squares and divergences says so
TRUE_AND_UNPROVED = r"\exp(r(s,a)) + \exp(f(s,a)) + \exp(r(s,a) f(s,a)) \geq 1"


def start(*arguments):
    """The command in a process of its own that can be interrupted, wherever the tests run."""
    return subprocess.Popen([sys.executable, "-X", "utf8", "-m", "grpo_symbolic", *arguments], text=True,
                            encoding="utf-8", stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
                            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler))


def interrupted(process):
    """Interrupt a process: its exit status and what it said."""
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=30)
    return process.returncode, said


@pytest.fixture
def long(tmp_path):
    """A document that takes minutes to check."""
    document = tmp_path / "long.jsonl"
    document.write_text("".join(json.dumps({"id": str(place), "latex": TRUE_AND_UNPROVED}) + "\n"
                                for place in range(500)), encoding="utf-8")
    return str(document)


def test_a_command_that_is_interrupted_while_it_loads_says_so_in_one_line(long):
    """An interpreter interrupted inside ``exec`` ends by the signal itself."""
    process = start("check", long)
    time.sleep(0.5)
    code, said = interrupted(process)
    assert code in (130, -signal.SIGINT)
    assert said == "grpo-symbolic: interrupted\n"


def test_a_command_that_is_interrupted_while_it_works_says_so_in_one_line(long):
    process = start("check", long, "--json")
    assert json.loads(process.stdout.readline())["id"] == "0"
    code, said = interrupted(process)
    assert code == 130
    assert said == "grpo-symbolic: interrupted\n"


@pytest.mark.long
@pytest.mark.parametrize("written", [1, 5])
def test_files_are_whole_or_not_there(tmp_path, written):
    process = start("latex", "-o", str(tmp_path))
    while len(list(tmp_path.glob("*.tex"))) < written:
        assert process.poll() is None, process.communicate()
        time.sleep(0.002)
    interrupted(process)
    found = list(tmp_path.iterdir())
    assert len(found) >= written
    assert all(path.suffix == ".tex" and path.read_text(encoding="utf-8").endswith("\n") for path in found)
