r"""Documents: displays and their ids, macros, definitions that serve later displays, records of JSON Lines."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from grpo_symbolic.latex.document_reader import (
    UnusableInput,
    jsonl_records,
    read_records,
    records_of,
    tex_records,
)
from grpo_symbolic.latex.read_error import ReadError
from grpo_symbolic.latex.reader import Statement, read_statement

PAPER = r"""\documentclass{article}
\newcommand{\E}{\mathbb{E}} % the mean
\newcommand{\underE}[2]{\underset{\begin{subarray}{c}#1 \end{subarray}}{\E}\left[ #2 \right]}
\DeclareMathOperator{\sg}{sg}
\def\old{\theta_{\text{old}}}
\newcommand{\behaviour}[1][a]{\pi_{\old}(#1|s)}
\begin{document}
% $$ \commented out $$
The ratio \(\rho\) costs \$1 and is
\begin{equation}\label{eq:ratio}
  \rho(a) \doteq \frac{\pi_\theta(a|s)}{\behaviour},
\end{equation}
so that
\begin{align}
  \underE{a\sim\pi_{\old}(\cdot|s)}{\rho(a)} &= 1 \\
  \nabla_\theta \rho(a) &= \rho(a) \nabla_\theta\log\pi_\theta(a|s)
\end{align}
and
\[ \sg[\rho(a)] = \rho(a) \tag{A.1} \]
$$ \rho(a,a) = 1 $$
\begin{equation}
  \log\pi_\theta(a|s) \leq
    \oops
\end{equation}
\begin{gather*} \beta > 0 \\ C = 1 \quad (7) \end{gather*}
\begin{verbatim} $$ not this $$ \end{verbatim}
\end{document}
$$ nor this
"""


def test_a_document_reads_display_by_display() -> None:
    found = list(read_records(tex_records(PAPER)))
    assert [(record.id, record.line) for record, _ in found] == [
        ("eq:ratio", 10), ("2", 14), ("A.1", 19), ("display-4", 20), ("4", 21), ("7", 25)]
    kinds = [result.kind if isinstance(result, Statement) else result.reason.split(":")[0] for _, result in found]
    assert kinds == ["definition", "chain", "claim", "wrong arguments", r"unknown macro \oops", "chain"]


def test_a_definition_serves_the_displays_after_it() -> None:
    results = [result for _, result in read_records(tex_records(PAPER))]
    link = results[1]
    assert isinstance(link, Statement)
    alone = read_statement(r"\mathbb{E}_{a\sim\pi_{\theta_{\text{old}}}(\cdot|s)}[\rho(a)] = 1",
                           [r"\rho(a) \doteq \frac{\pi_\theta(a|s)}{\pi_{\theta_{\text{old}}}(a|s)}"])
    assert link.claims[0] == alone.claims[0]


def test_an_error_names_line_and_column_of_the_file() -> None:
    errors = {record.id: result for record, result in read_records(tex_records(PAPER))
              if isinstance(result, ReadError)}
    assert (errors["4"].line, errors["4"].column) == (23, 5)
    assert (errors["display-4"].line, errors["display-4"].column) == (20, 4)


@pytest.mark.parametrize("text", [
    r"\newcommand{\a}{\a\a} $$ \a $$",
    r"\renewcommand{\vec}[1]{\vec{#1}} $$ \vec{x} $$",
    "".join(rf"\newcommand{{\{later}}}{{\{first}\{first}}}" for first, later in
            zip("abcdefghijklmnop", "bcdefghijklmnopq", strict=True)) + r"\newcommand{\a}{1} $$ \q $$",
    r"\newcommand{\a}[1]{" + "#1" * 50_000 + r"} $$ \a{" + "y" * 100_000 + "} $$",
    r"\newcommand{\a}[1]{#1#1#1#1#1#1#1#1#1#1} $$ " + r"\a{" * 30 + "x" + "}" * 30 + " $$",
])
def test_expansion_bombs_end_in_an_error(text: str) -> None:
    [(_, result)] = read_records(tex_records(text))
    assert isinstance(result, ReadError)
    assert "without end" in result.reason or "too much text" in result.reason


@pytest.mark.parametrize(("text", "reason"), [
    ("a\n\n$$ x", "line 3: the display that starts here is never closed"),
    (r"\begin{equation} x", "line 1: the display that starts here is never closed"),
    (r"\newcommand{\a}{", "line 1: the brace { is never closed"),
    (r"\newcommand{}{x}", "needs the name of a macro"),
])
def test_a_broken_document_is_one_clear_line(text: str, reason: str) -> None:
    with pytest.raises(UnusableInput, match=reason) as caught:
        tex_records(text)
    assert "\n" not in str(caught.value)


def test_records_stand_alone_and_other_keys_are_ignored() -> None:
    lines = [{"id": "one", "latex": r"c \doteq 1", "expect": "definition", "note": 3},
             {"id": "two", "latex": "c = 1"},
             {"latex": "c = 2", "where": [r"c \doteq 2"], "assume": [r"\beta > 0"]}]
    found = list(read_records(jsonl_records("\n\n".join(map(json.dumps, lines)) + "\n")))
    assert [(record.id, result.kind) for record, result in found if isinstance(result, Statement)] == [
        ("one", "definition"), ("two", "definition"), ("5", "claim")]


@pytest.mark.parametrize(("line", "reason"), [
    ("nonsense", "not JSON"), ("[" * 100_000, "not JSON"), ("[1]", "a record is an object"),
    ('{"id": "x"}', '"latex"'), ('{"latex": 1}', '"latex"'), ('{"latex": "x", "where": "y"}', '"where" is a list'),
    ('{"latex": "x", "assume": [1]}', '"assume" is a list'), ('{"latex": "x", "id": []}', '"id" is a text')])
def test_a_bad_record_is_one_clear_line(line: str, reason: str) -> None:
    with pytest.raises(UnusableInput, match=reason) as caught:
        jsonl_records('{"latex": "c = 1"}\n' + line)
    assert str(caught.value).startswith("line 2: ")
    assert len(str(caught.value)) < 200


def test_a_file_is_read_by_its_ending(tmp_path: Path) -> None:
    tex, lines, other = (tmp_path / name for name in ("a.tex", "a.jsonl", "a.txt"))
    tex.write_text("$$ c = 1 $$")
    lines.write_text('{"latex": "c = 1"}')
    other.write_bytes(b"\xff")
    assert [record.latex.strip() for path in (tex, lines) for record in records_of(path)] == ["c = 1", "c = 1"]
    assert records_of("-", '{"latex": "x"}')[0].latex == records_of("-", "$$x$$")[0].latex
    with pytest.raises(UnusableInput, match="not UTF-8"):
        records_of(other)
    with pytest.raises(UnusableInput, match="No such file"):
        records_of(tmp_path / "none.tex")
    with pytest.raises(UnusableInput, match=r"ends in \.tex or \.jsonl"):
        records_of("a.txt", "x")
