"""A paper that is made from a document says what the document says; it is there whole, or not at all."""

import pytest
from places import ROOT

from grpo_symbolic.latex.documents.limits import UnusableInput
from grpo_symbolic.report.documents import check
from grpo_symbolic.shelf import new
from grpo_symbolic.shelf.chains import every_reason
from grpo_symbolic.shelf.folder import FolderBook

pytestmark = pytest.mark.long

DOCUMENTS = ROOT / "tests" / "documents"


def verdicts(path):
    """The names and verdicts of what stands in a document, or in the displays of a paper."""
    return [(one.record.id, one.verdict.status) for one in check(path) if not one.file.endswith("first.tex")]


@pytest.mark.parametrize("name", ["dpo", "kl-estimators"])
def test_the_displays_get_the_verdicts_that_they_have_in_the_document(name, tmp_path):
    source, folder = DOCUMENTS / f"{name}.tex", tmp_path / "made"
    assert new.new_paper(folder, source) == []
    assert verdicts(folder) == verdicts(source)
    assert (folder / "displays.tex").read_text().count("\n") < source.read_text().count("\n")


@pytest.mark.parametrize("source", [None, DOCUMENTS / "dpo.tex"])
def test_what_is_made_has_a_derivation_that_holds(source, tmp_path):
    new.new_paper(tmp_path / "made", source)
    book = FolderBook(tmp_path / "made")
    assert len(book.derived()) == 1
    assert book.derivations.faults() == []


@pytest.mark.parametrize(("display", "derived"), [
    (r"\begin{align} x &\leq x \label{other} \\ \sum_a \pi_\theta(a|s) &= 1 \,. \label{row} \end{align}", ["row"]),
    (r"\begin{align} x &\leq x + 1 \end{align}", []),
])
def test_a_row_of_several_may_be_derived_first_and_without_one_all_is_a_comment(tmp_path, display, derived):
    (tmp_path / "rows.tex").write_text(display)
    new.new_paper(tmp_path / "made", tmp_path / "rows.tex")
    book = FolderBook(tmp_path / "made")
    assert (list(book.derived()), book.derivations.faults()) == (derived, [])
    lines = (tmp_path / "made" / new.FIRST).read_text().splitlines()
    assert derived or all(line[:2] in ("", "% ", "%") and line[2:3] != "%" for line in lines)


def test_the_example_comes_out_as_it_expects(tmp_path):
    new.new_paper(tmp_path / "made", None)
    found = check(tmp_path / "made")
    assert [one.as_expected for one in found if one.expected] == [True]
    assert {one.verdict.status for one in found if not one.expected} == {"definition", "proved"}


def test_the_readme_lists_every_reason(tmp_path):
    new.new_paper(tmp_path / "a paper", None)
    text = (tmp_path / "a paper" / "README.md").read_text()
    assert all(f"- {reason}\n" in text for reason in every_reason())
    assert "grpo-symbolic check 'a paper'" in text


def test_what_a_document_includes_comes_with_it_and_its_floats_do_not(tmp_path):
    (tmp_path / "part.tex").write_text("\\begin{figure} $x$ \\end{figure}\nSo it is: $$ \\c = 1. $$\n")
    (tmp_path / "main.tex").write_text(
        "\\newcommand{\\c}{2} % not \\newcommand{\\d}{3}\n\\title{T}\n\\begin{document}\n\nWords alone.\n\n"
        "\\input{part}\n\n"
        "\\input{lost}\\end{document} $$ 1 = 2 $$")
    complaints = new.new_paper(tmp_path / "made", tmp_path / "main.tex")
    assert len(complaints) == 1
    assert "lost" in complaints[0]
    text = (tmp_path / "made" / "displays.tex").read_text()
    assert "figure" not in text
    assert "Words" not in text
    assert "\\d" not in text
    assert [(one.verdict.status) for one in check(tmp_path / "made")] == ["refuted"]
    assert FolderBook(tmp_path / "made").title == "T"


@pytest.mark.parametrize("kind", ["file", "folder", "link"])
def test_what_is_there_is_not_overwritten(kind, tmp_path):
    folder = tmp_path / "made"
    {"file": folder.touch, "folder": folder.mkdir, "link": lambda: folder.symlink_to(tmp_path / "nowhere")}[kind]()
    with pytest.raises(UnusableInput, match="it is there already"):
        new.new_paper(folder, None)
    assert [path.name for path in tmp_path.iterdir()] == ["made"]


@pytest.mark.parametrize("source", [None, DOCUMENTS / "dpo.tex"])
def test_nothing_is_left_of_what_is_interrupted(source, tmp_path, monkeypatch):
    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(new, "first_derivation" if source else "readme", interrupted)
    with pytest.raises(KeyboardInterrupt):
        new.new_paper(tmp_path / "made", source)
    assert list(tmp_path.iterdir()) == []
