"""An approximation is refuted only where the text says near what it is one."""

from __future__ import annotations

import pytest
from verdicts import prove

OLD, NEW = r"\pi_{\theta_{\text{old}}}(b|h)", r"\pi_\theta(b|h)"
MEAN = r"\mathbb{E}_{b \sim %s(\cdot|h)}[%s]"
OF_OLD, OF_NEW = (MEAN % (law, "g(b)") for law in (r"\pi_{\theta_{\text{old}}}", r"\pi_\theta"))
SLOPE = MEAN % (r"\pi_{\theta_{\text{old}}}", rf"g(b) \nabla_\theta \log {NEW}")


@pytest.mark.parametrize("text", [
    r"\log(1 + u) \approx u", r"e^{v} \approx 1 + v", r"w - 1 - \log w \approx \frac{1}{2} (\log w)^2",
    r"D_{\text{KL}}(\mu \parallel \nu) \approx \frac{1}{2} \chi^2(\mu \parallel \nu)",
    rf"\log \frac{{{NEW}}}{{\mu(b|h)}} \approx \frac{{{NEW}}}{{\mu(b|h)}} - 1",
])
def test_of_what_is_near_what_is_not_printed_nothing_is_decided(text: str) -> None:
    verdict = prove(text)
    assert verdict.status == "undecided"
    assert "near what it is an approximation is not printed" in verdict.reason
    assert prove(text.replace(r"\approx", "=")).status == "refuted"


@pytest.mark.parametrize("text", [
    rf"\frac{{{NEW}}}{{{OLD}}} \approx 1", rf"{OF_NEW} \approx {OF_OLD}", rf"\nabla_\theta {OF_NEW} \approx {SLOPE}",
])
def test_what_holds_at_the_old_policy_alone_may_be_meant(text: str) -> None:
    verdict = prove(text)
    assert verdict.status == "undecided"
    assert "agree at θ_old" in verdict.reason


@pytest.mark.parametrize("text", [
    rf"\log {NEW} \approx \log {OLD} - \frac{{{NEW} - {OLD}}}{{{OLD}}}",
    rf"\frac{{{NEW}}}{{{OLD}}} \approx 2", rf"\nabla_\theta {OF_NEW} \approx -{SLOPE}",
    rf"\nabla_\theta \log {NEW} \approx -\nabla_\theta \log {NEW}", r"1.03^{10} \approx 2.3",
])
def test_what_fails_at_the_point_that_is_printed_is_refuted(text: str) -> None:
    assert prove(text).status == "refuted"


def test_a_chain_rests_on_all_that_its_links_rest_on() -> None:
    text = rf"\mathbb{{E}}_{{b \sim \pi_\theta(\cdot|h)}}[c(h) \nabla_\theta \log {NEW}]"
    first, last = rf"c(h) {text.replace('c(h) ', '')}", "0"
    assert "Normalised(π_θ)" not in prove(f"{text} = {first}").hypotheses
    assert {"Normalised(π_θ)", "FiniteActions"} <= set(prove(f"{text} = {first} = {last}").hypotheses)
