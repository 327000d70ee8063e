"""What is recorded of PyTorch code is what it does."""

from math import exp, fsum
from pathlib import Path

import pytest
from frameworks import TESTS, gradient, numbers, operations, recorder
from tapes import names, tape

from grpo_symbolic.code.deciding.claimed import against
from grpo_symbolic.code.recording.recorded import Unrecorded
from grpo_symbolic.code.recording.tape import LITERAL, same_path
from grpo_symbolic.code.telling.report import report

ADAPTER = str(Path(__file__).with_name("operations.py"))


@pytest.fixture(scope="module")
def recorded(request):
    return recorder("torch", request.config.option.interpreter)


@pytest.mark.parametrize("name", names())
def test_losses_are_recorded_as_they_were(recorded, name):
    now, then = recorded("losses.py", name), tape(name)
    assert now.framework == "torch"
    assert now.exact
    for one, other in zip((*now.runs, *now.checks), (*then.runs, *then.checks), strict=True):
        assert [record.op for record in one.records] == [record.op for record in other.records]
        assert one.inputs == other.inputs
        assert one.constants == other.constants
        assert one.value == pytest.approx(other.value, rel=1e-12)
        assert gradient(one) == pytest.approx(gradient(other), rel=1e-9, abs=1e-15)


def test_every_way_to_stop_a_gradient_is_seen(recorded):
    found = recorded("operations.py", "detached")
    first, *others = found.runs[0].records
    assert not first.grad
    assert sum(record.stop for record in others) == 3
    logp, old = numbers(found.runs[0], "logp"), numbers(found.runs[0], "old")
    assert gradient(found.runs[0]) == pytest.approx([5 * x + o for x, o in zip(logp, old, strict=True)])


def test_low_precision_is_noted_and_not_taken(recorded):
    found = recorded("operations.py", "cast")
    assert {record.cast for record in found.runs[0].records} - {""} == {"float32", "bfloat16", "float16"}
    logp, old = numbers(found.runs[0], "logp"), numbers(found.runs[0], "old")
    assert found.runs[0].value == pytest.approx(3 + fsum(logp) - fsum(old), rel=1e-14)


def test_what_is_written_in_place_becomes_another_value_under_every_name(recorded):
    run = recorded("operations.py", "in_place").runs[0]
    *_, written, added, _ = run.records
    assert written.alias is not None
    assert written.clobbers == ()
    assert {one.number for one in added.args} == {written.outputs[0].number}
    assert run.value == pytest.approx(
        4 * fsum(x * m for x, m in zip(numbers(run, "logp"), numbers(run, "mask"), strict=True)))


def test_what_sees_a_part_that_was_written_to_is_no_longer_known(recorded):
    run = recorded("operations.py", "through_a_view").runs[0]
    whole = run.records[0].outputs[0].number
    assert any(whole in record.clobbers for record in run.records)


def test_writing_to_a_detached_value_is_found_out(recorded):
    with pytest.raises(Unrecorded, match="writes to a tensor that it has detached"):
        recorded("operations.py", "of_detached_storage")


def test_numbers_that_leave_for_python_are_kept(recorded):
    found = recorded("operations.py", "with_numbers")
    same_path((*found.runs, *found.checks))
    assert [[record.item for record in run.records if record.item is not None] for run in found.runs] == [
        [False, sum(numbers(run, "mask"))] for run in found.runs]


def test_a_tensor_from_nowhere_is_a_literal(recorded):
    literal, = (one for one in recorded("operations.py", "with_a_tensor_from_nowhere").runs[0].records
                if one.op == LITERAL)
    assert literal.literal.values == (0.5,)


def test_the_derivative_is_that_of_the_framework_whatever_is_computed(recorded):
    run = recorded("operations.py", "own_derivative").runs[0]
    assert gradient(run) == tuple(2 * value for value in numbers(run, "mask"))


def test_compiled_code_is_recorded_as_it_is_written(recorded):
    found = recorded("operations.py", "compiled")
    run = found.runs[0]
    assert {"exp", "mul", "sum"} <= set(operations(found))
    assert gradient(run) == pytest.approx(
        [exp(x) * m for x, m in zip(numbers(run, "logp"), numbers(run, "mask"), strict=True)])


def test_random_numbers_are_found_out(recorded):
    with pytest.raises(Unrecorded, match="draws random numbers"):
        recorded("operations.py", "draws")


def test_a_class_is_made_and_called(recorded):
    found = recorded("operations.py", "Module", settings={"reduce": "'sum'"})
    assert [one.name for one in found.runs[0].constants] == ["eps"]
    assert operations(found)[-1] == "_local_scalar_dense"
    assert "mean" in operations(recorded("operations.py", "Module"))


def test_sequences_in_a_list_are_inputs_of_their_own(recorded):
    found = recorded("operations.py", "listed")
    for run in found.runs:
        rows = [one for one in run.inputs if one.name == "logp"]
        assert [one.index for one in rows] == list(range(run.sizes[0].size))
        assert len({one.array.shape for one in rows}) > 1
    assert len({len(run.records) for run in found.runs}) == 3


def test_packed_sequences_stand_in_one_row(recorded):
    for run in recorded("operations.py", "packed").runs:
        sizes = {one.axis: one.size for one in run.sizes}
        assert next(one.array.shape for one in run.inputs if one.name == "logp") == (sizes["P"],)


def test_scores_of_a_vocabulary_are_what_moves(recorded):
    run = recorded("operations.py", "of_scores").runs[0]
    assert len(gradient(run)) == 3 * 7 * 11
    assert fsum(gradient(run)) == pytest.approx(0, abs=1e-12)


def test_a_mask_that_must_be_of_truth_values_is(recorded):
    mask = next(one for one in recorded("operations.py", "only_bool").runs[0].inputs if one.name == "mask")
    assert mask.array.dtype == "bool"


def test_an_adapter_is_run_in_place_of_the_function(recorded):
    found = recorded("operations.py", "of_a_trainer", adapter=f"{ADAPTER}:adapted")
    assert found.function == "of_a_trainer"
    assert [one.role for one in found.roles] == ["logp", "mask"]
    assert [one.name for one in found.runs[0].constants] == ["scale"]


def test_a_part_of_what_is_returned_is_named(recorded):
    with pytest.raises(Unrecorded, match="returned tuple, which has no loss"):
        recorded("operations.py", "Module", output="loss")
    assert recorded("operations.py", "Module", output="0").runs


def test_an_expression_of_roles_moves_with_the_policy(recorded):
    run = recorded("operations.py", "with_numbers", roles={"logp": "exp(logp-old)"}).runs[0]
    assert [one.name for one in run.inputs] == ["mask", "logp", "old"]
    ratios = [exp(x - o) for x, o in zip(numbers(run, "logp"), numbers(run, "old"), strict=True)]
    total = sum(numbers(run, "mask"))
    assert gradient(run) == pytest.approx([w * m / total for w, m in zip(ratios, numbers(run, "mask"), strict=True)])


def test_the_files_that_are_recorded_are_there():
    assert (TESTS / "torch" / "losses.py").is_file()


@pytest.mark.parametrize("name", ["put_to_zero", "of_a_column", "multiplied"])
def test_places_and_products_are_read(recorded, name):
    found = report(recorded("operations.py", name), against("trpo"))
    assert (found.value.verdict, found.gradient.verdict) == ("proved", "proved")
    assert found.findings == ()


@pytest.mark.parametrize("name", ["by_a_list", "by_an_array"])
def test_numbers_that_leave_for_python_are_a_hypothesis(recorded, name):
    found = report(recorded("operations.py", name), against("reinforce"))
    assert any("leads Python nowhere else" in one.text for one in found.hypotheses)
