"""Members p_i of a family with the letter of a law may be probabilities: what holds of these is not refuted."""

import pytest
from verdicts import prove

MAY_BE_MEANT = [r"\sum_i p_i \log\frac{p_i}{q_i} \ge 0", r"\sum_{i=1}^n P_i = 1", r"\sum_{i=1}^n p_i \log p_i \le 0",
                r"-\sum_i p_i \log q_i \ge -\sum_i p_i \log p_i", r"\sum_{i=1}^{n} q_i^2 \le 1"]
FAILS = [r"\sum_i p_i \log\frac{p_i}{q_i} \le 0", r"\sum_i p_i = 2", r"\sum_{i=1}^{n} q_i^2 = 1", r"\sum_i c_i = 1",
         r"\sum_i c_i \log\frac{c_i}{d_i} \ge 0", r"\sum_{j\ne i} p_j = 1"]
GIVEN = ["p_i > 0", "q_i > 0", r"\sum_i p_i = 1", r"\sum_i q_i = 1"]


@pytest.mark.parametrize("latex", MAY_BE_MEANT)
def test_what_holds_of_probabilities_is_not_refuted(latex):
    verdict = prove(latex)
    assert verdict.status == "undecided"
    assert "no probabilities" in verdict.reason


@pytest.mark.parametrize("latex", FAILS)
def test_what_fails_of_probabilities_too_or_has_another_letter_is_refuted(latex):
    assert prove(latex).status == "refuted"


def test_what_is_asked_for_may_be_assumed():
    assert prove(MAY_BE_MEANT[0], assume=GIVEN).status == "proved"
    assert prove(FAILS[0], assume=GIVEN).status == "refuted"
