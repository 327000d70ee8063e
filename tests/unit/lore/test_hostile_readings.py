r"""Statements that a standard reading taken too easily would prove though false, or refute though true."""

from __future__ import annotations

import pytest
from verdicts import prove

pytestmark = pytest.mark.long

UNDER = r"\mathbb{E}_{a\sim\pi_\theta(\cdot|s)}"
KL = r"D_{KL}(\pi_\theta(\cdot|s) \| \pi_{\text{ref}}(\cdot|s))"
SCORE = r"\nabla_\theta\log\pi_\theta(a|s)"
GRADIENT = rf"\mathbb{{E}}_{{a\sim\pi_\theta(\cdot|s)}}[r(s,a) {SCORE}]"
WEIGHT = r"\frac{\pi_{\theta_{\text{old}}}(o|q)}{\pi_{\text{rollout}}(o|q)}"

# (statement, where, assume, let)
FALSE = {
    "one ratio under two laws": (r"\mathbb{E}_{\pi_{\theta_{old}}}[r_t(\theta) A(s,a)]"
                                 r" = \mathbb{E}_{\pi_{ref}}[r_t(\theta) A(s,a)]",),
    "rho under two laws": (r"\mathbb{E}_{\pi_b}[\rho] + \mathbb{E}_{\pi_{ref}}[\rho] = 2",),
    "k_1 under two laws": (r"\mathbb{E}_{\pi_b}[k_1] + \mathbb{E}_{\pi_\theta}[k_1]"
                           r" = D_{KL}(\pi_b\|\pi_\theta) + D_{KL}(\pi_\theta\|\pi_b)",),
    "the ratio of a token": (r"\mathbb{E}_{y\sim\pi_{\theta_{old}}(\cdot|x)}[r_t(\theta) r(x,y)]"
                             r" = \mathbb{E}_{y\sim\pi_\theta(\cdot|x)}[r(x,y)]",),
    "the ratio of a step": (r"\mathbb{E}_{\tau\sim\pi_b}[\rho_t R(\tau)] = \mathbb{E}_{\tau\sim\pi_\theta}[R(\tau)]",),
    "a mean of ratios": (r"\frac{1}{T}\sum_{t=1}^T r_t(\theta) - \frac{\pi_\theta(y|x)}{\pi_{\theta_{old}}(y|x)} = 0",),
    "a sum of estimators": (r"\mathbb{E}_{y\sim\pi_\theta}[\sum_{t=1}^T k_3] = T D_{KL}(\pi_\theta\|\pi_{ref})",),
    "a definition for any policy": (rf"J(\pi_\theta) - {UNDER}[r(s,a)] = 0",
                                    [r"J(\pi) \doteq \mathbb{E}_{a\sim\pi(\cdot|s)}[r(s,a)] + \alpha"]),
    "a definition in another font": (rf"{UNDER}[K_3] = {KL}", [r"k_3 \doteq 5"]),
    "a definition at an action": (r"\sum_{i=1}^G \tilde A_i = 0", [r"\tilde A(a) \doteq r(s,a) - b"]),
    "a declared number": (r"\mathbb{E}_{\pi_b}[\rho] = 1", (), (), [r"\rho \in \mathbb{R}"]),
    "a declared mean": (r"\sum_{i=1}^G (r_i - \bar r) = 0", (), (), [r"\bar r \in [0,1]"]),
    "a letter of the formula": (r"k_1 + \log c = 0",),
    "a bound by a letter of the formula": (r"k_1 \geq -\log c",),
    "a condition on a letter of the formula": (r"k_1 \leq 0", (), [r"c \geq 1"]),
    "a critic": (r"\mathbb{E}_{a\sim\pi(\cdot|s)}[Q^\pi(s,a) - Q(s,a)] = 0",),
    "values defined otherwise": (UNDER + r"[A^{\pi_\theta}(s,a)] = 0",
                                 [r"V^{\pi_\theta}(s) \doteq \max_a Q^{\pi_\theta}(s,a)"]),
    "values of defined values": (r"V^{\pi_\theta}(s) - " + UNDER + r"[r(s,a)] = 0",
                                 [r"Q^{\pi_\theta}(s,a) \doteq r(s,a) + c"]),
    "another state": (r"\mathbb{E}_{y\sim\pi_b(\cdot|x)}[\rho(z,y)] = 1",),
    "data of a policy": (r"\nabla_\theta\mathcal{L}_{SFT}(\theta) ="
                         r" -\mathbb{E}_{y\sim\pi_{\theta_{old}}(\cdot|x)}[\nabla_\theta\log\pi_\theta(y|x)]",),
    "a ratio to the reference": (r"\mathbb{E}_{a\sim\pi_\theta(\cdot|s)}[\log r_t(\theta)] = " + KL,),
    "visited states": (rf"\nabla_\theta J(\theta) = \mathbb{{E}}_{{s\sim d_\gamma, a\sim\pi_\theta(\cdot|s)}}"
                       rf"[r(s,a) {SCORE}]",),
    "one of two objectives": (r"J(\theta) + \beta D_{KL}(\pi_\theta(\cdot|s)\|\pi_{ref}(\cdot|s)) - "
                              + UNDER + "[r(s,a)] = 0",),
}


@pytest.mark.parametrize("case", FALSE.values(), ids=FALSE)
def test_what_is_false_under_some_reading_is_not_proved(case: tuple) -> None:
    text, where, assume, let = (*case, *((),) * (4 - len(case)))
    assert prove(text, where=where, assume=assume, let=let).status != "proved"


TRUE = {
    "an assumption of values": (r"\mathbb{E}_{a\sim\mu(\cdot|s)}[A^\pi(s,a)] \geq 0", (),
                                [r"\mathbb{E}_{a\sim\mu(\cdot|s)}[Q^\pi(s,a)] \geq V^\pi(s)"]),
    "an assumption of the estimator": (rf"{KL} \leq \delta", (), [rf"{UNDER}[k_3] \leq \delta"]),
    "an assumption of the objective": (rf"{UNDER}[r(s,a)] \geq 0", (), [r"J(\theta) \geq 0"]),
    "evaluation of another policy": (r"\mathbb{E}_{a\sim\pi_b(\cdot|s)}[\rho r(s,a)]"
                                     r" = \mathbb{E}_{a\sim\pi_e(\cdot|s)}[r(s,a)]",),
    "a ratio the other way": (r"\mathbb{E}_{a\sim\pi(\cdot|s)}[\log\rho] = D_{KL}(\pi(\cdot|s)\|\mu(\cdot|s))",),
    "three policies": (rf"\mathbb{{E}}_{{o\sim\pi_{{\text{{rollout}}}}(\cdot|q)}}[{WEIGHT} r_t(\theta) A(q,o)]"
                       r" = \mathbb{E}_{o\sim\pi_\theta(\cdot|q)}[A(q,o)]",),
    "a product of ratios": (r"\prod_{t=1}^T r_t(\theta) = \frac{\pi_\theta(y|x)}{\pi_{\theta_{old}}(y|x)}",),
    "a bare law": (r"\mathbb{E}_{a\sim\pi_\theta(\cdot|s)}[k_1] = D_{KL}(\pi_\theta(\cdot|s)\|\mu)",),
    "a bare behaviour law": (r"\mathbb{E}_{a\sim\mu}[\rho r(s,a)] = \mathbb{E}_{a\sim\pi_\theta(\cdot|s)}[r(s,a)]",),
    "another epsilon": (r"L^{CLIP}(\theta) \leq (1+\epsilon)\mathbb{E}_{a\sim\pi_{\theta_{old}}(\cdot|s)}[|A(s,a)|]",),
    "a penalty": (rf"\nabla_\theta J(\theta) = {GRADIENT} - \beta \nabla_\theta {KL}",),
    "an entropy bonus": (rf"\nabla_\theta J(\theta) = {GRADIENT}"
                         r" + \alpha\nabla_\theta \mathcal{H}(\pi_\theta(\cdot|s))",),
    "a soft value": (r"\mathbb{E}_{a\sim\pi(\cdot|s)}[Q^\pi(s,a) - \alpha\log\pi(a|s)] = V^\pi(s)",),
    "another temperature": (r"\mathbb{E}_{y\sim\pi_{ref}(\cdot|x)}[e^{r(x,y)/\alpha}] = Z(x)",),
    "constants": (r"k_1^2 + k_2^2 + k_3^2 = k^2",), "one constant": (r"k_3 < 5",),
    "rho as a law": (r"\sum_a \rho(a) = 1",),
    "a defined advantage": (rf"{UNDER}[A(s,a)] = L^{{CPI}}(\theta)", [r"A(s,a) \doteq r(s,a) - b(s)"]),
    "a defined reward": (rf"\nabla_\theta J(\theta) = {GRADIENT}",
                         [r"r(s,a) \doteq R(s,a) + \log\pi_\theta(a|s)"]),
    "another size": (r"\frac{K}{K-1}\tilde A_i = A_i^{RLOO}",),
    "many symbols": (r"\mathbb{E}_{\pi_\theta}[\rho + k_1 + k_2 + k_3]"
                     r" = \mathbb{E}_{\pi_b}[1] + \mathbb{E}_{\pi_\theta}[k_1 + k_2 + k_3]",),
    "the mean of the group": (r"\mathbb{E}_{a_{1:G}\sim\pi(\cdot|s)}[\tilde A_i r_i]"
                              r" = \frac{G-1}{G}\mathrm{Var}_{a\sim\pi(\cdot|s)}[r(s,a)]",),
    "discounting": (r"(1-\gamma) J(\theta) = \mathbb{E}_{s\sim d, a\sim\pi_\theta(\cdot|s)}[r(s,a)]",),
}


@pytest.mark.parametrize("case", TRUE.values(), ids=TRUE)
def test_what_is_true_under_some_reading_is_not_refuted(case: tuple) -> None:
    text, where, assume, let = (*case, *((),) * (4 - len(case)))
    assert prove(text, where=where, assume=assume, let=let).status not in ("refuted", "ill-formed")


@pytest.mark.parametrize("latex", [
    r"A^\pi(s,a) = A^\pi(a,s)", r"Q^\pi(x,y) = Q^\pi(y,x)", r"Q^{\pi_\theta}(s,a) = Q^{\pi_\theta}(a,s)",
    r"\mathbb{E}_{a\sim\pi(\cdot|s)}[A^\pi(s,a) - A^\pi(a,s)] = 0"])
def test_arguments_that_change_places_are_others(latex: str) -> None:
    """A formula tells a state from an action, and not the first from the second."""
    assert prove(latex).status not in ("proved", "refuted")
