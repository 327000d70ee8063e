"""Facts of penalties and of clips, in the many ways in which code has them."""

import math
import re

import numpy as np
import pytest
from recorded_losses import recorded

from grpo_symbolic.code.deciding.claimed import against
from grpo_symbolic.code.telling.report import report
from grpo_symbolic.code.telling.telling import told

pytestmark = pytest.mark.long

ROLES = ("logp", "old", "ref", "adv", "mask")
SET = {"eps": 0.2, "beta": 0.04}
CLIPPED = "A_i < 0, r_it < 1 - eps; A_i > 0, r_it > 1 + eps"


def clipped(logp, old, adv, eps):
    """The loss of a token."""
    ratio = np.exp(logp - old)
    return -np.minimum(ratio * adv[:, None], np.clip(ratio, 1 - eps, 1 + eps) * adv[:, None])


def mean(token, mask):
    """The mean over all tokens."""
    return (token * mask).sum() / mask.sum()


def k3(gap):
    """The estimator of a log-ratio."""
    return np.exp(gap) - gap - 1


def to_old(logp, old, adv, mask, eps, beta):
    """A penalty to the old policy."""
    return mean(clipped(logp, old, adv, eps) + beta * k3(old - logp), mask)


def squared(logp, old, ref, adv, mask, eps, beta):
    """A square without its half."""
    return mean(clipped(logp, old, adv, eps) + beta * (logp - ref) ** 2, mask)


def over_padding(logp, old, ref, adv, mask, eps, beta):
    """A penalty that is a mean over all positions."""
    return mean(clipped(logp, old, adv, eps), mask) + beta * k3(ref - logp).mean()


def of_masked_gap(logp, old, ref, adv, mask, eps, beta):
    """A penalty that is masked inside."""
    return mean(clipped(logp, old, adv, eps), mask) + beta * k3((ref - logp) * mask).sum() / mask.sum()


def of_logarithms(logp, old, adv, mask, eps):
    """The difference is clipped in place of the ratio."""
    gap = np.clip(logp - old, math.log(1 - eps), math.log(1 + eps))
    return -mean(np.minimum(np.exp(logp - old) * adv[:, None], np.exp(gap) * adv[:, None]), mask)


def of_other_ends(logp, old, adv, mask, eps):
    """The same with ends that are others of a hyper-parameter."""
    gap = np.clip(logp - old, -eps, eps)
    return -mean(np.minimum(np.exp(logp - old) * adv[:, None], np.exp(gap) * adv[:, None]), mask)


def of_few_advantages(logp, old, adv, mask, eps):
    """Advantages are held between two ends."""
    return mean(clipped(logp, old, np.clip(adv, -5, 5), eps), mask)


def tiny(logp, old, adv, mask, eps):
    """A mean of means, of no size."""
    return 1e-9 * ((clipped(logp, old, adv, eps) * mask).sum(axis=1) / mask.sum(axis=1)).mean()


def without_factor(logp, old, ref, adv, mask, eps):
    """A penalty whose factor is 1."""
    token = clipped(logp, old, adv, eps) + k3(ref - logp)
    return ((token * mask).sum(axis=1) / mask.sum(axis=1)).mean()


def swapped(logp, old, ref, adv, mask, eps):
    """A penalty the wrong way round."""
    token = clipped(logp, old, adv, eps) + 2 * k3(logp - ref)
    return ((token * mask).sum(axis=1) / mask.sum(axis=1)).mean()


def said(function, claim=""):
    """The report on a function, by the names of its arguments."""
    names = function.__code__.co_varnames[:function.__code__.co_argcount]
    tape = recorded(function, [name for name in names if name in ROLES], {key: SET[key] for key in names if key in SET})
    return report(tape, against(claim) if claim else None)


@pytest.mark.parametrize(("function", "line"), [
    (to_old, "β times k3 to π_old; on-policy its mean gradient is 0"),
    (squared, "2 β times k2; on-policy its mean gradient is ∇KL(π_θ‖π_ref), the reverse one"),
    (over_padding, "β times k3 up to a constant; on-policy its mean gradient is ∇KL(π_ref‖π_θ), the forward one"),
    (of_masked_gap, "β times k3; on-policy its mean gradient is ∇KL(π_ref‖π_θ), the forward one"),
])
def test_a_penalty_is_named_and_does_not_hide_the_clip(function, line):
    found = said(function)
    lines = told(found).splitlines()
    assert [one.removeprefix("penalty").strip().partition("; off")[0]
            for one in lines if one.startswith("penalty")] == [line]
    assert [one.where.text() for one in found.clip] == [CLIPPED]


def test_a_penalty_masked_inside_reads_no_padding():
    assert said(of_masked_gap).findings == ()
    assert {one.kind for one in said(over_padding).findings} == {"reads padding"}


def test_regions_that_are_empty_are_not_told():
    texts = [way for one in said(of_few_advantages).coefficient for way in one.text().split("; ")]
    assert texts
    assert not any(re.search("A_i < 0", one) and re.search("A_i > 5", one) for one in texts)
    assert any("A_i > 5" in one for one in texts)


@pytest.mark.parametrize(("function", "verdicts"), [
    (of_logarithms, ("proved", "proved")), (of_other_ends, ("proved", "proved")),
    (of_few_advantages, ("refuted", "refuted")), (tiny, ("refuted", "refuted")),
])
def test_what_is_easily_decided_is(function, verdicts):
    found = said(function, "dapo")
    assert (found.value.verdict, found.gradient.verdict) == verdicts


def test_a_factor_of_one_is_one():
    found = said(without_factor, "grpo")
    assert (found.value.verdict, found.gradient.verdict) == ("proved", "proved")
    assert r"\beta = 1" in found.said


def test_a_number_is_not_read_as_what_its_name_says_that_it_is_not():
    found = said(swapped, "grpo")
    assert (found.value.verdict, found.gradient.verdict) == ("refuted", "refuted")
    assert not any(one.startswith(r"\beta is `eps`") for one in found.said)
