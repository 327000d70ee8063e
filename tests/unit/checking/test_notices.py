"""What a counterexample says nothing of."""

import pytest

import grpo_symbolic


@pytest.mark.parametrize("text", [r"\pi_\theta(y|x) = \prod_{t=1}^T \pi_\theta(a_t|x, a_{<t})",
                                  r"\log \pi_\theta(o|q) = \sum_{t=1}^{|y|} \log \pi_\theta(y_t|q, y_{<t})"])
def test_two_names_of_a_sequence_refute_nothing(text):
    verdict = grpo_symbolic.prove(text)
    assert verdict.status == "undecided"
    assert "have to do with each other" in verdict.reason
