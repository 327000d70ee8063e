"""What a formula tells apart is not one thing in the code, and what it draws must be in the batch."""

import numpy as np
import pytest
from recorded_losses import recorded

from grpo_symbolic.code.algebra.nodes import constant
from grpo_symbolic.code.deciding.claimed import against, written
from grpo_symbolic.code.deciding.translate import asked
from grpo_symbolic.code.telling.report import report
from grpo_symbolic.code.telling.telling import told
from grpo_symbolic.code.unsupported import Unsupported

pytestmark = pytest.mark.long

POLICY = r"\pi_\theta(o_{i,t}|q,o_{i,<t})"
OLD = r"\pi_{\theta_{\text{old}}}(o_{i,t}|q,o_{i,<t})"
MEAN = r"\frac{1}{\sum_{i=1}^{G} |o_i|} \sum_{i=1}^{G} \sum_{t=1}^{|o_i|} "
LOSS = r"\mathcal{L}(\theta) = "
ALL = ("logp", "old", "ref", "adv", "mask")


def mean(token, mask):
    """The mean over tokens."""
    return (token * mask).sum() / mask.sum()


def said(function, roles, constants, claim):
    """The report on a function, and its verdicts on value and gradient."""
    found = report(recorded(function, roles, constants), against(claim))
    return found, (found.value.verdict, found.gradient.verdict)


def twice(logp, old, ref, adv, mask):
    """An advantage and a reference that count twice."""
    return mean(-2 * adv[:, None] * (logp - ref) + 0 * old, mask)


@pytest.mark.parametrize("claim", [
    LOSS + rf"-{MEAN} (\hat{{A}}_i + \tilde{{A}}_i) \left( \log {POLICY}"
    r" - \log \pi_{\text{ref}}(o_{i,t}|q,o_{i,<t}) \right)",
    LOSS + rf"-{MEAN} \hat{{A}}_i \cdot \left( 2 \log {POLICY} - \log \pi_{{\text{{ref}}}}(o_{{i,t}}|q,o_{{i,<t}})"
    r" - \log \pi_{\text{base}}(o_{i,t}|q,o_{i,<t}) \right)",
])
def test_two_things_of_a_formula_are_not_one_of_the_code(claim):
    with pytest.raises(Unsupported, match="are two things in the formula"):
        said(twice, ALL, {}, claim)


def test_tokens_of_two_sums_are_not_one():
    def squares(logp, adv, mask):
        return (mask.sum(axis=1) * adv * (logp ** 2 * mask).sum(axis=1)).sum()

    claim = (LOSS + rf"\sum_{{i=1}}^G \sum_{{t=1}}^{{|o_i|}} \left( \hat{{A}}_i \sum_{{k=1}}^{{|o_i|}} \log {POLICY} "
             r"\log \pi_\theta(o_{i,k}|q,o_{i,<k}) \right)")
    with pytest.raises(Unsupported, match="has another token inside"):
        said(squares, ("logp", "adv", "mask"), {}, claim)


def test_the_mean_on_a_batch_has_not_the_gradient_of_an_expectation_under_the_policy():
    def reward_alone(logp, reward):
        return -reward.mean() + 0 * logp.sum()

    draws = r"q\sim P(Q), \{o_i\}_{i=1}^G\sim<p>(O|q)"
    claim = rf"\mathcal{{J}}(\theta) = \mathbb{{E}}_{{{draws}}}[\frac{{1}}{{G}}\sum_{{i=1}}^G r_i]"
    roles = ("logp", "reward")
    found, verdicts = said(reward_alone, roles, {}, claim.replace("<p>", r"\pi_\theta"))
    assert verdicts == ("proved", "undecided"), told(found)
    assert "move with θ" in found.gradient.reason
    assert said(reward_alone, roles, {}, claim.replace("<p>", r"\pi_{\theta_{\text{old}}}"))[1] == ("proved", "proved")


def test_what_is_drawn_inside_of_a_sum_is_not_in_the_batch():
    def k1(logp, old, ref, adv, mask):
        return mean(logp - ref + 0 * old + 0 * adv[:, None], mask)

    claim = LOSS + MEAN + r"\mathbb{D}_{\text{KL}}(\pi_\theta(\cdot|q,o_{i,<t}) \| \pi_{\text{ref}}(\cdot|q,o_{i,<t}))"
    with pytest.raises(Unsupported, match="no batch has what is drawn there"):
        said(k1, ALL, {}, claim)


def test_an_entropy_at_a_token_is_that_which_the_code_is_given():
    claim = LOSS + MEAN + (rf"\left( -\hat{{A}}_i \log {POLICY} "
                           r"- \lambda \mathcal{H}(\pi_\theta(\cdot|q,o_{i,<t})) \right)")

    def bonus(sign):
        def loss(logp, adv, mask, entropy, entropy_coef):
            return mean(-adv[:, None] * logp - sign * entropy_coef * entropy, mask)
        return loss
    roles = ("logp", "adv", "mask", "entropy")
    assert said(bonus(1), roles, {"entropy_coef": 0.01}, claim)[1] == ("proved", "proved")
    assert said(bonus(-1), roles, {"entropy_coef": 0.01}, claim)[1] == ("refuted", "refuted")


def test_an_old_policy_by_another_name_is_the_one_that_the_code_has():
    def plain(logp, old, adv, mask):
        return mean(-np.exp(logp - old) * adv[:, None], mask)

    claim = LOSS + rf"-{MEAN} \frac{{{POLICY}}}{{\pi_{{\theta_k}}(o_{{i,t}}|q,o_{{i,<t}})}} \hat{{A}}_i"
    found, verdicts = said(plain, ("logp", "old", "adv", "mask"), {}, claim)
    assert verdicts == ("proved", "proved")
    assert r"\pi_{\theta_k} is the old policy" in found.said


@pytest.mark.parametrize(("symbol", "loss"), [
    (r"\mathcal{L}(\theta)", True), (r"L^{\text{PG}}(\theta)", True), (r"\text{loss}", True),
    (r"J^{\text{CLIP}}(\theta)", False), (r"\mathcal{J}_{\text{KL}}(\theta)", False), (r"\mathcal{J}(\theta)", False)])
@pytest.mark.parametrize("sign", ["=", r"\doteq", ":="])
def test_a_letter_says_whether_the_less_is_the_better(symbol, sign, loss):
    assert written(rf"{symbol} {sign} {MEAN} \log {POLICY}").loss is loss


def test_hyper_parameters_are_not_one_to_the_kernel_for_their_letters():
    assert asked(constant("k1"), constant("k2"), False, 1.0) == "undecided"
    assert asked(constant("eps"), constant("epsilon"), False, 1.0) == "undecided"


def several(logp, old, ref, adv, mask, weight, scale):
    """A surrogate and a penalty, each with a factor that no letter of a formula is called by."""
    return mean(-weight * adv[:, None] * logp + (scale + weight) * (logp - ref) + 0 * old, mask)


GAP = rf"\log \frac{{{POLICY}}}{{\pi_{{\text{{ref}}}}(o_{{i,t}}|q,o_{{i,<t}})}}"


def test_what_may_be_equal_for_some_number_is_not_refuted():
    form = LOSS + MEAN + rf"\left( -\alpha \hat{{A}}_i \log {POLICY} + \kappa {GAP} \right)"
    assert said(several, ALL, {"weight": 0.5, "scale": 0.3}, form)[1] == ("undecided", "undecided")
    squared = form.replace(GAP, rf"\left( {GAP} \right)^2")
    assert said(several, ALL, {"weight": 0.5, "scale": 0.3}, squared)[1] == ("refuted", "refuted")
    reward = form.replace(r"-\alpha", r"+\kappa")
    assert said(several, ALL, {"weight": 0.5, "scale": 0.3}, reward)[1] == ("refuted", "refuted")


def penalised(logp, old, ref, adv, mask, beta):
    """A penalty with a factor that may be 1."""
    return mean(-adv[:, None] * logp + beta * (logp - ref) + 0 * old, mask)


@pytest.mark.parametrize(("beta", "verdicts", "supposed"), [
    (1.0, ("proved", "proved"), ["beta = 1"]), (0.5, ("refuted", "refuted"), [])])
def test_a_number_of_a_formula_is_what_a_hyper_parameter_is_supposed_to_be(beta, verdicts, supposed):
    claim = LOSS + MEAN + rf"\left( -\hat{{A}}_i \log {POLICY} + {GAP} \right)"
    found, seen = said(penalised, ALL, {"beta": beta}, claim)
    assert (seen, [one.text for one in found.hypotheses if " = " in one.text]) == (verdicts, supposed)


def test_ends_of_a_clip_are_compared_in_decimals():
    def ends(logp, old, adv, mask, clip_low, clip_high):
        ratio, adv = np.exp(logp - old), adv[:, None]
        return -mean(np.minimum(ratio * adv, np.clip(ratio, clip_low, clip_high) * adv), mask)

    ratio = rf"\frac{{{POLICY}}}{{{OLD}}}"
    claim = LOSS + (rf"-{MEAN} \min \left( {ratio} \hat{{A}}_i, \text{{clip}}\left({ratio}, 1 - \epsilon, 1 + \epsilon"
                    r"\right) \hat{A}_i \right)")
    constants = {"clip_low": 0.9, "clip_high": 1.1}
    assert said(ends, ("logp", "old", "adv", "mask"), constants, claim)[1] == ("proved", "proved")


def held_at(low, high):
    """The token mean of a clipped surrogate with ends that nothing names."""
    def loss(logp, old, adv, mask):
        ratio = np.exp(logp - old)
        return -mean(np.minimum(ratio * adv[:, None], np.clip(ratio, low, high) * adv[:, None]), mask)
    return loss


@pytest.mark.parametrize(("ends", "value", "gradient"), [
    (r"1-\delta, 1+\eta", "proved", "proved"), (r"1-\delta, 1+1.4\delta", "proved", "proved"),
    (r"1-\delta^2, 1+\eta", "undecided", "undecided"), (r"\frac{1}{1+\kappa}, 1+\eta", "undecided", "undecided"),
    (r"1-\delta, c", "proved", "proved"), (r"\mu_1, \mu_2", "proved", "proved"), (r"\mu, \mu", "refuted", "refuted"),
    (r"1-\delta, 1+2\delta", "undecided", "undecided"), (r"1-\delta, 1+\delta", "refuted", "refuted"),
])
def test_a_letter_at_the_end_of_a_clip_is_any_number_that_makes_it(ends, value, gradient):
    ratio = rf"\frac{{{POLICY}}}{{{OLD}}}"
    claim = LOSS + rf"-{MEAN} \min\left({ratio} \hat{{A}}_i, \text{{clip}}({ratio}, {ends}) \hat{{A}}_i\right)"
    assert said(held_at(0.8, 1.28), ("logp", "old", "adv", "mask"), {}, claim)[1] == (value, gradient)


def test_a_penalty_that_the_code_has_not_is_not_what_differs():
    found, verdicts = said(held_at(0.8, 1.28), ("logp", "old", "adv", "mask"), {}, "grpo")
    assert verdicts == ("refuted", "refuted")
    assert "f" not in found.value.counterexample.inputs
