"""The formats of a check: one exit status in all of them, and on standard output what the format asks for, whole."""

import json

import pytest
from commands import run
from sarif_checks import faults
from workflow_commands import understood

FORMATS = ("text", "json", "github", "sarif")
TRUE = r"$$\sum_a \pi_\theta(a|s) = 1$$"
FALSE = r"$$\sum_a \pi_\theta(a|s) = 2$$"
OPEN = r"$$J(\theta) \leq 3$$"
UNREAD = r"$$\oint x = 3$$"
ILL_FORMED = r"$$\bar r = \frac{1}{G} \sum_{j=1}^G r(s, a_i)$$"
PAPER = "\n\n".join(["Text.", TRUE, "More text.", FALSE, OPEN, UNREAD, ILL_FORMED])


@pytest.fixture
def written(tmp_path, monkeypatch):
    """What writes a document into the current folder, an empty one, and gives its name."""
    monkeypatch.chdir(tmp_path)

    def write(text, name="paper.tex"):
        (tmp_path / name).write_text(text, encoding="utf-8")
        return name

    return write


def log_of(done):
    found = json.loads(done.stdout)
    assert faults(found) == []
    return found["runs"][0]


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize(("text", "plain", "strict"), [
    (TRUE, 0, 0), (FALSE, 1, 1), (ILL_FORMED, 1, 1), (OPEN, 0, 1), (UNREAD, 0, 1), (f"{TRUE}\n\n{FALSE}", 1, 1),
])
def test_the_exit_status_is_that_of_the_verdicts(written, form, text, plain, strict):
    name = written(text)
    assert run("check", name, "--format", form).returncode == plain
    assert run("check", name, "--format", form, "--strict").returncode == strict
    assert run("check", name, "--format", form).stderr == ""


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("name", ["missing.tex", "empty.tex", "binary.tex"])
def test_a_file_that_cannot_be_used_is_status_2(written, tmp_path, form, name):
    written("No mathematics.", "empty.tex")
    (tmp_path / "binary.tex").write_bytes(b"\xff\xfe\x00")
    done = run("check", name, "--format", form)
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    if form == "sarif":
        told, = log_of(done)["invocations"][0]["toolExecutionNotifications"]
        assert name in told["message"]["text"]
    elif form == "github":
        assert name in understood(done.stdout.strip()).data
    else:
        assert done.stdout == ""


@pytest.mark.parametrize("form", FORMATS)
def test_a_file_without_mathematics_may_be_permitted(written, form):
    done = run("check", written("No mathematics."), "--format", form, "--allow-empty")
    assert (done.returncode, done.stderr) == (0, "")
    if form == "sarif":
        assert log_of(done)["results"] == []
    elif form == "github":
        assert understood(done.stdout.strip()).name == "notice"
    else:
        assert done.stdout == ""


def test_each_result_points_at_what_it_is_about(written):
    lines = PAPER.split("\n")
    done = run("check", written(PAPER), "--format", "sarif")
    found = {}
    for result in log_of(done)["results"]:
        place = result["locations"][0]["physicalLocation"]
        line, column = place["region"]["startLine"], place["region"]["startColumn"]
        assert place["artifactLocation"]["uri"] == "paper.tex"
        found[lines[line - 1]] = result["ruleId"], lines[line - 1][column - 1:]
    assert {text: rule for text, (rule, _) in found.items()} == {
        FALSE: "refuted", OPEN: "undecided", UNREAD: "unread", ILL_FORMED: "ill-formed"}
    assert found[FALSE][1].startswith("= 2")
    assert found[UNREAD][1].startswith(r"\oint")


def test_annotations_stand_where_the_log_has_its_results(written):
    name = written(PAPER)
    listed = log_of(run("check", name, "--format", "sarif", "--strict"))["results"]
    places = [one["locations"][0]["physicalLocation"]["region"] for one in listed]
    commands = list(map(understood, run("check", name, "--format", "github", "--strict").stdout.splitlines()))
    assert [(one.name, one.properties["line"], one.properties["col"]) for one in commands[:-1]] == [
        (one["level"], str(place["startLine"]), str(place["startColumn"]))
        for one, place in zip(listed, places, strict=True)]
    assert commands[-1].data == "5 statements: 1 ill-formed, 1 refuted, 1 unread, 1 undecided, 1 proved"


def test_a_refutation_carries_its_counterexample(written):
    done = run("check", written(FALSE), "--format", "github")
    said = understood(done.stdout.splitlines()[0]).data.split("\n")
    assert {"left side: 1", "right side: 2", "difference: -1"} <= set(said)


def test_a_fingerprint_survives_text_before_it_and_new_line_breaks(written):
    def prints(text):
        results = log_of(run("check", written(text), "--format", "sarif"))["results"]
        return [one["partialFingerprints"]["statementHash/v1"] for one in results]

    before = prints(f"{FALSE}\n\n{ILL_FORMED}")
    moved = ILL_FORMED.replace(r"\sum", "\n  \\sum")
    assert prints(f"A new paragraph, and {TRUE}.\n\n{FALSE}\n\n{moved}") == before
    assert prints(f"{FALSE.replace('2', '3')}\n\n{ILL_FORMED}")[0] != before[0]


def test_several_files_are_one_log(written):
    names = [written(FALSE, "one.tex"), written(TRUE, "two.tex"), written(ILL_FORMED, "three.tex")]
    results = log_of(run("check", *names, "--format", "sarif"))["results"]
    assert [one["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for one in results] == [
        "one.tex", "three.tex"]


def test_processes_side_by_side_give_the_same_log(written):
    name = written(PAPER)
    one, two = (run("check", name, "--format", "sarif", "--jobs", jobs).stdout for jobs in "12")
    assert one == two


def test_records_are_placed_at_their_line(written):
    lines = "\n".join(json.dumps({"latex": text.strip("$")}) for text in (TRUE, FALSE))
    result, = log_of(run("check", written(lines, "cases.jsonl"), "--format", "sarif"))["results"]
    assert result["locations"][0]["physicalLocation"]["region"] == {"startLine": 2}


def test_what_an_included_file_says_is_placed_there(written, tmp_path):
    (tmp_path / "sections").mkdir()
    written(f"Text.\n\n{FALSE}", "sections/results.tex")
    name = written(rf"\documentclass{{article}}\begin{{document}}\input{{sections/results}} {TRUE} \end{{document}}")
    result, = log_of(run("check", name, "--format", "sarif"))["results"]
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "sections/results.tex"
    assert place["region"]["startLine"] == 3


def test_what_a_notebook_says_is_placed_in_its_cell(written):
    cells = [{"cell_type": "markdown", "metadata": {}, "source": [text]} for text in (TRUE, FALSE)]
    name = written(json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": cells}), "note.ipynb")
    result, = log_of(run("check", name, "--format", "sarif"))["results"]
    assert result["locations"][0]["physicalLocation"] == {"artifactLocation": {"uri": "note.ipynb"}}
    assert "(cell 2, line 1, column " in result["message"]["text"]
    error, _ = map(understood, run("check", name, "--format", "github").stdout.splitlines())
    assert "line" not in error.properties


def test_standard_input_has_no_file():
    result, = log_of(run("check", "-", "--format", "sarif", input=FALSE))["results"]
    assert "physicalLocation" not in result["locations"][0]
    error, _ = run("check", "-", "--format", "github", input=FALSE).stdout.splitlines()
    assert set(understood(error).properties) == {"title"}


def test_json_is_the_format_json(written):
    def verdicts(*arguments):
        return [json.loads(line)["verdict"] for line in run("check", name, *arguments).stdout.splitlines()]

    name = written(PAPER)
    assert verdicts("--json") == verdicts("--format", "json") == verdicts("--json", "--format", "json")
    assert verdicts("--json") == ["proved", "refuted", "undecided", "unread", "ill-formed"]


def test_the_built_in_paper_has_the_format_json():
    done = run("check", "--format", "json", "--jobs", "1")
    assert done.returncode == 0
    assert {"eq07", "claim01"} <= {json.loads(line)["id"].partition("-")[0] for line in done.stdout.splitlines()}


@pytest.mark.parametrize("arguments", [
    ("paper.tex", "--json", "--format", "text"), ("paper.tex", "--json", "--format", "sarif"),
    ("paper.tex", "--format", "xml"), ("--format", "github"), ("--format", "sarif"),
])
def test_arguments_that_do_not_go_together_are_one_line(written, arguments):
    written(TRUE)
    done = run("check", *arguments)
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert done.stdout == ""
