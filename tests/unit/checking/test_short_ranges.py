"""What fails only where a range would be shorter than an empty one is not refuted: few who print it mean that."""

import pytest
from verdicts import prove

HOLDS_OTHERWISE = [r"\sum_{i=1}^{G-2} 1 = G-2", r"\sum_{i=3}^{G} 1 = G-2", r"\sum_{t=2}^{T-1} 1 = T-2",
                   r"\sum_{t=2}^{T}\gamma^t = \sum_{t=2}^{T-1}\gamma^t + \gamma^T",
                   r"\sum_{i=1}^{G-3} r_i = \sum_{i=1}^{G-2} r_i - r_{G-2}",
                   r"\sum_{t=2}^{T-1}\gamma^t = \frac{\gamma^2-\gamma^T}{1-\gamma}"]
FAILS = [r"\sum_{i=1}^{G-2} 1 = G-1", r"\sum_{i=3}^{G} 1 = G-3", r"\sum_{t=2}^{T-1} 1 = T-1",
         r"\sum_{t=2}^{T}\gamma^t = \sum_{t=2}^{T-1}\gamma^t + \gamma^{T-1}",
         r"\sum_{t=2}^{T-1}\gamma^t = \frac{\gamma^2-\gamma^{T+1}}{1-\gamma}"]


@pytest.mark.parametrize("latex", HOLDS_OTHERWISE)
def test_nothing_is_refuted_by_a_range_shorter_than_an_empty_one(latex):
    verdict = prove(latex)
    assert verdict.status in ("undecided", "proved")
    assert verdict.status == "proved" or "shorter than an empty one" in verdict.reason


@pytest.mark.parametrize("latex", FAILS)
def test_what_fails_where_no_range_is_that_short_is_refuted(latex):
    assert prove(latex).status == "refuted"


def test_what_is_asked_for_may_be_written_beside_it():
    assert prove(r"\sum_{i=1}^{G-2} 1 = G-2 \quad\text{for } 2 \le G").status == "proved"
    assert prove(r"\sum_{i=1}^{G-2} 1 = G-1 \quad\text{for } 2 \le G").status == "refuted"
