r"""Maxima over all members but one, \max_{j \neq i} r_j: there is another one, and none of the others is larger."""

from __future__ import annotations

import pytest
from verdicts import prove

from grpo_symbolic.latex.notation.profiles import PROFILES
from grpo_symbolic.latex.printing.printer import latex
from grpo_symbolic.latex.statement.reader import read_expression


@pytest.mark.parametrize(("text", "status"), [
    (r"\max_{j \neq i} r_j \leq \max_j r_j", "proved"), (r"\min_{j \neq i} r_j \geq \min_j r_j", "proved"),
    (r"\max_{1 \leq j \leq n, j \neq i} x_j \geq \min_{1 \leq j \leq n} x_j", "proved"),
    (r"\max_{\substack{1 \leq j \leq n \\ j \neq i}} x_j \geq \min_{1 \leq j \leq n} x_j", "proved"),
    (r"\max_{j \neq i} c = c", "proved"), (r"\max_{j \neq i} r_j = \max_{k \neq i} r_k", "proved"),
    (r"\max_{j \neq i} r_j \geq \max_j r_j", "refuted"), (r"\max_{j \neq i} r_j \geq r_k", "refuted"),
    (r"\max_{j \neq i} r_j = \max_{j \neq k} r_j", "refuted"), (r"\max_{j \neq i} r_j \geq r_i", "refuted"),
    (r"\sum_{i=1}^G \max_{j \neq i} r_j = \sum_{i=1}^G \max_j r_j", "refuted"),
    (r"\min_{j \neq i} r_j = \max_{j \neq i} r_j", "refuted"), (r"\max_{j \neq i, j \neq k} r_j \leq 0", "unread")])
def test_a_maximum_over_all_but_one(text: str, status: str) -> None:
    assert prove(text).status == status


@pytest.mark.long
def test_there_is_another_one() -> None:
    assert "Range(G≥2)" in prove(r"\max_{j \neq i} r_j \leq \max_j r_j").hypotheses
    assert prove(r"\max_{j \neq i} r_j \leq \max_j r_j", assume=["G = 1"]).status != "refuted"
    assert prove(r"\max_{1 \leq j \leq 1, j \neq i} x_j \leq \max_{1 \leq j \leq 1} x_j").status != "proved"


@pytest.mark.parametrize("profile", PROFILES)
def test_it_is_printed_so_that_it_reads_as_the_same(profile: str) -> None:
    for text in (r"\max_{j \neq i} r_j", r"\sum_{i=1}^n \min_{1 \leq j \leq n, j \neq i} c_j"):
        node = read_expression(text)
        assert read_expression(latex(node, profile), profile=profile) == node
