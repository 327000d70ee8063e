r"""Declarations at the end of a statement: after "where", "for all", \forall and, where they claim nothing, a comma."""

from __future__ import annotations

import pytest
from verdicts import prove

KL = r"D_{KL}(\pi \| \mu)"
PROVED = [
    rf"c {KL} \geq 0 \quad \text{{where }} c \in \mathbb{{R}}, c > 0",
    rf"c {KL} \geq 0 \quad \text{{for }} c > 0", rf"c {KL} \geq 0 \quad \text{{for all }} c > 0",
    rf"c {KL} \geq 0, \quad \forall c > 0", rf"c {KL} \geq k - 1 \quad \text{{where }} c > 0, k \in [0,1)",
    rf"c {KL} \geq k - 1 \text{{ for all }} c > 0 \text{{ and }} k \in [0,1)", r"u^2 = u \text{ for } u \in \{0, 1\}",
    r"u^2 \leq u, \quad u \in [0,1]", r"\log z \leq z - 1 \text{ for any } z > 0",
    r"\sum_{a \in \mathcal{A}} \pi(a|s) = 1, \quad s \in \mathcal{S}",
    rf"c {KL} \geq 0, \quad c \in \mathbb{{R}}, c \geq 0", r"c_i \leq c_i^2 \quad \forall c_i > 1"]
REFUTED = [
    rf"c {KL} \geq 0 \quad \text{{where }} c \in \mathbb{{R}}", rf"c {KL} \geq 0 \quad \text{{for all }} c < 0",
    r"u^2 = u \text{ for all } u \in [0,1]", r"u \leq 1, \quad u \in [0,2]", r"2^u > u^2 \text{ for } u \geq 1",
    r"c_i^2 \leq c_i \quad \forall c_i > 1", rf"c {KL} \geq k \quad \text{{where }} c > 0, k \in [0,1)"]


@pytest.mark.parametrize(("text", "status"), [
    *((text, "proved") for text in PROVED), *((text, "refuted") for text in REFUTED)])
def test_a_range_at_the_end_is_given(text: str, status: str) -> None:
    assert prove(text).status == status


@pytest.mark.parametrize("text", [
    rf"c {KL} \geq 0, \quad c > 0", rf"0 \leq c {KL}, \quad 0 \leq c \leq 1", r"\log z \leq z - 1, \quad z > 0",
    rf"c {KL} \geq 0 \text{{ for }} c > 0 \text{{ or }} c < 0",
    r"h(u) = u^2 \text{ for } u > 0", r"u = 1 \text{ for all } u > 0 \text{ and } u < 0", r"u = u, u \in \mathbb{Q}"])
def test_a_bound_that_may_be_something_else_is_left_open(text: str) -> None:
    assert prove(text).status == "unread"


def test_a_declaration_alone_claims_nothing() -> None:
    assert prove(r"\gamma \in [0,1)").status == "no-claim"


@pytest.mark.parametrize(("text", "status"), [
    (r"\forall s: \sum_a \pi(a|s) = 1", "proved"), (r"\forall s, a \colon \pi(a|s) \leq 1.", "proved"),
    (r"\forall s \in \mathcal{S}, \quad \sum_a \pi(a|s) = 1", "proved"), (r"\forall u > 0: u^2 > 0", "proved"),
    (r"\text{for all } v \in [0,1] \quad v^2 \leq v", "proved"), (r"\forall v \in [0,2]: v^2 \leq v", "refuted"),
    (r"\forall u \geq 0: u^2 > 0", "refuted"), (r"\forall s: \sum_a \pi(a|s) = 2", "refuted"),
    (r"\forall j: c_i = c_i", "unread"), (r"\forall s, \sum_a \pi(a|s) = 1", "unread"),
    (r"\forall s: \exists a: \pi(a|s) > 0", "undecided")])
def test_what_a_text_begins_with_may_say_for_all_of_what_it_is(text: str, status: str) -> None:
    assert prove(text).status == status
