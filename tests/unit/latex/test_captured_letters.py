r"""A definition with a letter of its own, w_k := x_k - x_n: the last of a range, never what a sum binds elsewhere."""

from __future__ import annotations

import pytest
from verdicts import prove

LAST = "w_k := x_k - x_n"


@pytest.mark.parametrize(("text", "status"), [
    (r"\sum_{k=1}^n w_k = \sum_{k=1}^n x_k - n x_n", "proved"), ("w_{t+1} = x_{t+1} - x_n", "proved"),
    (r"\sum_{k=1}^n w_k = \sum_{k=1}^n x_k - n x_1", "refuted")])
def test_the_last_of_a_range_may_stand_in_a_definition(text: str, status: str) -> None:
    assert prove(text, where=[LAST]).status == status


@pytest.mark.parametrize(("text", "status"), [
    (LAST, "definition"), ("w_k := x_k - x_m", "definition"), ("w_k := x_k - x_j", "ill-formed"),
    (r"w_k := x_k - x_n, \quad w_1 = x_1 - x_n", "unread")])
def test_it_is_no_fault_of_the_text(text: str, status: str) -> None:
    assert prove(text).status == status


@pytest.mark.parametrize(("text", "where"), [
    (r"\sum_{n=1}^N w_n = 0", [LAST]), (r"\sum_{n=1}^N w_n = \sum_{n=1}^N (x_n - x_n)", [LAST]),
    (r"\sum_{n=1}^N v_n = 0", [LAST, "v_k := w_k"]), (r"\sum_{T=1}^N d_T = 0", ["d_t := x_t - x_T"]),
    (r"\sum_{T=1}^N d_{T+1} = \sum_{T=1}^N (x_{T+1} - x_T)", ["d_t := x_t - x_T"])])
def test_no_sum_binds_a_letter_of_a_definition(text: str, where: list[str]) -> None:
    assert prove(text, where=where).status not in ("proved", "refuted")
