"""What arguments are, is guessed from names or told; nothing is guessed that a name does not say."""

import math

import pytest

from grpo_symbolic.code.recording import roles
from grpo_symbolic.code.recording.arguments import Fixed, Parameter, Scalar, Tensor, Told, bindings
from grpo_symbolic.code.recording.recorded import Unrecorded

NOTHING = Told({}, {}, {})


@pytest.mark.parametrize(("role", "names"), [
    ("logp", "logp logprobs log_prob per_token_logps new_logprobs curr_logprobs next_token_logprobs log_probs"),
    ("old", "old old_logp old_log_prob old_logprobs old_per_token_logps prev_logprobs proximal_logprobs"),
    ("ref", "ref ref_logp ref_log_prob log_probs_base reference_policy_logprobs ref_per_token_logps"),
    ("rollout", "rollout_log_probs generation_logprobs sampling_per_token_logps rollout"),
    ("adv", "adv advantages A token_advantages"),
    ("mask", "mask response_mask loss_mask action_mask completion_mask"),
    ("reward", "rewards reward"), ("entropy", "entropy token_entropy"), ("logits", "logits"), ("labels", "labels"),
])
def test_names_that_speak(role, names):
    assert {name: roles.guessed(name) for name in names.split()} == dict.fromkeys(names.split(), role)


@pytest.mark.parametrize("names", ["old_logprobs prev_logprobs", "response_mask loss_mask", "advantages adv"])
def test_two_arguments_are_not_one_thing_unless_both_are_told_to_be(names):
    arguments = [Parameter(name) for name in names.split()]
    with pytest.raises(Unrecorded, match="may all be of the role"):
        bindings(arguments, NOTHING, False)
    told = {one.name: "mask" for one in arguments}
    assert [one.role for one in bindings(arguments, Told(told, {}, {}), False)] == ["mask", "mask"]


@pytest.mark.parametrize("name", ["rho_weights", "x", "model", "self", "config", "clip", "weights", "threshold",
                                  "baseline_value", "old_model", "loss_agg_mode"])
def test_names_that_say_nothing(name):
    assert roles.guessed(name) is None


def test_what_is_old_beside_a_proximal_policy_is_what_sampled():
    found = bindings([Parameter("logprobs"), Parameter("old_logprobs"), Parameter("proximal_logprobs")], NOTHING, False)
    assert [one.role for one in found] == ["logp", "rollout", "old"]


def test_what_is_told_goes_before_what_is_guessed():
    told = Told({"mask": "one"}, {"eps": 0.5}, {"mode": "sum"})
    found = bindings([Parameter("mask"), Parameter("eps", default=0.1), Parameter("mode", default="mean")], told, False)
    assert found == (Tensor("mask", "one", False), Scalar("eps", 0.5), Fixed("mode", "sum", True))


def test_a_role_may_be_told_the_other_way_round():
    found = bindings([Parameter("lp"), Parameter("mask")], Told({"logp": "lp"}, {}, {}), False)
    assert found == (Tensor("lp", "logp", False), Tensor("mask", "mask", True))


@pytest.mark.parametrize(("one", "binding"), [
    (Parameter("eps", default=0.1), Scalar("eps", 0.1)), (Parameter("eps"), Scalar("eps", 0.2, True)),
    (Parameter("beta", default=0.0), Fixed("beta", 0.0, False)),
    (Parameter("flag", default=True), Fixed("flag", True, False)),
    (Parameter("dp_size", default=1), Fixed("dp_size", 1, False)),
    (Parameter("length", default=16), Scalar("length", 16)),
    (Parameter("mode", default="sum"), Fixed("mode", "sum", False)),
    (Parameter("ref_logp", default=None), Tensor("ref_logp", "ref", True)),
    (Parameter("rollout_log_probs", default=None), Fixed("rollout_log_probs", None, False)),
    (Parameter("mask", "bool", False), Fixed("mask", False, False)),
    (Parameter("logps", "list[torch.Tensor]"), Tensor("logps", "logp", True, "list")),
])
def test_defaults_and_annotations_tell_hyper_parameters_from_settings_and_tensors(one, binding):
    assert bindings([one], NOTHING, False) == (binding,)


@pytest.mark.parametrize(("parameters", "told", "said"), [
    ([Parameter("rho_weights")], NOTHING, "no role for the argument `rho_weights`: --role rho_weights="),
    ([Parameter("width", "float")], NOTHING, "no value for the argument `width`: --const width="),
    ([Parameter("logp")], Told({"lp": "logp"}, {}, {}), "there is no argument `lp`: there are logp"),
])
def test_what_cannot_be_guessed_is_asked_for_by_name(parameters, told, said):
    with pytest.raises(Unrecorded, match=said):
        bindings(parameters, told, False)


def test_an_expression_of_roles_is_computed():
    found = roles.parsed("exp(logp - old)**2 / -log(3) + 1")
    functions = {"exp": math.exp, "log": math.log}
    expected = math.exp(0.5)**2 / -math.log(3) + 1
    assert roles.names(found) == ("logp", "old")
    assert roles.value_of(found, {"logp": -1.0, "old": -1.5}, functions) == expected


@pytest.mark.parametrize("text", ["logp.sum()", "__import__('os')", "logp if old else ref", "[logp]", "logp; old", "",
                                  "lambda: 0", "logp @ old", "exp(logp, base=2)", "sin(logp)", "'a'", "nothing",
                                  "True"])
def test_nothing_else_is_an_expression_of_roles(text):
    with pytest.raises(Unrecorded):
        roles.names(roles.parsed(text))
