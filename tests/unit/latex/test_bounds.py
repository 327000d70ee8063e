r"""Ranges with both ends below their sign, and pairs in brackets: what they are otherwise printed as."""

import pytest
from verdicts import prove

from grpo_symbolic.latex.statement.reader import read_expression

ALIKE = [
    (r"\sum_{1 \leq i \leq n} x_i", r"\sum_{i=1}^n x_i"),
    (r"\sum_{1 \leq i < n} x_i", r"\sum_{i=1}^{n-1} x_i"),
    (r"\sum_{0 < i < n} x_i", r"\sum_{i=1}^{n-1} x_i"),
    (r"\sum_{n \geq i \geq 1} x_i", r"\sum_{i=1}^n x_i"),
    (r"\sum_{i \in \{1,2,\ldots,n\}} x_i", r"\sum_{i=1}^n x_i"),
    (r"\sum_{i \in \{0,1,\ldots,n-1\}} x_i", r"\sum_{i=0}^{n-1} x_i"),
    (r"\sum_{\substack{j=1 \\ j \neq i}}^G r_j", r"\sum_{j=1, j \neq i}^G r_j"),
    (r"\sum_{\substack{1 \leq i, j \leq n \\ i \neq j}} x_i y_j", r"\sum_{i,j=1,i \neq j}^n x_i y_j"),
    (r"\sum_{j \in [G] \setminus \{i\}} r_j", r"\sum_{j=1, j \neq i}^G r_j"),
    (r"\sum_{b \in \mathcal{A} \setminus \{a\}} \pi(b|s)", r"\sum_{b \neq a} \pi(b|s)"),
    (r"\sum_{i=1,\ldots,n} x_i", r"\sum_{i=1}^n x_i"),
    (r"\prod_{i=1,2,\ldots,n} x_i", r"\prod_{i=1}^n x_i"),
    (r"\sum_{1 \leq i, j \leq n} x_i y_j", r"\sum_{i,j=1}^n x_i y_j"),
    (r"\sum_{(i,j)} x_i y_j", r"\sum_{i,j} x_i y_j"),
    (r"\sum_{(i,j), i \neq j} x_i y_j", r"\sum_{i,j,i \neq j} x_i y_j"),
    (r"\sum_{i,j: i \neq j} x_i y_j", r"\sum_{i,j,i \neq j} x_i y_j"),
    (r"\sum_{(i,j): i < j} x_i x_j", r"\sum_{i < j} x_i x_j"),
    (r"\sum_{(i,j): 1 \leq i < j \leq n} x_i x_j", r"\sum_{1 \leq i < j \leq n} x_i x_j"),
]


@pytest.mark.parametrize(("text", "other"), ALIKE)
def test_a_range_is_one_however_it_is_printed(text: str, other: str) -> None:
    assert read_expression(text) == read_expression(other)


@pytest.mark.parametrize(("statement", "status"), [
    (r"\sum_{(a,b): a \neq b} \pi(a) \pi(b) = 1 - \sum_a \pi(a)^2", "proved"),
    (r"\sum_{(a,b): a \neq b} \pi(a) \pi(b) = 1", "refuted"),
    (r"\sum_{x \neq y} p(x) p(y) = 1 - \sum_x p(x)^2", "proved"),
    (r"\sum_{a' \neq a} \pi(a'|s) = 1 - \pi(a|s)", "proved"), (r"\sum_{a' \neq a} \pi(a'|s) = 1", "refuted"),
    (r"\prod_{a' \neq a} \pi(a'|s) = 1", "unread")])
def test_of_all_actions_one_may_be_left_out(statement: str, status: str) -> None:
    assert prove(statement).status == status


@pytest.mark.parametrize(("statement", "status"), [
    (r"\sum_{(i,j): i < j} 1 = G(G-1)/2", "proved"), (r"\sum_{(i,j): i < j} 1 = G(G-1)", "refuted"),
    (r"\sum_{1 \leq i < j \leq G} 1 = G(G-1)/2", "proved"), (r"\sum_{1 \leq i < j \leq G} 1 = G(G+1)/2", "refuted"),
    (r"\sum_{1 \leq i \neq j \leq n} x_i x_j = (\sum_{i=1}^n x_i)^2 - \sum_{i=1}^n x_i^2", "proved"),
    (r"\sum_{1 \leq i \neq j \leq n} x_i x_j = (\sum_{i=1}^n x_i)^2", "refuted"),
    (r"\sum_{(i,j): i < j} x_i = 0", "refuted"), (r"\sum_{(i,j): k < l} x_i x_j = 0", "unread"),
    (r"\sum_{1 \leq i < n} x_i = \sum_{i=1}^{n} x_i", "refuted")])
def test_pairs_are_counted_as_they_are_printed(statement: str, status: str) -> None:
    assert prove(statement).status == status
