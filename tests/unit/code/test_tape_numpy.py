"""What is recorded of NumPy says what was computed: done once more, it gives the value that the function gave."""

import numpy as np
import pytest
from tapes import recorded

from grpo_symbolic.code.recording.recorded import Unrecorded
from grpo_symbolic.code.recording.tape import Ref, TapeError, same_path


def again(run):
    """The value of the result, computed from the records alone."""
    values = {one.number: np.array(one.array.values).reshape(one.array.shape) for one in run.inputs}

    def value(argument):
        if isinstance(argument, Ref):
            return values[argument.number]
        return tuple(map(value, argument)) if isinstance(argument, tuple) else argument

    def key(arguments):
        return tuple(slice(*one[1:]) if isinstance(one, tuple) and one[0] == "slice" else
                     None if one == "newaxis" else value(one) for one in arguments)
    for record in run.records:
        name, given = record.op.removeprefix("numpy."), list(map(value, record.args))
        named = {one.name: value(one.value) for one in record.kwargs}
        if name == "getitem":
            made = given[0][key(record.args[1:])]
        elif name == "setitem":
            made = given[0].copy()
            made[key(record.args[1:-1])] = given[-1]
        elif name == "astype":
            made = given[0]
        elif name != "item":
            made = getattr(np, name)(*given, **named)
        for output in record.outputs:
            values[output.number] = made
    return values[run.result]


@pytest.mark.parametrize(("name", "asked"), [
    ("token_mean", {}), ("k3", {}), ("shifted", {}), ("columns", {}),
    ("configured", {"settings": {"config": "{'scaled': True, 'scale': 0.5}"}}),
])
def test_the_records_give_the_value(name, asked):
    tape = recorded("numpy_losses.py", name, **asked)
    same_path((*tape.runs, *tape.checks))
    for run in (*tape.runs, *tape.checks):
        assert float(again(run)) == pytest.approx(run.value, rel=1e-12)
    assert tape.framework == "numpy"
    assert not tape.exact


def test_hyper_parameters_differ_from_run_to_run():
    tape = recorded("numpy_losses.py", "token_mean")
    runs = (*tape.runs, *tape.checks)
    for place in range(2):
        assert len({run.constants[place].value for run in runs}) == len(runs)
    assert [one.name for one in tape.runs[0].constants] == ["eps_low", "eps_high"]


def test_gradients_are_those_of_the_formula():
    run = recorded("numpy_losses.py", "k3").runs[0]
    logp, ref, mask = (np.array(one.array.values).reshape(one.array.shape) for one in run.inputs)
    expected = mask * (1 - np.exp(ref - logp)) / mask.sum(axis=1, keepdims=True) / len(mask)
    assert np.array(run.gradients[0].array.values).reshape(mask.shape) == pytest.approx(expected, abs=1e-9)


def test_a_cast_is_noted_and_not_taken():
    records = recorded("numpy_losses.py", "token_mean").runs[0].records
    assert [one.cast for one in records if one.op == "numpy.astype"] == ["float32"]


def test_a_view_of_what_is_written_to_becomes_unknown():
    records = recorded("numpy_losses.py", "of_views").runs[0].records
    taken, written = records[1], records[2]
    assert (written.alias, written.clobbers) == (records[0].outputs[0].number, (taken.outputs[0].number,))


def test_a_branch_on_data_is_found():
    tape = recorded("numpy_losses.py", "branches")
    with pytest.raises(TapeError, match="the path taken depends on the batch"):
        same_path((*tape.runs, *tape.checks))


def test_an_argument_that_is_an_expression_of_roles_is_computed_within_the_record():
    tape = recorded("numpy_losses.py", "k3", roles={"ref": "old + ref - old"})
    run = tape.runs[0]
    assert [one.op for one in run.records[:2]] == ["numpy.add", "numpy.subtract"]
    assert str(run.records[0].at) == "--role"
    assert float(again(run)) == pytest.approx(run.value)


def test_a_role_that_is_none_is_named():
    with pytest.raises(Unrecorded, match="'reference' is no role: one of logp, old"):
        recorded("numpy_losses.py", "k3", roles={"ref": "reference"})
