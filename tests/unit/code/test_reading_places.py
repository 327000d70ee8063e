"""What NumPy code does with places: it puts, takes, turns around and weighs, and it loops over rows."""

import numpy as np
import pytest
from recorded_losses import recorded

from grpo_symbolic.code.deciding.claimed import against
from grpo_symbolic.code.reading.reading import read
from grpo_symbolic.code.recording.tape import TapeError
from grpo_symbolic.code.telling.report import report
from grpo_symbolic.code.unsupported import Unsupported

ROLES = ("logp", "old", "adv", "mask")


def token(logp, old, adv):
    """The surrogate of a token."""
    return np.exp(logp - old) * adv[:, None]


def put(logp, old, adv, mask):
    """Padding is written to."""
    found = token(logp, old, adv)
    found[mask == 0] = 0
    return -found.sum() / mask.sum()


def averaged(logp, old, adv, mask):
    """A mean with weights."""
    return -np.average(token(logp, old, adv), weights=mask)


def of_a_column(logp, old, adv, mask):
    """The only column of an array."""
    return -(token(logp, old, adv[:, None][..., 0]) * mask).sum() / mask.sum()


def of_ends(logp, old, adv, mask):
    """The first and the last position alone."""
    del mask
    found = token(logp, old, adv)
    return -(found[:, 0] + 2 * found[:, -1]).mean()


def turned(logp, old, adv, mask):
    """All positions the other way round."""
    return -(np.flip(token(logp, old, adv), 1) * mask).sum() / mask.sum()


def in_a_loop(logp, old, adv, mask):
    """Rows one by one."""
    total = 0.0
    for row in range(len(logp)):
        total = total - (np.exp(logp[row] - old[row]) * adv[row] * mask[row]).sum()
    return total / mask.sum()


@pytest.mark.parametrize("function", [put, averaged, of_a_column])
def test_what_is_put_and_weighed_by_the_mask_is_masked(function):
    found = report(recorded(function, ROLES, {}), against("trpo"))
    assert (found.value.verdict, found.gradient.verdict) == ("proved", "proved")
    assert found.findings == ()


def test_an_end_of_every_row_is_that_end():
    found = report(recorded(of_ends, ROLES, {}), against("trpo"))
    assert (found.value.verdict, found.gradient.verdict) == ("refuted", "refuted")
    assert found.selfcheck.difference < 1e-9


def test_what_stands_the_other_way_round_is_not_guessed():
    with pytest.raises(Unsupported, match=r"numpy.flip at .*: positions come to stand in the opposite order"):
        read(recorded(turned, ROLES, {}))


def test_a_loop_over_rows_is_shown_another_way():
    with pytest.raises(TapeError, match=r"the path taken depends on the batch: .*--role logp=logp:list"):
        read(recorded(in_a_loop, ROLES, {}))
