"""The log in SARIF: valid whatever it holds, and with fingerprints that stay where lines move."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sarif_checks import faults

from grpo_symbolic.checking.verdict import ORDER, Verdict
from grpo_symbolic.report.findings import Source
from grpo_symbolic.report.sarif import log

SOURCE = Source("sections/a b é.tex", 3, r"\pi = 1", placed=True)
REFUTED = Verdict("refuted", r"\pi_{1} differs from E[x](s)", position=(4, 9), id="eq:one")


def read(checked, strict=False, fault=""):
    found = json.loads(log(checked, strict, fault))
    assert faults(found) == []
    return found["runs"][0]


def prints(checked):
    return [one["partialFingerprints"]["statementHash/v1"] for one in read(checked)["results"]]


verdicts = st.builds(Verdict, st.sampled_from([*ORDER, "error"]), st.text(), id=st.text(min_size=1),
                     position=st.none() | st.tuples(st.integers(1, 99), st.integers(1, 99)))
sources = st.builds(Source, st.sampled_from(["", "a.tex", "/b/c d.tex", "é/{1}[2](3).tex"]), st.integers(1, 99),
                    st.text(), st.booleans())


@given(st.lists(st.tuples(sources, verdicts)), st.booleans(), st.text())
def test_a_log_is_valid_whatever_it_holds(checked, strict, fault):
    assert read(checked, strict, fault)["invocations"][0]["executionSuccessful"] == (not fault)


def test_a_result_says_what_and_where():
    result, = read([(SOURCE, REFUTED)])["results"]
    assert (result["ruleId"], result["level"]) == ("refuted", "error")
    assert result["message"]["text"] == r"\pi_{{1}} differs from E[x] (s)"
    place = result["locations"][0]
    assert place["physicalLocation"] == {"artifactLocation": {"uri": "sections/a%20b%20%C3%A9.tex"},
                                         "region": {"startLine": 4, "startColumn": 9}}
    assert place["logicalLocations"] == [{"name": "eq:one"}]


def test_every_rule_is_described_with_its_help():
    rules = read([])["tool"]["driver"]["rules"]
    assert {rule["id"]: rule["defaultConfiguration"]["level"] for rule in rules} == {
        "refuted": "error", "ill-formed": "error", "disagreement": "error", "derivation": "error", "unread": "note",
        "undecided": "note"}
    assert all(rule["help"]["text"] for rule in rules)


@pytest.mark.parametrize(("strict", "level"), [(False, "note"), (True, "warning")])
def test_what_is_open_has_the_level_that_is_asked_for(strict, level):
    result, = read([(SOURCE, Verdict("undecided", "why", id="one"))], strict)["results"]
    assert result["level"] == level


def test_nothing_found_is_a_run_without_results():
    assert read([])["results"] == []
    assert read([(SOURCE, Verdict("proved", id="one"))])["results"] == []


def test_input_that_cannot_be_used_is_told_in_the_log():
    invocation, = read([], fault="missing.tex: {no} such file")["invocations"]
    assert invocation["executionSuccessful"] is False
    assert invocation["toolExecutionNotifications"][0]["message"]["text"] == "missing.tex: {{no}} such file"


def test_a_file_outside_the_current_folder_has_its_whole_address():
    result, = read([(Source("/papers/a b.tex", 3, "x", placed=True), REFUTED)])["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "file:///papers/a%20b.tex"


def test_a_fingerprint_stays_where_lines_move_and_changes_with_the_statement():
    before, = prints([(SOURCE, REFUTED)])
    moved = Source(SOURCE.file, 40, "\\pi\n  = 1", placed=True)
    assert prints([(moved, Verdict("refuted", "other words", position=(41, 2), id="eq:two"))]) == [before]
    assert prints([(Source(SOURCE.file, 3, r"\pi = 2", placed=True), REFUTED)]) != [before]


def test_the_links_of_a_chain_and_copies_of_a_statement_have_fingerprints_of_their_own():
    links = tuple(Verdict("refuted", "why", position=(3, k)) for k in (1, 5))
    listed = prints([(SOURCE, Verdict("refuted", "why", id="eq:chain", links=links)), (SOURCE, REFUTED),
                     (SOURCE, REFUTED)])
    assert len(set(listed)) == 4


@pytest.mark.parametrize(("bend", "said"), [
    (lambda found: found.pop("version"), "lacks version"),
    (lambda found: found.update(version="2.0.0"), "2.0.0"),
    (lambda found: found["runs"][0]["tool"]["driver"].pop("name"), "lacks name"),
    (lambda found: found["runs"][0].update(severity="high"), "has severity"),
    (lambda found: found["runs"][0]["invocations"][0].pop("executionSuccessful"), "lacks executionSuccessful"),
    (lambda found: result_of(found).pop("message"), "lacks message"),
    (lambda found: result_of(found).update(level="fatal"), "fatal"),
    (lambda found: result_of(found).update(ruleIndex=1), "no rule refuted at 1"),
    (lambda found: result_of(found).update(message={"text": "{0}"}), "{0}"),
    (lambda found: result_of(found).update(partialFingerprints={"hash": "1"}), "hash"),
    (lambda found: place_of(found)["region"].update(startLine=0), "startLine"),
    (lambda found: place_of(found)["artifactLocation"].update(uri="a b.tex"), "a b.tex"),
    (lambda found: place_of(found).pop("artifactLocation"), "lacks any of artifactLocation"),
])
def test_a_log_that_is_not_valid_is_seen(bend, said):
    found = json.loads(log([(SOURCE, REFUTED)], strict=False))
    bend(found)
    assert said in "; ".join(faults(found))


def result_of(found):
    return found["runs"][0]["results"][0]


def place_of(found):
    return result_of(found)["locations"][0]["physicalLocation"]
