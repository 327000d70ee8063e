r"""Means over paths of several brackets, sums over visited states, and sequences in chains, beside false twins."""

from __future__ import annotations

import pytest
from verdicts import prove

SCORES = r"\left(\sum_{t \ge 0} \nabla_\theta \log \pi_\theta(a_t|s_t)\right)"
PAID = r"\left(\sum_{\hat{t} \ge 0} \gamma^{\hat{t}} r_{\hat{t}}\right)"
LATER = (r"\sum_{\hat{t} \ge t} \gamma^{\hat{t}} r_{\hat{t}} = "
         r"\gamma^t \sum_{\hat{t} \ge t} \gamma^{\hat{t}-t} r_{\hat{t}}")


def test_a_mean_over_paths_is_that_of_all_the_sums_after_it() -> None:
    value = r"\nabla_\theta V^{\pi_\theta}(s) = \mathbb{E}_{\mathcal{T} \sim \pi \mid s_0 = s}"
    found = prove(f"{value} {SCORES} {PAID}", budget=20)
    assert found.status == "proved"
    assert r"\mathbb{E} is that of the whole product" in [one.formula for one in found.lore]
    assert prove(f"{value} {SCORES} 2 {PAID}", budget=20).status != "proved"
    assert prove(f"{value} {SCORES} {PAID.replace('r_', 'r^2_')}", budget=20).status != "proved"


@pytest.mark.parametrize(("text", "status"), [
    (rf"{LATER} = \gamma^t R_t", "proved"),
    (rf"{LATER} = R_t", "undecided"),
    (r"R_t = r_t + \gamma R_{t+1}", "proved"),
    (r"R_t = r_t + R_{t+1}", "undecided"),
    (r"G_t = r_t + \gamma r_{t+1} + \gamma^2 G_{t+2} = r_t + \gamma G_{t+1}", "proved"),
    (r"G_t = r_{t+1} + \gamma G_{t+1} = r_t + \gamma G_{t+1}", "refuted"),
    (r"\int_{\mathcal{S}} d_\pi(s) ds = 1", "proved"),
    (r"\int d_\pi(s) \cdot ds = 2", "refuted"),
    (r"\int_{\mathcal{S}} d_\pi(s) ds \leq 1", "unread"),
    (r"\int f(s) ds = 1", "undecided"),
    (r"\mathbb{E}_{\bm{\psi} \sim p_\theta}[F(\bm{\psi})] = \int_{\bm{\psi}} p_\theta(\bm{\psi}) \cdot F(\bm{\psi}) "
     r"\cdot d\bm{\psi}", "proved"),
    (r"\mathbb{E}_{\bm{\psi} \sim p_\theta}[F(\bm{\psi})] = \int F(\bm{\psi}) \cdot d\bm{\psi}", "refuted")])
def test_sums_and_integrals_are_read_in_full(text: str, status: str) -> None:
    assert prove(text, budget=20).status == status
