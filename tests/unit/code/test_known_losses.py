"""Losses whose facts are known: each is found as it is, right ones and those with a mistake that is often made."""

import json
from functools import cache

import pytest
from known_losses import VERDICTS
from tapes import tape

from grpo_symbolic.code.deciding.claimed import against
from grpo_symbolic.code.telling.report import APART, report
from grpo_symbolic.code.telling.telling import told
from grpo_symbolic.code.unsupported import Unsupported

pytestmark = pytest.mark.long

TOKEN_MEANS, ALL_TOKENS = "mean over sequences of token means", "token mean"
AGGREGATIONS = {
    "grpo": TOKEN_MEANS, "token_mean": ALL_TOKENS, "gspo": "mean over sequences", "picked": ALL_TOKENS,
    "constant_length": "sum over tokens, divided by a constant and the number of sequences",
    "over_padding": "mean over all positions", "shifted": f"shifted: {ALL_TOKENS}", "smooth": TOKEN_MEANS,
    "wrong_axis": "mean over the sequences at each position (the wrong axis)", "to_itself": ALL_TOKENS,
}
DEAD = {
    "grpo": "A_i < 0, r_it < 1 - eps_low; A_i > 0, r_it > 1 + eps_high",
    "ends_swapped": "A_i < 0, r_it < 1 - eps_high; A_i > 0, r_it > 1 + eps_low",
    "optimistic": "A_i > 0, r_it < 1 - eps_low; A_i < 0, r_it > 1 + eps_high",
    "gspo": "A_i < 0, s_i < 1 - eps_low; A_i > 0, s_i > 1 + eps_high",
    "dual_everywhere": "A_i > 0; r_it < 1 - eps_low; r_it > clip_ratio_c",
    "dual_clip": "A_it < 0, r_it < 1 - cliprange; A_it > 0, r_it > 1 + cliprange; r_it > clip_ratio_c",
    "gspo_stopped": "everywhere", "to_itself": "everywhere",
    "penalty_capped": "log π_θ/π_ref + π_ref/π_θ - 1 > most",
}
NO_KL = "none of 0, ∇KL(π_θ‖π_ref), ∇KL(π_ref‖π_θ)"
REVERSE, FORWARD = "∇KL(π_θ‖π_ref), the reverse one", "∇KL(π_ref‖π_θ), the forward one"
PENALTIES = {
    "grpo": ("k3", FORWARD, NO_KL), "to_reference": ("k3", FORWARD, NO_KL), "penalty_k1": ("k1", "0", NO_KL),
    "penalty_k2": ("k2", REVERSE, NO_KL), "penalty_weighted": ("w·k3", REVERSE, REVERSE),
    "penalty_weight_stopped": ("sg(w)·k3", FORWARD, FORWARD), "penalty_capped": ("k3, clamped", FORWARD, NO_KL),
    "penalty_swapped": ("k3 with π_θ and π_ref swapped", NO_KL, NO_KL),
}
FINDINGS = {
    "over_padding": ("reads padding", "losses.py:82"), "shifted": ("shifted mask", "losses.py:76"),
    "wrong_axis": ("wrong axis", "losses.py:176"),
}
NAMES = {
    "grpo": f"GRPO as DeepSeekMath and R1 define it, {APART}", "token_mean": "DAPO", "gspo_token": f"GSPO, {APART}",
    "cispo": "CISPO",
    "constant_length": "Dr. GRPO, divided by the constant max_len", "gspo_stopped": "", "cispo_live": "",
}


@cache
def found(name, asked=""):
    """The report on a loss."""
    return report(tape(name), against(asked) if asked else None)


@pytest.mark.parametrize(("name", "asked", "value", "gradient"), VERDICTS)
def test_value_and_gradient_are_what_they_are(name, asked, value, gradient):
    one = found(name, asked)
    assert (one.value.verdict, one.gradient.verdict) == (value, gradient)
    for side in (one.value, one.gradient):
        assert (side.counterexample is None) == (side.verdict == "proved")
        assert side.against.startswith("-") != (asked.startswith("L ="))


@pytest.mark.parametrize("name", AGGREGATIONS)
def test_how_tokens_are_weighed(name):
    assert [one.kind for one in found(name).aggregation] == [AGGREGATIONS[name]]


@pytest.mark.parametrize("name", DEAD)
def test_where_the_gradient_is_cut(name):
    regions = {frozenset(one.where.text().split("; ")) for one in found(name).clip}
    assert regions == {frozenset(DEAD[name].split("; "))}


@pytest.mark.parametrize("name", ["cispo", "cispo_live", "smooth", "over_padding"])
def test_where_no_gradient_is_cut_none_is_said_to_be(name):
    assert found(name).clip == ()


@pytest.mark.parametrize("name", PENALTIES)
def test_which_divergence_a_penalty_follows(name):
    one = found(name).penalty
    assert (one.estimator, one.on_policy, one.off_policy) == PENALTIES[name]


@pytest.mark.parametrize("name", sorted({*AGGREGATIONS, *PENALTIES}))
def test_faults_are_named_with_their_lines_and_no_others(name):
    faults = [(one.kind, str(one.at)) for one in found(name).findings]
    assert faults == ([FINDINGS[name]] if name in FINDINGS else [])


@pytest.mark.parametrize("name", NAMES)
def test_what_a_loss_is(name):
    assert found(name).name == NAMES[name]


def test_a_loss_that_depends_on_more_than_log_probabilities_has_another_gradient():
    side = found("with_entropy", "trpo").gradient
    assert "in the derivative in H_it" in side.reason


def test_the_batch_is_as_small_as_can_be():
    one = found("means_of_means", "dapo").gradient.counterexample
    assert one.lengths == (1, 2)
    assert found("cispo_live", "cispo").gradient.counterexample.lengths == (1,)


def test_stabilisers_are_hypotheses_with_their_lines():
    texts = {one.text: str(one.at) for one in found("dual_clip").hypotheses}
    assert any("lies between -20 and 20" in text for text in texts)
    assert {text: at for text, at in texts.items() if "token" in text} == {}
    assert any(one.text == "every sequence has a token" for one in found("means_of_means").hypotheses)


def test_kept_stabilisers_make_another_gradient():
    one = report(tape("dual_clip"), against("ppo-dual-clip"), exact=True)
    assert one.gradient.verdict != "proved"
    assert all(one.at is None or "Python" in one.text for one in one.hypotheses)


def test_what_cannot_be_read_names_the_operation_and_its_line():
    with pytest.raises(Unsupported, match=r"aten\.topk\.default at losses\.py:231"):
        report(tape("sorted_tokens"))


@pytest.mark.parametrize("name", ["grpo", "cispo_live", "over_padding"])
def test_the_record_is_plain_data_and_says_what_the_text_says(name):
    one = found(name, "grpo" if name == "grpo" else "")
    record = json.loads(json.dumps(one.record()))
    assert record["selfcheck"]["batches"] == 5
    assert record["selfcheck"]["max_difference"] < 1e-12
    assert record["aggregation"]["kind"] in told(one)
    assert record["roles"]["mask"] == {"role": "mask", "guessed": True}
    assert bool(record["reads_padding"]) == ("reads padding" in told(one))
