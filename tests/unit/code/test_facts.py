"""Facts that are easily told wrong: of penalties with kinks, of penalties taken away, of uneven weights, of rewards."""

import numpy as np
import pytest
from recorded_losses import recorded

from grpo_symbolic.code.deciding.claimed import against
from grpo_symbolic.code.telling.report import APART, report
from grpo_symbolic.code.telling.telling import told

pytestmark = pytest.mark.long

ENDS = {"eps_low": 0.2, "eps_high": 0.28}


def clipped(logp, old, adv, eps_low, eps_high):
    """The loss of a token."""
    ratio = np.exp(logp - old)
    return -np.minimum(ratio * adv, np.clip(ratio, 1 - eps_low, 1 + eps_high) * adv)


def absolute(logp, ref, mask):
    """The size of the log-ratio."""
    return (np.abs(logp - ref) * mask).sum() / mask.sum()


def taken_away(logp, old, ref, adv, mask, eps_low, eps_high, beta):
    """A penalty with the wrong sign."""
    gap = ref - logp
    token = clipped(logp, old, adv[:, None], eps_low, eps_high) - beta * (np.exp(gap) - gap - 1)
    return ((token * mask).sum(axis=1) / mask.sum(axis=1)).mean()


def without_zeros(logp, old, adv, mask, eps_low, eps_high):
    """Sequences with an advantage of 0 do not count as tokens."""
    counted = mask * (adv[:, None] != 0)
    return (clipped(logp, old, adv[:, None], eps_low, eps_high) * counted).sum() / counted.sum()


def root_of_length(logp, adv, mask):
    """Divided by the root of the length."""
    return ((logp * adv[:, None] * mask).sum(axis=1) / mask.sum(axis=1) ** 0.5).mean()


def times_sequences(logp, adv, mask):
    """Multiplied by the number of sequences."""
    return (logp * adv[:, None] * mask).sum() * logp.shape[0]


def token_mean(logp, old, adv, mask, eps_low, eps_high):
    """The mean over all tokens."""
    return (clipped(logp, old, adv[:, None], eps_low, eps_high) * mask).sum() / mask.sum()


def dual_clip(logp, old, adv, mask, eps_low, eps_high, c):
    """A clip from the other side, too, where the advantage is below 0."""
    token, adv = clipped(logp, old, adv[:, None], eps_low, eps_high), adv[:, None]
    return (np.where(adv < 0, np.minimum(token, -c * adv), token) * mask).sum() / mask.sum()


def of_rewards(logp, old, reward, mask, eps_low, eps_high):
    """Advantages from rewards, standardised."""
    adv = (reward - reward.mean()) / (reward.std() + 1e-6)
    token = clipped(logp, old, adv[:, None], eps_low, eps_high)
    return ((token * mask).sum(axis=1) / mask.sum(axis=1)).mean()


def of_cubes(logp, old, reward, mask, eps_low, eps_high):
    """Advantages from rewards, as nobody makes them."""
    token = clipped(logp, old, reward[:, None] ** 3, eps_low, eps_high)
    return ((token * mask).sum(axis=1) / mask.sum(axis=1)).mean()


def direct_ends(logp, old, adv, mask, clip_low, clip_high):
    """Ends of the clip that are themselves hyper-parameters."""
    ratio = np.exp(logp - old)
    token = -np.minimum(ratio * adv[:, None], np.clip(ratio, clip_low, clip_high) * adv[:, None])
    return (token * mask).sum() / mask.sum()


def of(function, roles, constants, claim=""):
    """The report on a function."""
    return report(recorded(function, roles, constants), against(claim) if claim else None)


def test_a_penalty_with_a_kink_is_not_judged_by_one_side_of_it():
    one = of(absolute, ("logp", "ref", "mask"), {}).penalty
    assert {region.text() for region in one.regions} == {"log π_θ/π_ref > 0", "log π_θ/π_ref < 0"}
    assert one.on_policy != "0"


def test_a_penalty_that_is_taken_away_is_told_as_such():
    one = of(taken_away, ("logp", "old", "ref", "adv", "mask"), ENDS | {"beta": 0.04}, "grpo")
    assert one.penalty.estimator == "k3"
    assert "beta times k3, taken away from the loss" in told(one).replace("β", "beta")
    assert (one.value.verdict, one.gradient.verdict) == ("refuted", "refuted")


def test_what_leaves_out_zeros_is_no_token_mean():
    roles = ("logp", "old", "adv", "mask")
    one = of(without_zeros, roles, ENDS, "dapo")
    assert [way.kind for way in one.aggregation] == ["other"]
    assert one.value.verdict != "proved"
    assert one.gradient.verdict != "proved"


@pytest.mark.parametrize(("function", "claim", "verdict"), [
    (of_rewards, "grpo", "proved"), (of_rewards, "dapo", "refuted"), (of_cubes, "grpo", "undecided"),
])
def test_advantages_from_rewards_are_known_or_left_open(function, claim, verdict):
    one = of(function, ("logp", "old", "reward", "mask"), ENDS, claim)
    assert (one.value.verdict, one.gradient.verdict) == (verdict, verdict)


def test_advantages_from_rewards_are_called_so():
    one = of(of_rewards, ("logp", "old", "reward", "mask"), ENDS)
    assert {region.text() for region in one.coefficient} == {
        "A_i < 0, r_it > 1 - eps_low; A_i > 0, r_it < 1 + eps_high",
        "A_i < 0, r_it < 1 - eps_low; A_i > 0, r_it > 1 + eps_high"}


def test_ends_that_are_told_by_their_own_names():
    one = of(direct_ends, ("logp", "old", "adv", "mask"), {"clip_low": 0.8, "clip_high": 1.28}, "dapo")
    assert (one.value.verdict, one.gradient.verdict) == ("proved", "proved")


def mean_of_means(logp, old, adv, mask, eps_low, eps_high):
    """A mean over sequences of means over tokens."""
    return ((clipped(logp, old, adv[:, None], eps_low, eps_high) * mask).sum(axis=1) / mask.sum(axis=1)).mean()


@pytest.mark.parametrize("claim", ["dapo", "drgrpo", ""])
def test_what_a_loss_is_does_not_depend_on_what_it_is_held_against(claim):
    one = of(mean_of_means, ("logp", "old", "adv", "mask"), ENDS, claim)
    assert one.name == f"GRPO as DeepSeekMath and R1 define it, {APART}"
    assert one.gradient.verdict == ("refuted" if claim else "proved")


@pytest.mark.parametrize("function", [root_of_length, times_sequences])
def test_a_weight_with_another_power_of_a_size_has_no_name(function):
    one = of(function, {"logp": "logp", "adv": "adv", "mask": "mask"}, {})
    assert [way.kind for way in one.aggregation] == ["other"]


def test_cases_that_hang_on_the_order_of_hyper_parameters_say_so():
    def told_of(function, constants):
        one = of(function, ("logp", "old", "adv", "mask"), constants)
        return [text.text for text in one.hypotheses if "of about the sizes given" in text.text]
    assert told_of(dual_clip, ENDS | {"c": 3.0}) == [
        "the cases of the gradient are told for c, eps_high, eps_low of about the sizes given"]
    assert told_of(token_mean, ENDS) == []
