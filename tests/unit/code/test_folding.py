"""Sequences in a list are read as rows with padding, where every one of them is handled alike."""

import numpy as np
import pytest
from tapes import HERE, recorded

import grpo_symbolic as gs
from grpo_symbolic.code.recording.folding import MASK, folded, in_rows, unfolded

pytestmark = pytest.mark.long

FILE = str(HERE / "listed_losses.py")


@pytest.mark.parametrize(("name", "objective", "kind"), [
    ("mean_of_means", "GRPO as DeepSeekMath and R1 define it", "mean over sequences of token means"),
    ("token_mean", "DAPO", "token mean"), ("joined", "DAPO", "token mean"),
    ("of_sequences", "GSPO", "mean over sequences"),
])
def test_a_loop_over_sequences_is_the_loss_that_it_is(name, objective, kind):
    found = gs.loss(f"{FILE}:{name}")
    assert (found.name, found.gradient.verdict, found.aggregation[0].kind) == (objective, "proved", kind)
    assert found.selfcheck.batches == 5


def test_what_refutes_is_run_with_lists():
    found = gs.loss(f"{FILE}:mean_of_means", "dapo")
    assert (found.value.verdict, found.value.rerun, found.gradient.rerun) == ("refuted", True, True)


@pytest.mark.parametrize(("name", "said"), [
    ("without_the_first", "a sum leaves out sequences"), ("unlike", "sequences of a list are not handled alike"),
    ("weighed", "a number differs from sequence to sequence, and is not its length"),
    ("crossed", "it mixes sequences of a list"),
])
def test_sequences_that_are_not_handled_alike_are_refused(name, said):
    with pytest.raises(gs.Unsupported, match=said):
        gs.loss(f"{FILE}:{name}")


def test_rows_hold_what_the_lists_hold():
    tape = recorded("listed_losses.py", "mean_of_means")
    for run, rows in zip(tape.runs, folded(tape).runs, strict=True):
        mask = next(one for one in rows.inputs if one.name == MASK)
        counts = np.array(mask.array.values).reshape(mask.array.shape)
        listed = [one.array for one in run.inputs if one.name == "logp"]
        assert list(counts.sum(axis=1)) == [one.shape[0] for one in listed]
        whole = next(one.array for one in rows.inputs if one.name == "logp")
        assert np.array(whole.values)[counts.reshape(-1) > 0].tolist() == [
            value for one in listed for value in one.values]
        assert rows.value == run.value


def test_a_batch_of_rows_is_one_of_lists_again():
    run = recorded("listed_losses.py", "token_mean").runs[0]
    assert unfolded(in_rows(run), run).inputs == run.inputs
