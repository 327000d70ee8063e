r"""Laws that only a joint law explains, p(x|y) beside p(y|x), by any letter: proved of that, or of nothing refuted."""

from __future__ import annotations

import pytest
from verdicts import prove

pytestmark = pytest.mark.long

BAYES = r"p(y|x) = \frac{p(x|y)p(y)}{\sum_{y'} p(x|y')p(y')}"
CHAIN = r"\pi_\theta(y|x) = \sum_z \pi_\theta(z|x)\pi_\theta(y|x,z)"
BOUND = r"\log p(x) \ge E_{q(z|x)}[\log p(x,z) - \log q(z|x)]"
KL = r"D_{KL}(q(z|x) \| p(z|x))"
# A statement, and a small change of it that is false of some joint law.
TRUE_AND_FALSE = [
    (BAYES, "p(x|y)p(y)", "p(y|x)p(y)"), (BAYES, "p(x|y')p(y')", "p(x|y')"), (BAYES, r"p(x|y)p(y)", "p(x|y)"),
    (r"\log p(y|x) = \log p(x|y) + \log p(y) - \log p(x)", r"\log p(y) -", ""),
    (r"\log p(y|x) = \log p(x|y) + \log p(y) - \log p(x)", r"- \log p(x)", r"- \log p(y)"),
    (r"p_\theta(y|x) = \frac{p_\theta(x|y) p_\theta(y)}{p_\theta(x)}", r"p_\theta(y)}", r"p_\theta(x)}"),
    (r"q(z|x) = \frac{q(x|z) q(z)}{q(x)}", "q(x|z)", "q(z|x)"),
    (r"q(x,z) = q(x) q(z|x)", "q(z|x)", "q(z)"), (r"\hat p(x,y) = \hat p(x|y) \hat p(y)", r"\hat p(y)", r"\hat p(x)"),
    (r"p'(x,y) = p'(x|y) p'(y)", "p'(x|y)", "p'(x)"), (r"\tilde{q}(x) = \sum_{y'} \tilde{q}(x,y')", "y')", "x')"),
    (r"q(x) = \sum_y q(x,y)", "q(x) =", "q(y) ="),
    (CHAIN, r"\pi_\theta(y|x,z)", r"\pi_\theta(y|z)"), (CHAIN, r"\pi_\theta(z|x)", r"\pi_\theta(z|x,y)"),
    (CHAIN, r"\sum_z \pi_\theta(z|x)", r"\sum_z"),
    (r"p(a,b,c,d) = p(a)p(b|a)p(c|a,b)p(d|a,b,c)", "p(d|a,b,c)", "p(d|b,c)"),
    (r"p(x,y) \leq p(x|y)", r"p(x|y)", r"p(x|y) p(x)"),
    (BOUND, r"\ge", r"\le"), (BOUND, "p(x,z)", "p(x|z)"), (BOUND, r"- \log q(z|x)", r"- 2 \log q(z|x)"),
    (rf"\log p(x) = \mathbb{{E}}_{{z\sim q(z|x)}}[\log p(x,z) - \log q(z|x)] + {KL}", KL,
     r"D_{KL}(p(z|x) \| q(z|x))"),
    (r"\frac{p(x|y)}{p(x)} = \frac{p(y|x)}{p(y)}", r"{p(y)}", r"{p(x)}"),
    (r"\nabla_\theta \log p_\theta(x) = \mathbb{E}_{z\sim p_\theta(z|x)}[\nabla_\theta \log p_\theta(x,z)]",
     r"\log p_\theta(x,z)", r"\log p_\theta(z)"),
    (r"\mathbb{E}_{y\sim p(y)}[p(x|y)] = p(x)", "p(x|y)", "p(y|x)"),
    (r"\mathbb{E}_{x\sim p(x)}\mathbb{E}_{y\sim p(y|x)}[f(x,y)] = \mathbb{E}_{(x,y)\sim p(x,y)}[f(x,y)]",
     "p(y|x)", "p(y)"),
    (r"\pi_\theta(y|x) = \mathbb{E}_{z\sim\pi_\theta(\cdot|x)}[\pi_\theta(y|x,z)]", "(y|x,z)", "(z|x,y)"),
    (r"\mathbb{E}_{(x,y)\sim p(x,y)}[f(x,y)] = \mathbb{E}_{x\sim p(x)}[\mathbb{E}_{y\sim p(\cdot|x)}[f(x,y)]]",
     r"p(\cdot|x)", "p"),
    (r"D_{KL}(p(x,y)\|p(x)p(y)) = \mathbb{E}_{p(y)}[D_{KL}(p(x|y)\|p(x))]", "p(x|y)", "p(x)")]
# What holds under a reading that is not certain enough to be proved.
NEVER_REFUTED = [
    r"h(a|s,s') = \frac{\pi(a|s) P(s'|s,a)}{\sum_{a'} \pi(a'|s) P(s'|s,a')}",
    r"\frac{h(a|s,s')}{\pi(a|s)} = \frac{P(s'|s,a)}{P(s'|s)}", r"p(s'|s) = \sum_a \pi(a|s) p(s'|s,a)",
    r"p(s',a|s) = p(s'|s,a)\pi(a|s)", r"p_\theta(x) = \sum_z p_\theta(x|z) p(z)",
    r"p(s'|s) = \sum_a \pi(a|s) P(s'|s,a)", r"p(a|s,g) = \frac{p(g|s,a)\pi(a|s)}{p(g|s)}",
    r"\log p_\theta(x) \ge \mathbb{E}_{z\sim q_\phi(\cdot|x)}[\log p_\theta(x|z)] - "
    r"\mathrm{KL}(q_\phi(\cdot|x)\|p(\cdot))",
    r"p(\theta|D) = \frac{p(D|\theta)p(\theta)}{p(D)}", r"p_{X|Y}(x|y) p_Y(y) = p_{Y|X}(y|x) p_X(x)",
    r"q(x) = \sum_y q(x) q(y)", r"p(x,y) \le p(x)", r"p(x,y) \le p(y)"]


@pytest.mark.parametrize(("text", "printed", "bent"), TRUE_AND_FALSE)
def test_what_holds_of_every_joint_law_is_proved_and_what_does_not_is_not(text: str, printed: str, bent: str) -> None:
    found = prove(text)
    assert found.status == "proved"
    assert any("joint law" in one.formula for one in found.lore if one.entry == "by custom")
    assert printed in text
    assert prove(text.replace(printed, bent, 1)).status != "proved"


@pytest.mark.parametrize("text", [r"f(x) = \sum_y f(x,y)", "V(s) = V(s,a)"])
def test_functions_are_no_laws(text: str) -> None:
    assert prove(text).status == "ill-formed"


@pytest.mark.parametrize("text", NEVER_REFUTED)
def test_what_may_hold_of_a_joint_law_is_not_refuted(text: str) -> None:
    assert prove(text).status in ("proved", "undecided", "definition")


@pytest.mark.parametrize("text", [
    r"p(x,y) \le p(x)p(y)", r"p(x,y) \ge p(x)", r"p(y|x) = \frac{p(x|y)p(y)}{\sum_{y'} p(x|y')}",
    r"\pi_\theta(y|x) = \sum_z \pi_\theta(z|x)\pi_\theta(y|z)"])
def test_what_fails_of_a_joint_law_too_is_refuted(text: str) -> None:
    assert prove(text).status == "refuted"


@pytest.mark.parametrize("text", [
    r"\pi_\theta(a|s) = \pi_\theta(a'|s')", r"\sum_{a'} \pi(a'|s') = \pi(a|s)"])
def test_laws_that_no_joint_law_is_needed_for_are_refuted_as_they_are_printed(text: str) -> None:
    assert prove(text).status == "refuted"


@pytest.mark.parametrize("text", [
    r"\mathbb{E}_{a \sim \pi_\theta}[\nabla_\theta \log \pi_\theta(a|s)] = 0",
    r"\mathbb{E}_{a \sim \pi_\theta}[\log \pi_\theta(a|s)] = 0", r"\pi(s,a) = \pi(s,b)",
    r"\mathbb{E}_{x,y\sim\pi}[\log \pi(y|x)] = 0"])
def test_what_is_drawn_from_a_bare_policy_is_given_what_custom_says(text: str) -> None:
    assert not any("joint law" in one.formula for one in prove(text).lore)


def test_without_what_custom_says_a_law_is_of_what_it_prints() -> None:
    assert prove(BAYES, lore=False).status == "refuted"
