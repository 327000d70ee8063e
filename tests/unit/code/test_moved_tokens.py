"""Sums by letters, rows that move round their end, differences along rows, and single places of them."""

import numpy as np
import pytest
from recorded_losses import recorded

from grpo_symbolic.code.deciding.claimed import against
from grpo_symbolic.code.reading.reading import read
from grpo_symbolic.code.reading.selfcheck import checked
from grpo_symbolic.code.telling.report import report
from grpo_symbolic.code.unsupported import Unsupported

pytestmark = pytest.mark.long

ROLES = ("logp", "old", "adv", "mask")


def of_letters(logp, old, adv, mask):
    """A mean over tokens."""
    return -np.einsum("bt,b,bt->", np.exp(logp - old), adv, mask) / mask.sum()


def of_columns(logp, old, adv, mask):
    """A mean over positions of sums over sequences."""
    return -np.einsum("bt,b,bt->t", np.exp(logp - old), adv, mask).mean()


def on(logp, old, adv, mask):
    """Every token with the ratio of the one before it."""
    return -(np.roll(np.exp(logp - old), 1, axis=1) * adv[:, None] * mask).sum() / mask.sum()


def back(logp, old, adv, mask):
    """Every token with the ratio of the one after it."""
    return -(np.roll(np.exp(logp - old), -1, axis=-1) * adv[:, None] * mask).sum() / mask.sum()


def steps(logp, old, adv, mask):
    """Differences of neighbours."""
    return (np.diff(logp - old, axis=1) ** 2 * adv[:, None] * mask[:, 1:]).sum() / mask.sum()


def first(logp, old, adv, mask):
    """Every token with the ratio of the first."""
    return -(np.exp(logp - old)[:, :1] * adv[:, None] * mask).sum() / mask.sum()


def last(logp, old, adv, mask):
    """Every token with the ratio at the last position."""
    return -(np.exp(logp - old)[:, -1:] * adv[:, None] * mask).sum() / mask.sum()


@pytest.mark.parametrize("function", [of_letters, of_columns, on, back, steps, first, last])
def test_what_is_read_is_what_the_code_does(function):
    tape = recorded(function, ROLES, {})
    assert checked(tape, read(tape)).difference < 1e-9


@pytest.mark.parametrize(("function", "verdict"), [(of_letters, "proved"), (of_columns, "refuted"), (on, "refuted")])
def test_a_sum_by_letters_is_the_mean_over_tokens_where_it_sums_over_both(function, verdict):
    found = report(recorded(function, ROLES, {}), against("trpo"))
    assert (found.value.verdict, found.gradient.verdict) == (verdict, verdict)


@pytest.mark.parametrize(("moved", "reason"), [
    (lambda ratio, adv: ratio * np.roll(adv, 1)[:, None], "sequences move to the places of others"),
    (lambda ratio, adv: np.roll(ratio, 2, axis=1) * adv[:, None], "round the end by more than one"),
    (lambda ratio, adv: np.einsum("bt,c->t", ratio, adv), "one axis stands on both sides"),
    (lambda ratio, adv: np.sort(ratio, axis=1) * adv[:, None], r"numpy.sort at .*: this operation has no rule"),
])
def test_what_has_no_rule_is_said(moved, reason):
    def loss(logp, old, adv, mask):
        return (moved(np.exp(logp - old), adv) * mask).sum() / mask.sum()

    with pytest.raises(Unsupported, match=reason):
        read(recorded(loss, ROLES, {}))


def test_a_condition_on_a_count_is_no_end_of_a_clip():
    def few(logp, old, adv, mask):
        token = (np.exp(logp - old) * adv[:, None] * mask).sum() / mask.sum()
        return np.where(mask.sum() > 3, -token, -2 * token)

    found = report(recorded(few, ROLES, {}), against("dapo"))
    assert (found.value.verdict, found.gradient.verdict) == ("refuted", "refuted")
