"""Scores of a vocabulary and packed sequences are read as what they make."""

import pytest
from layouts import EXPECTED, layout

from grpo_symbolic.code.algebra.derivative import derivative
from grpo_symbolic.code.algebra.nodes import is_number
from grpo_symbolic.code.deciding.claimed import against
from grpo_symbolic.code.deciding.decide import decide
from grpo_symbolic.code.deciding.rerun import agrees, batch_of_difference
from grpo_symbolic.code.deciding.subject import subject_of
from grpo_symbolic.code.reading.reading import read
from grpo_symbolic.code.telling.report import report
from grpo_symbolic.code.unsupported import Unsupported

pytestmark = pytest.mark.long


@pytest.mark.parametrize("name", EXPECTED)
def test_what_a_loss_is_does_not_depend_on_how_it_is_laid_out(name):
    found = report(layout(name))
    assert found.name == EXPECTED[name]
    assert found.selfcheck.difference < 1e-12
    assert found.findings == ()


def test_the_entropy_of_scores_has_a_gradient_of_its_own():
    loss = read(layout("with_bonus"))
    slope = derivative(loss.value, "H")
    assert slope.axes == {"B", "T"}
    assert not is_number(slope, 0)
    found = report(layout("with_bonus"), against("trpo"))
    assert found.gradient.verdict == "refuted"
    assert "in the derivative in H_it" in found.gradient.reason


def test_what_no_scores_predict_is_no_token():
    assert any("which no scores predict" in one.text for one in report(layout("one_behind")).hypotheses)


def test_scores_are_more_than_log_probabilities():
    with pytest.raises(Unsupported, match="depends on scores by more than"):
        read(layout("of_scores_alone"))


@pytest.mark.parametrize("name", ["gathered", "one_behind", "packed_means", "packed_ratios"])
def test_a_batch_that_refutes_is_laid_out_as_the_arguments_are(name):
    tape = layout(name)
    loss = read(tape)
    found = decide(subject_of(tape, loss), against("cispo")).value.counterexample
    run = batch_of_difference(tape, found, loss.offset)
    shapes = {one.name: one.array.shape for one in run.inputs}
    rows, width = len(found.lengths), max(found.lengths) + loss.offset
    assert shapes["adv"] == (rows,)
    if "logits" in shapes:
        assert shapes["logits"] == (rows, width, 11)
    else:
        assert shapes["logp"] == (sum(found.lengths),)
    assert not agrees(run, found, "")  # the run has no value of its own yet
