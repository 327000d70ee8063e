"""A run with ``--resume`` begins with what an earlier one has found of the same texts, and of no others."""

import json
import os
import sys

import pytest
from commands import run

from grpo_symbolic import portions
from grpo_symbolic.running import kept

MAIN = "\\documentclass{article}\\begin{document}\\input{part}\n\\[ \\sum_a \\pi_\\theta(a|s) = 1 \\]\\end{document}\n"
PART = "\\[ u = 1 \\]\n"


@pytest.fixture
def paper(tmp_path, monkeypatch):
    (tmp_path / "paper.tex").write_text(MAIN, encoding="utf-8")
    (tmp_path / "part.tex").write_text(PART, encoding="utf-8")
    lines = [json.dumps({"latex": f"x + {number} > x"}) for number in range(1, 6)]
    (tmp_path / "more.jsonl").write_text("\n".join(lines), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def checked(monkeypatch):
    """The statements that are checked, and not begun with."""
    seen = []
    check_read = portions.check_read

    def noting(read, *told):
        read = list(read)
        seen.extend(record.latex.strip() for record, _ in read)
        return check_read(read, *told)

    monkeypatch.setattr(portions, "check_read", noting)
    return seen


def check(*more):
    done = run("check", "paper.tex", "more.jsonl", "--json", "--resume", "kept", *more)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_second_run_checks_nothing_and_says_the_same(paper, checked):
    first = check()
    assert len(checked) == 7
    checked.clear()
    assert check() == first
    assert checked == []


@pytest.mark.parametrize("more", [("--budget", "3"), ("--let", "k > 0"), ("--lore", "none"), ("--notation", "plain")])
def test_other_options_begin_anew(paper, checked, more):
    check()
    checked.clear()
    check(*more)
    assert len(checked) == 7


def test_another_program_begins_anew(paper, checked, monkeypatch):
    check()
    checked.clear()
    monkeypatch.setattr(portions, "program", lambda: "another")
    check()
    assert len(checked) == 7
    assert kept.program() != "another"


def test_what_is_changed_in_an_included_file_is_checked_again_with_its_document_alone(paper, checked):
    check()
    checked.clear()
    (paper / "part.tex").write_text(PART.replace("1", "2"), encoding="utf-8")
    assert json.loads(check().splitlines()[0])["id"]
    assert checked == ["u = 2", r"\sum_a \pi_\theta(a|s) = 1"]


def test_lines_that_are_added_are_checked_without_all_before_them(paper, checked):
    check()
    checked.clear()
    with (paper / "more.jsonl").open("a", encoding="utf-8") as file:
        file.write('\n{"latex": "x + 6 > x"}')
    check()
    assert "x + 6 > x" in checked
    assert "x + 1 > x" not in checked


def test_a_damaged_answer_is_found_anew(paper, checked):
    first = check()
    for path in (paper / "kept").rglob("*"):
        if path.is_file():
            path.write_bytes(path.read_bytes()[:-1])
    checked.clear()
    assert [{**json.loads(line), "ms": 0} for line in check().splitlines()] == [
        {**json.loads(line), "ms": 0} for line in first.splitlines()]
    assert len(checked) == 7


def test_several_processes_begin_with_what_one_has_found(paper):
    assert check("--jobs", "2") == check()


def test_a_folder_that_cannot_be_made_is_one_sentence(paper):
    done = run("check", "paper.tex", "--resume", "paper.tex")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "paper.tex" in done.stderr
    assert os.path.isfile("paper.tex")


FIRST = "derivations/first.tex"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A paper that is a folder."""
    monkeypatch.chdir(tmp_path)
    assert run("new", "made").returncode == 0
    return tmp_path / "made"


def check_folder(*more):
    done = run("check", "made", "--json", "--resume", "kept", *more)
    return done.returncode, done.stdout, done.stderr


def test_a_folder_is_begun_with_too_by_however_many_processes(folder, checked):
    first = check_folder("--jobs", "2")
    assert first[0] == 0
    checked.clear()
    assert check_folder() == check_folder("--jobs", "2") == first
    assert checked == []


def test_a_folder_is_checked_again_where_one_of_its_files_is_changed(folder, checked):
    check_folder()
    statements = list(checked)
    checked.clear()
    path = folder / FIRST
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    check_folder()
    assert checked == statements


def test_derivations_that_fail_are_told_of_what_is_kept(folder, checked):
    path = folder / FIRST
    path.write_text(path.read_text(encoding="utf-8").replace("sum to one", "sum to two"), encoding="utf-8")
    first = check_folder()
    assert (first[0], first[2].count("sum to two")) == (1, 1)
    assert check_folder() == first


@pytest.mark.parametrize("option", [
    ("--resume", "kept"), ("--cluster", "local"), ("--let", "k > 0"), ("--lore", "none"), ("--notation", "ppo"),
    ("--format", "sarif"), ("--as", "md"), ("--all",), ("--allow-empty",)])
@pytest.mark.parametrize("paper", [(), ("--paper", "objectives")])
def test_a_built_in_paper_is_no_case_for_it(option, paper):
    done = run("check", *option, *paper)
    assert (done.returncode, done.stdout, done.stderr) == (
        2, "", f"grpo-symbolic: {' '.join(option[:1 if option[0] != '--format' else 2])} is that of a FILE: name one\n")


@pytest.mark.parametrize("option", [("--let", "k > 0"), ("--lore", "none"), ("--notation", "ppo"), ("--as", "md")])
def test_nor_is_its_report(option, tmp_path):
    done = run("report", *option, "-o", str(tmp_path / "out"))
    assert (done.returncode, done.stdout, done.stderr) == (
        2, "", f"grpo-symbolic: {option[0]} is that of a FILE: name one\n")


@pytest.mark.parametrize("what", ["paper.tex", "made"])
def test_without_dask_there_is_no_cluster(paper, folder, monkeypatch, what):
    monkeypatch.setitem(sys.modules, "distributed", None)
    done = run("check", what, "--cluster", "local")
    assert (done.returncode, done.stderr) == (
        2, "grpo-symbolic: --cluster needs Dask: pip install 'grpo-symbolic[cluster]'\n")
