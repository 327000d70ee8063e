"""Draws printed in the bracket after an expectation, and expectations that do not say under which law."""

import pytest
from verdicts import prove

OBJECTIVE = [r"J(\theta) \doteq \mathbb{E}_{x,y\sim\mathcal{D}}[\log\pi_\theta(y|x)]"]


@pytest.mark.parametrize(("statement", "status"), [
    (r"\mathbb{E}[a \sim \pi_\theta(\cdot|s)] \left(\nabla_\theta \log\pi_\theta(a|s)\right) = 0", "proved"),
    (r"\mathbb{E}[a \sim \pi_\theta(\cdot|s)] \nabla_\theta \log\pi_\theta(a|s) = 0", "proved"),
    (r"\mathbb{E}[a \sim \mu(\cdot|s)] \left(\nabla_\theta \log\pi_\theta(a|s)\right) = 0", "refuted"),
    (r"\mathbb{E}[q \sim P(Q), o \sim \pi_\theta(\cdot|q)] [\nabla_\theta \log\pi_\theta(o|q)] = 0", "proved"),
])
def test_draws_in_a_bracket_are_those_of_the_expectation(statement, status):
    assert prove(statement).status == status


@pytest.mark.parametrize(("draws", "status"), [
    (r"x, y \sim \mathcal{D}", "proved"), (r"x \sim \mathcal{D}, y \sim \pi_\theta(\cdot|x)", "refuted")])
def test_the_law_that_is_printed_decides(draws, status):
    right = rf"\mathbb{{E}}\big[{draws}\big]\,\big(\nabla_\theta \log \pi_\theta(y|x)\big)"
    assert prove(rf"\nabla_\theta J(\theta) = {right}", where=OBJECTIVE).status == status


@pytest.mark.parametrize("right", [
    r"-\mathbb{E}\left[\log \pi_\theta(a|s) A(s,a)\right]", r"\hat{\mathbb{E}}_t[\log\pi_\theta(a_t|s_t) \hat A_t]",
    r"-\mathbb{E}\left[\text{sg}(w_t) \hat A_t \log \pi_\theta(a_t|s_t)\right]"])
def test_a_definition_need_not_say_under_which_law(right):
    assert prove(rf"L(\theta) = {right}").status == "definition"


def test_of_what_is_averaged_under_no_law_nothing_is_proved_or_refuted():
    where = [r"L(\theta) \doteq \mathbb{E}\left[\log \pi_\theta(a|s)\right]"]
    assert prove(r"\nabla_\theta L(\theta) = 0", where=where).status == "undecided"
    under = r"\mathbb{E}_{a\sim\pi_\theta(\cdot|s)}[\log \pi_\theta(a|s)]"
    assert prove(rf"L(\theta) = {under}", where=where).status == "undecided"
    assert prove(r"\mathbb{E}\left[\log \pi_\theta(a|s)\right] = 0").status == "unread"
