"""The commands as a user meets them: what they print, where, and with which exit status."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from unittest.mock import patch

import pytest
from commands import Stream, run, spawned

from grpo_symbolic.paper.collection import theorems

ROOT = Path(__file__).resolve().parents[3]
VERDICTS = {
    "advantage": "ill-formed", "off-policy-log-ratio": "ill-formed", "eq06": "ill-formed",
    "log-ratio-as-function": "refuted", "log-ratio-as-function-as-meant": "proved", "first-order-expansion": "proved",
    **{f"eq{number:02}": "proved" for number in (7, 8, 9, 10, 12, 13)},
    **{f"eq{number:02}": "definition" for number in (1, 2, 3, 4, 5, 11)},
}


@pytest.fixture(scope="module")
def records() -> dict[str, dict]:
    done = spawned("check", "--json")
    assert done.returncode == 0
    assert done.stderr == ""
    return {record["id"]: record for record in map(json.loads, done.stdout.splitlines())}


def test_every_display_gets_its_verdict(records):
    assert {name: records[name]["verdict"] for name in VERDICTS} == VERDICTS
    assert len([name for name, record in records.items() if "claim" not in record
                and not name.endswith("-as-meant")]) == 25


def test_every_claim_follows_with_its_group_and_sentence(records):
    claims = {name: record for name, record in records.items() if "claim" in record}
    assert list(records)[-len(claims):] == list(claims)
    assert {record["verdict"] for record in claims.values()} == {"proved", "refuted"}
    assert all(name.startswith(record["group"]) for name, record in claims.items())
    assert all(record["counterexample"] for record in claims.values() if record["verdict"] == "refuted")


def test_relations_printed_and_proved(records):
    assert records["eq09"]["relation"] == {"printed": r"\approx", "proved": "="}
    assert records["eq13"]["relation"] == {"printed": r"\approx", "proved": "= + O(‖Δθ‖^3)"}
    assert records["first-order-expansion"]["relation"]["proved"] == "= + O(‖Δθ‖^2)"
    assert records["eq01"]["relation"]["printed"] == r"\approx"


def test_every_claim_is_spot_checked_without_disagreement(records):
    proved = [record for record in records.values() if record["verdict"] == "proved"]
    assert proved
    for record in proved:
        assert record["spot_checks"]["models"] >= 32
        assert record["spot_checks"]["disagreements"] == 0


def test_ill_formed_and_refuted_say_why(records):
    assert "index i" in records["eq06"]["reason"]
    assert "two laws" in records["off-policy-log-ratio"]["reason"]
    assert records["log-ratio-as-function"]["counterexample"]["values"]


def test_the_plain_table_has_a_row_an_item(records):
    displays, claims = (part.splitlines() for part in spawned("check").stdout.split("\n\n"))
    assert len(displays) + len(claims) == 2 + len(records)
    assert displays[0].split()[:3] == ["id", "no.", "verdict"]
    assert claims[0].split()[:3] == ["id", "point", "verdict"]
    assert not any("\x1b" in line for line in displays + claims)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("derive", "eq99"), "eq99"),
        (("latex", "nothing"), "nothing"),
        (("latex", "eq07", "--notation", "klingon"), "klingon"),
        (("check", "--colour"), "--colour"),
        (("frobnicate",), "frobnicate"),
        (("derive",), "ID"),
        (("latex", "eq07", "-o", "/dev/null/here"), "here"),
    ],
)
def test_unusable_input_is_one_line_and_status_2(arguments, said):
    done = run(*arguments)
    assert done.returncode == 2
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1
    assert said in done.stderr


def test_derive_shows_each_step_with_its_reason():
    done = run("derive", "eq09")
    assert done.returncode == 0
    for reason in ("[definition of J (5)]", "[by (7), by (8)]", "[linearity]"):
        assert reason in done.stdout
    assert r"\begin{align*}" in done.stdout
    assert run("derive", "eq09", "--latex").stdout.startswith((r"\begin{align*}", "{"))


def test_derive_shows_a_refuted_claim_with_its_counterexample():
    done = run("derive", "claim04-k3")
    assert done.returncode == 0
    assert "refuted" in done.stdout
    assert "left side" in done.stdout
    assert "[by claim04-penalties]" in done.stdout


def test_derive_shows_a_group_without_a_script():
    done = run("derive", "claim01")
    assert done.returncode == 0
    assert "claim01-log-ratio-sign: " in done.stdout
    assert "claim01-divergence-sign: " in done.stdout
    assert run("derive", "claim01", "--latex").returncode == 2


def test_latex_of_a_claim_says_what_it_assumes():
    done = run("latex", "claim02-at-old")
    assert r"\text{where}" in done.stdout
    assert r"\text{assuming}" in done.stdout


def test_list_names_every_item(records):
    listed = [json.loads(line) for line in run("list", "--json").stdout.splitlines()]
    assert [one["id"] for one in listed if one["kind"] != "theorem"] == list(records)
    assert [one["id"] for one in listed if one["kind"] == "theorem"] == [one.id for one in theorems()]


def test_a_script_runs_by_itself():
    done = subprocess.run([sys.executable, "derivations/eq07_ratio_gradient.py"], capture_output=True, text=True,
                          env={**os.environ, "PYTHONIOENCODING": "utf-8"}, check=False)
    assert done.returncode == 0
    assert "[log-derivative]" in done.stdout
    assert "proved" in done.stdout


def test_latex_writes_a_document_that_compiles(tmp_path):
    out = tmp_path / "out"
    done = run("latex", "eq07", "eq09", "eq13", "-o", str(out))
    assert done.returncode == 0
    assert sorted(path.name for path in out.iterdir()) == ["eq07.tex", "eq09.tex", "eq13.tex", "statements.tex"]
    text = (out / "statements.tex").read_text(encoding="utf-8")
    assert text.count(r"\begin{") == text.count(r"\end{")
    assert r"\usepackage{amsmath,amssymb}" in text
    if shutil.which("pdflatex"):
        command = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "statements.tex"]
        assert subprocess.run(command, cwd=out, capture_output=True, check=False).returncode == 0


SCORE = r"\mathbb{E}_{a\sim\pi_\theta(\cdot|s)}[\nabla_\theta \log \pi_\theta(a|s)] = 0"
OFF_POLICY = SCORE.replace(r"\sim\pi_\theta", r"\sim\pi_{\theta_{\text{old}}}")
RATIO = r"\rho(a) \doteq \frac{\pi_\theta(a|s)}{\pi_{\theta_{\text{old}}}(a|s)}"
SURROGATE = r"\min(\rho(a)A(s,a), \operatorname{clip}(\rho(a), 1-\varepsilon, 1+\varepsilon)A(s,a))"


@pytest.mark.long
@pytest.mark.parametrize(
    ("arguments", "status", "verdict"),
    [
        ((SCORE,), 0, "proved"),
        ((OFF_POLICY,), 1, "refuted"),
        ((OFF_POLICY, "--assume", r"\theta = \theta_{\text{old}}"), 0, "proved"),
        ((r"J(\theta) = \sum_{i=1}^{G} A_i - \beta\ell_i",), 1, "ill-formed"),
        ((r"\rho(a) \doteq \frac{\pi_\theta(a|s)}{\pi_{\theta_{\text{old}}}(a|s)}",), 0, "definition"),
        ((rf"{SURROGATE} \leq \rho(a)A(s,a)", "--where", RATIO), 0, "proved"),
        ((rf"{SURROGATE} \geq \rho(a)A(s,a)", "--where", RATIO), 1, "refuted"),
        ((rf"{SURROGATE} = (1+\varepsilon)A(s,a)", "--where", RATIO, "--assume", "A(s,a) > 0",
          "--assume", r"\rho(a) > 1+\varepsilon"), 0, "proved"),
        ((rf"{SURROGATE} = (1+\varepsilon)A(s,a)", "--where", RATIO, "--assume", "A(s,a) > 0"), 1, "refuted"),
        ((SCORE, "--assume", "0 > 1"), 0, "undecided"),
        ((r"-\log\pi_\theta(a|s) \geq 0",), 0, "proved"),
        (("--budget", "1", "-A(s,a) = A(s,a)"), 1, "refuted"),
    ],
)
def test_prove_says_the_verdict(arguments, status, verdict):
    done = run("prove", *arguments, "--json")
    assert json.loads(done.stdout)["verdict"] == verdict
    assert done.returncode == status
    assert done.stderr == ""


def test_definitions_stand_in_any_order():
    value = r"V(s) \doteq \mathbb{E}_{a\sim\pi_\theta(\cdot|s)}[Q(s,a)]"
    advantage = r"A(s,a) \doteq Q(s,a) - V(s)"
    claim = r"\mathbb{E}_{a\sim\pi_\theta(\cdot|s)}[A(s,a)] = 0"
    assert run("prove", claim, "--where", value, "--where", advantage).stdout.startswith("proved")
    assert run("prove", claim, "--where", advantage, "--where", value).stdout.startswith("proved")


def test_a_counterexample_is_shown_as_a_table():
    done = run("prove", OFF_POLICY)
    assert "counterexample: 2 actions" in done.stdout
    assert "left side" in done.stdout
    assert "right side" in done.stdout


def test_documents_are_checked_in_order(tmp_path):
    tex = tmp_path / "paper.tex"
    tex.write_text(r"""\newcommand{\old}{\theta_{\text{old}}}
\begin{equation}\label{ratio} \rho(a) \doteq \frac{\pi_\theta(a|s)}{\pi_{\old}(a|s)} \end{equation}
\begin{equation}\label{mean} \mathbb{E}_{a\sim\pi_{\old}(\cdot|s)}[\rho(a)] = 1 \end{equation}
\begin{equation}\label{wrong} \mathbb{E}_{a\sim\pi_\theta(\cdot|s)}[\rho(a)] = 1 \end{equation}
""", encoding="utf-8")
    done = run("check", str(tex), "--json")
    found = {record["id"]: record["verdict"] for record in map(json.loads, done.stdout.splitlines())}
    assert found == {"ratio": "definition", "mean": "proved", "wrong": "refuted"}
    assert done.returncode == 1
    parallel = spawned("check", str(tex), "--json", "--jobs", "2")
    assert [json.loads(line)["verdict"] for line in parallel.stdout.splitlines()] == list(found.values())


def test_records_come_from_standard_input():
    lines = "\n".join(json.dumps(record) for record in (
        {"id": "one", "latex": SCORE, "expect": "refuted"}, {"id": "two", "latex": r"\frac{1}{"}))
    done = run("check", "-", "--json", input=lines)
    one, two = map(json.loads, done.stdout.splitlines())
    assert (one["id"], one["verdict"]) == ("one", "proved")
    assert (two["verdict"], two["position"]["line"]) == ("ill-formed", 1)


@pytest.mark.parametrize("name", ["missing.tex", "missing.txt", "."])
def test_an_unreadable_document_is_one_line(name):
    done = run("check", name)
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert done.stdout == ""


def test_compare_shows_print_and_ours():
    done = run("compare", "eq09", "--json")
    record = json.loads(done.stdout)
    assert done.returncode == 0
    assert record["same_meaning"]
    assert [one["reason"] for one in record["differences"]] == ["≈ printed, = proved"]


def test_derive_says_why_each_hypothesis():
    assert "BehaviourConstant excludes a behaviour policy that moves with θ" in run("derive", "eq07").stdout


def test_the_version_is_that_of_the_project():
    done = run("--version")
    assert done.returncode == 0
    assert f'__version__ = "{done.stdout.strip()}"' in (ROOT / "grpo_symbolic" / "__init__.py").read_text("utf-8")


@pytest.mark.parametrize("typed", [("check", "-"), ("prove", "-"), ("explain", "-"), ("report", "-", "-o", "made")])
def test_a_standard_input_that_is_closed_is_one_sentence(typed, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    with patch("commands.Stream", lambda text="": None if text == "closed" else Stream(text)):
        done = run(*typed, input="closed")
    assert (done.returncode, done.stdout, done.stderr) == (2, "", "grpo-symbolic: standard input is closed\n")


def test_without_standard_error_the_exit_status_stays():
    command = f"exec {sys.executable} -m grpo_symbolic frob 2>&-"
    assert subprocess.run(["sh", "-c", command], cwd=ROOT, check=False).returncode == 2


def test_a_folder_that_is_no_paper_says_what_one_is(tmp_path):
    for typed in (("check", str(tmp_path)), ("report", str(tmp_path), "-o", str(tmp_path / "made"))):
        done = run(*typed)
        assert (done.returncode, done.stderr.count("\n")) == (2, 1)
        assert f"{tmp_path}: is no paper: it has no displays.tex" in done.stderr


@pytest.mark.parametrize("command", ["prove", "explain"])
def test_a_file_in_place_of_a_statement_is_told_where_it_belongs(tmp_path, command):
    paper = tmp_path / "paper.tex"
    paper.write_text("$$ x + 1 > x $$", encoding="utf-8")
    done = run(command, str(paper))
    assert (done.returncode, done.stdout) == (2, "")
    assert f"`check {paper}`" in done.stderr


def test_nothing_is_kept_of_input_that_cannot_be_used(tmp_path):
    assert run("check", str(tmp_path / "no.tex"), "--resume", str(tmp_path / "kept")).returncode == 2
    assert list(tmp_path.iterdir()) == []


def test_where_no_folder_can_be_nothing_is_checked_first(tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    with patch("grpo_symbolic.report.tex.chapters", side_effect=AssertionError):
        for out in ("file", "file/inner"):
            done = run("latex", "eq09", "-o", str(tmp_path / out))
            assert (done.returncode, done.stdout) == (2, "")
            assert f"-o {tmp_path / out}: {tmp_path / 'file'} is no folder" in done.stderr


def test_a_paper_that_is_built_in_is_found_without_what_reads_papers_in_folders():
    code = "import sys; from grpo_symbolic.books import folder_of; folder_of('grpo'); " \
           "sys.exit('grpo_symbolic.latex.documents.paper_folder' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
