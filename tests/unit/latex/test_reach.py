r"""What stands after a product belongs to it, but not a second product over the same letter."""

from __future__ import annotations

import pytest
from verdicts import prove

POSITIVE = ["u_j > 0", "v_j > 0"]


@pytest.mark.parametrize(("text", "status"), [
    (r"\prod_{j=1}^n u_j v_j = \prod_{j=1}^n u_j \prod_{j=1}^n v_j", "proved"),
    (r"\prod_{j=1}^n u_j v_j = \prod_{j=1}^n u_j \cdot \prod_{j=1}^n v_j", "proved"),
    (r"\prod_{j=1}^n u_j v_j = (\prod_{j=1}^n u_j) \prod_{k=1}^n v_k", "proved"),
    (r"\prod_{j=1}^n u_j v_j = \prod_{j=1}^n u_j \prod_{j=2}^n v_j", "refuted"),
    (r"\prod_{j=1}^n u_j v_j = \prod_{j=1}^n (u_j \prod_{k=1}^n v_k)", "refuted"),
    (r"\prod_{j=1}^n u_j v_j = \prod_{j=1}^n u_j \prod_{k=1}^n v_k", "undecided"),
    (r"\prod_{j=1}^n u_j \sum_{k=1}^n v_k = \sum_{k=1}^n v_k \prod_{j=1}^n u_j", "undecided"),
    (r"\log \prod_{j=1}^n u_j \prod_{k=1}^n v_j = \sum_{j=1}^n (\log u_j + n \log v_j)", "proved"),
    (r"\sum_{j=1}^n u_j \sum_{j=1}^n v_j = \sum_{j=1}^n \sum_{k=1}^n u_j v_k", "proved")])
def test_a_product_reaches_to_the_next_over_its_letter(text: str, status: str) -> None:
    assert prove(text, assume=POSITIVE).status == status
