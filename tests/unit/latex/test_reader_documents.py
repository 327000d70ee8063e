r"""Documents: displays and their ids, macros, definitions that serve later displays, records of JSON Lines."""

from __future__ import annotations

import json
import time
from io import BytesIO
from pathlib import Path

import pytest

from grpo_symbolic.language import Claim, LanguageError
from grpo_symbolic.latex.documents.document_reader import read_records, tex_records
from grpo_symbolic.latex.documents.files import document_of
from grpo_symbolic.latex.documents.json_lines import jsonl_records
from grpo_symbolic.latex.documents.limits import MAX_DOCUMENT, UnusableInput
from grpo_symbolic.latex.printing.printer import latex
from grpo_symbolic.latex.read_error import ReadError
from grpo_symbolic.latex.statement.reader import read_statement
from grpo_symbolic.latex.statement.statement import Statement

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
        ("eq:ratio", 10), ("2", 14), ("3", 16), ("A.1", 19), ("display-4", 20), ("4", 21), ("display-6", 25), ("7", 25)]
    kinds = [result.kind if isinstance(result, Statement) else result.reason.split(":")[0] for _, result in found]
    assert kinds == ["definition", "claim", "claim", "claim", "wrong arguments", r"unknown macro \oops", "claim",
                     "definition"]


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


@pytest.mark.parametrize(("text", "line", "column", "reason"), [
    ("a\n\n$$ c = 1", 3, 1, "never closed: end it with $$"),
    (" \\begin{align} c &= 1", 1, 2, r"never closed: end it with \end{align}"),
    (r"\[ c = 1 \begin{equation} \beta > 0 \end{equation}", 1, 1, r"never closed: end it with \]"),
    ("$$ c = 1\n\nand so on $$ \\beta > 0 $$", 1, 1, "never closed: end it with $$"),
    ("\\begin{equation} c = 1\n\\section{Next}", 1, 1, "never closed"),
    (r"\begin{equation} c = 1 \end{align}", 1, 1, r"\begin{equation} is closed by \end{align}"),
    (r"so \end{equation}", 1, 4, r"\end{equation} closes nothing"),
    (r"so \]", 1, 4, r"\] closes nothing"),
    (r"so \begin{equaton} c_1 > 0 \end{equaton}", 1, 4, "the environment equaton is not known"),
    (r"\begin{darray} c &= 1 \end{darray}", 1, 1, "the environment darray is not known"),
    (r"\newcommand{\a}{", 1, 16, "the brace { is never closed"),
    (r"\newcommand{}{x}", 1, 1, "needs the name of a macro"),
    (r"\newcommand{\be}{\begin{equation} c = }" + "\n" + r"\be 1 \end{equation}", 2, 1, "prints more"),
])
def test_what_is_broken_is_one_record_in_its_place(text: str, line: int, column: int, reason: str) -> None:
    """The displays around it are read."""
    around = r"$$ \beta \geq 0 $$"
    before, *broken, after = read_records(tex_records(f"{around}\n{text}\n\n{around}"))
    fault = broken[0][1]
    assert isinstance(fault, ReadError)
    assert (fault.line, fault.column) == (line + 1, column)
    assert reason in fault.reason
    assert [getattr(found, "kind", "") for _, found in (before, after)] == ["claim", "claim"]


def names_and_kinds(text: str) -> list[tuple[str, str]]:
    """The id of each record of a text, and what was read or the word ill-formed."""
    return [(record.id, found.kind if isinstance(found, Statement) else "ill-formed")
            for record, found in read_records(tex_records(text))]


ONE, TWO = r"\sum_a \pi_\theta(a|s)", r"\beta"


@pytest.mark.parametrize(("text", "found"), [
    # Rows with labels, tags or numbers of their own.
    (rf"\begin{{align}} {ONE} &= 1 \label{{a}} \\ {TWO} &> 0 \label{{b}} \end{{align}}", ["a claim", "b claim"]),
    (rf"\begin{{gather}} {ONE} = 1 \\ {TWO} > 0 \end{{gather}}", ["1 claim", "2 claim"]),
    (rf"\begin{{align*}} {ONE} &= 1 \tag{{A}} \\ {TWO} &> 0 \tag{{B}} \end{{align*}}", ["A claim", "B claim"]),
    (rf"\begin{{align}} & {ONE} = 1 \label{{a}} \\ & {TWO} > 0 \label{{b}} \end{{align}}", ["a claim", "b claim"]),
    (rf"\begin{{IEEEeqnarray}}{{rCl}} {ONE} &=& 1 \\ {TWO} &>& 0 \end{{IEEEeqnarray}}", ["1 claim", "2 claim"]),
    (rf"\begin{{alignat}}{{2}} {ONE} &= 1 \label{{a}} \\ {TWO} &> 0 \notag \end{{alignat}}",
     ["a claim", "display-1-2 claim"]),
    # A fault in one row is that row's; even one that would swallow the next in TeX.
    (rf"\begin{{align}} {ONE} &= \foo \label{{a}} \\ {TWO} &> 0 \label{{b}} \end{{align}}",
     ["a ill-formed", "b claim"]),
    (rf"\begin{{align}} {ONE} &= ( 1 \label{{a}} \\ {TWO} &> 0 \label{{b}} \end{{align}}",
     ["a ill-formed", "b claim"]),
    (rf"\begin{{align}} {ONE} &= \frac{{1}}{{ \label{{a}} \\ {TWO} &> 0 \label{{b}} \end{{align}}",
     ["a ill-formed", "b claim"]),
    (rf"\begin{{align}} {ONE} &= \label{{a}} \\ {TWO} &> 0 \label{{b}} \end{{align}}", ["a ill-formed", "b claim"]),
    # Rows that continue: a relation first, a sign, a word, an open bracket.
    (rf"\begin{{align}} {ONE} &= 1 \\ &= 2 - 1 \label{{a}} \\ {TWO} &> 0 \end{{align}}", ["a chain", "3 claim"]),
    (rf"\begin{{align}} {ONE} \\ = 1 \\ {TWO} > 0 \end{{align}}", ["1 claim", "3 claim"]),
    (rf"\begin{{align}} {ONE} &= 2 \notag \\ &\quad - 1 \end{{align}}", ["1 claim"]),
    (rf"\begin{{align}} {ONE} &= \left( 2 \right. \notag \\ &\quad \left. - 1 \right) \end{{align}}",
     ["1 claim"]),
    (rf"\begin{{align}} {ONE} &= k \\ &\text{{where }} k = 1 \end{{align}}", ["1 chain"]),
    (rf"\begin{{align}} {ONE} &= \\ & 1 \end{{align}}", ["1 claim"]),
    # One statement: no row has a name of its own.
    (rf"\begin{{align*}} {ONE} &= 1 \\ {TWO} &> 0 \end{{align*}}", ["display-1 chain"]),
    (rf"\begin{{equation}} \begin{{aligned}} {ONE} &= 1 \\ {TWO} &> 0 \end{{aligned}} \end{{equation}}", ["1 chain"]),
    (rf"\begin{{multline}} {ONE} \\ = 1 \end{{multline}}", ["1 claim"]),
    (rf"\begin{{dmath*}} {ONE} = 1 \end{{dmath*}}", ["display-1 claim"]),
    (rf"\begin{{split}} {ONE} &= 1 \end{{split}}", ["display-1 claim"]),
    # Breaks inside braces and inner environments end no row.
    (rf"\begin{{align}} {ONE} &= \begin{{cases}} 1 & \text{{if }} \beta > 0 \\ 1 & \text{{otherwise}} \end{{cases}}"
     rf" \label{{a}} \\ {TWO} &> 0 \label{{b}} \end{{align}}", ["a claim", "b claim"]),
    # Environments by another name.
    (r"\newcommand{\be}{\begin{equation}}\def\ee{\end{equation}} \be \beta > 0 \ee", ["1 claim"]),
    (r"\newenvironment{e}[1][x]{\begin{equation}}{\end{equation}} $$ \beta > 0 $$", ["display-1 claim"]),
    # What is no display.
    (r"$c$$d$ costs \$1, 50\% \verb|$$ x| \iffalse $$ \oops $$ \fi \begin{figure}[h=1] x \end{figure} $$ \beta > 0 $$",
     ["display-1 claim"]),
    (r"\begin{align} \\ \\ \end{align} $$ $$", ["display-1 ill-formed", "display-2 ill-formed"]),
    ("\\[ \\beta > 0\n\\section{Next} \\] $$ \\beta > 0 $$",
     ["display-1 ill-formed", "display-2 ill-formed", "display-3 claim"]),
    ("% \\begin{verbatim}\n$$ \\beta > 0 $$ \\[2pt]", ["display-1 claim", "display-2 ill-formed"]),
])
def test_rows_and_environments(text: str, found: list[str]) -> None:
    assert [f"{name} {kind}" for name, kind in names_and_kinds(text)] == found


@pytest.mark.parametrize("opening", ["alignat}{2", "IEEEeqnarray*}{rCl", "align", "dmath", "displaymath"])
def test_what_names_the_columns_is_no_part_of_the_statement(opening: str) -> None:
    name = opening.partition("}")[0]
    [(_, found)] = read_records(tex_records(rf"\begin{{{opening}}} {ONE} = 1 \end{{{name}}}"))
    assert isinstance(found, Statement)
    assert found.claims == read_statement(f"{ONE} = 1").claims


def test_links_and_errors_stand_at_their_place_in_the_file() -> None:
    text = ("\\newcommand{\\one}{\\sum_a \\pi_\\theta(a|s)}\nlet\n\\begin{align}\n  \\one &= 1 \\label{a} \\\\\n"
            "  \\one &= 2 - 1 \\\\\n    &\\leq 3 \\label{b} \\\\\n  \\beta &> \\one + \\foo\n\\end{align}\n")
    places = {record.id: [(link.line, link.column) for link in found.links] if isinstance(found, Statement)
              else [(found.line, found.column)] for record, found in read_records(tex_records(text))}
    assert places == {"a": [(4, 9)], "b": [(5, 9), (6, 6)], "4": [(7, 19)]}
    assert text.split("\n")[4][8] == "="
    assert text.split("\n")[6][18:].startswith(r"\foo")


def test_a_text_that_comes_again_is_read_once_under_the_same_definitions() -> None:
    text = r"$$ c > 0 $$ $$ c > 0 $$ $$ u \doteq 1 $$ $$ c > 0 $$"
    first, again, _, after = (found for _, found in read_records(tex_records(text)))
    assert isinstance(first, Statement)
    assert isinstance(again, Statement)
    assert isinstance(after, Statement)
    assert first.links[0].content is again.links[0].content
    assert (first.links[0].column, again.links[0].column) == (6, 18)
    assert after.links[0].content is not first.links[0].content


def test_documents_do_not_share_definitions(tmp_path: Path) -> None:
    for name, text in (("a.tex", r"$$ c \doteq 1 $$"), ("b.tex", "$$ c = 1 $$")):
        (tmp_path / name).write_text(text)
    found = [read.kind for name in ("a.tex", "b.tex") for _, read in read_records(document_of(tmp_path / name).records)
             if isinstance(read, Statement)]
    assert found == ["definition", "definition"]


@pytest.mark.parametrize("notation", ["deepseekmath", "ppo"])
def test_a_document_in_another_notation_reads_the_same(notation: str) -> None:
    ratio, claim = (read_statement(text) for text in (
        r"\rho(a) \doteq \frac{\pi_\theta(a|s)}{\pi_{\theta_{\text{old}}}(a|s)}",
        r"\mathbb{E}_{a\sim\pi_{\theta_{\text{old}}}(\cdot|s)}[A(s,a)] = 0"))
    printed = [latex(link.content.relation if isinstance(link.content, Claim) else link.content, notation)
               for link in (*ratio.links, *claim.links)]
    found = [read.links[0].content for _, read in read_records(
        tex_records("\n".join(f"$$ {text} $$" for text in printed)), notation) if isinstance(read, Statement)]
    assert found == [ratio.links[0].content, claim.links[0].content]
    with pytest.raises(LanguageError, match="unknown notation"):
        list(read_records(tex_records(""), "klingon"))


def test_a_document_beyond_the_limit_is_refused_at_once(tmp_path: Path) -> None:
    text = r"$$ \beta > 0 $$" + "\n" * MAX_DOCUMENT
    with pytest.raises(UnusableInput, match="longer than 1,000,000 characters: split it"):
        tex_records(text)
    path = tmp_path / "a.tex"
    path.write_text(text)
    with pytest.raises(UnusableInput, match=r"a\.tex: longer than"):
        document_of(path)
    path.write_text("é" * (2 * MAX_DOCUMENT + 5))
    with pytest.raises(UnusableInput, match=r"longer than"):
        document_of(path)


def test_one_long_line_of_records_is_ill_formed_and_the_rest_is_read() -> None:
    good = b'{"latex": "c = 1"}\n'
    for long in (b'{"latex": "' + b"x" * MAX_DOCUMENT + b'"}\n', b"[" * (9 * MAX_DOCUMENT) + b"\n"):
        first, middle, last = read_records(document_of("-", BytesIO(good + long + good)).records)
        assert isinstance(middle[1], ReadError)
        assert "longer than 1,000,000 characters" in middle[1].reason
        assert middle[1].line == 2
        assert [getattr(found, "kind", "") for _, found in (first, last)] == ["definition", "definition"]


MANY = 20_000
PATIENCE = 30  # what is quadratic in a document takes hours


@pytest.mark.long
@pytest.mark.parametrize("text", [
    r"$$ \beta > 0 $$ " * (MAX_DOCUMENT // 16),
    "$$ " + r"\beta + " * (MAX_DOCUMENT // 9) + "1 $$",
    "$$ " + "(" * (MAX_DOCUMENT // 2 - 5) + ")" * (MAX_DOCUMENT // 2 - 5) + " $$",
    r"\newcommand{\a}{\beta} " * (MAX_DOCUMENT // 24) + r"$$ \a > 0 $$",
    "".join(rf"\newcommand{{\{'abcdefghij'[k % 10] * (1 + k // 10 % 10)}}}{{" for k in range(MANY)) + "$$ 1 $$",
    r"\begin{align} " + r"\beta &> 0 \\ " * (MAX_DOCUMENT // 15) + r"\end{align}",
    r"\begin{align} " + r"(\beta \\ " * (MAX_DOCUMENT // 11) + r"\end{align}",
    r"\begin{align} " * (MAX_DOCUMENT // 15),
    r"\begin{x} " * (MAX_DOCUMENT // 11),
    r"\[ " * (MAX_DOCUMENT // 3), "$" * MAX_DOCUMENT, "{" * MAX_DOCUMENT, "\\" * MAX_DOCUMENT, "%" * MAX_DOCUMENT,
    r"\def\a " * (MAX_DOCUMENT // 7), r"\newenvironment{a}" * (MAX_DOCUMENT // 18),
    r"$$\begin{align}" * (MAX_DOCUMENT // 15), r"$$\newcommand{\a}{" * (MAX_DOCUMENT // 19),
    r"$$\def\a{1}" * (MAX_DOCUMENT // 11), r"\verb|" * (MAX_DOCUMENT // 7),
    r"\iffalse" * (MAX_DOCUMENT // 8), r"\begin{verbatim}" * (MAX_DOCUMENT // 16),
    "$a" * (MAX_DOCUMENT // 2), "\n" * MAX_DOCUMENT, r"\begin{align}" + "\\\\\n" * (MAX_DOCUMENT // 4),
])
def test_a_document_just_under_the_limit_is_read_at_once(text: str) -> None:
    start = time.process_time()
    assert len(text) <= MAX_DOCUMENT
    for _, found in read_records(tex_records(text)):
        assert found
        break
    assert time.process_time() - start < PATIENCE


def test_records_stand_alone_and_other_keys_are_ignored() -> None:
    lines = [{"id": "one", "latex": r"c \doteq 1", "expect": "definition", "note": 3},
             {"id": "two", "latex": "c = 1"},
             {"latex": "c = 2", "where": [r"c \doteq 2"], "assume": [r"\beta > 0"]}]
    found = list(read_records(jsonl_records("\n\n".join(map(json.dumps, lines)).split("\n"))))
    assert [(record.id, result.kind) for record, result in found if isinstance(result, Statement)] == [
        ("one", "definition"), ("two", "definition"), ("5", "claim")]


@pytest.mark.long
def test_what_macros_print_is_bounded_over_the_document() -> None:
    grow = r"\newcommand{\x}[1]{#1#1#1#1#1#1#1#1#1#1} \newcommand{\two}[2]{#1}"
    found = [read for _, read in read_records(tex_records(
        grow + r"$$ \two{1} $$ " * 100 + rf"$$ \x{{\x{{\x{{\x{{{' ' * 18}}}}}}}}} 1 $$ " * 60 + r"$$ \x{1} $$"))]
    assert [getattr(read, "kind", "") for read in (found[100], found[-1])] == ["expression", ""]
    first, last = found[0], found[-1]
    assert isinstance(first, ReadError)
    assert isinstance(last, ReadError)
    assert "one is missing" in first.reason
    assert "expand to too much text" in last.reason


@pytest.mark.parametrize(("line", "reason"), [
    ("nonsense", "not JSON"), ("[" * 100_000, "not JSON"), ("[1]", "a record is an object"),
    ('{"id": "x"}', '"latex"'), ('{"latex": 1}', '"latex"'),
    ('{"latex": "x", "where": 1}', '"where" is a text, or a list'),
    ('{"latex": "x", "assume": [1]}', '"assume" is a text, or a list'), ('{"latex": "x", "id": []}', '"id" is a text')])
def test_a_bad_record_is_one_clear_line(line: str, reason: str) -> None:
    found = [read for _, read in read_records(jsonl_records(['{"latex": "c = 1"}', line, '{"latex": "c = 1"}']))]
    assert [getattr(read, "status", "") for read in found] == ["", "error", ""]
    assert reason in found[1].reason
    assert found[1].line == 2
    assert len(str(found[1])) < 200


def test_a_file_is_read_by_its_ending(tmp_path: Path) -> None:
    tex, lines, other = (tmp_path / name for name in ("a.tex", "a.jsonl", "b.tex"))
    tex.write_text("$$ c = 1 $$")
    lines.write_text('{"latex": "c = 1"}')
    other.write_bytes(b"\xff")
    assert [record.latex.strip() for path in (tex, lines) for record in document_of(path).records] == ["c = 1", "c = 1"]
    piped = [next(iter(document_of("-", BytesIO(text)).records)).latex
             for text in (b'\xef\xbb\xbf {"latex": "x"}', b"$$x$$")]
    assert piped == ["x", "x"]
    with pytest.raises(UnusableInput, match="not UTF-8"):
        document_of(other)
    with pytest.raises(UnusableInput, match="No such file"):
        document_of(tmp_path / "none.tex")
    with pytest.raises(UnusableInput, match=r"ends in \.tex"):
        document_of("a.txt", BytesIO(b"x"))
