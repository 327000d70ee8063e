"""What `explain` shows, and how declarations are given."""

import json

import pytest
from commands import run

SCORE = r"\mathbb{E}_{y\sim q_\theta(\cdot|x)}[\nabla_\theta \log q_\theta(y|x)] = 0"


def explained(*arguments: str, **options: str) -> dict:
    return json.loads(run("explain", *arguments, "--json", **options).stdout)


def test_each_symbol_is_shown_with_its_kind_its_place_and_why():
    done = run("explain", SCORE)
    assert done.returncode == 0
    rows = {line.split()[0]: line for line in done.stdout.splitlines()[3:]}
    assert list(rows) == ["y", r"q_{\theta}", "x", r"\theta"]
    assert "elem(action)" in rows["y"]
    assert r"bound by \mathbb{E}" in rows["y"]
    assert "law" in rows[r"q_{\theta}"]
    assert "yes" in rows[r"q_{\theta}"]
    assert "line 1, column 34" in rows["x"]


def test_the_meaning_is_printed_back_and_means_the_same():
    record = explained(SCORE)
    (meaning,), = (one["latex"] for one in record["readings"])
    assert [link["latex"] for link in record["links"]] == [meaning]
    again = explained(meaning)
    assert [(one["symbol"], one["kind"]) for one in again["read_as"]] == \
        [(one["symbol"], one["kind"]) for one in record["read_as"]]


def test_the_record_has_what_the_verdict_has():
    proved = json.loads(run("prove", SCORE, "--json").stdout)
    assert proved["read_as"] == explained(SCORE)["read_as"]
    assert proved["read_as"][0] == {"symbol": "y", "kind": "elem(action)", "moves": False, "because": [1, 1],
                                    "why": r"bound by \mathbb{E}"}


@pytest.mark.parametrize(("latex", "verdict", "status", "column"), [
    (r"\sum_i c_i - d_i = 0", "ill-formed", 1, 16), (r"c = \frobnicate", "unread", 0, 5),
    ("c + = 1", "ill-formed", 1, 5),
])
def test_a_fault_is_shown_with_its_place(latex, verdict, status, column):
    done = run("explain", latex)
    assert done.stdout.startswith(f"{verdict} (line 1, column {column}): ")
    assert done.returncode == status
    fault = explained(latex)["fault"]
    assert (fault["verdict"], fault["position"]) == (verdict, {"line": 1, "column": column})


def test_a_statement_comes_from_standard_input_or_begins_with_a_minus():
    assert explained("-", input="c + 1 > c")["read"] == "claim"
    assert explained("-c < 1 - c")["read"] == "claim"
    assert run("explain", "-", input=" ").returncode == 2


def test_nothing_is_proved_to_explain():
    assert "proved" not in run("explain", SCORE).stdout


@pytest.mark.parametrize("command", ["prove", "explain"])
def test_a_declaration_that_cannot_be_used_is_one_line_and_status_2(command):
    done = run(command, "c + 1 > c", "--let", r"c \in \{2, 7\}")
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1
    assert r"write \gamma \in [0,1)" in done.stderr


def test_prove_lists_what_is_declared_and_what_was_read_beyond_the_letter():
    done = run("prove", r"e^{s}(1 - \gamma) > 0", "--let", r"\gamma \in [0,1)", "--let", "d > 0")
    assert r"declared: \gamma \in [0,1)" in done.stdout
    assert "declared, but not in the statement: d > 0" in done.stdout
    assert "read as: s is a number (stands in arithmetic)" in done.stdout
    assert "read as" not in run("prove", r"\sum_a \pi_\theta(a|s) = 1").stdout


def test_declarations_of_a_document_serve_all_of_it(tmp_path):
    paper = tmp_path / "paper.tex"
    paper.write_text(r"$$ 1 - \gamma > 0 $$ $$ \gamma\lambda < 1 $$ $$ c + 1 > c $$")
    done = run("check", str(paper), "--json", "--let", r"\gamma, \lambda \in [0,1)")
    assert [json.loads(line)["verdict"] for line in done.stdout.splitlines()] == ["proved"] * 3
    assert run("check", str(paper), "--let", "nonsense").returncode == 2
    assert run("check", "--let", r"\gamma \in [0,1)").returncode == 2


def test_a_record_may_declare():
    lines = [{"latex": r"1 - \kappa > 0", "let": [r"\kappa \in [0,1)"]}, {"latex": r"1 - \kappa > 0"},
             {"latex": r"1 - \kappa > 0", "let": ["nonsense"]}, {"latex": r"1 - \kappa > 0", "let": 3}]
    done = run("check", "-", "--json", input="\n".join(map(json.dumps, lines)))
    assert [json.loads(line)["verdict"] for line in done.stdout.splitlines()] == ["proved", "refuted", "error", "error"]
    assert done.returncode == 2


def test_a_text_that_may_mean_two_things_is_shown_in_both():
    done = run("explain", r"\log u/v = 1")
    assert done.returncode == 0
    first, *readings = done.stdout.splitlines()
    assert first.startswith("open (line 1, column 7): this divides the logarithm, or what it is taken of")
    assert readings == [r"if the logarithm is that of u: refuted (\log u)/v = 1",
                        r"if the logarithm is that of u/v: refuted \log \frac{u}{v} = 1"]
    record = explained(r"\log u/v = 1")
    assert record["fault"] is None
    assert [one["verdict"] for one in record["readings"]] == ["refuted", "refuted"]


@pytest.mark.parametrize(("statement", "where", "shown"), [
    (r"\hat A_t = \delta_t + \gamma\lambda \hat A_{t+1}",
     r"\hat A_t = \sum_{l=0}^\infty (\gamma\lambda)^l \delta_{t+l}",
     r"\sum_{l=0}^\infty (\gamma\lambda)^l \left(r_{t+l} + \gamma V(s_{t+l+1}) - V(s_{t+l})\right)"),
    (r"\sum_{l=0}^{k-1} \gamma^l (r_{t+l} - r_t) = \sum_{l=1}^{k-1} \gamma^l (r_{t+l} - r_t)", "", ""),
])
def test_of_steps_what_is_read_is_shown_and_not_what_it_is_tried_with(statement, where, shown):
    record = explained(statement, *(["--where", where] if where else []))
    (link,) = record["links"]
    assert shown in link["latex"]
    assert "q^" not in link["latex"]
    again = json.loads(run("prove", link["latex"], "--json").stdout)
    first = json.loads(run("prove", statement, *(["--where", where] if where else []), "--json").stdout)
    assert again["verdict"] == first["verdict"]
