r"""\sum_{j \neq i} where nothing binds i: over j with i fixed or over all pairs, and no verdict rests on one."""

from __future__ import annotations

import pytest
from verdicts import prove

OPEN = "may run over j alone, with i fixed, or over all pairs"


@pytest.mark.parametrize("text", [
    r"\sum_{j \ne i} (A_j - A_i) = 0", r"\sum_{j \ne i} A_j A_i = (\sum_{k=1}^G A_k)^2 - \sum_{k=1}^G A_k^2",
    r"\sum_{j \ne i} \mathbb{1}[A_j > A_i] \leq G - 1", r"\sum_{j \ne i} (A_j - A_i) \geq 0",
    r"\sum_{k \ne i} (u_k - u_i) = 0", r"\prod_{j \ne i} e^{u_j - u_i} = 1"])
def test_what_holds_of_pairs_or_of_a_fixed_index_alone_is_ambiguous(text: str) -> None:
    verdict = prove(text)
    assert verdict.status == "undecided"
    assert "with i fixed, or over all pairs" in verdict.reason
    assert len(verdict.readings) == 2


def test_the_reason_says_what_to_write() -> None:
    assert "declare i, or write one sign for each" in prove(r"\sum_{j \ne i} (A_j - A_i) = 0").reason
    assert OPEN in prove(r"\sum_{j \ne i} (A_j - A_i) = 0").reason


@pytest.mark.parametrize("text", [r"\sum_{i \ne j} (A_i - A_j) = 0", r"\sum_{i \ne j} A_i = (G-1) \sum_{i=1}^G A_i",
                                  r"\frac{1}{G-1} \sum_{i \ne j} A_i \leq \max_i A_i"])
def test_the_letters_the_other_way_round_are_as_open(text: str) -> None:
    assert prove(text).status == "undecided"


def test_what_is_assumed_of_every_member_settles_nothing() -> None:
    assert prove(r"\sum_{j \ne i} (A_j - A_i) = 0", assume=["A_i > 0"]).status == "undecided"


@pytest.mark.parametrize("text", [r"\sum_{j \ne i} (A_j - A_i)^2 \geq 0", r"\sum_{j \ne i} (A_j - A_j) = 0"])
def test_what_holds_of_both_is_proved(text: str) -> None:
    assert prove(text).status == "proved"


@pytest.mark.parametrize("text", [r"\sum_{j \ne i} (A_j - A_i) = 1", r"\sum_{j \ne i} |A_j - A_i| = 0"])
def test_what_holds_of_neither_is_refuted(text: str) -> None:
    assert prove(text).status == "refuted"


@pytest.mark.parametrize("text", [
    r"\sum_{j \ne i} (A_j - A_i) \leq \max_{j \ne i} |A_j - A_i|",
    r"\sum_{j \ne i} (A_j - A_i) = 0 \cdot \max_{j \ne i} (A_j - A_i)",
    r"\sum_{j \ne i} (A_j - A_i) = 0 \cdot A_i"])
def test_an_index_that_stands_free_elsewhere_is_free(text: str) -> None:
    assert prove(text).status == "refuted"


@pytest.mark.parametrize("text", [
    r"\frac{1}{G-1} \sum_{j \ne i} (A_j - A_i) \leq \max_{j \ne i} (A_j - A_i)",
    r"\sum_{j \ne i} |A_j - A_i| \leq (G-1) \max_{j \ne i} |A_j - A_i|",
    r"\sum_{j \ne i} \min(A_j, A_i) \leq \sum_{j \ne i} A_j",
    r"\frac{1}{G-1} \sum_{j \ne i} \max(A_j, A_i) \leq \max_{j \ne i} \max(A_j, A_i)"])
def test_what_holds_of_a_fixed_index_is_not_refuted(text: str) -> None:
    assert prove(text).status in ("proved", "undecided")


def test_a_declared_index_is_free() -> None:
    known = [r"i \in \{1,\dots,G\}"]
    assert prove(r"\sum_{j \ne i} (A_j - A_i) = 0", let=known).status == "refuted"
    assert prove(r"\sum_{j \ne i} (A_j - A_i) = \sum_{j \ne i} A_j - (G-1) A_i", let=known).status == "proved"


def test_both_declared_say_nothing_of_either() -> None:
    known = [r"i \in \{1,\dots,G\}", r"j \in \{1,\dots,G\}"]
    assert prove(r"\sum_{j \ne i} (A_j - A_i) = 0", let=known).status == "undecided"


@pytest.mark.parametrize(("text", "status"), [
    (r"\sum_{i \ne j} A_i A_j = (\sum_{i=1}^G A_i)^2 - \sum_{i=1}^G A_i^2", "proved"),
    (r"\sum_{i \ne j} A_i A_j = (\sum_{i=1}^G A_i)^2", "refuted"),
    (r"\sum_{i \ne j} A_i A_j = A_j \sum_i A_i - A_j^2", "proved"),
    (r"\sum_{i \ne j} |A_i - A_j| = 2 \sum_{i < j} |A_i - A_j|", "proved")])
def test_what_is_the_same_for_both_of_a_pair_in_its_order_runs_over_pairs(text: str, status: str) -> None:
    assert prove(text).status == status


def test_all_but_one_are_all_but_a_fixed_one() -> None:
    assert prove(r"\sum_{j \ne i} r_j = \sum_{j=1}^G r_j - r_i").status == "proved"
    assert prove(r"\frac{1}{G-1} \sum_{j \ne i} r_j \leq \max_j r_j", assume=["G > 1"]).status != "refuted"


@pytest.mark.parametrize(("text", "status"), [
    (r"\sum_{j \ne i} A_j = (G-1) \sum_{k=1}^G A_k", "undecided"),
    (r"\sum_{i \ne j} A_i A_j = 2 \sum_{j \ne k} A_j A_k", "refuted"),
    (r"\sum_{j \ne i} A_j = (G-2) \sum_{k=1}^G A_k", "refuted")])
def test_custom_alone_refutes_nothing_that_holds_the_other_way(text: str, status: str) -> None:
    assert prove(text).status == status


def test_what_is_ill_formed_if_read_one_way_is_not_refuted_in_the_other() -> None:
    """It may be meant that way, badly written: S for S_i."""
    claim = r"A_i = \frac{1}{G} \left(\sum_{j=1}^G A_j - S\right)"
    verdict = prove(claim, where=[r"S := \sum_{j \neq i} (A_j - A_i)"])
    assert (verdict.status, "it is ill-formed" in verdict.reason) == ("undecided", True)
    named = claim.replace("S", "S_i")
    assert prove(named, where=[r"S_i := \sum_{j \neq i} (A_j - A_i)"]).status == "proved"
