"""Losses in other layouts are recorded as they were, and their refutations run again."""

from functools import partial

import pytest
from frameworks import TESTS, gradient, recorder
from layouts import EXPECTED, layout, roles_of

from grpo_symbolic.code.deciding.claimed import against
from grpo_symbolic.code.recording.recording import Request, evaluate
from grpo_symbolic.code.telling.report import report


@pytest.fixture(scope="module")
def recorded(request):
    return recorder("torch", request.config.option.interpreter)


@pytest.mark.parametrize("name", EXPECTED)
def test_layouts_are_recorded_as_they_were(recorded, name):
    now, then = recorded("layouts.py", name, roles=roles_of(name)), layout(name)
    for one, other in zip(now.runs, then.runs, strict=True):
        assert [record.op for record in one.records] == [record.op for record in other.records]
        assert one.value == pytest.approx(other.value, rel=1e-12)
        assert gradient(one) == pytest.approx(gradient(other), rel=1e-9, abs=1e-15)


@pytest.mark.parametrize("name", ["gathered", "one_behind", "packed_means", "packed_ratios"])
def test_what_refutes_is_what_the_code_gives(recorded, request, name):
    tape = recorded("layouts.py", name, roles=roles_of(name))
    asked = Request(str(TESTS / "torch" / "layouts.py"), name, roles_of(name),
                    python=request.config.option.interpreter)
    found = report(tape, against("cispo"), rerun=partial(evaluate, asked, tape))
    assert (found.value.verdict, found.gradient.verdict) == ("refuted", "refuted")
    assert found.value.rerun
    assert found.gradient.rerun
