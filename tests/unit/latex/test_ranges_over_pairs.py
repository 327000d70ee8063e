r"""Ranges over pairs that name their sets, (s,a) \in S \times A, or their order in rows: 1 \leq i, j \leq n, i < j."""

from __future__ import annotations

import pytest
from verdicts import prove

from grpo_symbolic.latex.statement.reader import read_expression

SQUARES = r"G \sum_i r_i^2 - \left(\sum_i r_i\right)^2"
BOTH = r"(s,a) \in \mathcal{S} \times \mathcal{A}"


@pytest.mark.parametrize(("pair", "one_by_one"), [
    (rf"\sum_{{{BOTH}}} d(s) \pi(a|s) f(s,a)", r"\sum_{s \in \mathcal{S}, a \in \mathcal{A}} d(s) \pi(a|s) f(s,a)"),
    (r"\sum_{(i,j) \in [G] \times [G]} r_i w_j", r"\sum_{i \in [G]} \sum_{j \in [G]} r_i w_j"),
    (r"\sum_{(i,j) \in [G]^2} r_i w_j", r"\sum_{i=1}^G \sum_{j=1}^G r_i w_j"),
    (r"\sum_{(i,j) \in [G]^2, i \neq j} r_i w_j", r"\sum_{i=1}^G \sum_{j \neq i} r_i w_j"),
    (r"\sum_{(i,j,k) \in [G]^3} r_i r_j r_k", r"\sum_{i,j,k=1}^G r_i r_j r_k"),
    (r"\sum_{\substack{1 \leq i,j \leq n \\ i<j}} x_i y_j", r"\sum_{1 \leq i < j \leq n} x_i y_j"),
    (r"\sum_{\substack{1 \leq i \leq n \\ 1 \leq j \leq n \\ i<j}} x_i y_j", r"\sum_{1 \leq i < j \leq n} x_i y_j"),
    (r"\sum_{\substack{i,j=1 \\ i<j}}^n x_i y_j", r"\sum_{1 \leq i < j \leq n} x_i y_j"),
    (r"\sum_{\substack{i<j \\ 1 \leq i,j \leq n}} x_i y_j", r"\sum_{1 \leq i < j \leq n} x_i y_j"),
    (r"\sum_{1 \leq i,j \leq n, i \geq j} x_i y_j", r"\sum_{n \geq i \geq j \geq 1} x_i y_j"),
    (r"\sum_{\substack{0 \leq i,j < n \\ i<j}} x_i y_j", r"\sum_{0 \leq i < j < n} x_i y_j"),
    (r"\sum_{\substack{1 \leq i,j,k \leq n \\ i<j<k}} x_i x_j x_k", r"\sum_{1 \leq i < j < k \leq n} x_i x_j x_k")])
def test_it_is_read_as_one_range_after_the_other(pair: str, one_by_one: str) -> None:
    assert read_expression(pair) == read_expression(one_by_one)


@pytest.mark.parametrize(("text", "status"), [
    (rf"\sum_{{{BOTH}}} d(s) \pi(a|s) f(s) = \sum_s d(s) f(s)", "proved"),
    (rf"\max_{{{BOTH}}} f(s,a) = \max_s \max_a f(s,a)", "proved"),
    (rf"\sum_{{\substack{{1 \leq i,j \leq G \\ i<j}}}} (r_i - r_j)^2 = {SQUARES}", "proved"),
    (rf"\sum_{{{BOTH}}} d(s) \pi(a|s) f(s,a) = \sum_s d(s) \sum_a f(s,a)", "refuted"),
    (rf"\max_{{{BOTH}}} f(s,a) = \max_a f(s,a)", "refuted"),
    (rf"\sum_{{\substack{{1 \leq i,j \leq G \\ i \leq j}}}} r_i r_j = {SQUARES}", "refuted"),
    (r"\sum_{\substack{1 \leq i,j \leq G \\ i<j}} (r_i - r_j) = 0", "refuted"),
    (r"\sum_{(i,j) \in [G]^2} r_i r_j = \sum_i r_i^2", "refuted"),
    (r"\sum_{(i,j) \in [G]^3} r_i r_j = 0", "unread"),
    (r"\sum_{(i,j) \in [G] \times [n] \times [m]} r_i r_j = 0", "unread"),
    (r"\sum_{\substack{1 \leq i \leq G \\ 1 \leq j \leq n \\ i<j}} r_i r_j = 0", "unread"),
    (r"\sum_{\substack{1 \leq i,j,k \leq n \\ i<j}} x_i x_j x_k = 0", "unread"),
    (r"\sum_{\substack{1 \leq i \leq n \\ 1 \leq j \neq n \\ i<j}} x_i x_j = 0", "unread"),
    (r"\sum_{\substack{1 \leq i,j \leq n \\ i<k}} x_i x_j = 0", "unread"),
    (r"\sum_{\substack{1 \leq i,j \leq n \\ i<i}} x_i x_j = 0", "unread"),
    (r"\sum_{\substack{1 \leq i,j \leq n \\ i<j}}^m x_i x_j = 0", "unread")])
def test_a_range_over_pairs(text: str, status: str) -> None:
    assert prove(text).status == status
