r"""q(y) beside a law of y may be a law or any function: it is read as both, and what differs is not decided."""

from __future__ import annotations

import pytest
from verdicts import check_read, prove

from grpo_symbolic.checking.check import BUDGET
from grpo_symbolic.latex.documents.document_reader import read_records, tex_records

OF_LAWS = [  # true of laws, false of other functions
    r"\mathbb{E}_{y \sim \nu}[q(y)/\nu(y)] = 1", r"\sum_y p(y) \log p(y) - \sum_y p(y) \log q(y) \geq 0",
    r"\frac{1}{2} \sum_y |p(y) - q(y)| \leq 1", r"\sum_y q(y) = 1", r"\sum_a \frac{\pi(a|s)^2}{b(a|s)} \geq 1",
    r"\sum_e \nu(e|b) p(e)^2 \leq 1",
]


@pytest.mark.parametrize("latex", OF_LAWS)
def test_what_holds_of_laws_only_is_undecided(latex: str) -> None:
    found = prove(latex)
    assert found.status == "undecided"
    assert {status for _, status in found.readings} == {"proved", "refuted"}
    assert r"\in \Delta(" in found.reason


@pytest.mark.parametrize(("latex", "let"), [
    (OF_LAWS[0], r"q \in \Delta(\mathcal{Y})"), (OF_LAWS[1], r"q \in \Delta(\mathcal{Y})"),
    (OF_LAWS[3], r"q \in \Delta(\mathcal{Y})"), (OF_LAWS[4], "b(a|s)")])
def test_a_declaration_decides(latex: str, let: str) -> None:
    assert prove(latex, let=[let]).status == "proved"


@pytest.mark.parametrize(("latex", "status"), [
    (r"\sum_y (q(y) + 1) = \sum_o (1 + q(o))", "proved"), (r"\sum_y q(y) = 2 \sum_o q(o) + 1", "refuted"),
    (r"\mathbb{E}_{y \sim p}[q(y)] = \mathbb{E}_{y \sim p}[2 q(y) + 1]", "refuted"),
    (r"\mathbb{E}_{y \sim p}[f(y)] = 1", "refuted"), (r"\sum_a f(a) = 1", "refuted"),
    (r"\mathbb{E}_{a \sim \pi(\cdot|s)}[Q(s,a)] = 1", "refuted"),
])
def test_what_holds_or_fails_of_both_is_decided(latex: str, status: str) -> None:
    assert prove(latex).status == status


def test_a_definition_is_made_of_any_function() -> None:
    assert prove(r"w(y) = q(y) + 1").status == "definition"
    found = prove(r"\mathbb{E}_{y \sim p}[w(y)] = 1", where=[r"w(y) = q(y)/p(y)"])
    assert [status for _, status in found.readings] in ([], ["refuted", "proved"])
    assert found.status != "refuted"


def test_an_equation_defines_a_law_with_a_star() -> None:
    where = [r"p^\star(y|x) = \frac{p_0(y|x) e^{f(y)}}{\sum_z p_0(z|x) e^{f(z)}}"]
    assert prove(where[0]).status == "definition"
    assert prove(r"\sum_y p^\star(y|x) = 1", where=where).status == "proved"
    assert prove(r"p^\star(y|x) = p_0(y|x)", where=where).status == "refuted"
    assert prove(r"p(y|x) = p_0(y|x)").status == "refuted"


def test_a_number_beside_a_law_is_no_law() -> None:
    assert prove(r"\sum_a \frac{0.5}{\pi(a|s)} = \sum_a \frac{1}{2 \pi(a|s)}").status == "proved"


RATIO = r"w_\theta(y|x) := \frac{\pi_\theta(y|x)}{\pi_{\text{old}}(y|x)}"
MEAN = r"\mathbb{E}_{y \sim \pi_{\text{old}}(\cdot|x)}"


def in_a_document(*displays: str) -> str:
    """The verdict on the last display of a document."""
    text = "\n\nand\n\n".join(f"$${one}$$" for one in displays)
    return list(check_read(read_records(tex_records(text)), BUDGET))[-1].status


def test_what_a_display_defines_with_a_subscript_is_no_open_law() -> None:
    assert in_a_document(RATIO, MEAN + r"[w_\theta(y|x)] = 1") == "proved"
    assert in_a_document(RATIO, MEAN + r"[w_\theta(y|x)] = 2") == "refuted"
    assert in_a_document(RATIO.replace(r"\theta(y|x) :", r"{i}(y|x) :"), MEAN + r"[w_j(y|x)] = 1") == "proved"


@pytest.mark.parametrize("other", ["w", r"w_{\text{new}}"])
def test_a_symbol_is_not_defined_by_the_definition_of_another(other: str) -> None:
    """Of a law it is true."""
    claim = rf"\mathbb{{E}}_{{y \sim \mu(\cdot|x)}}[{other}(y|x)] \leq 1"
    assert prove(claim, where=[RATIO]).status != "refuted"
    assert in_a_document(RATIO, claim) != "refuted"
    bare = RATIO.replace(r"_\theta(y|x) :", "(y|x) :")
    assert in_a_document(bare, claim.replace(other, r"w_{\text{new}}")) != "refuted"
