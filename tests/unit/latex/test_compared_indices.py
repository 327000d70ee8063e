r"""Indices that an indicator compares, 1[k = l], are those over which sums run, whatever their letters."""

from __future__ import annotations

import pytest
from verdicts import prove

LETTERS = ["kl", "ij", "pq", "bc", "sa", "as", "oy"]


@pytest.mark.parametrize("letters", LETTERS)
@pytest.mark.parametrize(("right", "status"), [
    (r"\sum_{m=1}^{N} x_m y_m", "proved"), (r"2 \sum_{m=1}^{N} x_m y_m", "refuted"),
    (r"\sum_{m=1}^{N} x_m \sum_{m=1}^{N} y_m", "refuted")])
def test_equal_indices_are_those_that_run(letters: str, right: str, status: str) -> None:
    one, other = letters
    left = rf"\sum_{{{one}=1}}^{{N}} \sum_{{{other}=1}}^{{N}} \mathbf{{1}}[{one} = {other}] x_{one} y_{other}"
    assert prove(f"{left} = {right}").status == status


def test_different_indices_leave_the_diagonal_out() -> None:
    left = r"\sum_{k=0}^{T} \sum_{l=0}^{T} \mathbf{1}[k \neq l] c_k c_l"
    assert prove(rf"{left} = (\sum_{{k=0}}^{{T}} c_k)^2 - \sum_{{k=0}}^{{T}} c_k^2").status == "proved"
    assert prove(rf"{left} = (\sum_{{k=0}}^{{T}} c_k)^2").status == "refuted"
