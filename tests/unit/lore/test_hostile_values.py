r"""Statements on values over time that were once wrongly proved, or wrongly refuted."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from verdicts import prove

NEXT = r"\mathbb{E}_{s'\sim P(\cdot|s,a)}"
VISITED = r"\mathbb{E}_{s\sim d^{\pi_\theta}, a\sim\pi_\theta(\cdot|s)}"
PATHS, SCORE = r"\mathbb{E}_{\tau\sim\pi_\theta}", r"\nabla_\theta\log\pi_\theta(a_t|s_t)"
GRADIENT = (rf"\nabla_\theta J(\theta) = \frac{{1}}{{1-\gamma}} {VISITED}"
            r"[Q^{\pi_\theta}(s,a) \nabla_\theta\log\pi_\theta(a|s)]")
STARTS = r"\mathbb{E}_{s\sim\rho_0}[V^\pi(s)]", r"\mathbb{E}_{s\sim\mu_0}[V^\pi(s)]"


def bellman(reward: str = "r(s,a)", discount: str = r"\gamma") -> str:
    return rf"V^\pi(s) = \sum_a \pi(a|s) [{reward} + {discount} \sum_{{s'}} P(s'|s,a) V^\pi(s')]"


FALSE: list[tuple[str, Sequence[str]]] = [
    (GRADIENT, [r"r(s,a) \doteq \pi_\theta(a|s)"]),
    (GRADIENT, [r"r(s,a) \doteq f(s,a) - \beta \log\pi_\theta(a|s)^2"]),
    (rf"\nabla_\theta Q^{{\pi_\theta}}(s,a) = \gamma {NEXT}[\nabla_\theta V^{{\pi_\theta}}(s')]",
     [r"r(s,a) \doteq \log\pi_\theta(a|s)"]),
    (r"\gamma(V^{\pi_\theta}(s) - V^{\pi_\phi}(s)) = 0", ()),
    # What is paid from the next step on is not what an action brings.
    *((rf"\nabla_\theta J(\pi_\theta) = {PATHS}[\sum_{{t=0}}^{{T}} {SCORE} {paid}]", ())
      for paid in (r"\hat{R}_{t+1}", r"\hat R_{t + 1}", "G_{t+1}", r"(\hat{R}_{t+1} - b(s_t))")),
    (r"J(\pi_\theta) - J(\pi_\phi) = 0 \cdot \gamma", ()),
    (rf"{VISITED}[A^{{\pi_\phi}}(s,a)] = 0", ()),
    (rf"{PATHS}[\sum_{{t=0}}^{{\infty}}\gamma^t A^{{\pi_\phi}}(s_t,a_t)] = 0", ()),
    (GRADIENT.replace(r"Q^{\pi_\theta}", r"Q^{\pi_\phi}"), ()),
    (r"\mathbb{E}_{a\sim\pi_\theta(\cdot|s)}[A^{\pi_\phi}(s,a)] = 0", ()),
    (rf"\gamma {STARTS[0]} = \gamma {STARTS[1]}", ()),
    (rf"J(\pi) - {STARTS[1]} = \gamma({STARTS[0]} - {STARTS[1]})", ()),
    (r"\mathbb{E}_{s'\sim P(\cdot|s,a)}[V^\pi(s')] = \mathbb{E}_{s'\sim p(\cdot|s,a)}[V^\pi(s')] + 0\gamma", ()),
    (r"\gamma\sum_{s'} P(s'|s,a) V^\pi(s') = \gamma\sum_{s'} p(s'|s,a) V^\pi(s')", ()),
]
REWARDS = ("r(s)", "R(s)", "c(s,a)", "g(s,a)", "r(a,s)", "r_a", r"r_\phi(s,a)", r"\hat r(s,a)", "R_s^a", "R^a_s")
DISCOUNTS = (r"\lambda", r"\beta", r"\alpha", r"\gamma_1", "0.99", r"(1-\epsilon)", "")
TRUE: list[tuple[str, Sequence[str]]] = [
    *((rf"Q^\pi(s,a) - r(s,a) = \gamma {NEXT}[V^\pi(s')]", [where]) for where in (
        r"\gamma = \frac12", r"\gamma = 0.99", r"r(s,a) \doteq f(s)", r"r(s,a) = f(s) g(a)")),
    (bellman(), [r"\gamma = \frac12"]),
    (GRADIENT, [r"\gamma=\frac12"]),
    (r"\gamma V^\pi(s) = \frac{\gamma}{1-\gamma}", [r"r(s,a) \doteq 1"]),
    (r"\sum_a \pi(a|s) A^\pi(s,a) = 0", [r"\pi(a|s) \doteq \frac{e^{f(s,a)}}{\sum_{a'} e^{f(s,a')}}"]),
    (r"\sum_a \pi(a|s) A^\pi(s,a) = 0", [r"\pi(a|s) = (1-\epsilon)\nu(a|s) + \epsilon\mu(a|s)"]),
    (r"\gamma(V^\pi(s) - V^\mu(s)) = 0", [r"\pi(a|s) \doteq \mu(a|s)"]),
    *((bellman(reward=reward), ()) for reward in REWARDS),
    *((bellman(discount=discount), ()) for discount in DISCOUNTS),
    (r"V^\pi(s) = \sum_a \pi(a|s) \sum_{s'} P(s'|s,a) [r(s,a,s') + \gamma V^\pi(s')]", ()),
    (r"V^\pi(s) = r(s) + \gamma \sum_a \pi(a|s) \sum_{s'} P(s'|s,a) V^\pi(s')", ()),
    *((rf"\nabla_\theta J(\theta) = {PATHS}[\sum_{{t=0}}^\infty {SCORE} \sum_{{k=t}}^\infty \gamma^k {paid}]", ())
      for paid in ("r(s_k)", "c(s_k,a_k)", "r(s_k,a_k,s_{k+1})")),
    (bellman().replace("P(", "T("), ()),
    (r"V(s) = \sum_a \pi(a|s) [r(s,a) + \gamma \sum_{s'} P(s'|s,a) V(s')]", ()),
    (r"v_\pi(s) = \sum_a \pi(a|s)[r(s,a) + \gamma \sum_{s'} p(s'|s,a) v_\pi(s')]", ()),
    (rf"\nabla_\theta J(\theta) = {PATHS}[\sum_{{t=0}}^{{T-1}} {SCORE} R(\tau)]", ()),
    (rf"\nabla_\theta J(\theta) = {PATHS}[\sum_{{t=0}}^{{T-1}} {SCORE} (R_t - b(s_t))]", ()),
    (rf"Q^{{\pi_*}}(s,a) = r(s,a) + \gamma {NEXT}[\max_{{a'}} Q^{{\pi_*}}(s',a')]", ()),
]


@pytest.mark.parametrize(("text", "where"), FALSE)
def test_what_is_false_is_not_proved(text: str, where: Sequence[str]) -> None:
    found = prove(text, where)
    assert found.status != "proved"
    assert not found.disagrees


@pytest.mark.long
@pytest.mark.parametrize(("text", "where"), TRUE)
def test_what_is_true_where_its_words_are_read_well_is_not_refuted(text: str, where: Sequence[str]) -> None:
    found = prove(text, where)
    assert found.status not in ("refuted", "ill-formed")
    assert "failed" not in (found.reason or "")


def test_a_chain_of_values_is_one_process() -> None:
    chain = (r"V^\pi(s) = \sum_a \pi(a|s) Q^\pi(s,a) = \sum_a \pi(a|s)[r(s,a) + \gamma \sum_{s'} P(s'|s,a) V^\pi(s')]")
    assert prove(chain, budget=10).status == "proved"
    assert prove(chain.replace(r"\gamma", r"2 \gamma"), budget=10).status == "refuted"
