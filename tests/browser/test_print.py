"""What is printed as LaTeX compiles, and nothing in it passes the margin."""

import subprocess

import pytest
from commands import run
from places import ROOT

from grpo_symbolic.latex.printing.article import Chain, Chapter, Part, article
from grpo_symbolic.latex.printing.woven import ARGUMENTS, FUNCTIONS, LETTERS, RELATIONS, SIGNS_WITHIN, WORDS, woven

WIDE = " + ".join(rf"\frac{{a_{{{k}}}}}{{b_{{{k}}}}}" for k in range(60))
UNBROKEN = rf"\left( {WIDE} \right)"
MEAN = r"\mathbb{E}_{a \sim \pi_\theta(\cdot|s)} [\rho(a) \sum_k \gamma^k r(s_k, a_k)] \frac{1}{G} \sum_{i=1}^G A_i"
LONG = "a reason that goes on " * 20 + r"with \code_that{has}_no(spaces)_in_it" * 6
STEPS = (("=", "b", "short"), ("=", UNBROKEN, LONG), (r"\leq", WIDE, ""))
HARD = Part("a-name-" * 20 + "word" * 30, LONG, "(1)", "proved", LONG, (("", UNBROKEN), ("where", WIDE)), LONG,
            rows=((r"$\pi$", ", ".join(["1/3"] * 60)),), changes=(("holds with", UNBROKEN),),
            chains=(Chain(LONG, "a", STEPS, LONG),))


def compiled(folder, name):
    """The log of a document that is compiled as often as its contents need."""
    for _ in range(3):
        done = subprocess.run(["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "-no-shell-escape", name],
                              cwd=folder, capture_output=True, timeout=100, check=False)
        assert done.returncode == 0, done.stdout[-2000:]
    return (folder / name).with_suffix(".log").read_text(encoding="utf-8", errors="replace")


def test_nothing_passes_the_margin(tmp_path):
    (tmp_path / "hard.tex").write_text(article([Chapter(LONG, LONG, (HARD,))], LONG), encoding="utf-8")
    assert "Overfull" not in compiled(tmp_path, "hard.tex")


def test_whatever_is_a_formula_in_a_sentence_compiles(tmp_path):
    taken = [rf"\{name}{{x}}" for name in ARGUMENTS if ARGUMENTS[name] == 1 and name != "mathrm"]
    taken += [rf"\{name}{{x}}{{y}}" for name in ARGUMENTS if ARGUMENTS[name] == 2]
    taken += [rf"\{name}{{some-word}}" for name in WORDS] + [rf"\{name}_1" for name in LETTERS | FUNCTIONS]
    taken += [rf"x \{name} y_1" for name in RELATIONS] + [rf"f(\{name} y_1)" for name in SIGNS_WITHIN]
    taken += [r"E_{a ∼ π}^2", r"r_{·}(·, θ) ≤ x'", rf"{MEAN} = {MEAN} - {MEAN}", r"\left\| x \right\|_1^{T + 1}"]
    said = f"if {', '.join(taken)}, it is refuted"
    assert [one.text for one in woven(said) if one.formula] == taken
    part = Part("one", "One", "", "undecided", said, ())
    (tmp_path / "said.tex").write_text(article([Chapter("All", "", (part,))], "Said"), encoding="utf-8")
    assert "Overfull" not in compiled(tmp_path, "said.tex")


@pytest.mark.parametrize("notation", ["paper", "deepseekmath", "ppo", "plain"])
def test_statements_of_the_paper(tmp_path, notation):
    names = ("eq05", "eq06", "eq09", "eq13", "claim05-without-sign", "claim12-lower", "claim13-scaled")
    assert run("latex", *names, "-o", str(tmp_path), "--notation", notation).returncode == 0
    assert "Overfull" not in compiled(tmp_path, "statements.tex")


@pytest.mark.parametrize("files", [(), (str(ROOT / "tests" / "documents" / "kl-estimators.tex"),)])
def test_a_report_is_printed(tmp_path, files, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert run("report", *files, "-o", str(tmp_path / "again")).returncode == 0
    done = run("report", *files, "-o", str(tmp_path / "made"))
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "made" / "report.pdf").read_bytes().startswith(b"%PDF")
    for name in ("report.pdf", "report.tex", "index.html"):
        assert (tmp_path / "again" / name).read_bytes() == (tmp_path / "made" / name).read_bytes(), name
    assert "Overfull" not in compiled(tmp_path / "made", "report.tex")
