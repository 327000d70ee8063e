r"""A path, its states and its actions may have any letters, and so may the steps that sums count."""

import re

import pytest
from verdicts import prove

pytestmark = pytest.mark.long

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
    (r"\tau", "s", "y"), (r"\tau", "s", "o"), ("h", "x", "u"), (r"\tau", "o", "a"),
    (r"\tau", r"\omega", "u"), (r"\tau", "y", "x")])
def test_the_letters_of_paths_change_no_verdict(path: str, state: str, action: str) -> None:
    for text, status in ((SCORE, "proved"), (GRADIENT, "proved"), (FALSE, "refuted"), (WEIGHED, "proved")):
        written = lettered(text, path, state, action)
        assert (prove(written, budget=10).status, written) == (status, written)


@pytest.mark.parametrize("state", ["s", "o", "C", r"\omega"])
def test_what_a_law_has_before_and_after_its_bar_is_a_state(state: str) -> None:
    def status(text: str) -> str:
        return prove(text.replace("X", state + " "), budget=10).status

    bellman = r"V^\pi(X) = \sum_a \pi(a|X) \left(r(X,a) + \gamma \sum_{X'} P(X'|X,a) V^\pi(X')\right)"
    assert status(bellman) == "proved"
    assert status(bellman.replace("r(X", "2 r(X")) == "refuted"
    drawn = r"A^\pi(X,a) = r(X,a) + \gamma \mathbb{E}_{X' \sim P(\cdot|X,a)}[V^\pi(X')] - V^\pi(X)"
    assert status(drawn) == "proved"
    next_state = (r"\mathbb{E}_{\tau \sim \pi_\theta}[\sum_{t=0}^{T-1} b(X_{t+1}) "
                  r"\nabla_\theta \log \pi_\theta(a_t|X_t)] = 0")
    assert status(next_state) == "refuted"
    assert status(next_state.replace("t+1", "t")) == "proved"


def test_a_letter_that_stands_for_something_else_is_no_path() -> None:
    assert prove(r"\mathbb{E}_{x \sim \pi_\theta}[x + r(s_t, a_t)] = 0").status == "unread"
    assert prove(r"\mathbb{E}_{x \sim \pi_\theta}[\sum_{i=1}^{n} w(u_i, v_i)] = \sum_{i=1}^{n} w(u_i, v_i)").status == \
        "proved"
    assert prove(r"\mathbb{E}_{o \sim \pi_\theta(\cdot|q)}[\sum_{t=1}^{|o|} \nabla_\theta \log "
                 r"\pi_\theta(o_t|q,o_{<t})] = 0").status == "proved"


@pytest.mark.parametrize(("statement", "status"), [
    (r"\sum_{\tau=1}^{T} r_\tau = \sum_{t=1}^{T} r_t", "proved"), (r"\sum_{\tau=1}^{n} x_\tau = n x_1", "refuted"),
    (r"\sum_{\tau=t}^{T} r_\tau = r_t + \sum_{\tau=t+1}^{T} r_\tau", "proved"),
    (r"\nabla_\theta \frac{1}{G} \sum_{\tau=1}^{G} \log \pi_\theta(a_\tau|s) = 0", "refuted")])
def test_what_a_sum_counts_is_no_path(statement: str, status: str) -> None:
    assert prove(statement).status == status
