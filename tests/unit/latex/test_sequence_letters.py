r"""Answers in any letter: what is drawn, has tokens or is what a policy gives a value tells what it is."""

from __future__ import annotations

import pytest
from verdicts import prove

pytestmark = pytest.mark.long

GROUP = (r"\mathbb{E}_{\{X_i\}_{i=1}^G \sim \pi_{\theta_{old}}(\cdot|Z)}[\frac{1}{G}\sum_{i=1}^G \frac{1}{|X_i|} "
         r"\sum_{t=1}^{|X_i|} \log \frac{\pi_\theta(X_{i,t}|Z,X_{i,<t})}{\pi_{\theta_{old}}(X_{i,t}|Z,X_{i,<t})}]")
ONE = (r"\mathbb{E}_{X \sim \pi_{\theta_{old}}(\cdot|Z)}[\frac{1}{|X|} \sum_{t=1}^{|X|} "
       r"\log \frac{\pi_\theta(X_t|Z,X_{<t})}{\pi_{\theta_{old}}(X_t|Z,X_{<t})}]")
SCORE = r"\mathbb{E}_{X \sim \pi_\theta(\cdot|Z)}[\sum_{t=1}^{|X|} \nabla_\theta \log \pi_\theta(X_t|Z, X_{<t})] = 0"
WEIGHED = (r"\mathbb{E}_{X \sim \pi_\theta(\cdot|Z)}[|X| "
           r"\sum_{t=1}^{|X|} \nabla_\theta \log \pi_\theta(X_t|Z, X_{<t})] = 0")
LETTERS = ["oq", "xq", "cq", "yx", "zx", "xc", "as", "ux", "cp", "wv", "hs"]


def found(latex: str, letters: str) -> str:
    """The verdict on a statement with letters for the answer and the question."""
    answer, question = letters
    return prove(latex.replace("X", answer).replace("Z", question)).status


@pytest.mark.parametrize("letters", LETTERS)
def test_an_answer_may_have_any_letter(letters: str) -> None:
    assert found(rf"{GROUP} = {ONE}", letters) == "proved"
    assert found(SCORE, letters) == "proved"
    assert found(WEIGHED, letters) == "refuted"
    assert found(rf"{GROUP} = 2 \, {ONE}", letters) == "refuted"


@pytest.mark.parametrize("letters", ["us", "ux", "yx", "bz"])
def test_what_a_policy_gives_a_value_is_a_state_and_an_action(letters: str) -> None:
    assert found(r"A^\pi(Z, X) = Q^\pi(Z, X) - V^\pi(Z)", letters) == "proved"
    assert found(r"A^\pi(Z, X) = Q^\pi(Z, X) + V^\pi(Z)", letters) == "refuted"
    assert found(r"Q^\pi(Z, X) = V^\pi(Z)", letters) == "refuted"
