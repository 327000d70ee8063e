"""A paper's folder is read as one document; what stands beside a statement is told, and bears on nothing it says."""

from pathlib import Path

import pytest

from grpo_symbolic.latex.documents.files import document_of
from grpo_symbolic.latex.documents.limits import UnusableInput
from grpo_symbolic.latex.documents.paper_folder import is_paper
from grpo_symbolic.report.documents import check

SCORE = r"""
% Scores
The score has mean zero,  % as is well known
whatever the policy is.
% expect: proved
\begin{equation}\label{score}
\mathbb{E}_{a \sim \pi_\theta(\cdot|s)} [\nabla_\theta \log \pi_\theta(a|s)] = 0
\end{equation}

$$ \E{k(a)} \geq c $$
"""


@pytest.fixture
def paper(tmp_path):
    """Makes a paper of files by their names, and reads it."""
    def made(**files):
        (tmp_path / "derivations").mkdir(exist_ok=True)
        for name, text in {"displays": "", **files}.items():
            (tmp_path / f"{name.replace('__', '/')}.tex").write_text(text, encoding="utf-8")
        return tmp_path
    return made


def records(folder):
    return {record.id: record for record in document_of(folder).records}


def test_the_sentence_and_the_expectation_are_those_right_before(paper):
    found = records(paper(claims=SCORE))
    assert found["score"].aside.sentence == "The score has mean zero, whatever the policy is."
    assert found["score"].aside.expect == "proved"
    assert found["display-2"].aside.sentence == found["display-2"].aside.expect == ""


def test_definitions_and_macros_of_the_displays_serve_the_claims_and_places_are_those_of_the_files(paper):
    folder = paper(displays="\\newcommand{\\p}{\\pi_\\theta(a|s)}\n\n$$ k(a) \\doteq 2 \\log \\p $$",
                   claims="$$ k(a) = \\log \\p + \\log \\p $$\n$$ k(a) = \\log \\p $$")
    _, proved, refuted = check(folder)
    assert (proved.verdict.status, refuted.verdict.status) == ("proved", "refuted")
    assert refuted.place == f"{folder}/claims.tex:2:9"


def test_what_is_left_open_in_one_file_ends_there(paper):
    folder = paper(displays="$$ 1 = 1", claims="$$ 1 = 2 $$")
    assert [one.verdict.status for one in check(folder)] == ["ill-formed", "refuted"]


@pytest.mark.parametrize("text", [
    "% expect: refuted\n", "% expect: refuted\n\n$$ 1 = 1 $$\n", "% expect: refuted\n% expect: proved\n$$ 1 = 1 $$\n",
    "$$ 1 = 1 $$\n% expect: proved\n\n",
])
def test_an_expectation_beside_no_statement_is_refused(paper, text):
    with pytest.raises(UnusableInput, match=r"claims.tex, line \d: what is expected stands in one comment"):
        document_of(paper(claims=text))


def test_the_reasons_of_a_derivation_say_nothing_of_its_statement(paper):
    chain = "It follows \\eqref{score}.\n\\begin{align*}\n1 &= 1 && \\text{(only if the sun shines)} \\\\\n" \
            "&= 2 - 1 \\\\\n&\\qquad \\text{(at $x_{1}$)}\n\\end{align*}\n"
    found = records(paper(claims=SCORE, derivations__one=chain))["display-3"]
    assert found.aside.derives == "score"
    assert [text for _, text in found.aside.reasons] == ["(only if the sun shines)", "(at $x_{1}$)"]
    assert [place for place, _ in found.aside.reasons] == [(3, 11), (5, 9)]
    assert r"\text" not in found.latex


def test_a_reason_is_no_part_of_a_display_that_derives_nothing(paper):
    chain = "It follows.\n\\begin{align*}\n1 &= 1 && \\text{(only if the sun shines)}\n\\end{align*}\n"
    assert check(paper(claims="$$ 1 = 1 $$", derivations__one=chain))[-1].verdict.status == "unread"


@pytest.mark.parametrize(("name", "content", "said"), [
    ("claims", b"\xff", "claims.tex: not UTF-8"), ("displays", b"\0", "displays.tex: a binary file"),
    ("derivations/a%b", b"", "the name of a derivation"), ("derivations/c", b"\xff", "c.tex: not UTF-8"),
])
def test_a_file_that_cannot_be_read_is_named(paper, name, content, said):
    folder = paper(claims=SCORE)
    (folder / f"{name}.tex").write_bytes(content)
    with pytest.raises(UnusableInput, match=said):
        document_of(folder)


def test_a_folder_without_displays_and_claims_is_no_paper(tmp_path):
    with pytest.raises(UnusableInput, match=r"is no paper: it has no displays.tex"):
        document_of(tmp_path)
    (tmp_path / "claims.tex").write_text(SCORE)
    with pytest.raises(UnusableInput, match=r"there is no displays.tex"):
        document_of(tmp_path)


def test_what_is_too_long_for_a_path_is_no_paper():
    assert not is_paper(Path("x" * 10_000))
