r"""A path, its states and its actions may have any letters, and so may the steps that sums count."""

import re

import pytest

from grpo_symbolic import prove

SCORE = r"\mathbb{E}_{P \sim \pi_\theta}[\sum_{t=0}^{T-1} \nabla_\theta \log \pi_\theta(A_t|S_t)] = 0"
GRADIENT = (r"\nabla_\theta \mathbb{E}_{P \sim \pi_\theta}[\sum_{t=0}^{T-1} \gamma^t r(S_t, A_t)] = "
            r"\mathbb{E}_{P \sim \pi_\theta}[\sum_{t=0}^{T-1} \nabla_\theta \log \pi_\theta(A_t|S_t) "
            r"\sum_{k=t}^{T-1} \gamma^{k} r(S_k, A_k)]")
FALSE = (r"\nabla_\theta \mathbb{E}_{P \sim \pi_\theta}[\sum_{t=0}^{T-1} \gamma^t r(S_t, A_t)] = "
         r"\mathbb{E}_{P \sim \pi_\theta}[\sum_{t=0}^{T-1} \nabla_\theta \log \pi_\theta(A_t|S_t) "
         r"\sum_{k=t+1}^{T-1} \gamma^{k} r(S_k, A_k)]")
WEIGHED = (r"\mathbb{E}_{P \sim \pi_\theta}[R(P) \sum_{t=0}^{T-1} \nabla_\theta \log \pi_\theta(A_t|S_t)] = "
           r"\nabla_\theta \mathbb{E}_{P \sim \pi_\theta}[R(P)]")


def lettered(text: str, path: str, state: str, action: str) -> str:
    for role, letter in (("P", path), ("S", state), ("A", action)):
        text = re.sub(rf"(?<![A-Za-z]){role}(?=[ _)])", lambda _, letter=letter: letter, text)
    return text


@pytest.mark.parametrize(("path", "state", "action"), [
    (r"\tau", "s", "a"), ("h", "s", "a"), (r"\omega", "s", "a"), (r"\Psi", "s", "a"), (r"\tau", "x", "u"),
    (r"\tau", "s", "y"), (r"\tau", "s", "o"), ("h", "x", "u")])
def test_the_letters_of_paths_change_no_verdict(path: str, state: str, action: str) -> None:
    for text, status in ((SCORE, "proved"), (GRADIENT, "proved"), (FALSE, "refuted"), (WEIGHED, "proved")):
        written = lettered(text, path, state, action)
        assert (prove(written, budget=10).status, written) == (status, written)


def test_a_letter_that_stands_for_something_else_is_no_path() -> None:
    assert prove(r"\mathbb{E}_{x \sim \pi_\theta}[x + r(s_t, a_t)] = 0").status == "unread"
    assert prove(r"\mathbb{E}_{o \sim \pi_\theta(\cdot|q)}[\sum_{t=1}^{|o|} \nabla_\theta \log "
                 r"\pi_\theta(o_t|q,o_{<t})] = 0").status == "proved"


@pytest.mark.parametrize(("statement", "status"), [
    (r"\sum_{\tau=1}^{T} r_\tau = \sum_{t=1}^{T} r_t", "proved"), (r"\sum_{\tau=1}^{n} x_\tau = n x_1", "refuted"),
    (r"\sum_{\tau=t}^{T} r_\tau = r_t + \sum_{\tau=t+1}^{T} r_\tau", "proved"),
    (r"\nabla_\theta \frac{1}{G} \sum_{\tau=1}^{G} \log \pi_\theta(a_\tau|s) = 0", "refuted")])
def test_what_a_sum_counts_is_no_path(statement: str, status: str) -> None:
    assert prove(statement).status == status
