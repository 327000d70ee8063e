r"""What shows a policy depends on it: c_\pi, m^{\pi'}, f(\pi) have no gradient that is known, unless π is at rest."""

from __future__ import annotations

import pytest
from verdicts import prove

SHOWN = [
    r"u_\pi", r"w^{\pi}", r"w^{\pi'}", r"\bar{u}_\pi", r"u_{\pi,1}", r"u_{2,\pi}", r"u_{\hat\pi}", r"(u^\pi)^2",
    r"e^{u_\pi}", r"h^\pi(s)", r"h_\pi(s,a)", r"h(\pi)", r"h(\pi')", r"h(s, \pi)", r"\sum_{i=1}^{n} u_i^{\pi}",
    r"k_{\pi(a|s)}", r"\bar{r}^\pi", r"G_\pi", r"\eta^\pi", r"h(\pi, \nu)", r"\log \pi'(a|s)", r"\mathbf{u}_\pi",
]
AT_REST = [r"u_{\pi_{old}}", r"w^{\pi_{ref}}", r"h^{\pi^*}(s)", r"u_{\pi_b}", r"h(\pi_{\theta_{old}})"]


@pytest.mark.parametrize("term", SHOWN)
def test_what_shows_a_policy_has_no_known_gradient(term: str) -> None:
    assert prove(rf"\nabla_\theta {term} = 0").status in ("undecided", "unread")
    assert prove(rf"\nabla_\phi {term} = 0").status in ("undecided", "unread")


@pytest.mark.parametrize("term", AT_REST)
def test_what_shows_a_policy_at_rest_is_constant(term: str) -> None:
    assert prove(rf"\nabla_\theta ({term} \log \pi_\theta(a|s)) = {term} \nabla_\theta \log \pi_\theta(a|s)"
                 ).status == "proved"


def test_whether_a_policy_without_its_parameter_moves_is_left_open() -> None:
    score = r"\nabla_\theta \log \pi_\theta(a|s)"
    assert prove(rf"\nabla_\theta (u_\pi \log \pi_\theta(a|s)) = u_\pi {score}").status == "undecided"
    assert prove(rf"\nabla_\theta (u_\pi + \log \pi_\theta(a|s)) = {score} + \nabla_\theta u_\pi").status == "proved"
    assert prove(rf"\mathbb{{E}}_{{a \sim \pi_\theta}}[h^\pi(s) {score}] = 0").status == "proved"
    gradient = r"\nabla_\theta \mathbb{E}_{a \sim \pi_\theta}[h^\pi(s,a)]"
    assert prove(rf"{gradient} = \mathbb{{E}}_{{a \sim \pi_\theta}}[h^\pi(s,a) {score}]").status == "undecided"
    assert prove(rf"{gradient} = \mathbb{{E}}_{{a \sim \pi_\theta}}[\nabla_\theta h^\pi(s,a) + h^\pi(s,a) {score}]"
                 ).status == "proved"


def test_a_definition_hides_no_policy() -> None:
    assert prove(r"\nabla_\theta Z = 0", where=[r"Z := u_\pi + 1"]).status == "undecided"
    assert prove(r"\nabla_\theta u_\pi = 0", where=[r"u_\pi := 7"]).status == "proved"


def test_where_nothing_is_differentiated_it_is_any_number() -> None:
    assert prove(r"u_\pi + u_\pi = 2 u_\pi").status == "proved"
    assert prove(r"u_\pi = u_\pi + 1").status == "refuted"
    assert prove(r"\mathbb{E}_{a \sim \pi}[u_\pi f(a)] = u_\pi \mathbb{E}_{a \sim \pi}[f(a)]").status == "proved"
