r"""A free index that is left out of a range is one of those that it runs over, where all ranges are one."""

from __future__ import annotations

import pytest
from verdicts import prove

MEAN = [r"\bar c \doteq \frac{1}{K} \sum_{j=1}^{K} c_j"]
REST = r"\frac{K}{K-1} (c_i - \bar c) = c_i - \frac{1}{K-1} \sum_{j \neq i} c_j"


@pytest.mark.parametrize(("text", "where", "assume"), [
    (REST, MEAN, [r"K \geq 2"]), (REST, MEAN, ["K = 2"]), (r"\sum_{j=1}^{K} c_j - c_i = \sum_{j \neq i} c_j", [], []),
    (r"\sum_{j=1}^{N} c_j - c_k = \sum_{j=1, j \neq k}^{N} c_j", [], ["N = 1"]),
    (r"c_i \prod_{j \neq i} c_j = \prod_{j=1}^{K} c_j", [], ["c_j > 0"])])
def test_one_that_is_left_out_is_in_the_range(text: str, where: list[str], assume: list[str]) -> None:
    verdict = prove(text, where, assume)
    assert verdict.status == "proved"
    assert {"Range(i≤K)", "Range(k≤N)"} & set(verdict.hypotheses)


@pytest.mark.long
@pytest.mark.parametrize(("text", "status"), [
    (r"\sum_{j=1}^{K} c_j = \sum_{j \neq i} c_j", "refuted"),
    (r"\sum_{j=1}^{K} c_j - c_i = \sum_{j=1, j \neq i}^{K+1} c_j", "refuted"),
    (r"\sum_{j=1}^{K} c_j - c_k = \sum_{j=1, j \neq i}^{K} c_j", "refuted"),
    (r"\sum_{j=1}^{K-1} c_j - c_i = \sum_{j=1, j \neq i}^{K-1} c_j", "undecided"),
    (r"\sum_{k=1}^{N} c_k - c_i = \sum_{j=1, j \neq i}^{K} c_j + \sum_{k=1}^{N} c_k - \sum_{k=1}^{K} c_k", "undecided"),
    (r"\prod_{j \neq i} c_j = \prod_{j=1}^{K} c_j", "refuted"),
    (r"\sum_{k=1}^{K} c_k \sum_{j=1, j \neq i}^{K} 1 = (K - 1) \sum_{k=1}^{K} c_k", "undecided"),
    (r"d_i + \sum_{j=1, j \neq i}^{K} 1 = d_i + K - 1", "undecided")])
def test_no_more_is_presupposed(text: str, status: str) -> None:
    assert prove(text).status == status


def test_the_only_size_that_is_printed_ends_the_range() -> None:
    assert prove(r"\frac{1}{K-1} \sum_{j \neq i} c_j = c_i").status == "refuted"
    assert prove(r"\frac{N}{K-1} \sum_{j \neq i} c_j = c_i").status == "unread"
