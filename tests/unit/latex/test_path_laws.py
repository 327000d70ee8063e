r"""Where a step of a path leads, and the probability of a whole path: read, defined, and what follows from it."""

from __future__ import annotations

import pytest
from verdicts import prove

CHANCE = r"\rho_0(s_0) \prod_{t=0}^{T} P(s_{t+1}|s_t,a_t) \pi_\theta(a_t|s_t)"
LOGS = r"\log \rho_0(s_0) + \sum_{t=0}^{T} (\log P(s_{t+1}|s_t,a_t) + \log \pi_\theta(a_t|s_t))"
SCORE = r"\nabla_\theta \log \pi_\theta(a_t|s_t)"


@pytest.mark.parametrize("text", [
    rf"P(\tau|\theta) = {CHANCE}", rf"P(\tau|\pi_\theta) = {CHANCE}",
    r"P(\tau|\pi) = \rho_0(s_0) \prod_{t=0}^{T-1} P(s_{t+1}|s_t,a_t) \pi(a_t|s_t)"])
def test_the_probability_of_a_path_is_defined(text: str) -> None:
    assert prove(text).status == "definition"


@pytest.mark.long
@pytest.mark.parametrize(("text", "old", "new"), [
    (rf"\log P(\tau|\theta) = {LOGS}", r"\log \pi", r"2 \log \pi"),
    (rf"\log P(\tau|\theta) = {LOGS}", r"\log \rho_0(s_0) + ", ""),
    (rf"\nabla_\theta \log P(\tau|\theta) = \nabla_\theta \log \rho_0(s_0) + \sum_{{t=0}}^{{T}} {SCORE}", "T} ",
     "T} 2"),
])
def test_what_it_is_in_the_field_is_read_and_refutes_nothing(text: str, old: str, new: str) -> None:
    found = prove(text)
    assert found.status == "proved"
    assert any(r"\prod_k" in one.formula for one in found.lore)
    assert prove(text.replace(old, new)).status == "undecided"


def test_what_a_definition_says_of_it_is_used() -> None:
    text = rf"\nabla_\theta \log P(\tau|\theta) = \sum_{{t=0}}^{{T}} {SCORE}"
    where = r"P(\tau|\theta) \doteq \prod_{t=0}^{T} \pi_\theta(a_t|s_t)"
    assert prove(text, [where]).status == "proved"
    assert prove(text, [where.replace(r"\pi_\theta(a_t|s_t)", r"\pi_\theta(a_t|s_t)^2")]).status != "proved"


def test_the_law_of_the_next_state_is_one() -> None:
    mean = r"\mathbb{E}_{\tau\sim\pi_\theta}[\sum_{t=0}^{T} P(s_{t+1}|s_t,a_t)]"
    assert prove(f"{mean} = {mean}").status == "proved"
    assert prove(f"{mean} = 1").status == "refuted"
    assert prove(f"{mean} = {mean.replace('P(', 'p(')}").status == "unread"
    assert prove(mean.replace("s_t,a_t", "s_t") + " = 0").status == "unread"
