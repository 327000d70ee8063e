r"""What an equation may say of a symbol that nothing else is said of is not refuted: a learned value, a new law."""

from __future__ import annotations

import pytest
from verdicts import prove


@pytest.mark.parametrize("text", [
    r"Q(s,u) = r(s,u) + \gamma \max_{v} Q(s',v)", r"Q_\omega(s,u) = r(s,u) + \gamma \max_{v} Q_\omega(s',v)",
    r"V_\psi(s_t) = r_t + \gamma V_\psi(s_{t+1})", r"V(s) = r(s,u) + \gamma V(s')",
])
def test_an_equation_between_values_of_what_is_learned_may_say_what_it_is(text: str) -> None:
    assert prove(text).status == "undecided"


@pytest.mark.parametrize("text", [
    r"V^\pi(s) = r(s,a) + \gamma V^\pi(s')", r"V(s_t) = r_t + \gamma V(s_{k+1})", r"h(s) = g(s) + h(s')",
    r"V(s) = V(s) + 1",
])
def test_one_of_a_policy_or_of_other_states_fails(text: str) -> None:
    assert prove(text).status == "refuted"


@pytest.mark.parametrize("text", [
    r"p(z|h) = \exp(f(z,h))", r"p(z|h) = \exp(f(z,h) - \beta \log \mu(z|h))", r"p(z|h) = f(z,h) \mu(z|h)",
])
def test_a_law_of_which_nothing_else_is_said_may_be_what_it_equals(text: str) -> None:
    verdict = prove(text)
    assert verdict.status == "undecided"
    assert "may say what p(z|h) is" in verdict.reason


@pytest.mark.parametrize("text", [
    r"p(z|h) = \mu(z|h)", r"p(z|h) = \exp(f(z,h)) p(z|h)", r"\pi_\theta(z|h) = \exp(f(z,h))",
])
def test_a_law_that_stands_on_both_sides_or_is_known_is_claimed_of(text: str) -> None:
    assert prove(text).status == "refuted"


@pytest.mark.parametrize(("letter", "verdict"), [("R", "unread"), ("G", "unread"), ("k", "ill-formed")])
def test_what_a_path_and_what_a_step_pays_go_by_one_letter(letter: str, verdict: str) -> None:
    of_path = rf"{letter}(\tau) \doteq \sum_{{t=0}}^{{T}} \gamma^t r(s_t, a_t)"
    assert prove(rf"c = \frac{{1}}{{N}} \sum_{{j=1}}^N {letter}(s_j, a_j) + c", [of_path]).status == verdict
