"""What a check finds: one finding a fault, at its place, and errors exactly where the exit status is 1."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grpo_symbolic.checking.verdict import ORDER, Disagreement, Verdict
from grpo_symbolic.exits import exit_status
from grpo_symbolic.latex.documents.document_reader import tex_records
from grpo_symbolic.latex.documents.json_lines import jsonl_records
from grpo_symbolic.report.findings import RULES, Source, findings, from_here

DISPLAY = Source("paper.tex", 3, "x = y", placed=True)
RECORD = Source("cases.jsonl", 7, "x = y", placed=False)


def found(verdict, source=DISPLAY, strict=False):
    return list(findings([(source, verdict)], strict))


def chain(*statuses):
    """A chain as the checker puts it together: it has the worst of its links' verdicts."""
    links = tuple(Verdict(status, f"link {k}", position=(3 + k, 5)) for k, status in enumerate(statuses))
    worst = min(links, key=lambda link: ORDER.index(link.status))
    return Verdict(worst.status, worst.reason, position=worst.position, links=links, id="eq:chain")


def test_of_a_chain_each_link_that_is_wrong_is_found_where_it_stands():
    listed = found(chain("proved", "refuted", "undecided", "refuted"))
    assert [(one.rule.id, one.level, one.line, one.link) for one in listed] == [
        ("refuted", "error", 4, 2), ("undecided", "note", 5, 3), ("refuted", "error", 6, 4)]
    assert {one.name for one in listed} == {"eq:chain"}


def test_a_chain_that_is_undecided_for_its_ambiguity_is_not_refuted_by_a_link():
    verdict = chain("proved", "refuted")
    ambiguous = Verdict("undecided", "ambiguous", position=(3, 1), links=verdict.links)
    assert [(one.rule.id, one.link, one.text) for one in found(ambiguous)] == [("undecided", 0, "ambiguous")]


def test_a_disagreement_is_an_error_though_the_verdict_is_open():
    verdict = Verdict("undecided", "the proof and a model disagree", disagreement=Disagreement("=", None, ()))
    one, = found(verdict)
    assert (one.rule.id, one.level) == ("disagreement", "error")


@pytest.mark.parametrize(("strict", "level"), [(False, "note"), (True, "warning")])
@pytest.mark.parametrize("status", ["undecided", "unread"])
def test_what_is_open_is_a_warning_only_where_that_is_asked_for(status, strict, level):
    one, = found(Verdict(status, "why"), strict=strict)
    assert one.level == level


@pytest.mark.parametrize("status", ["proved", "definition", "no-claim", "error"])
def test_what_is_no_fault_of_a_statement_is_not_found(status):
    assert found(Verdict(status, "why")) == []


verdicts = st.builds(Verdict, st.sampled_from(ORDER), disagreement=st.sampled_from([None, Disagreement("=", 2, ())]))
chains = st.builds(lambda listed: chain(*listed), st.lists(st.sampled_from(ORDER), min_size=1))


@given(st.lists(verdicts | chains), st.booleans())
def test_there_is_an_error_or_warning_exactly_where_the_exit_status_is_1(listed, strict):
    counted = [one for one in findings([(DISPLAY, verdict) for verdict in listed], strict) if one.level != "note"]
    assert bool(counted) == (exit_status(listed, strict) == 1)


def test_the_place_in_a_display_is_that_of_the_file():
    one, = found(Verdict("ill-formed", "why", position=(9, 4)))
    assert (one.line, one.column, one.text) == (9, 4, "why")


def test_the_place_in_a_record_is_told_beside_the_line_of_the_record():
    one, = found(Verdict("ill-formed", "why", position=(1, 4)), RECORD)
    assert (one.line, one.column, one.text) == (7, None, "why (line 1, column 4)")


def test_the_place_in_a_cell_is_told_and_is_no_line_of_the_file():
    one, = found(Verdict("refuted", "why", position=(2, 4)), Source("note.ipynb", 1, "x = y", placed=True, cell=3))
    assert (one.line, one.column, one.text) == (None, None, "why (cell 3, line 2, column 4)")


def test_the_place_in_standard_input_is_told():
    one, = found(Verdict("refuted", "why", position=(9, 4)), Source("", 9, "x = y", placed=True))
    assert one.text == "why (line 9, column 4)"


def test_records_know_whether_their_places_are_those_of_the_file():
    display, = tex_records("\n\n$$x = y$$")
    record, = jsonl_records(["", '{"latex": "x = y"}'])
    assert Source.of("a.tex", display) == Source("a.tex", 3, "x = y", placed=True)
    assert Source.of("a.jsonl", record) == Source("a.jsonl", 2, "x = y", placed=False)
    assert Source.of("-", display).file == ""


def test_a_file_is_named_from_the_current_folder(tmp_path, monkeypatch):
    folder = tmp_path / "paper"
    folder.mkdir()
    monkeypatch.chdir(folder)
    assert from_here("./sections/../main.tex") == "main.tex"
    assert from_here(str(folder / "main.tex")) == "main.tex"
    assert from_here("../other.tex") == (tmp_path / "other.tex").as_posix()


def test_every_rule_says_what_to_do():
    assert {rule.id for rule in RULES} == {"refuted", "ill-formed", "unread", "undecided", "disagreement", "derivation"}
    for rule in RULES:
        assert rule.said.endswith(".")
        assert rule.help.endswith(".")
