"""Tapes are read as what was done, and what is not known is said, never guessed."""

from dataclasses import replace

import numpy as np
import pytest
from recorded_losses import recorded
from tapes import tape

from grpo_symbolic.code.algebra.expression import add, divide, multiply, subtract
from grpo_symbolic.code.algebra.nodes import ONE, constant, decimal, number, size
from grpo_symbolic.code.algebra.normal import equal
from grpo_symbolic.code.deciding.matching import meaning_of, role_of, ways
from grpo_symbolic.code.reading.naming import Names
from grpo_symbolic.code.reading.reading import read
from grpo_symbolic.code.reading.selfcheck import checked
from grpo_symbolic.code.recording.tape import Place
from grpo_symbolic.code.unsupported import Unsupported

ROLES = ("logp", "old", "adv", "mask")
EPS, TAU, ROWS = constant("eps"), constant("tau"), size("B")
KNOWN = {EPS: (0.21, 0.17, 0.23), TAU: (1.4, 1.7, 1.1), ROWS: (3.0, 4.0, 5.0), size("T"): (7.0, 9.0, 8.0)}
NAMED = [
    (EPS, EPS), (subtract(ONE, EPS), subtract(ONE, EPS)), (divide(number(4), TAU), divide(number(4), TAU)),
    (add(ONE, EPS), add(ONE, EPS)), (multiply(ROWS, size("T")), multiply(ROWS, size("T"))),
    (divide(EPS, ROWS), divide(EPS, ROWS)), (subtract(TAU, EPS), subtract(TAU, EPS)),
    (multiply(number(-2), EPS), multiply(number(-2), EPS)), (subtract(ROWS, ONE), subtract(ROWS, ONE)),
]


def value_of(node, run):
    """A number made of what is known, in one run."""
    match node.kind:
        case "number":
            return float(node.data)
        case "add":
            return sum(value_of(arg, run) for arg in node.args)
        case "multiply":
            return float(np.prod([value_of(arg, run) for arg in node.args]))
        case "power":
            return value_of(node.args[0], run) ** float(node.data)
    return KNOWN[node][run]


def names():
    """What numbers may be made of."""
    found = Names()
    for meaning, values in KNOWN.items():
        found.note(meaning, values)
    return found


@pytest.mark.parametrize(("node", "meant"), NAMED)
def test_a_number_is_named_by_what_it_is_made_of(node, meant):
    assert equal(names().of([value_of(node, run) for run in range(3)]), meant)


def test_a_number_that_never_changes_is_itself():
    assert names().of([0.1, 0.1, 0.1]) is decimal(0.1)


@pytest.mark.parametrize("values", [(0.1, 0.2, 0.4), (0.21, 0.17, 0.2300001), (float("nan"),) * 3, (1.0, 2.0, 5.0)])
def test_a_number_without_a_name_is_not_guessed(values):
    with pytest.raises(Unsupported):
        names().of(values)


def bad_value(logp, old, adv, mask):
    """A cumulative sum, of which no rule speaks."""
    return -(np.cumsum(logp, axis=1) * adv[:, None] * mask).sum()


def bad_metric(logp, old, adv, mask):
    """The same beside the loss alone."""
    np.cumsum(logp, axis=1)
    return -(logp * adv[:, None] * mask).sum()


def outer(logp, old, adv, mask):
    """Each sequence with each."""
    return ((logp[:, :1] - adv) * mask.sum(axis=1)).sum()


def every_other(logp, old, adv, mask):
    """Half of the tokens."""
    return (logp * mask)[:, ::2].sum()


def second_row(logp, old, adv, mask):
    """One sequence alone, at no end."""
    return (logp * mask)[1].sum()


@pytest.mark.parametrize(("function", "said"), [
    (bad_value, "numpy.cumsum at .*this operation has no rule"), (outer, "two dimensions of a tensor are one axis"),
    (every_other, "positions are left out between others"), (second_row, "one place of a dimension is taken"),
])
def test_what_has_no_rule_is_named_with_its_place(function, said):
    with pytest.raises(Unsupported, match=said):
        read(recorded(function, ROLES, {}))


def test_what_only_metrics_need_does_no_harm():
    one = recorded(bad_metric, ROLES, {})
    assert checked(one, read(one)).batches == 5


def bent(one, value=0.0, slope=0.0):
    """A tape on which the code gave something else."""
    last = one.runs[-1]
    gradient, = last.gradients
    values = (gradient.array.values[0] + slope, *gradient.array.values[1:])
    other = replace(last, value=last.value + value,
                    gradients=(replace(gradient, array=replace(gradient.array, values=values)),))
    return replace(one, runs=(*one.runs[:-1], other))


@pytest.mark.parametrize("by", [{"value": 1e-6}, {"slope": 1e-6}])
def test_a_trace_that_does_not_say_what_the_code_does_is_found_out(by):
    one = tape("grpo")
    loss = read(one)
    assert checked(bent(one), loss).difference < 1e-12
    with pytest.raises(Unsupported, match="the trace does not say what the code does"):
        checked(bent(one, **by), loss)


@pytest.mark.parametrize("name", ["grpo", "gspo", "dual_clip"])
def test_an_operation_that_was_another_is_found_out(name):
    one = tape(name)
    others = {"aten.exp.default": "aten.sigmoid.default", "aten.minimum.default": "aten.maximum.default",
              "aten.maximum.default": "aten.minimum.default"}

    def changed(run):
        records = tuple(replace(record, op=others.get(record.op, record.op)) for record in run.records)
        return replace(run, records=records)
    wrong = replace(one, runs=tuple(map(changed, one.runs)), checks=tuple(map(changed, one.checks)))
    with pytest.raises(Unsupported, match="the trace does not say what the code does"):
        checked(wrong, read(wrong))


def test_parts_of_a_loss_know_their_lines():
    places = set(read(tape("over_padding")).places.values())
    assert Place("losses.py", 82) in places


@pytest.mark.parametrize(("name", "meaning"), [
    ("eps_low", "low"), ("cliprange_high", "high"), ("el", "low"), ("clip_ratio_c", "c"), ("kl_coef", "beta"),
    ("config.beta", "beta"), ("max_len", "length"), ("eps_clip", "epsilon"), ("cap", "cap"), ("q", "q"),
])
def test_what_the_names_of_hyper_parameters_say(name, meaning):
    assert meaning_of(name) == meaning


def test_the_ends_of_a_clip_are_matched_by_their_names_and_not_exchanged():
    loss = read(tape("ends_swapped")).value
    low, high = r"\varepsilon_{\text{low}}@low", r"\varepsilon_{\text{high}}@high"
    assert (role_of(low, set()), role_of(high, set())) == ("low", "high")
    found = list(ways([low, high], loss, {}))
    assert [(one.values[low], one.values[high]) for one in found] == [(constant("eps_low"), constant("eps_high"))]
