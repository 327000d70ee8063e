"""Annotations: a runner reads from each line what was meant, whatever characters stand in it."""

from hypothesis import given
from hypothesis import strategies as st
from workflow_commands import Command, understood

from grpo_symbolic.checking.verdict import Verdict
from grpo_symbolic.report.annotations import command, commands
from grpo_symbolic.report.findings import Source

SOURCE = Source("a, b: 100%.tex", 3, "x = y", placed=True)
REFUTED = Verdict("refuted", "50% of it: no, no", position=(4, 9), id="eq:a,b")
OPEN = Verdict("undecided", "no proof", position=(6, 1), id="eq:open")
texts = st.lists(st.text(max_size=3) | st.sampled_from(["%0A", "%25", "%3A", "%", ":", ",", "\r", "\n"])).map("".join)


@given(st.sampled_from(["error", "warning", "notice"]),
       st.dictionaries(st.sampled_from(["file", "title"]), texts, min_size=1), texts)
def test_a_runner_reads_what_was_written(name, properties, data):
    line = command(name, properties, data)
    assert not set(line) & {"\r", "\n"}
    assert understood(line) == Command(name, properties, data)


def test_an_error_names_file_line_column_and_statement():
    error, notice = map(understood, commands([(SOURCE, REFUTED)], strict=False).split("\n"))
    assert error == Command("error", {"file": SOURCE.file, "line": "4", "col": "9", "title": "refuted: eq:a,b"},
                            "50% of it: no, no")
    assert (notice.name, notice.data) == ("notice", "1 statement: 1 refuted")


def test_what_is_open_is_a_warning_where_strict_and_else_only_counted():
    checked = [(SOURCE, REFUTED), (SOURCE, OPEN)]
    strict = [understood(line) for line in commands(checked, strict=True).split("\n")]
    assert [one.name for one in strict] == ["error", "warning", "notice"]
    assert strict[1].properties["title"] == "undecided: eq:open"
    plain = [understood(line) for line in commands(checked, strict=False).split("\n")]
    assert [one.name for one in plain] == ["error", "notice"]
    assert plain[-1].data == "2 statements: 1 refuted, 1 undecided"


def test_without_a_file_an_annotation_has_no_place():
    error = understood(commands([(Source("", 3, "x = y", placed=True), REFUTED)], strict=False).split("\n")[0])
    assert set(error.properties) == {"title"}
    assert error.data.endswith("(line 4, column 9)")


def test_nothing_found_is_counted_as_nothing():
    assert understood(commands([], strict=False)).data == "0 statements"


def test_input_that_cannot_be_used_is_an_error():
    error = understood(commands([], strict=False, fault="missing.tex: no such file"))
    assert (error.name, error.data) == ("error", "missing.tex: no such file")
