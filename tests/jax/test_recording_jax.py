"""What is recorded of JAX code is what it does."""

from math import fsum

import pytest
from frameworks import gradient, numbers, operations, recorder

from grpo_symbolic.code.deciding.claimed import against
from grpo_symbolic.code.reading.reading import read
from grpo_symbolic.code.recording.recorded import Unrecorded
from grpo_symbolic.code.recording.tape import LITERAL, same_path
from grpo_symbolic.code.telling.report import report
from grpo_symbolic.code.unsupported import Unsupported


@pytest.fixture(scope="module")
def recorded(request):
    return recorder("jax", request.config.option.interpreter)


def test_a_loss_is_recorded_with_its_lines(recorded):
    found = recorded("losses.py", "grpo")
    same_path((*found.runs, *found.checks))
    assert found.framework == "jax"
    assert found.exact
    assert {"exp", "min", "max", "reduce_sum", "div", "stop_gradient"} <= set(operations(found))
    places = [record.at for record in found.runs[0].records]
    assert {place.file for place in places} == {"losses.py"}
    assert [record.op for record in found.runs[0].records if record.stop] == ["jax.stop_gradient"]
    assert len({place.line for place in places}) == 6


def test_what_is_called_is_followed_and_hyper_parameters_are_numbers_in_it(recorded):
    found = recorded("losses.py", "grpo")
    assert not {"jit", "pjit", "custom_jvp_call"} & set(operations(found))
    for run in found.runs:
        given = {argument for record in run.records for argument in record.args if isinstance(argument, float)}
        constants = {one.name: one.value for one in run.constants}
        assert {1 - constants["eps_low"], 1 + constants["eps_high"], constants["beta"]} <= given


@pytest.mark.parametrize("reduce", ["sum", "mean"])
def test_low_precision_is_noted_and_not_taken(recorded, reduce):
    found = recorded("losses.py", "compiled", settings={"reduce": repr(reduce)})
    run = found.runs[0]
    assert "bfloat16" in {record.cast for record in run.records}
    adv = [value for value in numbers(run, "adv") for _ in range(7)]
    total = fsum(-x * a * m for x, a, m in zip(numbers(run, "logp"), adv, numbers(run, "mask"), strict=True))
    assert run.value == pytest.approx(run.constants[0].value * total / (1 if reduce == "sum" else 21), rel=1e-12)


def test_a_branch_on_data_is_found(recorded):
    with pytest.raises(Unrecorded, match=r"the path taken depends on the batch: .* at losses.py:\d+"):
        recorded("losses.py", "branches")


def test_the_derivative_is_that_of_the_framework_whatever_is_computed(recorded):
    run = recorded("losses.py", "own_derivative").runs[0]
    assert gradient(run) == tuple(2 * value for value in numbers(run, "mask"))


def test_an_array_from_nowhere_is_a_literal(recorded):
    literal, = (one for one in recorded("losses.py", "with_an_array_from_nowhere").runs[0].records
                if one.op == LITERAL)
    assert literal.literal.values == (0.5, 0.25)


def test_a_part_of_what_is_returned_is_the_loss(recorded):
    run = recorded("losses.py", "of_a_dictionary").runs[0]
    assert run.value == pytest.approx(fsum(
        max(x + 1, 0) * m for x, m in zip(numbers(run, "logp"), numbers(run, "mask"), strict=True)))


@pytest.mark.parametrize(("name", "said"), [
    ("without_arguments", "does not depend on its arguments"), ("as_a_number", "returned float, not an array"),
])
def test_what_is_no_loss_is_refused(recorded, name, said):
    with pytest.raises(Unrecorded, match=said):
        recorded("losses.py", name)


@pytest.mark.parametrize(("name", "said", "objective"), [
    ("vmapped", "GRPO as DeepSeekMath and R1 define it", "grpo"),
    ("mapped", "GRPO as DeepSeekMath and R1 define it", "grpo"),
    ("scanned", "GRPO as DeepSeekMath and R1 define it", "grpo"),
    ("dotted", "TRPO, its surrogate and natural gradient", "trpo"),
])
def test_a_function_of_one_sequence_is_read_for_all(recorded, name, said, objective):
    found = report(recorded("losses.py", name), against(objective))
    assert (found.name, found.value.verdict, found.gradient.verdict) == (said, "proved", "proved")
    assert report(recorded("losses.py", name), against("cispo")).gradient.verdict == "refuted"


def test_a_loop_in_which_turns_wait_for_each_other_is_not_guessed(recorded):
    with pytest.raises(Unsupported, match=r"jax.scan at losses.py:\d+: this operation has no rule"):
        read(recorded("losses.py", "in_order"))
