r"""An index between bars, \sum_k |k|, is the absolute value of the number that it is, no length."""

from __future__ import annotations

import pytest
from verdicts import prove


@pytest.mark.parametrize(("text", "status"), [
    (r"\sum_{k=1}^{n} |k| = \frac{n (n + 1)}{2}", "proved"), (r"\sum_{k=1}^{n} |k| = n (n + 1)", "refuted"),
    (r"\sum_{i=1}^{G} |i| = \frac{G (G + 1)}{2}", "proved"), (r"\sum_{t=0}^{T} |t| = \frac{T (T + 2)}{2}", "refuted"),
    (r"\sum_{k=m}^{n} |k| = \sum_{k=m}^{n} k", "proved"), (r"\sum_{k=-m}^{n} |k| = \sum_{k=-m}^{n} k", "refuted")])
def test_an_index_between_bars_is_its_absolute_value(text: str, status: str) -> None:
    assert prove(text).status == status


@pytest.mark.parametrize("text", [
    r"\sum_{k=-n}^{n} |k| = n (n + 1)", r"\sum_{k=-2}^{2} |k| = 6", r"\sum_{t=0}^{T} |t| = \frac{T (T + 1)}{2}",
    r"\sum_{k=-m}^{-1} |k| = -\sum_{k=-m}^{-1} k", r"\max_{1 \leq i \leq n} |i| = n",
    r"|t| x_t = t x_t", r"\sum_{k=1}^{n} |k - 1| = \frac{n (n - 1)}{2}"])
def test_it_is_neither_refuted_nor_ill_formed_where_it_holds(text: str) -> None:
    assert prove(text).status not in ("refuted", "ill-formed")
