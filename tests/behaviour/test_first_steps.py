"""What a newcomer types, and what the program says: read, or told what to write instead."""

import json

import pytest
from commands import run

RECORD = {"id": "one", "latex": r"\sum_a \pi_\theta(a|s) = 1"}


@pytest.mark.parametrize(("typed", "verdict"), [
    ("∑_a π_θ(a|s) = 1", "proved"),
    ("∑_a π_θ(a|s) = 2", "refuted"),
    (r"𝔼_{a∼π_θ(·|s)}[∇_θ \log π_θ(a|s)] = 0", "proved"),
    (r"𝔼_{a∼π_ω(·|s)}[∇_θ \log π_θ(a|s)] = 0", "refuted"),
    ("ε² ≥ 0", "proved"),
    ("−ε² ≥ 0", "refuted"),
    ("gᵀ g ≥ 0", "proved"),
    ("𝜋_𝜃(𝑎|𝑠) ≤ 1", "proved"),
    ("|𝒜| ≥ 1", "proved"),
    ("D_{KL}(π_θ ‖ π_{ref}) ≥ 0", "proved"),
    ("½ β ≤ β", "unread"),
])
def test_a_character_is_the_command_that_prints_it(typed, verdict):
    assert json.loads(run("prove", typed, "--json").stdout)["verdict"] == verdict


@pytest.mark.parametrize(("typed", "column", "advice"), [
    ("pi_theta(a|s) <= 1", 1, r"write \pi"),
    (r"\pi_theta(a|s) <= 1", 4, r"write \theta"),
    (r"\pi_{theta}(a|s) <= 1", 6, r"write \theta"),
    (r"\pi_old(a|s) <= 1", 4, r"write {\text{old}}"),
    (r"D_KL(\pi_\theta\|\pi_{ref}) >= 0", 2, r"write {\text{KL}}"),
    (r"log \pi_\theta(a|s) <= 0", 1, r"write \log"),
    (r"sum_a \pi_\theta(a|s) = 1", 1, r"write \sum"),
    (r"1 - eps beta = c", 9, r"write \beta"),
    (r"$\pi_\theta(a|s)$ <= 1", 1, "without $"),
    (r"Σ_a \pi_\theta(a|s) = 1", 1, r"write \sum or \Sigma"),
])
def test_what_lacks_a_backslash_or_braces_is_told(typed, column, advice):
    record = json.loads(run("prove", typed, "--json").stdout)
    assert record["verdict"] == "unread"
    assert record["position"] == {"line": 1, "column": column}
    assert advice in record["reason"]


@pytest.mark.parametrize("label", ["max", "exp", "clip", "old"])
def test_words_in_a_script_are_labels(label):
    assert run("prove", rf"c_{{{label}}} + 1 > c_{{{label}}}").stdout.startswith("proved")


def test_letters_that_are_a_short_word_are_a_product():
    assert run("prove", "mu = um").stdout.startswith("proved")


@pytest.mark.parametrize(("arguments", "text"), [
    (("check", "-"), ""), (("check", "-"), "Words, and $c$ inline.\n"), (("prove", "-"), " \n"), (("prove", ""), ""),
])
def test_input_without_mathematics_is_unusable(arguments, text):
    done = run(*arguments, input=text)
    assert done.returncode == 2
    assert done.stdout == ""
    assert "no mathematics was found" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_file_without_mathematics_beside_another_is_named(tmp_path):
    empty, full = tmp_path / "empty.tex", tmp_path / "full.tex"
    empty.write_text("Nothing.")
    full.write_text("$$ c + 1 > c $$")
    done = run("check", str(empty), str(full), "--json")
    assert [record["file"] for record in map(json.loads, done.stdout.splitlines())] == [str(full)]
    assert done.returncode == 0
    assert "empty.tex: no mathematics" in done.stderr


def test_keys_that_no_record_has_are_named():
    done = run("check", "-", "--json", input=json.dumps(RECORD | {"wher": [], "note": "n"}))
    assert done.returncode == 0
    assert done.stderr.splitlines() == ["grpo-symbolic: standard input: keys of records that are passed over, as they "
                                        "are none of id, latex, where, assume and let: wher, note"]
    assert run("check", "-", "--json", input=json.dumps(RECORD)).stderr == ""


@pytest.mark.parametrize("options", [
    ("--where", "foo("), ("--where", "c + 1"), ("--where", r"c \doteq \foo"), ("--where", ""), ("--assume", "foo("),
    ("--assume", r"\foo > 0"), ("--let", "foo("), ("--let", "c > 0", "--let", "c < 0"),
    ("--let", r"c \in \mathbb{R}", "--let", r"c : \mathcal{S} \to \mathbb{R}")])
@pytest.mark.parametrize("command", ["prove", "explain"])
def test_an_option_that_cannot_be_read_is_unusable(command, options):
    done = run(command, "c + 1 > c", *options)
    assert (done.returncode, done.stdout) == (2, "")
    assert options[-2].removeprefix("--") in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_statement_may_stand_in_signs_of_a_display():
    for text in (r"\[ c + 1 > c \]", "$$ c + 1 > c $$", r"\( c + 1 > c \)", "$c + 1 > c$"):
        assert run("prove", text).stdout.startswith("proved")


@pytest.mark.parametrize("bad", ["nonsense", "[1]", '{"id": "x"}', '{"latex": 1}'])
def test_a_bad_line_stops_nothing(bad):
    lines = "\n".join((json.dumps(RECORD), bad, json.dumps(RECORD | {"id": "three"})))
    done = run("check", "-", "--json", input=lines)
    found = [(record["id"], record["verdict"]) for record in map(json.loads, done.stdout.splitlines())]
    assert found == [("one", "proved"), ("2", "error"), ("three", "proved")]
    assert done.returncode == 2
    assert "line 2" in done.stderr
    assert run("check", "-", "--jobs", "2", "--json", input=lines).returncode == 2


@pytest.mark.parametrize("budget", ["nan", "-1", "inf", "90000", "soon"])
def test_a_budget_is_a_number_of_seconds(budget):
    done = run("prove", "--budget", budget, "c = c")
    assert done.returncode == 2
    assert "--budget" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert "number" in done.stderr
