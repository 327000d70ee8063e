r"""Equations for a new loss, whose right side cannot be read: they define, claim nothing, and give no value."""

from __future__ import annotations

import pytest
from verdicts import prove

BODY = r"-\mathbb{E}_{(x,y^{+},y^{-})}[\log \sigma(r(x,y^{+}) - r(x,y^{-}))]"


@pytest.mark.parametrize("loss", [r"\mathcal{L}_{\text{DPO}}(\theta)", r"\mathcal{L}(\theta)", r"L_{\text{RM}}",
                                  r"J_{\text{PPO}}(\theta)", r"\mathcal{J}_{\mathrm{GMPO}}(\theta)"])
def test_what_stands_on_the_left_defines(loss: str) -> None:
    found = prove(f"{loss} = {BODY}")
    assert found.status == "definition"
    assert "is not read: the law of y^- is not printed" in found.reason


def test_where_something_is_best_is_defined() -> None:
    assert prove(r"\phi_k = \arg\min_\phi \mathbb{E}_{s_t, \hat{R}_t \sim \pi_k}[(V_\phi(s_t) - \hat{R}_t)^2]").status \
        == "definition"
    assert prove(r"\theta_{k+1} = \arg\max_\theta L(\theta_k, \theta) \text{ s.t. } "
                 r"\bar{D}_{KL}(\theta \| \theta_k) \leq \delta").status == "definition"
    assert prove(r"\phi_k = \mathbb{E}_{s_t, \hat{R}_t \sim \pi_k}[\hat{R}_t]").status == "unread"


@pytest.mark.parametrize("text", [
    f"J(\\theta) = {BODY}", f"V^\\pi(x) = {BODY}", f"\\mathcal{{L}}(\\theta) = {BODY} = 1",
    f"\\mathcal{{L}}(\\theta) \\leq {BODY}", f"2 \\mathcal{{L}}(\\theta) = {BODY}", f"{BODY} = \\mathcal{{L}}(\\theta)",
])
def test_what_may_be_a_claim_stays_unread(text: str) -> None:
    assert prove(text).status == "unread"


def test_what_a_text_defines_is_not_defined_again() -> None:
    assert prove(f"\\mathcal{{L}}(\\theta) = {BODY}", [r"\mathcal{L}(\theta) \doteq 1"]).status == "unread"
    assert prove(f"\\mathcal{{L}}(\\theta) = {BODY}", (), [r"\mathcal{L}(\theta) > 1"]).status != "definition"


@pytest.mark.parametrize("body", [r"(1 + 2", r"\sum_{i=1}^{G} r_i + A_i", r"\unknown{x}"])
def test_a_fault_of_the_text_stays_one(body: str) -> None:
    assert prove(rf"\mathcal{{L}}(\theta) = {body}").status in ("ill-formed", "unread")


def test_nothing_is_proved_of_what_is_not_read() -> None:
    found = prove(r"\mathcal{L}(\theta) = \mathcal{L}(\theta) + 1", [f"\\mathcal{{L}}(\\theta) = {BODY}"])
    assert found.status == "undecided"


@pytest.mark.parametrize(("text", "status"), [
    (r"\eta(\pi) = \mathbb{E}_{s_0,a_0,\ldots}\left[\sum_{t=0}^{\infty} \gamma^t r(s_t)\right]", "definition"),
    (r"J(\theta) = \mathbb{E}_{s_0,a_0,\ldots}\left[\sum_{t=0}^{\infty} \gamma^t r(s_t)\right]", "definition"),
    (r"J(\theta) = 2 \mathbb{E}_{s_0,a_0,\ldots}\left[\sum_{t=0}^{\infty} \gamma^t r(s_t)\right]", "unread"),
    (r"f(\pi) = \mathbb{E}_{s_0,a_0,\ldots}\left[\sum_{t=0}^{\infty} \gamma^t r(s_t)\right]", "unread"),
    (r"p_\theta(\tau) = \rho_0(s_0) \prod_{t=0}^{H} \pi_\theta(a_t|s_t)", "definition"),
    (r"p_\theta(\tau) \leq \rho_0(s_0) \prod_{t=0}^{H} \pi_\theta(a_t|s_t)", "unread"),
    (r"\log p_\theta(\tau) = \log \rho_0(s_0) + \sum_{t=0}^{H} \log \pi_\theta(a_t|s_t)", "unread"),
])
def test_what_says_what_an_objective_or_a_law_of_paths_is_defines_it(text: str, status: str) -> None:
    assert prove(text).status == status
