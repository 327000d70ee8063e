r"""Sums over i < j of what is the same for (i, j) and (j, i): half of those over i \neq j. Others are not read so."""

from __future__ import annotations

import pytest

from grpo_symbolic.checking.texts import prove

N = r"\sum_{1 \leq i < j \leq n}"
SQUARES = r"\left(\sum_{i=1}^n u_i\right)^2 - \sum_{i=1}^n u_i^2"


@pytest.mark.parametrize(("text", "status"), [
    (rf"{N} 1 = \frac{{n (n - 1)}}{{2}}", "proved"), (rf"{N} (u_i + u_j) = (n - 1) \sum_{{i=1}}^n u_i", "proved"),
    (rf"2 {N} u_i u_j = {SQUARES}", "proved"), (rf"{N} (u_i - u_j)^2 \geq 0", "proved"),
    (r"2 \sum_{k<l} u_k u_l = \left(\sum_k u_k\right)^2 - \sum_k u_k^2", "proved"),
    (r"\sum_{i>j} u_i u_j = \sum_{i<j} u_i u_j", "proved"), (r"\sum_{i \lt j} |u_i - u_j| \geq 0", "proved"),
    (rf"{N} 1 = n (n - 1)", "refuted"), (rf"{N} u_i u_j = {SQUARES}", "refuted"),
    (r"\sum_{i<j} u_i u_j = \sum_{i \neq j} u_i u_j", "refuted"),
    (rf"{N} u_i = 0", "unread"), (rf"{N} (u_i - u_j) = 0", "unread"), (rf"{N} u_i v_j = 0", "unread"),
    (r"\sum_{i=1}^n \sum_{j<i} u_j = 0", "unread"), (r"\sum_{j=1}^n \sum_{i<j} u_i u_j = 0", "unread"),
    (r"\sum_{i<j} (u_i + u_j) = v_j", "unread"), (r"\sum_{t'<t} r_{t'} = r_t", "unread"),
    (r"\sum_{0 \leq i < j \leq n} u_i u_j = \sum_{1 \leq i < j \leq n} u_i u_j", "unread"),
    (r"\sum_{i \leq j} u_i u_j = 0", "unread"), (r"\prod_{i<j} u_i u_j = 1", "unread")])
def test_a_sum_over_ordered_pairs(text: str, status: str) -> None:
    assert prove(text).status == status
