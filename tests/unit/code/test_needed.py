"""What a loss does beside its result says nothing of it, whatever path it takes; what leads to the result does."""

import numpy as np
import pytest
from ordinary_loss import ENDS, ROLES, token_mean
from recorded_losses import recorded

from grpo_symbolic.code.checked import report_of
from grpo_symbolic.code.deciding.claimed import against
from grpo_symbolic.code.recording.needed import needed, needed_alone

pytestmark = pytest.mark.long


def with_metric_behind(logp, old, adv, mask, eps_low, eps_high):
    """A metric of rows, which is another one where rows have one token."""
    loss = token_mean(logp, old, adv, mask, eps_low, eps_high)
    gap = np.abs(logp - old)
    float((gap.squeeze(1) if gap.shape[1] == 1 else (gap * mask).sum(-1) / mask.sum(-1)).max())
    return loss


def with_metric_before(logp, old, adv, mask, eps_low, eps_high):
    """A metric that is taken of long rows alone, and read by nobody."""
    if logp.shape[1] > 1:
        np.square(logp - old).mean()
    return token_mean(logp, old, adv, mask, eps_low, eps_high)


def as_path_alone(logp, old, adv, mask, eps_low, eps_high):
    """No clip where rows have one token."""
    if logp.shape[1] == 1:
        return -(np.exp(logp - old) * adv[:, None] * mask).sum() / mask.sum()
    return token_mean(logp, old, adv, mask, eps_low, eps_high)


def in_place_before(logp, old, adv, mask, eps_low, eps_high):
    """A number that is read, and comes back, is changed in place before."""
    count = mask.sum(-1)
    count += 1
    total = float(count.sum()) - len(mask)
    ratio = np.exp(logp - old)
    token = np.minimum(ratio * adv[:, None], np.clip(ratio, 1 - eps_low, 1 + eps_high) * adv[:, None])
    return -(token * mask).sum() / total


def finite_alone(logp, old, adv, mask, eps_low, eps_high):
    """The loss with what is not finite left out."""
    ratio = np.exp(logp - old)
    ratio = np.where(np.isfinite(ratio) & (ratio < np.inf), ratio, 0.0)
    token = np.minimum(ratio * adv[:, None], np.clip(ratio, 1 - eps_low, 1 + eps_high) * adv[:, None])
    return -(token * mask).sum() / mask.sum()


def verdicts(function):
    found = report_of(recorded(function, ROLES, ENDS), against("dapo"), False)
    return found.value.verdict, found.gradient.verdict, [one.text for one in found.hypotheses]


@pytest.mark.parametrize("function", [with_metric_behind, with_metric_before, finite_alone])
def test_a_metric_changes_no_verdict(function):
    assert verdicts(function)[:2] == ("proved", "proved")


def test_what_leads_to_the_result_does():
    value, gradient, _ = verdicts(as_path_alone)
    assert "proved" not in (value, gradient)


def test_that_numbers_are_finite_is_supposed():
    assert any("finite" in text for text in verdicts(finite_alone)[2])
    assert not any("finite" in text for text in verdicts(token_mean)[2])


def test_of_a_run_what_its_result_rests_on_is_left():
    tape = needed_alone(recorded(with_metric_behind, ROLES, ENDS))
    assert len(tape.runs[0].records) == len(recorded(token_mean, ROLES, ENDS).runs[0].records)
    assert all(needed(run) is run for run in tape.runs)


def test_numbers_that_come_back_are_left_with_what_changed_them():
    run = recorded(in_place_before, ROLES, ENDS).runs[0]
    kept = needed(run).records
    assert any(record.alias is not None for record in kept)
    assert any(record.item is not None for record in kept)


def halved_behind(logp, old, adv, mask, eps_low, eps_high):
    """Half of the loss where an advantage is large, as is asked once the loss is there."""
    loss = token_mean(logp, old, adv, mask, eps_low, eps_high)
    return loss * 0.5 if float(np.abs(adv).max()) > 20 else loss


def dropped_behind(logp, old, adv, mask, eps_low, eps_high):
    """Nothing where all advantages are large."""
    loss = token_mean(logp, old, adv, mask, eps_low, eps_high)
    if np.all(np.abs(adv) > 20):
        return 0 * loss
    return loss


def counted_behind(logp, old, adv, mask, eps_low, eps_high):
    """Half of the loss where there are large advantages."""
    loss = token_mean(logp, old, adv, mask, eps_low, eps_high)
    return loss * 0.5 if len(np.flatnonzero(np.abs(adv) > 20)) else loss


@pytest.mark.parametrize("function", [halved_behind, dropped_behind, counted_behind, with_metric_behind])
def test_what_may_lead_python_once_the_loss_is_there_is_supposed_not_to(function):
    assert any("as in every run" in text or "leads Python nowhere else" in text for text in verdicts(function)[2])
