"""A letter of a formula is one number wherever it stands; what is named may have the two ends of its clip apart."""

import numpy as np
import pytest
from recorded_losses import recorded

from grpo_symbolic.code.deciding.claimed import against
from grpo_symbolic.code.telling.report import report
from grpo_symbolic.code.telling.telling import told

pytestmark = pytest.mark.long

ROLES = ("logp", "old", "adv", "mask")
RATIO = r"\frac{\pi_\theta(o_{i,t}|q,o_{i,<t})}{\pi_{\theta_{\text{old}}}(o_{i,t}|q,o_{i,<t})}"
PRINT = (r"\mathcal{L}(\theta) \doteq -<f>\frac{1}{\sum_{i=1}^{G} |o_i|} \sum_{i=1}^{G} \sum_{t=1}^{|o_i|} \min \left( "
         rf"{RATIO} \hat{{A}}_i, \text{{clip}}\left({RATIO}, <l>, <h>\right) \hat{{A}}_i \right)")
ONE = PRINT.replace("<f>", "").replace("<l>", r"1 - \epsilon").replace("<h>", r"1 + \epsilon")
TWO = PRINT.replace("<f>", "").replace("<l>", r"1 - \epsilon_l").replace("<h>", r"1 + \epsilon_h")
BESIDE = PRINT.replace("<f>", r"\epsilon ").replace("<l>", r"1 - \epsilon").replace("<h>", r"1 + \epsilon")


def clipped(logp, old, adv, mask, low, high):
    """The mean over tokens of a surrogate with these ends."""
    ratio, adv = np.exp(logp - old), adv[:, None]
    return -(np.minimum(ratio * adv, np.clip(ratio, low, high) * adv) * mask).sum() / mask.sum()


def two_names(logp, old, adv, mask, eps_low, eps_high):
    """Distances of the ends from 1."""
    return clipped(logp, old, adv, mask, 1 - eps_low, 1 + eps_high)


def two_ends(logp, old, adv, mask, clip_low, clip_high):
    """The ends themselves."""
    return clipped(logp, old, adv, mask, clip_low, clip_high)


def one_name(logp, old, adv, mask, eps):
    """One distance."""
    return clipped(logp, old, adv, mask, 1 - eps, 1 + eps)


def numerals(logp, old, adv, mask):
    """Ends that are numbers."""
    return clipped(logp, old, adv, mask, 0.8, 1.28)


def twice(logp, old, adv, mask, scale, eps):
    """One distance, and a factor."""
    return scale * one_name(logp, old, adv, mask, eps)


def grpo(logp, old, ref, adv, mask, eps_low, eps_high, beta):
    """GRPO with a mean of means."""
    ratio, adv, gap = np.exp(logp - old), adv[:, None], ref - logp
    token = np.minimum(ratio * adv, np.clip(ratio, 1 - eps_low, 1 + eps_high) * adv)
    token = token - beta * (np.exp(gap) - gap - 1)
    return -((token * mask).sum(axis=1) / mask.sum(axis=1)).mean()


def found(function, constants, claim, roles=ROLES):
    """The report, the verdicts on value and gradient, and the hypotheses of two hyper-parameters that are equal."""
    one = report(recorded(function, roles, constants), against(claim))
    supposed = [each.text for each in one.hypotheses if " = " in each.text]
    return one, (one.value.verdict, one.gradient.verdict), supposed


PROVED, REFUTED = ("proved", "proved"), ("refuted", "refuted")


@pytest.mark.parametrize(("function", "constants", "claim", "verdicts"), [
    (two_names, {"eps_low": 0.2, "eps_high": 0.28}, ONE, REFUTED),
    (two_names, {"eps_low": 0.2, "eps_high": 0.28}, TWO, PROVED),
    (two_ends, {"clip_low": 0.8, "clip_high": 1.28}, ONE, REFUTED),
    (two_ends, {"clip_low": 0.8, "clip_high": 1.28}, TWO, PROVED),
    (numerals, {}, ONE, REFUTED), (numerals, {}, TWO, PROVED),
    (one_name, {"eps": 0.2}, ONE, PROVED), (one_name, {"eps": 0.2}, TWO, PROVED),
    (twice, {"scale": 0.5, "eps": 0.2}, BESIDE, REFUTED),
])
def test_a_letter_is_one_number(function, constants, claim, verdicts):
    one, verdict, supposed = found(function, constants, claim)
    assert (verdict, supposed) == (verdicts, []), told(one)


@pytest.mark.parametrize(("function", "constants", "claim", "supposed"), [
    (two_names, {"eps_low": 0.2, "eps_high": 0.2}, ONE, "eps_low = eps_high"),
    (two_ends, {"clip_low": 0.8, "clip_high": 1.2}, ONE, "1 - clip_low = clip_high - 1"),
])
def test_what_happens_to_be_equal_is_supposed_to_be(function, constants, claim, supposed):
    _, verdict, said = found(function, constants, claim)
    assert verdict == PROVED
    assert [set(one.split(" = ")) for one in said] == [set(supposed.split(" = "))]


def test_what_is_supposed_does_not_make_another_loss_right():
    def doubled(logp, old, adv, mask, eps_low, eps_high):
        return 2 * two_names(logp, old, adv, mask, eps_low, eps_high)

    _, verdict, _ = found(doubled, {"eps_low": 0.2, "eps_high": 0.2}, ONE)
    assert verdict == REFUTED


def test_an_objective_that_is_named_may_have_its_ends_apart_and_the_report_says_so():
    constants, roles = {"eps_low": 0.2, "eps_high": 0.28, "beta": 0.04}, ("logp", "old", "ref", "adv", "mask")
    one, verdict, _ = found(grpo, constants, "grpo", roles)
    assert verdict == PROVED
    assert "with the two ends of its clip apart" in one.name
    assert told(one).count("with the two ends of its clip apart") == 3
    assert one.record()["value"]["variant"] == "with the two ends of its clip apart"


def test_of_an_objective_that_is_named_swapped_ends_are_seen_where_they_are_equal_too():
    def swapped(logp, old, ref, adv, mask, eps_low, eps_high, beta):
        return grpo(logp, old, ref, adv, mask, eps_high, eps_low, beta)

    constants, roles = {"eps_low": 0.2, "eps_high": 0.28, "beta": 0.04}, ("logp", "old", "ref", "adv", "mask")
    one, verdict, _ = found(swapped, constants, "grpo", roles)
    assert verdict == REFUTED
    assert "apart" not in one.name
