"""The losses of REINFORCE over answers and of RLOO, with rewards or with advantages, and what else may be named."""

import pytest
from recorded_losses import recorded

from grpo_symbolic.code.deciding.claimed import GIVEN, against, known_names
from grpo_symbolic.code.telling.report import report
from grpo_symbolic.code.unsupported import Unsupported

SEQUENCE = {"A": ("B",), "r": ("B",), "x": ("B", "T"), "o": ("B", "T"), "f": ("B", "T")}
PROVED, REFUTED = ("proved", "proved"), ("refuted", "refuted")


def answers(advantage, logp, mask):
    """The mean over answers of what their tokens sum to."""
    return -(advantage * (logp * mask).sum(axis=1)).mean()


def of_others(logp, reward, mask):
    """The baseline is the mean reward of the others."""
    return answers(reward - (reward.sum() - reward) / (len(reward) - 1), logp, mask)


def of_all(logp, reward, mask):
    """The baseline is the mean reward of all."""
    return answers(reward - reward.mean(), logp, mask)


def given(logp, adv, mask):
    """With advantages, one a sequence."""
    return answers(adv, logp, mask)


def of_tokens(logp, adv, mask):
    """A mean over tokens."""
    return -(adv[:, None] * logp * mask).sum() / mask.sum()


def each_token(logp, adv, mask):
    """With advantages, one a token."""
    return -(adv * logp * mask).sum(axis=1).mean()


def said(function, claim="", layouts=None):
    """The report on a function."""
    roles = function.__code__.co_varnames[:function.__code__.co_argcount]
    return report(recorded(function, roles, {}, layouts), against(claim) if claim else None)


@pytest.mark.parametrize(("function", "claim", "verdicts"), [
    (of_others, "rloo", PROVED), (of_all, "rloo", REFUTED), (given, "rloo", PROVED), (of_tokens, "rloo", REFUTED),
    (given, "reinforce-sequences", PROVED), (of_tokens, "reinforce-sequences", REFUTED),
    (of_all, "reinforce-sequences", PROVED),
])
def test_a_loss_is_held_against_leave_one_out(function, claim, verdicts):
    found = said(function, claim)
    assert (found.value.verdict, found.gradient.verdict) == verdicts


def test_advantages_a_token_are_said_to_be_such():
    layouts = {"adv": "token"}
    assert said(each_token, "reinforce-sequences", layouts).gradient.verdict == "proved"
    found = said(each_token, "rloo", layouts)
    assert found.gradient.verdict == "proved"
    assert any("is one a token as the code has it" in one for one in found.said)


@pytest.mark.parametrize(("function", "told"), [(given, True), (of_others, False)])
def test_of_advantages_that_the_code_is_given_nothing_is_said(function, told):
    assert (GIVEN in said(function, "rloo").said) == told


@pytest.mark.parametrize(("function", "name"), [
    (of_others, "RLOO, sum over tokens, mean over sequences"),
    (given, "REINFORCE, sum over tokens, mean over sequences"), (of_tokens, "REINFORCE, mean over all tokens"),
])
def test_it_is_found_without_being_named(function, name):
    assert said(function).name == name


@pytest.mark.parametrize("name", ["rloo-answers", r"\hat{A}_i"])
def test_what_is_a_number_for_each_sequence_is_no_loss_and_no_advice_is_given_that_does_not_help(name):
    with pytest.raises(Unsupported, match="no objective of a batch: it is a number for each sequence") as caught:
        against(name).on_batch(SEQUENCE)
    assert "--role" not in str(caught.value)


def test_advice_is_given_where_it_helps():
    with pytest.raises(Unsupported, match="--role ARG=adv:column"):
        against("gspo").on_batch({**SEQUENCE, "A": ("B", "T")})
    against("gspo").on_batch(SEQUENCE)


def test_every_name_that_is_offered_is_an_objective_of_a_batch_and_all_that_are_are_offered():
    with pytest.raises(Unsupported) as caught:
        against("nosuch")
    assert f"name one of {', '.join(known_names())}, or give LaTeX" in str(caught.value)
    for name in known_names():
        against(name).on_batch(SEQUENCE)
    assert {"grpo", "rloo", "reinforce", "kl-in-reward", "ppo"} <= set(known_names())
    assert not {"rloo-answers", "trpo-visited", "ppo-gae"} & set(known_names())
