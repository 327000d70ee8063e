r"""From LaTeX to verdict: what a verdict adds to what was decided, other notations, and documents in the command."""

from __future__ import annotations

import json
from typing import Any

import pytest
from commands import run, spawned
from verdicts import prove

from grpo_symbolic.checking.notices import without_nodes
from grpo_symbolic.language import LanguageError
from grpo_symbolic.latex.notation.profiles import PROFILES
from grpo_symbolic.latex.printing.printer import latex
from grpo_symbolic.latex.statement.reader import read_statement

SCORE = r"\mathbb{E}_{a\sim\pi_\theta(\cdot|s)}[\nabla_\theta \log \pi_\theta(a|s)] = 0"
RATIO = r"\rho(a) \doteq \frac{\pi_\theta(a|s)}{\pi_{\theta_{\text{old}}}(a|s)}"
CHANGE = (r"\mathbb{E}_{a\sim\pi_{\theta_{\text{old}}}(\cdot|s)}[\rho(a) r(s,a)]"
          r" = \mathbb{E}_{a\sim\pi_\theta(\cdot|s)}[r(s,a)]")
WRONG = r"\mathbb{E}_{a\sim\pi_{\theta_{\text{old}}}(\cdot|s)}[\rho(a) r(s,a)] = \beta"
MEAN = r"\mathbb{E}_{a\sim\pi_\theta(\cdot|s)}[r(s,a)]"
GRADIENT = r"\mathbb{E}_{a\sim\pi_\theta(\cdot|s)}[r(s,a) \nabla_\theta\log\pi_\theta(a|s)]"


def in_notation(text: str, notation: str, *where: str) -> str:
    """A text of the paper's notation in another one."""
    content: Any = read_statement(text, where).links[0].content
    return latex(getattr(content, "relation", content), notation)


@pytest.mark.parametrize("notation", PROFILES)
@pytest.mark.parametrize(("text", "status"), [(CHANGE, "proved"), (WRONG, "refuted")])
def test_every_notation_gets_the_same_verdict(text: str, status: str, notation: str) -> None:
    where = in_notation(RATIO, notation)
    found = prove(in_notation(text, notation, RATIO), [where], notation=notation, budget=1.0)
    assert found.status == status
    assert found.hypotheses == prove(text, [RATIO], budget=1.0).hypotheses


def test_a_notation_is_that_of_its_letters() -> None:
    """q is a state in one notation and an action in the other."""
    text = r"\sum_o \pi_\theta(o|q) = 1"
    assert prove(text, notation="deepseekmath").status == "proved"
    assert prove(text.replace(r"\sum_o", r"\sum_q"), notation="deepseekmath").status == "refuted"
    with pytest.raises(LanguageError, match="unknown notation"):
        prove(SCORE, notation="klingon")


def test_the_command_takes_a_notation(tmp_path: Any) -> None:
    where, claim = (in_notation(text, "ppo", *more) for text, *more in ((RATIO,), (CHANGE, RATIO)))
    assert run("prove", claim, "--where", where, "--notation", "ppo").stdout.startswith("proved")
    short = r"\hat{A}_t \geq \hat{A}(s_t, a_t)"
    assert run("prove", short, "--notation", "ppo").stdout.startswith("proved")
    assert not run("prove", short).stdout.startswith("proved")
    path = tmp_path / "a.tex"
    path.write_text(f"$$ {where} $$\n$$ {claim} $$\n", encoding="utf-8")
    found = [json.loads(line) for line in run("check", str(path), "--json", "--notation", "ppo").stdout.splitlines()]
    assert [(record["verdict"], record["position"]["line"]) for record in found] == [("definition", 1), ("proved", 2)]
    for arguments in (("prove", SCORE), ("check", str(path)), ("check",)):
        done = run(*arguments, "--notation", "klingon")
        assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (2, "", 1)


def test_a_definition_says_that_it_claims_nothing() -> None:
    found = prove("A(s,a) = Q(s,a) + V(s)")
    assert found.status == "definition"
    assert found.reason == "taken as the definition of A(s, a), which nothing defines before: it claims nothing"
    assert "claims nothing" not in prove(r"A(s,a) \doteq Q(s,a) + V(s)").reason
    assert prove("A(s,a) = Q(s,a) + V(s)", ["A(s,a) := Q(s,a) - V(s)"]).status == "refuted"


def test_an_undefined_function_of_the_policy_decides_nothing() -> None:
    found = prove(rf"\nabla_\theta J(\theta) = {GRADIENT}", lore=False)
    assert (found.status, found.counterexample) == ("undecided", None)
    assert found.reason.startswith(r"J(\theta) is not defined")
    assert prove(rf"\nabla_\theta J(\theta) = {GRADIENT}", [rf"J(\theta) \doteq {MEAN}"]).status == "proved"
    assert prove(rf"\nabla_\theta J(\theta) = 2 {GRADIENT}", [rf"J(\theta) \doteq {MEAN}"]).status == "refuted"


def test_the_links_after_an_undefined_gradient_are_decided() -> None:
    right = prove(rf"\nabla_\theta J(\theta) = \nabla_\theta {MEAN} = {GRADIENT}", lore=False)
    wrong = prove(rf"\nabla_\theta J(\theta) = \nabla_\theta {MEAN} = 2 {GRADIENT}", lore=False)
    assert (right.status, [link.status for link in right.links]) == ("undecided", ["undecided", "proved"])
    assert (wrong.status, [link.status for link in wrong.links]) == ("refuted", ["undecided", "refuted"])


def test_a_law_of_trajectories_that_nothing_defines_decides_nothing() -> None:
    """Its log-derivative identity holds whatever it is; that it is the law of the policy only custom says."""
    trick = (r"\nabla_\theta \int_\tau P(\tau|\theta) R(\tau)"
             r" = \int_\tau P(\tau|\theta) \nabla_\theta\log P(\tau|\theta) R(\tau)")
    assert prove(trick).status == "proved"
    text = r"\mathbb{E}_{\tau\sim\pi_\theta}[R(\tau)] = \int_\tau P(\tau|\theta) R(\tau)"
    expanded, custom = prove(text, budget=0.5, lore=False), prove(text)
    assert expanded.status == "unread"
    said = r"P(\tau|\theta) is the probability of a path under \pi_{\theta}"
    assert (custom.status, [one.formula for one in custom.lore]) == ("proved", [said])


def test_an_undefined_function_without_the_policy_is_any_function() -> None:
    assert prove(r"\mathbb{E}_{a\sim\pi_\theta(\cdot|s)}[A(s,a)] = 0").status == "refuted"
    assert prove(r"\mathbb{E}_{a\sim\pi_\theta(\cdot|s)}[r(s,a)] = "
                 r"\mathbb{E}_{a\sim\pi_{\text{ref}}(\cdot|s)}[r(s,a)]").status == "refuted"
    advantage = r"\mathbb{E}_{a\sim\pi_\theta(\cdot|s)}[A^{\pi_\theta}(s,a)]"
    # it holds, as an advantage has mean 0
    assert prove(f"{advantage} = 2 {advantage}", lore=False).status == "undecided"
    assert prove(f"{advantage} = 0", lore=False).status == "undecided"


def test_what_is_taken_as_constant_is_said() -> None:
    found = prove(r"\nabla_\theta w(a) = 0")
    assert found.status == "proved"
    assert found.reason.endswith("w(a) is not defined here: it is taken as constant in θ, with gradient 0")
    assert "taken as constant" not in prove(SCORE).reason
    assert "taken as constant" not in prove(rf"\nabla_\theta {MEAN} = {GRADIENT}").reason


@pytest.mark.parametrize("text", [
    r"\max_{a} r(s,a) = \beta", r"g(\beta, C) = \beta C + 1", r"\sum_{j=i}^G r_j \geq 0",
    r"\mathbb{E}_{s'\sim P}[V(s')] = V(s)"])
def test_the_reason_of_a_verdict_names_no_node(text: str) -> None:
    found = prove(text, budget=0.2)
    assert "(#" not in found.reason
    assert not any(f"{name}(" in found.reason for name in ("Const", "Formal", "App", "Head", "Var", "Sum", "Law"))


def test_a_node_in_a_reason_is_called_an_expression() -> None:
    deep = "Step(): Log(Prob(Law(Policy(p, current), s), Sample(a, i))) is none, Positive(π_θ) is"
    assert without_nodes(deep) == "an expression: an expression is none, Positive(π_θ) is"
    assert without_nodes("plain (words)") == "plain (words)"


def test_positions_are_those_of_the_file(tmp_path: Any) -> None:
    path = tmp_path / "a.tex"
    path.write_text("text\n\\begin{align}\n  \\beta &> 0 \\label{one} \\\\\n  \\beta &> 1 \\label{two} \\\\\n"
                    "    &> \\foo\n\\end{align}\n\\[ \\beta > 0\n", encoding="utf-8")
    done = run("check", str(path), "--json")
    found = {record["id"]: record for record in map(json.loads, done.stdout.splitlines())}
    assert {name: (record["verdict"], tuple(record["position"].values())) for name, record in found.items()} == {
        "one": ("proved", (3, 10)), "two": ("unread", (5, 8)), "display-2": ("ill-formed", (7, 1))}
    assert (done.returncode, done.stderr) == (1, "")


def test_a_display_that_comes_again_has_its_own_place(tmp_path: Any) -> None:
    path = tmp_path / "a.tex"
    path.write_text(f"$$ {SCORE} $$\n\n  $$ {SCORE} $$\n$$ {SCORE.replace('= 0', '= 1')} $$", encoding="utf-8")
    for done in (run("check", str(path), "--json"), spawned("check", str(path), "--json", "--jobs", "2")):
        found = [json.loads(line) for line in done.stdout.splitlines()]
        column = SCORE.index("=") + 4
        assert [record["position"] for record in found[:2]] == [
            {"line": 1, "column": column}, {"line": 3, "column": column + 2}]
        assert [record["verdict"] for record in found] == ["proved", "proved", "ill-formed"]


def test_input_beyond_the_limit_is_refused_in_one_line(tmp_path: Any) -> None:
    path = tmp_path / "a.tex"
    text = f"$$ {SCORE} $$\n" * 60_000
    path.write_text(text, encoding="utf-8")
    assert len(text) > 5_000_000
    for done in (run("check", str(path)), run("check", "-", input=text), run("prove", "-", input=text)):
        assert (done.returncode, done.stdout) == (2, "")
        assert len(done.stderr.splitlines()) == 1
        assert "longer than 1,000,000 characters: split it" in done.stderr


def test_a_line_that_is_no_record_is_an_error_of_its_own(tmp_path: Any) -> None:
    path = tmp_path / "a.jsonl"
    score = json.dumps({"id": "one", "latex": SCORE})
    path.write_bytes(f"{score}\nnonsense\n".encode() + b"\xff\n" + score.encode())
    done = run("check", str(path), "--json")
    assert [json.loads(line)["verdict"] for line in done.stdout.splitlines()] == ["proved", "error", "error", "proved"]
    assert done.returncode == 2
    assert done.stderr.startswith(f"grpo-symbolic: {path}, line 2: this is not JSON")
    assert "1 more" in done.stderr
    assert [row.split()[1] for row in run("check", str(path)).stdout.splitlines()[1:5]] == [
        "proved", "error", "error", "proved"]
