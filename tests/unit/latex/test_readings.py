"""A text that may be read in several ways has the verdict on which all of them agree, else none."""

from __future__ import annotations

import pytest
from verdicts import check_read, prove

from grpo_symbolic.latex.documents.document_reader import read_records, tex_records
from grpo_symbolic.latex.statement.readings import MAX_READINGS, Ambiguity, read_text

OPEN = [  # what both sides leave open, with one reading and the other written out
    ("u/v w", r"\frac{u}{v} w", r"\frac{u}{v w}"),
    (r"\log u/v", r"\frac{\log u}{v}", r"\log \frac{u}{v}"),
    (r"\log 2 k", r"k (\log 2)", r"\log (2 k)"),
    (r"\frac{d}{du} u^2 v u", "2 u v u", "3 u^2 v"),
    (r"\mathbb{E}_{p}[b]", None, None),
]


@pytest.mark.parametrize("latex", [text for text, _, _ in OPEN])
def test_what_holds_in_every_reading_is_proved(latex: str) -> None:
    found = prove(f"{latex} = {latex}")
    assert found.status == "proved"
    assert [status for _, status in found.readings] == ["proved", "proved"]


@pytest.mark.parametrize("latex", [text for text, _, _ in OPEN])
def test_what_fails_in_every_reading_is_refuted(latex: str) -> None:
    found = prove(f"{latex} = {latex} + 1")
    assert found.status == "refuted"
    assert found.counterexample is not None


@pytest.mark.parametrize(("latex", "first", "second"), [row for row in OPEN if row[1]])
def test_what_holds_in_one_reading_only_is_undecided(latex: str, first: str, second: str) -> None:
    for reading, written in enumerate((first, second)):
        found = prove(f"{latex} = {written}")
        assert found.status == "undecided"
        assert "ambiguous" in found.reason
        statuses = [status for _, status in found.readings]
        assert statuses[reading] == "proved"
        assert statuses[1 - reading] in ("refuted", "undecided")
        assert all(said in found.reason for said, _ in found.readings)


@pytest.mark.parametrize(("latex", "status"), [
    (r"\mathbb{E}_{p}[b] = b", "unread"), (r"\mathbb{E}_{p}[b g] = b \mathbb{E}_{p}[g]", "unread"),
    (r"\mathbb{E}_{p}[b^2] = \mathbb{E}_{p}[b]^2", "undecided"),
])
def test_a_value_is_not_taken_for_a_number_to_please(latex: str, status: str) -> None:
    assert prove(latex).status == status


def test_one_custom_holds_throughout_a_statement_and_its_definitions() -> None:
    found = prove("x/y z = c", where=[r"c := x/y z"])
    assert [status for _, status in found.readings] == ["proved", "proved"]


def test_what_is_not_open_has_one_reading() -> None:
    assert prove(r"\frac{u}{v} w = \frac{w u}{v}").readings == ()


def test_more_readings_than_can_be_tried_are_refused() -> None:
    bodies = "+".join(f"{name}(u+1)" for name in "ABDFKLS")
    found = prove(f"{bodies} = {bodies}")
    assert found.readings == ()
    assert found.status in ("unread", "undecided")
    with pytest.raises(Ambiguity) as caught:
        read_text("+".join(f"{name}(u+1)" for name in "ABDF") + " = 0")
    assert len(caught.value.readings) == MAX_READINGS


def test_the_record_lists_the_readings() -> None:
    assert prove("u/v w = 1").record()["readings"] == [
        {"read": "v alone divides", "verdict": "refuted"}, {"read": "v w divides", "verdict": "refuted"}]


def test_a_display_of_a_document_has_readings_at_its_place() -> None:
    records = read_records(tex_records("\n\n$$ u/v w = u/v w $$ \n $$ u/v w = 1/v w $$"))
    first, second = check_read(records, 2.0)
    assert (first.status, second.status) == ("proved", "refuted")
    assert len(first.readings) == len(second.readings) == 2
    assert (first.position, second.position) == ((3, 10), (4, 11))
    fault = [found for _, found in read_records(tex_records("\n\n$$ u/v w = u/v w $$"))][0]
    assert isinstance(fault, Ambiguity)
    assert (fault.line, fault.column) == (3, 8)
