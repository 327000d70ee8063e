"""The README shows what the program prints."""

import doctest
import re

from commands import run, spawned
from places import ROOT

README = ROOT / "README.md"


def rows(text: str) -> set[str]:
    """The lines of a table, without the numeric differences, which depend on the machine."""
    return {re.sub(r"\d+e[-+]\d+", "#", " ".join(line.split())) for line in text.splitlines() if line.strip()}


def test_the_table_is_what_check_prints():
    shown = re.search(r"```text\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    done = spawned("check")
    assert done.returncode == 0
    assert shown is not None
    assert rows(shown[1])
    assert rows(shown[1]) <= rows(done.stdout)


def test_the_python_example_runs():
    failed, tried = doctest.testfile(str(README), module_relative=False, encoding="utf-8")
    assert tried > 0
    assert failed == 0


def test_the_script_shown_is_the_script():
    shown = re.search(r"```python\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    script = (README.parent / "derivations" / "eq07_ratio_gradient.py").read_text(encoding="utf-8")
    assert shown is not None
    assert shown[1] in script


def test_the_example_of_a_reading_is_what_explain_prints():
    text = README.read_text(encoding="utf-8")
    found = re.search(r"\$ grpo-symbolic explain '(.*)' --let '(.*)'\n((?:(?!```).*\n)*)", text)
    assert found is not None
    assert run("explain", found[1], "--let", found[2]).stdout == found[3]


def test_the_console_examples_are_what_prove_prints():
    blocks = re.findall(r"\$ grpo-symbolic prove '(.*)'\n((?:(?!\$|```).*\n)*)", README.read_text(encoding="utf-8"))
    assert len(blocks) == 2
    for statement, shown in blocks:
        assert run("prove", statement).stdout == shown
