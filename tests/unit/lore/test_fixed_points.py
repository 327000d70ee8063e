r"""Optimal and soft values: their equations beside false twins, which are never refuted."""

from __future__ import annotations

import pytest
from verdicts import prove

NEXT, LATER = r"\mathbb{E}_{s'\sim P(\cdot|s,a)}", r"\sum_{s'} P(s'|s,a)"
SOFT = rf"Q^\pi(s,a) = {NEXT}[R(s,a,s') + \gamma \sum_{{a'}} \pi(a'|s') (Q^\pi(s',a') - \alpha \log \pi(a'|s'))]"

TWINS = [
    (r"V^*(s) = \max_a Q^*(s,a)", r"\max", r"\min"),
    (rf"V^*(s) = \max_a {NEXT}[r(s,a) + \gamma V^*(s')]", r"\gamma V", "V"),
    (rf"V^*(s) = \max_a [r(s,a) + \gamma {LATER} V^*(s')]", r"\max", r"\min"),
    (rf"V^\star(s) = \max_a {NEXT}[R(s,a,s') + \gamma V^\star(s')]", "s') +", "s') -"),
    (rf"Q^*(s,a) = r(s,a) + \gamma {LATER} \max_{{a'}} Q^*(s',a')", r"\gamma \sum_{s'} P(s'|s,a) \max_{a'}",
     r"\gamma \max_{a'} \sum_{s'} P(s'|s,a)"),
    (rf"Q^*(s,a) = {NEXT}[r(s,a) + \gamma V^*(s')]", r"\gamma", r"\gamma^2"),
    (rf"V^*(s) \geq r(s,a) + \gamma {LATER} V^*(s')", r"\geq", r"\leq"),
    (r"Q^*(s,a) - V^*(s) \leq 0", "- V", "+ V"),
    (SOFT, r"- \alpha", r"+ \alpha"),
    (SOFT, r"\pi(a'|s') (", r"\mu(a'|s') ("),
    (rf"Q^\pi(s,a) = {NEXT}[r(s,a) + \gamma \mathbb{{E}}_{{a'\sim\pi(\cdot|s')}}[Q^\pi(s',a')] + "
     r"\gamma \alpha H(\pi(\cdot|s'))]", r"\gamma \alpha", r"\alpha"),
    (r"V_{soft}^\pi(s) = \mathbb{E}_{\pi(a|s)}[Q_{soft}^\pi(s,a) - \log \pi(a|s)]", r"- \log", r"+ \log"),
    (r"V_{soft}^\pi(s) = \mathbb{E}_{\pi(a|s)}[Q_{soft}^\pi(s,a) - \log \pi(a|s)]", r"Q_{soft}^\pi", r"Q^\pi"),
    (r"V_{soft}^\pi(s) = \mathbb{E}_{\pi(a|s)}[Q_{soft}^\pi(s,a) - \log \pi(a|s)]", r"\log \pi", r"\log \mu"),
    (r"V^\pi_{\text{soft}}(s) = \mathbb{E}_{\pi(a|s)}[Q^\pi_{\text{soft}}(s,a)] + \mathcal{H}(\pi(\cdot|s))", "+", "-"),
    (r"Q_{soft}^\pi(s,a) = r(s,a) + \gamma \mathbb{E}_{s'} \mathbb{E}_{a'}[Q_{soft}^\pi(s',a') - \log \pi(a'|s')]",
     r"- \log", r"- 2 \log"),
    (r"V_{soft}^\pi(s) = \mathbb{E}_a[r(s,a) - \log \pi(a|s) + \gamma \mathbb{E}_{s'} V_{soft}^\pi(s')]",
     r"V_{soft}^\pi(s')]", r"V^\pi(s')]"),
]


@pytest.mark.long
@pytest.mark.parametrize(("text", "old", "new"), TWINS)
def test_an_equation_of_fixed_points_is_proved_and_its_twin_is_not(text: str, old: str, new: str) -> None:
    assert old in text
    found = prove(text)
    assert found.status == "proved"
    assert found.lore
    assert prove(text.replace(old, new, 1)).status in ("undecided", "definition")


@pytest.mark.parametrize("where", [r"V^*(s) \doteq 3", r"Q^*(s,a) \doteq \pi(a|s)"])
def test_what_a_definition_says_is_not_read(where: str) -> None:
    assert prove(r"V^*(s) = \max_a Q^*(s,a)", [where]).status != "proved"


def test_the_logarithm_of_another_policy_is_another_function() -> None:
    text = SOFT.replace(r"\log \pi(a'|s')", r"\log \mu(a'|s')")
    assert prove(text).status != "proved"


def test_what_is_not_called_soft_has_no_entropy_without_a_weight() -> None:
    assert prove(r"V^\pi(s) = \mathbb{E}_{\pi(a|s)}[Q^\pi(s,a) - \log \pi(a|s)]").status != "proved"
