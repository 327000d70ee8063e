"""A paper of one's own, by the commands: made, checked, listed, derived, printed; and what is said of what is none."""

import json
import os

import pytest
from commands import run

import grpo_symbolic

WRONG = r"""
The sum of probabilities is two.
\begin{equation}\label{two}
\sum_a \pi_\theta(a|s) = 2
\end{equation}
"""


@pytest.fixture
def made(tmp_path):
    """The folder of the example."""
    assert run("new", str(tmp_path / "made")).returncode == 0
    return tmp_path / "made"


def add(path, text):
    path.write_text(path.read_text() + text)


def test_new_prints_what_it_made_and_makes_nothing_twice(tmp_path):
    done = run("new", str(tmp_path / "made"))
    assert done.stdout.split() == sorted(str(path) for path in (tmp_path / "made").rglob("*") if path.is_file())
    again = run("new", str(tmp_path / "made"))
    assert (again.returncode, again.stdout) == (2, "")
    assert again.stderr.count("\n") == 1


@pytest.mark.parametrize(("expect", "code"), [("", 1), ("refuted", 0), ("proved", 1), ("undecided", 1)])
def test_a_refuted_claim_fails_the_check_unless_it_is_expected(made, expect, code):
    add(made / "claims.tex", WRONG.replace("\\begin", f"% expect: {expect}\n\\begin") if expect else WRONG)
    done = run("check", str(made))
    assert done.returncode == code
    assert ("is expected" in done.stderr) == (expect in ("proved", "undecided"))


def test_a_derivation_that_fails_fails_the_check(made):
    path = made / "derivations" / "first.tex"
    path.write_text(path.read_text().replace("probabilities sum to one", "log-derivative"))
    done = run("check", str(made))
    assert done.returncode == 1
    assert "step 3 (log-derivative)" in done.stderr
    assert run("derive", "--paper", str(made), "ratio-mean").returncode == 1


BENT = {  # what is wrong with a derivation: what stands there, what stands there instead, the verdict, what is said
    "reason": ("probabilities sum to one", "log-derivative", "undecided", "step 3 (log-derivative)"),
    "words": ("probabilities sum to one", "obviously", "undecided", "“obviously” is no reason that is known"),
    "step": (r"definition of $\rho$", "linearity", "undecided", "step 2 (linearity)"),
}


def bend(made, kind):
    """Make the derivation of the example fail; the line of its step, the verdict, what is said."""
    path = made / "derivations" / "first.tex"
    before, after, status, said = BENT[kind]
    assert before in path.read_text()
    path.write_text(path.read_text().replace(before, after))
    line = next(number for number, one in enumerate(path.read_text().splitlines(), 1) if after in one)
    return line, status, said


@pytest.mark.parametrize("kind", BENT)
def test_every_output_says_that_a_derivation_fails_and_at_which_step(made, kind, monkeypatch):
    monkeypatch.chdir(made.parent)
    line, status, said = bend(made, kind)
    place = f"made/derivations/first.tex:{line}:4"
    done = {form: run("check", "made", "--format", form) for form in ("text", "json", "github", "sarif")}
    assert {one.returncode for one in done.values()} == {1}
    assert all(one.stderr.startswith(f"grpo-symbolic: {place}: ") for one in done.values())
    text = " ".join(done["text"].stdout.split())
    assert f"{place} {status}" in text
    assert "1 derivation fails" in text
    record, = (one for one in map(json.loads, done["json"].stdout.splitlines()) if "first.tex" in one["file"])
    assert record["verdict"] == status
    assert said in record["fault"]["reason"]
    assert said in record["reason"]
    assert record["fault"]["position"] == {"line": line, "column": 4}
    shown = done["github"].stdout
    assert f"::error file=made/derivations/first.tex,line={line},col=4,title=derivation%3A " in shown
    assert "1 derivation fails" in shown.splitlines()[-1]
    result, = json.loads(done["sarif"].stdout)["runs"][0]["results"]
    assert (result["ruleId"], result["level"]) == ("derivation", "error")
    assert said in result["message"]["text"]
    assert result["locations"][0]["physicalLocation"]["region"] == {"startLine": line, "startColumn": 4}


def test_a_step_that_is_false_is_refuted_and_the_derivation_fails(made, monkeypatch):
    monkeypatch.chdir(made.parent)
    path = made / "derivations" / "first.tex"
    path.write_text(path.read_text().replace(r"&= \sum_a \pi_\theta", r"&= 2 \sum_a \pi_\theta"))
    rows = [json.loads(line) for line in run("check", "made", "--json").stdout.splitlines()]
    record = next(one for one in rows if "first.tex" in one["file"])
    assert (record["verdict"], "step 2" in record["fault"]["reason"]) == ("refuted", True)
    found = json.loads(run("check", "made", "--format", "sarif").stdout)["runs"][0]["results"]
    assert {one["ruleId"] for one in found} == {"derivation", "refuted"}


def test_python_knows_that_a_derivation_fails(made):
    line, status, said = bend(made, "reason")
    found, = (one for one in grpo_symbolic.check(made) if one.failing)
    assert (found.verdict.status, found.verdict.failing.position) == (status, (line, 4))
    assert said in found.failing


def test_a_derivation_that_fails_is_no_verdict_that_is_expected(made):
    line, status, _ = bend(made, "reason")
    path = made / "derivations" / "first.tex"
    path.write_text(path.read_text().replace("\\begin", f"% expect: {status}\n\\begin"))
    done = run("check", str(made))
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)


def test_a_report_lists_a_derivation_that_fails_with_what_does_not_hold(made, tmp_path):
    line, _, said = bend(made, "reason")
    assert run("report", str(made), "-o", str(tmp_path / "out"), "--no-pdf").returncode == 0
    page = (tmp_path / "out" / "index.html").read_text()
    fails = page[page.index("Does not hold, or says nothing definite (2)"):page.index("<summary>Holds (")]
    assert "derivation fails" in fails
    assert f"first.tex:{line}:4" in page
    assert said in page
    assert "A derivation of it fails, at " in page
    assert "no fault was found" not in page


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_derivation_keeps_to_the_budget(made, jobs):
    sums = "(u + v + w + x + y + z)", "(z + y + x + w + v + u)"
    rows = [f"{sums[0]}^{{4}} {sums[1]}^{{4}}", f"{sums[0]}^{{8}}"] * 20
    (made / "claims.tex").write_text(
        rf"\begin{{equation}}\label{{raised}} {sums[0]}^{{8}} = {sums[1]}^{{8}} \end{{equation}}")
    (made / "derivations" / "first.tex").write_text(
        f"This shows \\eqref{{raised}}.\n\\[ {sums[0]}^{{8}} = {' = '.join(rows)} = {sums[1]}^{{8}} \\]")
    before = os.times()
    done = run("check", str(made), "--budget", "0.2", "--jobs", jobs)
    assert sum(os.times()[:4]) - sum(before[:4]) < 10
    assert done.returncode == 1
    assert "(decided as a whole): the time budget is used up\n" in done.stderr


def test_no_latex_is_written_where_a_derivation_fails(made, tmp_path):
    path = made / "derivations" / "first.tex"
    path.write_text(path.read_text().replace("probabilities sum to one", "log-derivative"))
    done = run("latex", "--paper", str(made), "-o", str(tmp_path / "out"))
    assert (done.returncode, done.stdout) == (1, "")
    assert "step 3 (log-derivative)" in done.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("form", ["json", "github", "sarif"])
def test_what_is_expected_is_no_finding(made, form):
    done = run("check", str(made), "--format", form)
    assert done.returncode == 0
    if form == "json":
        assert "refuted" in [json.loads(line)["verdict"] for line in done.stdout.splitlines()]
    elif form == "github":
        assert done.stdout == "::notice title=grpo-symbolic::3 statements: 2 proved, 1 definition\n"
    else:
        assert json.loads(done.stdout)["runs"][0]["results"] == []


def test_the_commands_agree_on_what_there_is(made):
    listed = [json.loads(line) for line in run("list", "--paper", str(made), "--json").stdout.splitlines()]
    assert [(one["id"], one["kind"], one["derivation"]) for one in listed] == [
        ("ratio", "definition", ""), ("ratio-mean", "claim", "yes"), ("ratio-bound", "claim", "")]
    derived = run("derive", "--paper", str(made), "ratio-mean").stdout
    assert derived.startswith("ratio-mean: The ratio has the mean one")
    assert "[probabilities sum to one]" in derived
    assert "right side 1" in " ".join(run("derive", "--paper", str(made), "ratio-bound").stdout.split())
    assert len(run("latex", "--paper", str(made)).stdout.splitlines()) == 3


def test_latex_is_written_under_names_that_stay_in_the_folder(made, tmp_path):
    add(made / "claims.tex", WRONG.replace("{two}", "{../../two}") + WRONG.replace("{two}", "{statements}"))
    done = run("latex", "--paper", str(made), "-o", str(tmp_path / "out"))
    assert done.returncode == 0
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "ratio-bound.tex", "ratio-mean.tex", "ratio.tex", "statements--2.tex", "statements.tex", "two.tex"]
    assert "A paper of my own" in (tmp_path / "out" / "statements.tex").read_text()


def test_a_script_beside_the_derivations_is_never_run(made):
    (made / "derivations" / "mine.py").write_text(f"open({str(made / 'ran')!r}, 'w')\nraise SystemExit(3)\n")
    for typed in (("check", str(made)), *((name, "--paper", str(made)) for name in ("list", "latex", "check"))):
        assert run(*typed).returncode == 0
    done = run("derive", "--paper", str(made), "ratio")
    assert done.returncode == 2
    assert "is not run here" in done.stderr
    assert not (made / "ran").exists()


@pytest.mark.parametrize(("typed", "said"), [
    (("list", "--paper", "NONE"), "there is no such paper"),
    (("derive", "ratio", "--paper", "EMPTY"), "is no paper: it has no displays.tex"),
    (("derive", "ratoi", "--paper", "MADE"), "did you mean ratio"),
    (("latex", "nothing", "--paper", "MADE"), "no item 'nothing'"),
    (("check", "--paper", "EMPTY"), "is no paper"),
    (("check", "MADE", "--paper", "MADE"), "give one of the two"),
    (("list", "estimators", "--paper", "MADE"), "give one of the two"),
    (("new", "MADE/a/b"), "there is no such folder"),
    (("new", "OTHER", "--from", "NONE"), "a .tex file"),
    (("new", "OTHER", "--from", "EMPTY.tex"), "No such file"),
])
def test_wrong_input_is_one_sentence(made, tmp_path, typed, said):
    (tmp_path / "empty").mkdir()
    places = {"NONE": tmp_path / "none", "EMPTY": tmp_path / "empty", "MADE": made, "OTHER": tmp_path / "other"}
    for name, path in places.items():
        typed = tuple(one.replace(name, str(path)) for one in typed)
    done = run(*typed)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert done.stderr.count("\n") == 1
    assert not (tmp_path / "other").exists()


def test_an_unknown_verdict_is_named(made):
    add(made / "claims.tex", WRONG.replace("\\begin", "% expect: prooved\n\\begin"))
    done = run("check", str(made))
    assert (done.returncode, done.stdout) == (2, "")
    assert "'prooved'" in done.stderr


def test_the_papers_that_are_built_in_are_listed_and_asked_for_by_name():
    named = [json.loads(line)["paper"] for line in run("list", "papers", "--json").stdout.splitlines()]
    assert named == ["grpo", "objectives", "kl-estimators"]
    for name in named:
        assert run("list", "--paper", name).returncode == 0
    done = run("derive", "--paper", "objectives", "rloo/gradient")
    assert done.returncode == 0
    assert "proved" in done.stdout


def test_a_report_has_the_sections_of_the_paper_and_derivations_beside_what_they_derive(made, tmp_path):
    add(made / "claims.tex", "\\section{Sums}\n" + WRONG.replace("\\begin", "% expect: undecided\n\\begin"))
    second = (made / "derivations" / "first.tex").read_text().replace("sum to one", "sum to two")
    (made / "derivations" / "second.tex").write_text(second)
    assert run("report", str(made), "-o", str(tmp_path / "out"), "--no-pdf").returncode == 0
    page = (tmp_path / "out" / "index.html").read_text()
    assert "<title>A paper of my own" in page
    for shown in ("The displays", "The claims", "Sums", "Derivations", "Derivation, step by step",
                  "The paper expects this.", "The paper expects another verdict: undecided.",
                  "is no reason that is known"):
        assert shown in page, shown
    assert page.count("<h4>The old policy cancels") == 1
    assert "1 derivation fails: what is derived does not follow" in page


def test_a_report_finds_nothing_false_only_where_no_derivation_fails(made, tmp_path):
    path = made / "claims.tex"
    path.write_text(path.read_text().partition("% expect")[0])
    assert run("report", str(made), "-o", str(tmp_path / "out"), "--no-pdf").returncode == 0
    assert "Nothing was found to be false." in (tmp_path / "out" / "index.html").read_text()
    first = made / "derivations" / "first.tex"
    first.write_text(first.read_text().replace("sum to one", "sum to two"))
    assert run("report", str(made), "-o", str(tmp_path / "out"), "--no-pdf").returncode == 0
    assert "Nothing was found to be false." not in (tmp_path / "out" / "index.html").read_text()


def test_the_print_of_a_report_says_which_derivation_fails_and_what_would_be_true(made, tmp_path):
    path = made / "derivations" / "first.tex"
    path.write_text(path.read_text().replace("probabilities sum to one", "log-derivative"))
    assert run("report", str(made), "-o", str(tmp_path / "out"), "--no-pdf").returncode == 0
    tex = (tmp_path / "out" / "report.tex").read_text().replace(r"\allowbreak{}", "")
    assert "As a derivation it fails: " in tex
    assert "step 3 (log-derivative)" in tex
    change = tex[tex.index("It holds with"):]
    assert change.index(r"\mathbb{E}") < change.index("in place of") < change.index(r"\fit{\rho(a)}")
    assert r"\backslash}label" not in tex


@pytest.mark.long
def test_every_claim_on_an_objective_prints():
    assert run("latex", "--paper", "objectives").returncode == 0
