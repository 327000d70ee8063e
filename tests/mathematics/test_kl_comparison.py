"""The comparison of the estimators k1, k2 and k3: every statement comes out as the book says, and every step holds."""

import pytest
from places import ROOT
from verdicts import prove

from grpo_symbolic.books import FOLDERS, book
from grpo_symbolic.latex.documents.files import document_of
from grpo_symbolic.report.book_page import book_page
from grpo_symbolic.report.pages import KL
from grpo_symbolic.shelf.folder import FolderBook

pytestmark = pytest.mark.long

BOOK = book(KL)
CLAIMS = [item for item in BOOK.items() if not item.printed]
SECTIONS = {section.id: section.title for section in BOOK.sections}


@pytest.mark.parametrize("item", CLAIMS, ids=lambda item: item.id)
def test_a_claim_comes_out_as_the_book_says(item):
    verdict = item.check()
    assert verdict.status == (item.expect or "proved")
    assert not verdict.disagrees


def test_a_claim_is_checked_within_the_budget_that_is_given():
    claim = next(item for item in CLAIMS if item.expect == "refuted")
    assert [claim.check(budget).status for budget in (1e-6, 2.0)] == ["undecided", "refuted"]


def test_what_the_book_expects_is_that_something_is_refuted():
    assert {item.expect for item in CLAIMS} == {"", "refuted"}
    assert all(item.title and item.under in SECTIONS for item in CLAIMS)


def test_every_derivation_holds():
    assert BOOK.derivations.faults() == []
    assert len(BOOK.derived()) >= 12


@pytest.mark.long
@pytest.mark.parametrize("name", sorted(BOOK.derived()))
def test_a_derivation_of_the_other_sign_is_rejected(name, tmp_path):
    """Bend the last expression of each chain: neither the step nor the end is accepted."""
    for path in FOLDERS[KL].rglob("*.tex"):
        copy = tmp_path / path.relative_to(FOLDERS[KL])
        copy.parent.mkdir(exist_ok=True)
        text = path.read_text(encoding="utf-8")
        head, mark, tail = text.partition(f"\\eqref{{{name}}}.\n")
        chain, end, rest = tail.partition("\\end{align*}")
        before, sign, last = chain.rpartition("  &= ")
        copy.write_text(f"{head}{mark}{before}{sign}- 2 {last}{end}{rest}" if mark else text, encoding="utf-8")
    faults = FolderBook(tmp_path).derivations.faults()
    assert any(f"{name}, step" in fault for fault in faults) or any("cannot be read" in fault for fault in faults)


@pytest.mark.parametrize(("left", "right", "status"), [
    (r"\nabla_\theta k_3(a)", r"\nabla_\theta D_{\text{KL}}(\pi_{\text{ref}} \| \pi_\theta)", "proved"),
    (r"\nabla_\theta k_1(a)", "0", "proved"),
    (r"\nabla_\theta k_2(a)", "0", "refuted"),
])
def test_the_definitions_of_the_book_mean_the_same_elsewhere(left, right, status):
    records = document_of(FOLDERS[KL]).records
    where = [record.latex for record in records if record.id in ("k1", "k2", "k3")]
    claim = rf"\mathbb{{E}}_{{a \sim \pi_\theta(\cdot|s)}} [{left}] = {right}"
    assert prove(claim, where).status == status


def test_the_page_is_the_one_that_the_book_gives():
    assert (ROOT / "docs" / "kl-estimators.md").read_text(encoding="utf-8") == book_page(BOOK, KL)
