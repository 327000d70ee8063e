r"""How many members a set has: |\mathcal{Y}| counts what runs over \mathcal{Y}, and a letter alone names no set."""

from __future__ import annotations

import pytest
from verdicts import prove

from grpo_symbolic.latex.notation.profiles import PROFILES
from grpo_symbolic.latex.printing.printer import latex
from grpo_symbolic.latex.read_error import ReadError
from grpo_symbolic.latex.statement.reader import read_expression, read_statement

Y, A, V = r"\mathcal{Y}", r"\mathcal{A}", r"\mathcal{V}"


@pytest.mark.parametrize(("text", "status"), [
    (r"\sum_y c = c \sum_y 1", "proved"), (r"\sum_y 1 = |\mathcal A|", "undecided"),
    (r"\sum_o c = c |\mathcal A|", "undecided"),
    (r"\prod_y 2 = 2^{|\mathcal A|}", "undecided"), (r"\sum_y 1 = \sum_o 1", "undecided"),
    (rf"\sum_{{y \in {Y}}} 1 = |{A}|", "undecided"), (rf"\sum_{{y \in {V}}} \frac{{1}}{{|{Y}|}} = 1", "undecided"),
    (rf"\sum_{{y \in {Y}}} 1 = \sum_{{o \in {V}}} 1", "undecided"),
    (rf"\sum_{{y \in {Y}}} \pi(y|x) \log \pi(y|x) \geq -\log |{A}|", "undecided"),
    (rf"\sum_{{y \in {Y}}} 1 = |{Y}|", "proved"), (rf"\sum_{{y \in {Y}}} \frac{{1}}{{|{Y}|}} = 1", "proved"),
    (rf"\sum_{{y \in {A}}} 1 = |{A}|", "proved"), (rf"\sum_a 1 = |{A}|", "proved"),
    (rf"\sum_{{a'}} c = c|{A}|", "proved"),
    (rf"\sum_{{y \in {Y}}} \pi(y|x) \log \pi(y|x) \geq -\log |{Y}|", "proved"),
    (rf"\sum_{{y \in {Y}}} 1 = |{Y}| + 1", "refuted"), (rf"\sum_{{y \in {Y}}} c = |{Y}|", "refuted"),
    (r"\sum_y \pi(y|x) = 1", "proved"), (rf"\sum_{{a \in {A}}} \sum_{{y \in {Y}}} h(a, y) ="
                                         rf" \sum_{{y \in {Y}}} \sum_{{a \in {A}}} h(a, y)", "proved")])
def test_members_are_counted_of_one_named_set(text: str, status: str) -> None:
    assert prove(text).status == status


@pytest.mark.parametrize(("text", "where"), [
    (r"\sum_y u = |\mathcal{A}|", r"u := 1"), (r"\sum_y h(y) = |\mathcal{A}|", r"h(y) := 1"),
    (r"u = |\mathcal{A}|", r"u := \sum_y 1"), (r"u = |\mathcal{A}|", rf"u := \sum_{{y \in {Y}}} 1")])
def test_a_definition_hides_no_set(text: str, where: str) -> None:
    assert prove(text, where=[where]).status in ("unread", "undecided")


@pytest.mark.parametrize("text", [
    r"\log \sum_y 1 \geq H(\pi(\cdot|s))", r"\log \sum_o 1 \geq -\sum_a \pi(a|s) \log \pi(a|s)",
    r"\mathbb{E}_{a \sim \pi(\cdot|s)}[1 / \pi(a|s)] = \sum_y 1",
    rf"\log |{Y}| \geq \sum_{{y \in {Y}}} H(\pi(\cdot|s))",
    rf"\mathbb{{E}}_{{a \sim \pi(\cdot|s)}}[1 / \pi(a|s)] = \sum_{{y \in {Y}}} 1"])
def test_what_policies_draw_is_of_the_set_of_actions(text: str) -> None:
    assert prove(text).status == "undecided"


def test_a_document_counts_no_other_set_beside_a_policy() -> None:
    environment = read_statement(r"u := \log \sum_y 1").environment
    with pytest.raises(ReadError, match="policies draw"):
        read_statement(r"u \geq H(\pi(\cdot|s))", environment=environment)


@pytest.mark.parametrize("profile", PROFILES)
def test_a_set_is_printed_as_it_is_read(profile: str) -> None:
    node = read_expression(rf"\sum_{{y \in {Y}}} \frac{{1}}{{|{Y}|}}")
    assert latex(node) == rf"\sum_{{y \in {Y}}} \frac{{1}}{{|{Y}|}}"
    assert read_expression(latex(node, profile), profile=profile) == node
