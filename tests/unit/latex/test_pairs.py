r"""Sums over i < j: half of those over i \neq j of what is the same for (i, j) and (j, i), and of anything else."""

from __future__ import annotations

import pytest
from verdicts import prove

N = r"\sum_{1 \leq i < j \leq n}"
SQUARES = r"\left(\sum_{i=1}^n u_i\right)^2 - \sum_{i=1}^n u_i^2"


@pytest.mark.parametrize(("text", "status"), [
    (rf"{N} 1 = \frac{{n (n - 1)}}{{2}}", "proved"), (rf"{N} (u_i + u_j) = (n - 1) \sum_{{i=1}}^n u_i", "proved"),
    (rf"2 {N} u_i u_j = {SQUARES}", "proved"), (rf"{N} (u_i - u_j)^2 \geq 0", "proved"),
    (r"2 \sum_{k<l} u_k u_l = \left(\sum_k u_k\right)^2 - \sum_k u_k^2", "proved"),
    (r"\sum_{i>j} u_i u_j = \sum_{i<j} u_i u_j", "proved"), (r"\sum_{i \lt j} |u_i - u_j| \geq 0", "proved"),
    (rf"{N} 1 = n (n - 1)", "refuted"), (rf"{N} u_i u_j = {SQUARES}", "refuted"),
    (r"\sum_{i<j} u_i u_j = \sum_{i \neq j} u_i u_j", "refuted"),
    (rf"{N} u_i = \sum_{{i=1}}^n (n - i) u_i", "proved"), (rf"{N} u_i = \sum_{{i=1}}^n (n - i + 1) u_i", "refuted"),
    (rf"{N} (u_i - u_j) = \sum_{{i=1}}^n (n + 1 - 2 i) u_i", "proved"), (rf"{N} (u_i - u_j) = 0", "refuted"),
    (rf"{N} u_i v_j = \sum_{{j=1}}^n \sum_{{i=1}}^{{j-1}} u_i v_j", "proved"), (rf"{N} u_i v_j = 0", "refuted"),
    (rf"{N} (u_i v_j + u_j v_i) = \sum_{{i=1}}^n \sum_{{j \neq i}} u_i v_j", "proved"),
    (r"\sum_{i=1}^n \sum_{j<i} u_j = \sum_{i=1}^n (n - i) u_i", "proved"),
    (r"\sum_{i=1}^n \sum_{j<i} u_j = 0", "refuted"), (r"\sum_{j=1}^n \sum_{i<j} u_i u_j = 0", "refuted"),
    (r"\sum_{i<j} (u_i + u_j) = v_j", "unread"), (r"\sum_{t'<t} r_{t'} = r_t", "unread"),
    (r"\sum_{0 \leq i < j \leq n} u_i u_j = \sum_{1 \leq i < j \leq n} u_i u_j", "refuted"),
    (r"\sum_{i \leq j} u_i u_j = \sum_{i<j} u_i u_j + \sum_i u_i^2", "proved"),
    (r"\sum_{i \leq j} u_i u_j = \sum_{i<j} u_i u_j", "refuted"), (r"\prod_{i<j} u_i u_j = 1", "refuted")])
def test_a_sum_over_ordered_pairs(text: str, status: str) -> None:
    assert prove(text).status == status


CHAINS = [
    (r"\sum_{1 \leq i < j < k \leq n} x_i x_j x_k", r"\sum_{i=1}^n \sum_{j=i+1}^n \sum_{k=j+1}^n x_i x_j x_k"),
    (r"\sum_{i < j < k} x_i x_j x_k", r"\sum_{k=1}^G \sum_{j=1}^{k-1} \sum_{i=1}^{j-1} x_i x_j x_k"),
    (r"\sum_{n \geq i > j \geq 1} x_i y_j", r"\sum_{i=1}^n \sum_{j=1}^{i-1} x_i y_j"),
    (r"\sum_{0 \leq s \leq t \leq T} c_s d_t", r"\sum_{t=0}^T \sum_{s=0}^t c_s d_t"),
    (r"\sum_{0 < s \leq t < T} c_s d_t", r"\sum_{t=1}^{T-1} \sum_{s=1}^t c_s d_t"),
    (r"\sum_{i=1}^n \sum_{i \leq j < k \leq n} x_j x_k", r"\sum_{i=1}^n \sum_{j=i}^n \sum_{k=j+1}^n x_j x_k"),
    (r"\sum_{k=1}^n \sum_{1 \leq i < j \leq k} x_i x_j", r"\sum_{k=1}^n \sum_{j=1}^k \sum_{i=1}^{j-1} x_i x_j"),
    (r"\sum_{t=1}^T \sum_{k \geq t} c_k d_t", r"\sum_{k=1}^T \sum_{t=1}^k c_k d_t"),
]


@pytest.mark.long
@pytest.mark.parametrize(("chain", "nested"), CHAINS)
def test_a_chain_is_a_sum_for_each_index(chain: str, nested: str) -> None:
    assert prove(f"{chain} = {nested}").status == "proved"
    assert prove(f"{chain} = 2 {nested}").status == "refuted"


@pytest.mark.parametrize(("text", "status"), [
    (r"\prod_{1 \leq i < j \leq n} c = c^{n(n-1)/2}", "proved"),
    (r"\prod_{1 \leq i < j \leq n} c = c^{n(n+1)/2}", "refuted"),
    (r"\prod_{i<j} x_i y_j = \prod_{j=1}^G \prod_{i=1}^{j-1} x_i y_j", "proved"),
    (r"\prod_{i<j} x_i y_j = \prod_{j=1}^G \prod_{i=1}^{j} x_i y_j", "refuted"),
    (r"\prod_{i=1}^n \prod_{j=1}^m x_i y_j = \prod_{j=1}^m \prod_{i=1}^n x_i y_j", "proved")])
def test_two_products_in_a_row_are_of_one_thing(text: str, status: str) -> None:
    assert prove(text, assume=["c > 0", "x_i > 0", "y_j > 0"]).status == status


@pytest.mark.parametrize(("text", "status"), [
    (r"\sum_{1 \leq i < j < k \leq n} 1 = \frac{n (n-1) (n-2)}{6}", "proved"),
    (r"\sum_{1 \leq i < j < k \leq n} 1 = \frac{n (n-1)}{6}", "refuted"),
    (r"\sum_{i=1}^n i = \frac{n (n+1)}{2}", "proved"), (r"\sum_{i=1}^n i = \frac{n^2}{2}", "refuted"),
    (r"\sum_{i=1}^n i c_i = \sum_{i=1}^n \sum_{j=i}^n c_j", "proved"),
    (r"\sum_{t=1}^T \sum_{k=t}^T c_k = \sum_{k=1}^T k c_k", "proved"),
    (r"\sum_{t=0}^T \sum_{k=t}^T c_k = \sum_{k=0}^T (k+1) c_k", "proved"),
    (r"\sum_{t=0}^T \sum_{k=t}^T c_k = \sum_{k=0}^T k c_k", "refuted")])
def test_what_stands_before_an_index_is_counted(text: str, status: str) -> None:
    assert prove(text).status == status


def test_the_number_s_is_no_state() -> None:
    assert prove(r"\sum_{s=0}^T c_s = \sum_{t=0}^T c_t").status == "proved"
    assert prove(r"\sum_{s=0}^T c_s = \sum_{t=1}^T c_t").status == "refuted"
