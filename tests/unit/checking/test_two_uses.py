r"""What is said of an index as a number, k > T beside x_k: it may be outside of the range, and is no other number."""

from __future__ import annotations

import pytest
from verdicts import prove

LARGEST = r"x_k \leq \max_{1 \leq t \leq T} x_t"


@pytest.mark.parametrize(("assume", "status"), [
    ([], "proved"), ([r"k \leq T"], "proved"), ([r"1 \leq k \leq T"], "proved"), ([r"k \geq 2", r"k \leq T"], "proved"),
    (["k > T"], "undecided"), ([r"k \geq T + 1"], "undecided"), ([r"0 \leq k \leq T"], "undecided"),
    (["k = T + 1"], "undecided"), ([r"k \geq 1"], "undecided"), ([r"1 \leq k \leq N"], "undecided")])
def test_an_index_is_in_the_range_unless_something_else_is_said(assume: list[str], status: str) -> None:
    assert prove(LARGEST, assume=assume).status == status


@pytest.mark.long
@pytest.mark.parametrize(("end", "status"), [(r"\text{ for all } k \leq T", "proved"),
                                             (r"\text{ for all } k > T", "undecided"),
                                             (r"\quad \forall k > T", "undecided")])
def test_so_it_is_where_the_statement_says_it(end: str, status: str) -> None:
    assert prove(f"{LARGEST} {end}").status == status


@pytest.mark.long
@pytest.mark.parametrize(("said", "status"), [
    ([], "proved"), ([r"1 \leq k \leq G"], "proved"), ([r"k \geq 1"], "proved"), ([r"k \geq 0"], "proved"),
    ([r"k \leq G"], "proved"), (["k = 1"], "undecided"), ([r"k \geq 2"], "undecided"), (["k > G"], "undecided"),
    ([r"k \leq 3"], "undecided"), (["k < G"], "undecided"), ([r"k \leq G - 1"], "undecided")])
@pytest.mark.parametrize("claim", [r"\sum_{i=1}^G x_i \geq 0", r"\min_{1 \leq i \leq G} x_i \geq 0"])
def test_what_is_given_of_some_members_is_not_given_of_all(claim: str, said: list[str], status: str) -> None:
    assert prove(claim, assume=[r"x_k \geq 0", *said]).status == status


def test_what_is_declared_of_an_index_is_said_of_it() -> None:
    claim, given = r"\sum_{i=1}^G x_i \geq 0", [r"x_k \geq 0"]
    assert prove(claim, assume=given, let=[r"k \geq 1"]).status == "proved"
    assert prove(claim, assume=given, let=[r"k \geq 2"]).status == "undecided"


def test_a_range_to_a_number_is_not_known_to_have_a_free_index() -> None:
    verdict = prove(r"x_j \leq \max_{1 \leq i \leq 3} x_i")
    assert verdict.status == "refuted"
    assert verdict.disagreement is None


@pytest.mark.parametrize(("text", "assume", "status"), [
    (r"\sum_{i=1}^N i x_i^2 \geq k x_k^2", [], "undecided"), (r"x_k \geq x_1", [r"x_2 \geq x_1", "k = 2"], "undecided"),
    (r"\max_{1 \leq i \leq G} i x_i \geq k x_k", [], "undecided"), (r"\gamma^k x_k = x_k", [], "refuted"),
    (r"x_k \geq 1", ["k < N"], "refuted"), (r"\sum_{i=1}^N x_i^2 \leq x_k^2", [r"k \leq N"], "refuted")])
def test_a_number_and_an_index_of_one_letter_are_not_chosen_apart(text: str, assume: list[str], status: str) -> None:
    assert prove(text, assume=assume).status == status


@pytest.mark.parametrize(("text", "given"), [
    (r"\frac{r_i}{\sum_{j=1}^G r_j} \leq 1", "r_i > 0"), (r"r_i \leq \sum_{j=1}^G r_j", r"r_i \geq 0"),
    (r"|r_i - \frac{1}{G} \sum_{j=1}^G r_j| \leq 2 c", r"|r_i| \leq c")])
def test_what_fails_only_if_one_member_is_meant_is_not_refuted(text: str, given: str) -> None:
    verdict = prove(text, assume=[given])
    assert verdict.status == "undecided"
    assert "may be so of one i, or of every" in verdict.reason


def test_what_fails_if_every_member_is_meant_is_refuted() -> None:
    assert prove(r"r_i \leq 0", assume=[r"r_i \geq 0"]).status == "refuted"
