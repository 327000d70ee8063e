"""Reports on functions that are recorded now, as real code is written."""

import pytest
from tapes import HERE

import grpo_symbolic as gs

pytestmark = pytest.mark.long

FILE = str(HERE / "numpy_losses.py")


def test_a_mask_within_what_is_masked_changes_nothing():
    found = gs.loss(f"{FILE}:padded_ratio", "gspo")
    assert (found.name, found.value.verdict, found.gradient.verdict) == ("GSPO", "proved", "proved")
    assert any("1e-08 beside |o_i| is nothing" in one.text for one in found.hypotheses)
    assert gs.loss(f"{FILE}:padded_ratio", "gspo", exact=True).value.verdict == "refuted"


def test_an_objective_with_an_advantage_a_sequence_says_nothing_of_one_a_token():
    with pytest.raises(gs.Unsupported, match="one advantage a sequence, and the code one a token"):
        gs.loss(f"{FILE}:of_tokens", "gspo", roles={"adv": "adv:token"})
    assert gs.loss(f"{FILE}:of_tokens", "gspo", roles={"adv": "adv:column"}).gradient.verdict == "proved"


def test_a_weight_without_a_name_is_given_none():
    kind, = {one.kind for one in gs.loss(f"{FILE}:odd_weight").aggregation}
    assert kind == "other"


def test_what_differs_is_run_again():
    found = gs.loss(f"{FILE}:odd_weight", "reinforce")
    assert found.gradient.rerun
    with pytest.raises(AssertionError, match="gradient refuted against"):
        gs.assert_gradient_equal(f"{FILE}:odd_weight", "reinforce")


def test_what_neither_is_proved_nor_refuted_is_undecided():
    with pytest.raises(gs.Undecided):
        gs.assert_equal(f"{FILE}:odd_weight", "")


def test_what_is_repeated_along_tokens_is_what_it_was():
    found = gs.loss(f"{FILE}:tiled")
    assert found.aggregation[0].kind.startswith("mean over sequences")
    assert found.selfcheck.difference < 1e-6


def test_a_branch_that_no_run_takes_is_a_hypothesis():
    found = gs.loss(f"{FILE}:unless_empty", "reinforce")
    assert found.gradient.verdict == "proved"
    told, = (one for one in found.hypotheses if "does not hold, as in every run" in one.text)
    assert "|o_j|" in told.text
    assert told.at.file == "numpy_losses.py"


def test_nothing_is_dead_where_nothing_is_clipped():
    assert gs.loss(f"{FILE}:plain_mean").clip == ()


def test_a_distance_from_1_is_no_end_of_a_clip():
    assert gs.loss(f"{FILE}:forgotten_one", "dapo").value.verdict == "refuted"
    assert gs.loss(f"{FILE}:of_ends", "dapo").value.verdict == "proved"
