r"""Before clipping: REINFORCE with a baseline, RLOO, TRPO."""

from __future__ import annotations

from typing import Any

from ..language import AtOld as at_old
from ..language import Claim, Fisher, Head, Relation, Root, grad
from ..paper.notation import E_old, E_theta, a, delta, one_half, pi_old, pi_theta, s, score
from .notation import ACTION_RATIO, AT_OLD, SCORE, behaviour, behaviour_group, current, equal, gradient, on_policy_group
from .record import Fact, Objective

VALUE = current("r(s, a)")
CENTRED = f"(r(s, a) - b(s)) {SCORE}"

REINFORCE = Objective(
    "reinforce", "REINFORCE with a baseline", "Williams 1992",
    (rf"J(\theta) \doteq {VALUE}",),
    (
        Fact("gradient", "gradient", "The coefficient of the score is the reward, less any baseline of the state.",
             equal(gradient(r"J(\theta)"), current(CENTRED))),
        Fact("sample-loss", "gradient", "The gradient of a sample's loss, its advantage held fixed, has this mean.",
             equal(gradient(r"J(\theta)"), current(r"\nabla_\theta ((r(s, a) - b(s)) \log \pi_\theta(a|s))"))),
        Fact("at-old", "old", "At θ_old the behaviour policy's own samples serve.",
             equal(gradient(r"J(\theta)"), behaviour(CENTRED)), assume=AT_OLD),
        Fact("surrogate", "equals", "It is TRPO's surrogate with the reward as advantage.",
             equal(r"J(\theta)", behaviour(r"\rho(a) r(s, a)")), (ACTION_RATIO,)),
        Fact("baseline", "property", "A baseline of the state adds nothing to the mean gradient.",
             equal(current(f"b(s) {SCORE}"), "0")),
        Fact("action-baseline", "property", "A baseline of the action adds nothing either.",
             equal(current(f"b(s, a) {SCORE}"), "0"), expect="refuted"),
        Fact("off-policy", "property", "The behaviour policy's samples serve without weights away from θ_old.",
             equal(gradient(r"J(\theta)"), behaviour(f"r(s, a) {SCORE}")), expect="refuted"),
    ),
)

OTHERS = r"A_i \doteq r(s, a_i) - \frac{1}{G-1} \sum_{j \neq i} r(s, a_j)"
GROUP_MEAN = r"\bar{r}(s) \doteq \frac{1}{G} \sum_{j=1}^G r(s, a_j)"
GROUP_SCORE = r"\nabla_\theta \log \pi_\theta(a_i|s)"
ESTIMATE = rf"\frac{{1}}{{G}} \sum_{{i=1}}^G A_i {GROUP_SCORE}"
OWN_ESTIMATE = rf"\frac{{1}}{{G}} \sum_{{i=1}}^G (r(s, a_i) - \bar{{r}}(s)) {GROUP_SCORE}"

RLOO = Objective(
    "rloo", "RLOO, leave one out", "Ahmadian et al. 2024, arXiv:2402.14740",
    (OTHERS,),
    (
        Fact("gradient", "gradient", "The coefficient of a score is A_i; the mean is the gradient of the reward.",
             equal(on_policy_group(ESTIMATE), gradient(VALUE))),
        Fact("at-old", "old", "At θ_old a group of the behaviour policy gives the same gradient.",
             equal(behaviour_group(ESTIMATE), gradient(VALUE)), assume=AT_OLD),
        Fact("reinforce", "equals", "In the mean it is REINFORCE with any baseline.",
             equal(on_policy_group(ESTIMATE), current(CENTRED))),
        Fact("group-mean", "equals", "Its advantage is that of the group mean times G/(G − 1).",
             equal("A_i", r"\frac{G}{G-1} (r(s, a_i) - \bar{r}(s))"), (GROUP_MEAN,)),
        Fact("own-sample", "property", "The group mean, which includes the sample itself, brings a factor (G − 1)/G.",
             equal(on_policy_group(OWN_ESTIMATE), rf"\frac{{G-1}}{{G}} \nabla_\theta {VALUE}"), (GROUP_MEAN,)),
        Fact("sum", "property", "The advantages of a group sum to zero.", equal(r"\sum_{i=1}^G A_i", "0")),
        Fact("wrong-factor", "property", "The factor is (G − 1)/G.",
             equal("A_i", r"\frac{G-1}{G} (r(s, a_i) - \bar{r}(s))"), (GROUP_MEAN,), expect="refuted"),
    ),
)


x, d = (Head(name, shape="vector")() for name in "xd")
fisher = Fisher(pi_theta | s)
length = Root(2 * delta / (x.T * fisher * x))


def on_the_boundary() -> Any:
    """The step √(2δ/xᵀFx) x spends the whole quadratic bound."""
    return Claim(Relation("=", one_half * (length * x).T * fisher * (length * x), delta))


def compatible() -> Any:
    """Kakade: for an advantage linear in the score, A = xᵀ∇log π, the gradient at θ_old is F x."""
    surrogate = E_old(pi_theta(a, s) / pi_old(a, s) * (x.T * at_old(score(a))))
    return Claim(Relation("=", at_old(grad(surrogate)), Fisher(pi_old | s) * x))


def steepest() -> Any:
    """By what a step d falls short of the natural one, ½ xᵀFx − (xᵀFd − ½ dᵀFd), where F x is the gradient."""
    short = one_half * (x.T * fisher * x) - (x.T * fisher * d - one_half * (d.T * fisher * d))
    return Claim(Relation("=", short, one_half * E_theta((x.T * score(a) - d.T * score(a)) ** 2)))


STEP = (r"\Delta\theta \doteq \theta - \theta_{\text{old}}",)
INFORMATION = r"F(\theta) \doteq " + current(rf"{SCORE} ({SCORE})^\top")

TRPO = Objective(
    "trpo", "TRPO, its surrogate and natural gradient", "Schulman et al. 2015, arXiv:1502.05477",
    (ACTION_RATIO, r"L(\theta) \doteq " + behaviour(r"\rho(a) A(s, a)")),
    (
        Fact("gradient", "gradient", "The coefficient of the score is the ratio times the advantage.",
             equal(gradient(r"L(\theta)"), behaviour(rf"\rho(a) A(s, a) {SCORE}"))),
        Fact("at-old", "old", "At θ_old the coefficient is the advantage.",
             equal(gradient(r"L(\theta)"), behaviour(f"A(s, a) {SCORE}")), assume=AT_OLD),
        Fact("reinforce", "equals", "As a function of θ it is the mean of the advantage under the current policy.",
             equal(r"L(\theta)", current("A(s, a)"))),
        Fact("first-order", "property", "To first order it is linear in the step, along its gradient at θ_old.",
             equal(r"L(\theta)", behaviour("A(s, a)") + r" + g(\theta_{\text{old}})^\top \Delta\theta"
                   r" + O(\|\Delta\theta\|^2)"), (r"g(\theta) \doteq \nabla_\theta L(\theta)", *STEP)),
        Fact("trust-region", "property", "The divergence that bounds the step is ½ ΔθᵀFΔθ to second order.",
             r"D_{\text{KL}}(\pi_{\theta_{\text{old}}}(\cdot|s) \| \pi_\theta(\cdot|s)) = \frac{1}{2}"
             r" \Delta\theta^\top F(\theta_{\text{old}}) \Delta\theta + O(\|\Delta\theta\|^3)", (INFORMATION, *STEP)),
        Fact("step-length", "property", "With F x the gradient, the step √(2δ/xᵀFx) x has ½ dᵀFd = δ.",
             on_the_boundary),
        Fact("compatible", "property", "For an advantage xᵀ∇log π the gradient is F x: the natural one is x.",
             compatible),
        Fact("steepest", "property", "At the price ½ dᵀFd no step d gains more than x: it lacks a mean square.",
             steepest),
        Fact("away-from-old", "property", "Away from θ_old too the coefficient is the bare advantage.",
             equal(gradient(r"L(\theta)"), behaviour(f"A(s, a) {SCORE}")), expect="refuted"),
    ),
)
