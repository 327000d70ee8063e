r"""Statements on paths that a reading taken too easily would prove though false, or refute though true."""

from __future__ import annotations

import pytest
from verdicts import prove

PATHS = r"\mathbb{E}_{\tau\sim\pi_\theta}"
OLD = r"\mathbb{E}_{\tau\sim\pi_{\theta_{old}}}"
FROZEN = r"\mathbb{E}_{\tau\sim\operatorname{sg}[\pi_\theta]}"
SEQUENCES = r"\mathbb{E}_{o\sim\pi_\theta(\cdot|q)}"
SCORE, TOKEN = r"\nabla_\theta\log\pi_\theta(a_t|s_t)", r"\nabla_\theta\log\pi_\theta(o_t|q,o_{<t})"
LOGS, RETURN = r"\sum_{t=0}^{T-1}\log\pi_\theta(a_t|s_t)", r"\sum_{t=0}^{T-1} r(s_t,a_t)"
PRODUCT, STEPS = r"\prod_{t=0}^{T-1}\pi_\theta(a_t|s_t)", r"\sum_{t=0}^{T-1}"
RATIOS = r"\prod_{t=0}^{T-1}\frac{\pi_\theta(a_t|s_t)}{\pi_{\theta_{old}}(a_t|s_t)}"
CHAIN = r"\mathbb{E}_{y\sim\pi_\theta(\cdot|x)}[\sum_{t=1}^{|y|}\log\pi_\theta(y_t|x,y_{<t})]"

# The law of a trajectory has where it starts, and where its steps lead, as factors.
FALSE = [
    rf"\sum_\tau {PRODUCT} = 1",
    rf"\sum_\tau\pi_\theta(\tau) = \sum_\tau {PRODUCT}",
    rf"\sum_\tau ({PRODUCT}) {RETURN} = {PATHS}[{RETURN}]",
    rf"{PATHS}[R(\tau)] = \sum_\tau R(\tau) {PRODUCT}",
    rf"{PATHS}[\frac{{R(\tau)}}{{{PRODUCT}}}] = \sum_\tau R(\tau)",
    rf"\pi_\theta(\tau) = {PRODUCT}",
    rf"\log\pi_\theta(\tau) = {LOGS}",
    rf"{PATHS}[-\log\pi_\theta(\tau)] = {PATHS}[{STEPS} \mathcal{{H}}(\pi_\theta(\cdot|s_t))]",
    rf"{PATHS}[\pi_\theta(\tau)] = {PATHS}[{PRODUCT}]",
    rf"\nabla_\theta \pi_\theta(\tau) = ({PRODUCT}) {STEPS} {SCORE}",
    rf"\nabla_\theta {PATHS}[\log\pi_\theta(\tau)] = {PATHS}[\nabla_\theta\log\pi_\theta(\tau) {LOGS}]",
    # steps by number
    rf"{PATHS}[{STEPS} {SCORE} f(a_0)] = 0",
    rf"{PATHS}[{STEPS} {SCORE} f(a_k)] = 0",
    rf"{PATHS}[{STEPS} {SCORE} f(a_{{T-1}})] = 0",
    rf"{PATHS}[f(a_0)] = f(a_0)",
    rf"\nabla_\theta {PATHS}[f(a_1)] = 0",
    rf"{PATHS}[f(a_0) g(a_1)] = {PATHS}[f(a_0)] {PATHS}[g(a_1)]",
    rf"{PATHS}[f(a_0) R(\tau)] = f(a_0) {PATHS}[R(\tau)]",
    # ends that are no lengths
    rf"\nabla_\theta {SEQUENCES}[R(o)] = {SEQUENCES}[\sum_{{t=1}}^{{2}} {TOKEN} R(o)]",
    rf"\nabla_\theta {PATHS}[R(\tau)] = {PATHS}[R(\tau) \sum_{{t=0}}^{{1}} {SCORE}]",
    r"\log\pi_\theta(o|q) = \sum_{t=1}^{2}\log\pi_\theta(o_t|q,o_{<t})",
    r"\log\pi_\theta(o|q) = \sum_{t=1}^{G}\log\pi_\theta(o_t|q,o_{<t})",
    # indices before brackets
    r"\sum_{i=1}^{N}\sum_{j=1}^{N} i (c_j+1) = \sum_{i=1}^{N}\sum_{j=1}^{N} i (c_i+1)",
    r"\sum_{i=1}^{N}\sum_{j=1}^{N} i (c_j+d_j) = N \sum_{i=1}^{N} i (c_i+d_i)",
    # tokens by number
    rf"\mathcal{{H}}(\pi_\theta(y_1|x)) = -{CHAIN}",
    rf"\mathbb{{E}}_{{y_1\sim\pi_\theta(\cdot|x)}}[\log\pi_\theta(y_1|x)] = {CHAIN}",
    rf"\sum_{{y_1}}\pi_\theta(y_1|x)\log\pi_\theta(y_1|x) = {CHAIN}",
]
TRUE = [
    rf"{FROZEN}[{RETURN}] = {PATHS}[{RETURN}]",
    rf"{FROZEN}[R(\tau)] = {PATHS}[R(\tau)]",
    rf"\nabla_\theta {FROZEN}[{LOGS}] = 0",
    rf"\nabla_\theta {FROZEN}[R(\tau) {LOGS}] = \nabla_\theta {PATHS}[R(\tau)]",
    rf"{PATHS}[\sum_{{t=0}}^{{1}} r(s_t,a_t)] = {PATHS}[r(s_0,a_0)+r(s_1,a_1)]",
    rf"{PATHS}[{RETURN}] = {PATHS}[r(s_0,a_0)] + {PATHS}[\sum_{{t=1}}^{{T-1}} r(s_t,a_t)]",
    rf"{PATHS}[\sum_{{t=0}}^{{0}} f(a_t)] = {PATHS}[f(a_0)]",
    r"\sum_{i=1}^{3} i (c_i + 1) = c_1 + 2 c_2 + 3 c_3 + 6",
    r"\sum_{i=1}^{N} i (c_i + 1) = \sum_{i=1}^N i c_i + \sum_{i=1}^N i",
    rf"{PATHS}[{STEPS}\frac{{r(s_t,a_t)}}{{\pi_\theta(a_t|s_t)}}] = {PATHS}[{STEPS} \sum_a r(s_t,a)]",
    rf"{PATHS}[R(\tau)] = {OLD}[{RATIOS} R(\tau)]",
    rf"\nabla_\theta {PATHS}[R(\tau)] = {OLD}[{RATIOS} R(\tau) \nabla_\theta\log\pi_\theta(\tau)]",
    rf"D_{{KL}}(\pi_\theta\|\pi_{{ref}}) = {PATHS}[{STEPS} D_{{KL}}(\pi_\theta(\cdot|s_t)\|\pi_{{ref}}(\cdot|s_t))]",
    r"\prod_{t=1}^{T} c A = c^T A",
    rf"\nabla_\theta {PATHS}[{STEPS} r_t] = {PATHS}[{STEPS} {SCORE} \sum_{{k=t}}^{{T-1}} r_k]",
    rf"{PATHS}[{STEPS} {SCORE} \sum_{{k=0}}^{{t-1}} r_k] = 0",
    rf"\nabla_\theta\log\pi_\theta(\tau) = {STEPS} {SCORE}",
    rf"{PATHS}[{RETURN}] \leq T \max_{{s,a}} r(s,a)",
    r"\log\pi_\theta(y|x) = \log\pi_\theta(y_1|x) + \sum_{t=2}^{|y|}\log\pi_\theta(y_t|x,y_{<t})",
    r"\frac{\pi_\theta(y|x)}{\pi_{\theta_{old}}(y|x)} = "
    r"\prod_{t=1}^{|y|}\frac{\pi_\theta(y_t|x,y_{<t})}{\pi_{\theta_{old}}(y_t|x,y_{<t})}",
]


@pytest.mark.parametrize("text", FALSE)
def test_what_is_false_of_paths_is_not_proved(text: str) -> None:
    found = prove(text)
    assert found.status in ("refuted", "undecided", "unread")
    assert not found.disagrees


@pytest.mark.parametrize("text", TRUE)
def test_what_is_true_of_paths_is_not_refuted(text: str) -> None:
    found = prove(text)
    assert found.status in ("proved", "undecided", "unread")
    assert not found.disagrees


@pytest.mark.parametrize("text", [TRUE[0], TRUE[2], TRUE[3], TRUE[10], TRUE[14], TRUE[15], TRUE[16], TRUE[19]])
def test_and_much_of_it_is_proved(text: str) -> None:
    assert prove(text).status == "proved"


def test_how_many_steps_all_paths_have_is_a_hypothesis() -> None:
    assert "PathEnds(T)" in prove(rf"{PATHS}[{STEPS} {SCORE}] = 0").hypotheses
    assert "PathEnds(H + 1)" in prove(rf"{PATHS}[\sum_{{t=0}}^{{H}} {SCORE}] = 0").hypotheses
