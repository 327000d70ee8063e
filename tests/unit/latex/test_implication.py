r"""An implication is one statement: what stands before ``\implies`` is given after it, and is itself no claim."""

from __future__ import annotations

import pytest
from verdicts import prove

from grpo_symbolic.latex.documents.document_reader import read_records, tex_records
from grpo_symbolic.latex.read_error import ReadError
from grpo_symbolic.latex.statement.reader import read_statement
from grpo_symbolic.latex.statement.statement import Statement


@pytest.mark.parametrize("arrow", [r"\implies", r"\Rightarrow", r"\Longrightarrow", r"\\ \implies", r"\implies \\"])
def test_what_stands_before_is_given_and_no_claim(arrow: str) -> None:
    found = read_statement(rf"c > 0 {arrow} |c| = c")
    assert found.links[0].content == read_statement("|c| = c", assume=["c > 0"]).links[0].content
    assert len(found.links) == 1


@pytest.mark.parametrize(("text", "verdict"), [
    (r"A(s,a) > 0 \implies |A(s,a)| = A(s,a)", "proved"),
    (r"|A(s,a)| = A(s,a) \implies A(s,a) > 0", "refuted"),
    (r"V(s) > 0, Q(s) > 0 \implies V(s) Q(s) > 0", "proved"),
    (r"V(s) > 0 \text{ and } Q(s) > 0 \implies V(s) Q(s) > 1", "refuted"),
    (r"\theta = \theta_{\text{old}} \implies \pi_\theta(a|s) = \pi_{\theta_{\text{old}}}(a|s)", "proved"),
    (r"c > 1 > \beta \implies c > \beta", "proved"),
    (r"c = 2 \implies c^2 = 4", "proved"),
])
def test_the_conclusion_is_judged_under_the_premise(text: str, verdict: str) -> None:
    assert prove(text).status == verdict


def test_each_step_is_given_in_those_after_it() -> None:
    found = read_statement(r"c > 2 \implies c > 1 \implies c^2 > 1, \quad c > 0").claims
    first, second = (read_statement(text).claims[0].relation for text in ("c > 2", "c > 1"))
    assert [claim.assume for claim in found] == [(first,), (first, second), (first, second)]
    assert prove(r"c > 2 \implies c > 3 \implies c > \frac{5}{2}").status == "refuted"


def test_a_definition_before_an_implication_stays_one() -> None:
    found = read_statement(r"w(a) \doteq \pi_\theta(a|s) \implies w(a) > 0")
    assert [link.kind for link in found.links] == ["definition", "claim"]
    assert found.claims[0].assume == ()


def test_a_symbol_that_is_given_is_not_defined_after() -> None:
    assert [link.kind for link in read_statement(r"c^2 = 1, c > 0 \implies c = 1").links] == ["claim"]


@pytest.mark.parametrize("text", [r"u^2 \approx v^2 \implies u^2 = v^2", r"u \approx v \implies u = v"])
def test_nothing_exact_follows_from_an_approximation(text: str) -> None:
    verdict = prove(text)
    assert verdict.status == "undecided"
    assert "an approximation is not an equality" in verdict.reason


@pytest.mark.parametrize("text", ["u = v", r"u \leq v", r"u \approx v"])
def test_an_assumed_approximation_decides_nothing(text: str) -> None:
    verdict = prove(text, assume=[r"u \approx v"])
    assert verdict.status == "undecided"
    assert "an approximation is not an equality" in verdict.reason


def test_therefore_claims_both_sides() -> None:
    assert [claim.assume for claim in read_statement(r"c^2 \geq 0 \therefore c^2 + 1 > 0").claims] == [(), ()]


def test_a_row_ends_an_implication() -> None:
    found = read_statement(r"\begin{align} c > 0 &\implies |c| = c \\ c < 0 &\implies |c| = -c \end{align}").claims
    assert [len(claim.assume) for claim in found] == [1, 1]
    assert prove(r"c > 0 \implies |c| = c \\ c < 0 \implies |c| = -c").status == "proved"


@pytest.mark.parametrize("rows", [r"c &> 0 \\ \implies |c| &= c", r"c &> 0 \implies \\ |c| &= c"])
def test_numbered_rows_of_one_implication_are_one_statement(rows: str) -> None:
    (_, found), = read_records(tex_records(rf"\begin{{align}} {rows} \end{{align}}"))
    assert isinstance(found, Statement)
    assert len(found.claims[0].assume) == len(found.links) == 1


@pytest.mark.parametrize(("text", "assume", "reason"), [
    (r"c > 0 \implies |c| = c, \beta > 0 \implies \beta c > 0", [], "may join or part"),
    (r"\beta + 1 \implies \beta > 0", [], "is a relation or a definition"),
    (r"c > 0 \implies", [], "something is missing"),
    (r"c > 0 \quad \text{where} \quad c \doteq 1 \implies \beta > 0", [], "has no meaning"),
    (r"c > 0", [r"\beta > 1 \implies c > 1"], "not an implication"),
])
def test_what_is_no_implication_is_refused(text: str, assume: list[str], reason: str) -> None:
    with pytest.raises(ReadError, match=reason):
        read_statement(text, assume=assume)


@pytest.mark.parametrize("text", [
    r"A(s,a)\geq 0 \implies A(s,a')\geq 0",
    r"A(s,a)=0 \implies A(s,a')=0",
    r"r_i=0 \implies \sum_{i=1}^G r_i=0",
    r"\pi_\theta(a|s)=\frac12 \implies \pi_\theta(a'|s)=\frac12",
    r"A(s,a)>0 \implies \sum_{a'} A(s,a')>0",
])
def test_what_follows_only_of_every_value_is_open(text: str) -> None:
    verdict = prove(text)
    assert verdict.status == "undecided"
    assert "may be so of one" in verdict.reason


@pytest.mark.parametrize("text", [
    r"A(s,a)\geq 0 \implies A(s,a')\geq 1",
    r"A(s,a)=0 \implies A(s,a')=A(s,a)+1",
    r"r_i=v \implies \sum_{i=1}^G r_i=2Gv",
    r"\pi(a|s)=\mu(a|s) \implies \pi(b|s)=2\mu(b|s)",
])
def test_what_does_not_follow_of_every_value_is_refuted(text: str) -> None:
    assert prove(text).status == "refuted"


@pytest.mark.parametrize(("text", "status"), [
    (r"\pi(a|s) \propto w(s,a) \implies \pi(a|s)w(s,b) = w(s,a)\pi(b|s)", "proved"),
    (r"\pi(a|s) \propto w(s,a) \implies \pi(a|s)w(s,b) = w(s,b)\pi(b|s)", "refuted"),
    (r"\pi(a|s) \propto w(a) \implies \frac{\pi(o|s)}{\pi(b|s)} = \frac{w(o)}{w(b)}", "proved"),
    (r"\pi(a|s) \propto w(s,a) \implies \sum_a \pi(a|s) f(a) = \frac{\sum_a w(s,a) f(a)}{\sum_a w(s,a)}", "proved"),
    (r"\pi(a|s) \propto w(s,a) \implies \sum_a \pi(a|s) f(a) = \sum_a w(s,a) f(a)", "refuted"),
    (r"\pi(a|s) \propto w(s,a) \implies \pi(a'|s)w(s,b) = w(s,a')\pi(b|s)", "proved"),
])
def test_what_is_proportional_is_so_for_every_action(text: str, status: str) -> None:
    assert prove(text).status == status
