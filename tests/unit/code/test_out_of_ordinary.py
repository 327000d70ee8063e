"""What a loss does on batches of one sequence or one token, with no padding, or with equal advantages."""

import numpy as np
import pytest
from ordinary_loss import ENDS, ROLES, token_mean
from recorded_losses import recorded, slope

from grpo_symbolic.code.deciding.claimed import against
from grpo_symbolic.code.recording.batches import AS_GIVEN, SMALL
from grpo_symbolic.code.telling.findings import ELSEWHERE
from grpo_symbolic.code.telling.report import report
from grpo_symbolic.code.telling.telling import told

pytestmark = pytest.mark.long

def of_one_sequence(logp, old, adv, mask, eps_low, eps_high):
    """Another sign for one sequence."""
    sign = -1 if len(logp) == 1 else 1
    return sign * token_mean(logp, old, adv, mask, eps_low, eps_high)


def of_one_token(logp, old, adv, mask, eps_low, eps_high):
    """No clip for one token a row."""
    if logp.shape[1] == 1:
        return -(np.exp(logp - old) * adv[:, None] * mask).sum() / mask.sum()
    return token_mean(logp, old, adv, mask, eps_low, eps_high)


def of_full_rows(logp, old, adv, mask, eps_low, eps_high):
    """Twice the loss where there is no padding."""
    if mask.sum() == mask.size:
        return 2 * token_mean(logp, old, adv, mask, eps_low, eps_high)
    return token_mean(logp, old, adv, mask, eps_low, eps_high)


def of_equal_advantages(logp, old, adv, mask, eps_low, eps_high):
    """Nothing where advantages are all equal."""
    if adv.std() == 0:
        return (0 * logp).sum()
    return token_mean(logp, old, adv, mask, eps_low, eps_high)


def of_one_counted(logp, old, adv, mask, eps_low, eps_high):
    """The sum where one token counts."""
    if mask.sum() == 1:
        return 3 * token_mean(logp, old, adv, mask, eps_low, eps_high)
    return token_mean(logp, old, adv, mask, eps_low, eps_high)


def as_given_alone(logp, old, adv, mask, eps_low, eps_high):
    """Twice the loss at one number of a hyper-parameter."""
    return (2 if eps_low == ENDS["eps_low"] else 1) * token_mean(logp, old, adv, mask, eps_low, eps_high)


def by_another_way(logp, old, adv, mask, eps_low, eps_high):
    """The same by another way where there is one sequence."""
    if len(logp) == 1:
        return -1 * (-1 * token_mean(logp, old, adv, mask, eps_low, eps_high))
    return token_mean(logp, old, adv, mask, eps_low, eps_high)


def of_several(logp, old, adv, mask, eps_low, eps_high):
    """Refuses one sequence."""
    if len(logp) == 1:
        raise ValueError("a group has several answers")
    return token_mean(logp, old, adv, mask, eps_low, eps_high)


def said(function, claim="dapo"):
    """The report on a loss, held against DAPO."""
    return report(recorded(function, ROLES, ENDS), against(claim) if claim else None)


def verdicts(found):
    """The verdicts on value and gradient."""
    return found.value.verdict, found.gradient.verdict


def test_what_is_one_loss_everywhere_is_proved():
    found = said(token_mean)
    assert verdicts(found) == ("proved", "proved")
    assert found.findings == ()
    assert len(found.tape.small) == len((*SMALL, AS_GIVEN))
    assert all(one.run for one in found.tape.small)


@pytest.mark.parametrize("function", [
    of_one_sequence, of_one_token, of_full_rows, of_equal_advantages, of_one_counted, as_given_alone])
def test_what_is_another_loss_on_such_a_batch_is_refuted_by_it(function):
    found = said(function)
    assert ELSEWHERE in {one.kind for one in found.findings}
    assert found.gradient.verdict == "refuted"
    assert found.gradient.rerun
    shown = found.gradient.counterexample
    rest = {role: np.array(shown.inputs[letter], dtype=float)
            for role, letter in (("old", "o"), ("adv", "A"), ("mask", "m"))}
    constants = {name: float(value) for name, value in shown.constants.items() if name in ENDS}
    code, wanted = (slope(lambda logp, one=one: one(logp, **rest, **constants),
                          np.array(shown.inputs["x"], dtype=float)) for one in (function, token_mean))
    assert shown.code[0, :, :, 0] == pytest.approx(code, abs=1e-6)
    assert shown.objective[0, :, :, 0] == pytest.approx(wanted, abs=1e-6)
    assert np.abs(code - wanted).max() > 1e-3


def test_it_is_none_of_the_built_in_objectives_then():
    assert said(of_one_sequence, "").name == ""
    assert said(token_mean, "").name == "DAPO"


def test_where_only_the_way_is_another_it_is_left_open():
    found = said(by_another_way)
    assert verdicts(found) == ("undecided", "undecided")
    assert "on a batch of one sequence" in found.value.reason
    assert "losses.py" not in found.value.reason
    assert "test_out_of_ordinary.py" in found.value.reason


def test_where_the_code_gives_no_number_nothing_is_claimed():
    found = said(of_several)
    assert verdicts(found) == ("proved", "proved")
    assert sum("the function raised ValueError at" in one.text for one in found.hypotheses) == 2
    assert "no batch is one of one sequence" in told(found)
