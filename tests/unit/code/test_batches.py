"""On made-up batches axes and roles can be told apart."""

import pytest

from grpo_symbolic.code.recording.batches import CHECKED, FAR, LAYOUTS, ON_POLICY, TRACED, Array, array, member, packed

PLANS = (*TRACED, *CHECKED)


@pytest.mark.parametrize("plan", PLANS)
def test_sizes_tell_axes_apart(plan):
    rows, tokens = plan.sequences, plan.tokens
    sizes = (rows, tokens, tokens - 1, rows * tokens, plan.vocabulary, sum(plan.lengths), rows - 1, 1)
    assert len(set(sizes)) == len(sizes)


@pytest.mark.parametrize("plan", PLANS)
def test_masks_are_ragged(plan):
    mask = array(plan, "mask", "token", "float64").values
    assert set(mask) == {0.0, 1.0}
    assert sum(mask) == sum(plan.lengths)
    assert max(plan.lengths) == plan.tokens
    assert 1 <= min(plan.lengths) <= plan.tokens / 2


@pytest.mark.parametrize("plan", PLANS)
@pytest.mark.parametrize("role", ["logp", "old", "ref", "rollout"])
def test_log_probabilities_are_below_zero(plan, role):
    assert max(array(plan, role, "token", "float64").values) < 0


def test_no_two_roles_or_runs_share_numbers():
    found = [array(plan, role, "token", "float64").values
             for plan in (*TRACED, FAR) for role in ("logp", "old", "ref", "rollout", "adv", "entropy", "free")]
    assert len(set(found)) == len(found)


def test_one_batch_is_on_policy_and_one_far_off():
    log_ratios = {plan: [x - o for x, o in zip(*(array(plan, role, "token", "float64").values for role in
                                                 ("logp", "old")), strict=True)] for plan in CHECKED}
    assert set(log_ratios[ON_POLICY]) == {0.0}
    assert max(log_ratios[FAR]) > 20
    assert min(log_ratios[FAR]) < -20


@pytest.mark.parametrize("plan", PLANS)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_advantages_have_both_signs_in_every_layout(plan, layout):
    values = array(plan, "adv", layout, "float64").values
    assert min(values) < 0 < max(values)


def test_lists_and_packed_rows_hold_the_tokens_without_padding():
    plan = TRACED[0]
    whole = array(plan, "logp", "token", "float64")
    rows = [member(plan, whole, row) for row in range(plan.sequences)]
    assert [one.shape for one in rows] == [(length,) for length in plan.lengths]
    together = tuple(value for one in rows for value in one.values)
    assert packed(plan, whole) == Array((sum(plan.lengths),), "float64", together)
    offsets = array(plan, "cu_seqlens", "", "int64").values
    assert together[offsets[1]:offsets[2]] == rows[1].values
