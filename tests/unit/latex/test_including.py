r"""Documents of several files: what is included, what is not followed and why, and where a statement stands."""

from __future__ import annotations

import os
from io import BytesIO
from pathlib import Path

import pytest

from grpo_symbolic.latex.documents.document_reader import read_records
from grpo_symbolic.latex.documents.files import Document, document_of
from grpo_symbolic.latex.documents.including import MAX_FILES, MAX_WITHIN
from grpo_symbolic.latex.read_error import ReadError
from grpo_symbolic.latex.statement.statement import Statement

ONE = "$$ u = 1 $$"


def document(folder: Path, **files: str) -> Document:
    """The document ``main.tex`` in a folder with these files; two underscores stand for a slash, one for a dot."""
    for name, text in files.items():
        path = folder / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return document_of(folder / "main.tex")


def read(found: Document) -> list[str]:
    """The LaTeX of the statements, without blanks."""
    return ["".join(record.latex.split()) for record in found.records]


@pytest.mark.parametrize("command", [
    r"\input{parts/one}", r"\input{parts/one.tex}", r"\input parts/one ", r"\include{parts/one}",
    r"\input{./parts/one}", r"\subfile{parts/one}", r"\import{parts/}{one}", r"\subimport*{parts}{one.tex}",
    r"\input{parts/../parts/one}", r'\input{"parts/one"}', r"\import{}{parts/one}", r"\subfileinclude{parts/one}",
])
def test_a_file_is_read_in_its_place(tmp_path: Path, command: str) -> None:
    found = document(tmp_path, main_tex=f"$$ t = 1 $$\n{command}\n$$ v = 1 $$", parts__one_tex=f"\n{ONE}")
    assert read(found) == ["t=1", "u=1", "v=1"]
    assert found.complaints == []
    places = [(record.file, record.line) for record in found.records]
    assert places == [("", 1), (str(tmp_path / "parts" / "one.tex"), 2), ("", 3)]


def test_places_of_links_and_faults_are_those_of_the_file_that_prints_them(tmp_path: Path) -> None:
    found = document(tmp_path, main_tex="\\newcommand{\\b}{\\beta}\n\\input{one}\n$$ \\b + \\foo $$",
                     one_tex="% text\n\n$$ 1 < \\b\n  \\leq 2 $$ \\input{two} $$ \\b + \\oops $$",
                     two_tex="$$ \\b > \\oops $$")
    (_, chain), *faults = read_records(found.records)
    assert isinstance(chain, Statement)
    assert [(link.line, link.column) for link in chain.links] == [(3, 6), (4, 3)]
    assert [(record.file and Path(record.file).name, fault.line, fault.column) for record, fault in faults
            if isinstance(fault, ReadError)] == [("two.tex", 1, 9), ("one.tex", 4, 33), ("", 3, 9)]


def test_a_display_may_stand_in_two_files(tmp_path: Path) -> None:
    found = document(tmp_path, main_tex="\\begin{align}\n\\input{rows} + \\foo\n\\end{align}", rows_tex="u &=\n\n1")
    (_, fault), = read_records(found.records)
    assert isinstance(fault, ReadError)
    assert (fault.line, fault.column) == (2, 16)
    inside = document(tmp_path, rows_tex="u &= \\foo")
    (_, fault), = read_records(inside.records)
    assert isinstance(fault, ReadError)
    assert (fault.line, fault.column) == (2, 1)


def test_a_definition_serves_other_files_and_the_reason_names_its_file(tmp_path: Path) -> None:
    found = document(tmp_path, main_tex=r"\input{one} $$ \rho(a) + 1 > 0 $$", one_tex=r"$$ \rho(a) \doteq \foo $$")
    reason = [fault.reason for _, fault in read_records(found.records) if isinstance(fault, ReadError)][-1]
    assert "one.tex" in reason


def test_of_a_file_that_is_a_document_the_body_counts(tmp_path: Path) -> None:
    found = document(tmp_path, main_tex=r"\subfile{one} $$ v = 1 $$", one_tex=(
        r"\documentclass[main]{subfiles} $$ no $$ \begin{document} $$ u = 1 $$ \end{document} $$ no $$"))
    assert read(found) == ["u=1", "v=1"]


def test_what_is_silent_includes_nothing(tmp_path: Path) -> None:
    main = "% \\input{none}\n\\begin{verbatim}\\input{none}\\end{verbatim}\n\\newcommand{\\part}[1]{\\input{#1}}"
    found = document(tmp_path, main_tex=f"{main} {ONE} \\endinput \\input{{none}} $$ no $$")
    assert (read(found), found.complaints) == (["u=1"], [])


def test_a_path_goes_by_the_document_or_by_the_file_that_names_it(tmp_path: Path) -> None:
    found = document(tmp_path, main_tex=r"\input{parts/one}",
                     parts__one_tex=r"\input{parts/two} \input{../three} \input{two}", parts__two_tex=ONE,
                     three_tex="$$ v = 1 $$")
    assert (read(found), found.complaints) == (["u=1", "v=1", "u=1"], [])


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    """A folder beside that of the document, which has a file of mathematics."""
    folder = tmp_path / "outside"
    folder.mkdir()
    (folder / "secret.tex").write_text("$$ secret = 1 $$")
    return folder


@pytest.mark.parametrize(("command", "reason"), [
    (r"\input{%s}", "only files in the folder of the document"),
    (r"\include{../outside/secret}", "it is not in the folder"),
    (r"\import{../outside/}{secret}", "it is not in the folder"), (r"\input{sub/../../outside/secret}", "it is not in"),
    (r"\input{link}", "a symbolic link leads out"), (r"\input{folder/secret}", "a symbolic link leads out"),
    (r"\input{absent}", "no such file"), (r"\input{sub}", "no such file"),
    (r"\input{self}", "self.tex → self.tex has no end"),
    (r"\input{main}", "main.tex → main.tex has no end"), (r"\input{a}", "a.tex → b.tex → a.tex has no end"),
    (r"\input{binary}", "a binary file"), (r"\input{latin}", "not UTF-8 text"), (r"\input{\here/x}", "a macro names"),
    (r"\usepackage{../outside/macros}", "it is not in the folder"), (r"\input{%s}" % ("x" * 5000), "no such file"),
    (r"\input{}", "a macro names"), (r"\input{pipe}", "no such file"), (r"\input{loop}", "no such file"),
])
def test_what_is_not_followed_is_said_once_and_the_rest_is_read(tmp_path: Path, outside: Path, command: str, reason: str
                                                               ) -> None:
    home = tmp_path / "home"
    (home / "sub").mkdir(parents=True)
    (home / "link.tex").symlink_to(outside / "secret.tex")
    (home / "folder").symlink_to(outside)
    (home / "loop.tex").symlink_to(home / "loop.tex")
    (home / "binary.tex").write_bytes(b"$$ v = 1 $$\0")
    (home / "latin.tex").write_bytes("é".encode("latin-1"))
    os.mkfifo(home / "pipe.tex")
    command = command % (outside / "secret") if "%s" in command else command
    found = document(home, main_tex=f"\n{command} {ONE}", self_tex=r"\input{self}", a_tex=r"\input{b}",
                     b_tex=r"\input{a}")
    assert read(found) == ["u=1"]
    complaint, = found.complaints
    assert "is not followed: " in complaint
    assert reason in complaint
    assert ".tex, line " in complaint


def test_a_link_within_the_folder_is_followed(tmp_path: Path) -> None:
    (tmp_path / "link.tex").symlink_to(tmp_path / "one.tex")
    found = document(tmp_path, main_tex=r"\input{link}", one_tex=ONE)
    assert (read(found), found.complaints) == (["u=1"], [])


def test_a_document_that_is_a_link_has_the_folder_that_it_is_named_in(tmp_path: Path) -> None:
    (tmp_path / "store").mkdir()
    (tmp_path / "store" / "text").write_text(r"\input{one}")
    (tmp_path / "main.tex").symlink_to(tmp_path / "store" / "text")
    assert read(document(tmp_path, one_tex=ONE)) == ["u=1"]


def test_standard_input_has_no_folder() -> None:
    found = document_of("-", BytesIO(rf"\usepackage{{amsmath}} \input{{one}} {ONE}".encode()))
    assert read(found) == ["u=1"]
    assert found.complaints == [r"standard input, line 1: \input{one} is not followed: standard input has no folder"]


@pytest.mark.long
def test_how_much_is_included_is_bounded(tmp_path: Path) -> None:
    deep = {f"n{k}_tex": rf"\input{{n{k + 1}}}" for k in range(MAX_WITHIN + 5)}
    assert any("at most 15 files" in said for said in document(tmp_path, main_tex=r"\input{n0}", **deep).complaints)
    bomb = {f"b{k}_tex": rf"\input{{b{k + 1}}}\input{{b{k + 1}}}" for k in range(12)} | {"b12_tex": ""}
    found = document(tmp_path, main_tex=r"\input{b0}" + ONE, **bomb)
    assert read(found) == ["u=1"]
    assert any(f"at most {MAX_FILES:,} files" in said for said in found.complaints)
    found = document(tmp_path, main_tex=r"\input{none} " * 20_000 + ONE)
    assert read(found) == ["u=1"]
    assert len(found.complaints) == MAX_FILES + 1
    found = document(tmp_path, main_tex=rf"\input{{long}}\input{{long}}\input{{one}}{ONE}", long_tex=" " * 600_000,
                     one_tex=ONE)
    assert read(found) == ["u=1", "u=1"]
    assert [said.partition(": the whole ")[2] for said in found.complaints] == [
        "would be longer than 1,000,000 characters"]


PACKAGE = r"""\NeedsTeXFormat{LaTeX2e} \ProvidesPackage{mine} % \def\one{7}
\RequirePackage{amsmath,inner}
\newcommand{\one}{1} \def\two{2}\DeclareMathOperator{\three}{three} $$ no $$ \begin{equation} no \end{equation}
\makeatletter \def\@odd#1\@nil{#1} \let\@x=1 \def\four{4} \def\half{ \makeatother
\DeclarePairedDelimiter\five\lvert\rvert \NewDocumentCommand{\six}{m}{#1+6}
\newenvironment{seven}{\begin{equation}}{\end{equation}}
"""


def test_a_package_in_the_folder_defines_and_says_nothing(tmp_path: Path) -> None:
    main = "\\documentclass{a}\\usepackage[x]{amsmath,mine}text\n" \
        r"\begin{seven} \one + \two + \three + \four + \five{u} + \six{u} + \eight = 0 \end{seven}"
    found = document(tmp_path, main_tex=main, mine_sty=PACKAGE, inner_sty=r"\newcommand{\eight}{8}\usepackage{mine}")
    assert read(found) == [r"1+2+\operatorname{three}+4+\left\lvertu\right\rvert+u+6+8=0"]
    assert found.complaints == []
    assert [(record.file, record.line) for record in found.records] == [("", 2)]


def test_macros_of_a_package_serve_what_follows_it(tmp_path: Path) -> None:
    found = document(tmp_path, main_tex=r"$$ \p = 1 $$ \usepackage{mine} $$ \p = 1 $$", mine_sty=r"\def\p{u}")
    assert read(found) == [r"\p=1", "u=1"]


@pytest.mark.parametrize(("definition", "opening"), [
    (r"\newenvironment{e}{\begin{equation}}{\end{equation}}", r"\begin{e}"),
    (r"\newenvironment{e}[1]{\begin{equation}\label{#1}}{\end{equation}}", r"\begin{e}{one}"),
    (r"\renewenvironment{e}[2][x]{\begin{equation} \label{#2}}{\end{equation}}", r"\begin{e}[y]{one}"),
    (r"\NewDocumentEnvironment{e}{O{x} m}{\begin{equation}}{\end{equation}}", r"\begin{e}[y]{one}"),
    (r"\newcommand{\be}[1]{\begin{equation}\label{#1}}\newenvironment{e}{}{}", r"\be{one}"),
])
def test_an_environment_of_the_documents_own_is_the_display_it_begins(tmp_path: Path, definition: str, opening: str
                                                                       ) -> None:
    end = r"\end{equation}" if r"\be" in opening[:3] and r"\begin" not in opening else r"\end{e}"
    found = document(tmp_path, main_tex=f"{definition}\n{opening} u = 1 {end} $$ v = 1 $$")
    assert [(record.fault, record.id) for record in found.records] == [(None, "1"), (None, "display-2")]
    assert read(found) == ["u=1", "v=1"]


def test_what_is_defined_in_ways_that_are_not_read_stays_unknown(tmp_path: Path) -> None:
    text = r"\def\1{u} \def\x@y{v} \def\q[#1]{w} \gdef\r{1} $$ \1 = \r $$ $$ \q = 1 $$"
    assert read(document(tmp_path, main_tex=text)) == ["u=1", r"\q=1"]
