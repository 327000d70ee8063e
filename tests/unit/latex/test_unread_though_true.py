r"""What is true and cannot be read is unread, and no fault of the text."""

import pytest
from verdicts import prove


@pytest.mark.parametrize(("latex", "let"), [
    (r"\sum_{i=2}^{Q} \sum_{j\neq i} 1 = (Q-1)^2", ()), (r"\sum_{u\neq t} x_u = \sum_{u=1}^{N} x_u - x_t", ()),
    (r"\sum_{i=2}^{G} \sum_{j\neq i} x_j = \sum_{i=2}^{G} (\sum_{j=1}^{G} x_j - x_i)", ()),
    (r"\mathbb{E}_{a\sim\pi}[\frac{p(a)}{\pi(a)}] = \sum_a p(a)", (r"p : \mathcal{A} \to \mathbb{R}",)),
    (r"\mathbb{E}_{a\sim\pi}[q(a) + 1] = \mathbb{E}_{a\sim\pi}[q(a)] + 1", (r"q : \mathcal{A} \to \mathbb{R}",)),
    (r"|A| = A, \quad A > 0, \quad \text{where } u = 1", ())])
def test_the_reader_has_a_limit(latex, let):
    assert prove(latex, let=let).status == "unread"


@pytest.mark.parametrize(("latex", "where"), [
    (r"f(u) = |u|", r"f(u) = \begin{cases} u, & u > 0 \\ -u, & u \le 0 \end{cases}"),
    (r"f(u) = \max(u, 0)", r"f(u) \doteq \begin{cases} u, & u \ge 0, \\ 0, & u < 0. \end{cases}")])
def test_rows_of_cases_are_no_declarations(latex, where):
    assert prove(latex, [where]).status == "proved"
    assert prove(f"2 {latex}", [where]).status == "refuted"
