"""A tape is the same after it has been written and read, and nothing that is no tape is taken for one."""

import json
import math
from dataclasses import replace

import pytest
from tapes import names, tape, text

from grpo_symbolic.code.recording.tape import LITERAL, Array, Keyword, Output, Place, Record, Ref, TapeError, same_path
from grpo_symbolic.code.recording.tape_json import MOST_CHARACTERS, from_json, to_json


@pytest.mark.parametrize("name", names())
def test_a_tape_is_the_same_after_writing_and_reading(name):
    assert to_json(from_json(text(name))) == text(name)


@pytest.mark.parametrize("value", [0.1 + 0.2, 1e-320, -0.0, math.inf, -math.inf, math.pi, 7, True])
def test_numbers_are_exact(value):
    first = tape("grpo")
    record = Record(LITERAL, (), (Keyword("n", value),), (Output(9, (1,), "float64"),), Place("a.py", 1),
                    literal=Array((1,), "float64", (value,)))
    run = replace(first.runs[0], records=(record,), result=9)
    found, = from_json(to_json(replace(first, runs=(run,), checks=()))).runs[0].records
    assert repr(found.literal.values[0]) == repr(value)
    assert repr(found.keyword("n")) == repr(value)


def test_what_is_no_number_stays_so():
    run = replace(tape("grpo").runs[0], value=math.nan)
    assert math.isnan(from_json(to_json(replace(tape("grpo"), runs=(run,)))).runs[0].value)


def bent(change):
    """The text of a tape that was changed as data."""
    found = json.loads(text("grpo"))
    change(found)
    return json.dumps(found)


def first_run(found):
    return found["runs"][0]


def first_record(found):
    return found["runs"][0]["records"][0]


@pytest.mark.parametrize(("change", "said"), [
    (lambda found: found.pop("format"), "no tape of format"),
    (lambda found: found.update(format=2), "no tape of format"),
    (lambda found: found.pop("framework"), "tape has no framework"),
    (lambda found: found.update(further=1), "unknown part 'further'"),
    (lambda found: found.update(runs=[]), "has no runs"),
    (lambda found: found.update(runs={}), "no list"),
    (lambda found: found.update(line="7"), "no int"),
    (lambda found: found.update(line=True), "no int"),
    (lambda found: first_run(found).update(value="1"), "no float"),
    (lambda found: first_run(found).update(inputs=[7]), "no object"),
    (lambda found: first_run(found).update(result=1000), "result of the tape"),
    (lambda found: first_run(found)["inputs"][0]["array"].update(shape=[3, 8]), "not as long as its shape"),
    (lambda found: first_record(found).update(args=[{"v": 1000}]), "a value that has not appeared"),
    (lambda found: first_record(found).update(args=[{"v": "1"}]), "no argument"),
    (lambda found: first_record(found).update(args=[{"value": 1}]), "no argument"),
    (lambda found: first_record(found).update(args=[[[[[[[[[[[[1]]]]]]]]]]]]), "no argument"),
])
def test_what_is_no_tape_is_refused_in_a_sentence(change, said):
    with pytest.raises(TapeError, match=said) as fault:
        from_json(bent(change))
    assert "\n" not in str(fault.value)


@pytest.mark.parametrize("text", ["", "[]", "null", "{", "[" * 100_000, '{"format": 1e999}', "\x00"])
def test_what_is_no_json_is_refused(text):
    with pytest.raises(TapeError):
        from_json(text)


def test_a_text_that_is_too_long_is_refused():
    with pytest.raises(TapeError, match="characters"):
        from_json(" " * (MOST_CHARACTERS + 1))


@pytest.mark.parametrize("name", sorted({*names()} - {"branching"}))
def test_the_same_path_is_let_pass(name):
    found = tape(name)
    assert same_path((*found.runs, *found.checks)) is None


def test_a_branch_on_data_is_found_with_the_line_that_reads_the_number():
    found = tape("branching")
    lines = {record.at for run in found.runs for record in run.records if record.item is not None}
    with pytest.raises(TapeError, match=f"depends on the batch: .* at {lines.pop()}$"):
        same_path((*found.runs, *found.checks))


def other(record, **parts):
    """A tape of which one record of the second run is another."""
    found = tape("grpo")
    first, second, *_ = found.runs
    at = next(k for k, one in enumerate(second.records) if one.op == record)
    changed = replace(second.records[at], **parts)
    return first, replace(second, records=(*second.records[:at], changed, *second.records[at + 1:]))


@pytest.mark.parametrize("runs", [
    other("aten.minimum.default", op="aten.maximum.default"),
    other("aten.minimum.default", args=(Ref(1), Ref(2))),
    other("aten.minimum.default", grad=False),
    other("aten.minimum.default", stop=True),
    other("aten.minimum.default", at=Place("losses.py", 1)),
    other("aten.minimum.default", kwargs=(Keyword("n", True),)),
    (tape("grpo").runs[0], replace(tape("grpo").runs[1], records=tape("grpo").runs[1].records[:-1])),
    (tape("grpo").runs[0], replace(tape("grpo").runs[1], result=5)),
])
def test_another_operation_or_other_arguments_are_another_path(runs):
    with pytest.raises(TapeError, match="the path taken depends on the batch"):
        same_path(runs)


def test_other_numbers_are_the_same_path():
    assert same_path(other("aten.clamp.default", args=(Ref(7), 0.25, 3.0))) is None
