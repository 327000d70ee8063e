r"""Largest and smallest members, \max_i r_i: over the indices of a range that has a member."""

import pytest
from verdicts import prove

from grpo_symbolic.latex.printing.printer import latex
from grpo_symbolic.latex.statement.reader import read_expression

TRUE = [
    r"\max_{i \neq j} x_i \leq \max_i x_i",
    r"\min_i r_i \leq \frac{1}{G} \sum_i r_i",
    r"\max_{i} r_i \geq \frac{1}{G} \sum_i r_i",
    r"\max_{1 \leq i \leq G} r_i \geq \frac{1}{G} \sum_{i=1}^G r_i",
    r"\max_{1 \leq i \leq n} x_i \geq \frac{1}{n} \sum_{i=1}^n x_i",
    r"\max_{i=1,\ldots,G} r_i \geq r_1",
    r"\max_{i \in \{1,\ldots,G\}} r_i \geq r_2",
    r"\max_k (u_k + v_k) \leq \max_k u_k + \max_k v_k",
    r"\sum_i r_i \leq G \max_i r_i",
    r"\max_i (r_i + c) = \max_i r_i + c",
    r"\min_i r_i = -\max_i (-r_i)",
    r"\max_i r_i - \min_j r_j \geq r_1 - r_2",
    r"\max_{1 \leq i,j \leq G} |x_i - x_j| \geq x_1 - x_2",
    r"\max_{1 \leq t \leq T} c_t \geq \frac{1}{T} \sum_{t=1}^T c_t",
    r"\max_t c_t \geq \frac{1}{T} \sum_{t=1}^T c_t",
    r"\max_{0 \leq t \leq T} c_t \geq \frac{1}{T+1} \sum_{t=0}^T c_t",
    r"\max_{t \in \{0,\dots,T\}} c_t \geq \frac{1}{T+1} \sum_{t=0}^T c_t",
    r"\sum_{t=0}^{T-1} c_t \leq T \max_{0 \leq t < T} c_t",
    r"|\sum_{t=0}^{T-1} c_t| \leq T \max_{0 \leq t \leq T-1} |c_t|",
    r"\frac{1}{|o|} \sum_{t=1}^{|o|} c_t \leq \max_{1 \leq t \leq |o|} c_t",
    r"\max_{1 \leq t \leq T} c_t \geq c_k",
    r"\max_{0 \leq i \leq n} x_i \geq x_0",
    r"\max_{1 \leq k \leq K} k w_k \geq w_1",
]
FALSE = [
    r"\min_i r_i \geq \frac{1}{G} \sum_i r_i",
    r"\max_{i} r_i = \frac{1}{G} \sum_i r_i",
    r"\max_{1 \leq i \leq n} x_i \leq \frac{1}{n} \sum_{i=1}^n x_i",
    r"\max_{i=1,\ldots,G} r_i \leq r_1",
    r"\max_k (u_k + v_k) = \max_k u_k + \max_k v_k",
    r"\sum_i r_i \leq \max_i r_i",
    r"\max_i c r_i = c \max_i r_i",
    r"\max_i r_i = \min_j r_j",
    r"\max_{1 \leq t \leq T} c_t \geq c_0",
    r"\max_{1 \leq t \leq T} c_t \leq c_k",
    r"\max_{0 \leq t \leq T} c_t \geq \frac{1}{T} \sum_{t=0}^T c_t",
    r"\max_{1 \leq t < T} c_t \geq \frac{1}{T} \sum_{t=1}^T c_t",
    r"\frac{1}{|o|} \sum_{t=1}^{|o|} c_t \geq \max_{1 \leq t \leq |o|} c_t",
    r"\max_{1 \leq k \leq K} k w_k \geq K w_1",
    r"\max_i c_i \geq \frac{1}{n} \sum_{i=2}^n c_i",
    r"\mathbb{E}_{a_{1:G} \sim \pi}[\max_i r(a_i)] \leq \mathbb{E}_{a \sim \pi}[r(a)]",
]
UNREAD = [
    r"\max_i c_i \geq \frac{1}{G} \sum_{i=0}^{G-1} c_i",
    r"\max_i c_i \geq c_0",
]


@pytest.mark.parametrize("statement", TRUE)
def test_what_holds_of_every_largest_member_is_proved(statement: str) -> None:
    assert prove(statement, budget=10).status == "proved"


@pytest.mark.parametrize("statement", FALSE)
def test_what_fails_for_some_largest_member_is_refuted(statement: str) -> None:
    verdict = prove(statement)
    assert verdict.status == "refuted"
    assert "failed" not in verdict.reason


@pytest.mark.parametrize("statement", UNREAD)
def test_members_of_no_group_have_no_largest_that_can_be_said(statement: str) -> None:
    assert prove(statement).status == "unread"


def test_a_largest_member_reads_back_as_it_is_printed() -> None:
    for text in (r"\max_i r_i", r"\min_{1 \leq i \leq G} x_i", r"\max_i \min_j (x_i - x_j)",
                 r"\max_{2 \leq t \leq T} c_t", r"\min_{1 \leq t \leq T+1} c_t"):
        node = read_expression(text)
        assert read_expression(latex(node)) == node


@pytest.mark.parametrize("statement", [
    r"\max_{1 \leq i \leq n} x_i \leq \max_{1 \leq i \leq m} x_i", r"\max_{1 \leq t \leq T-1} c_t \geq c_3",
    r"\max_{2 \leq t \leq T} c_t \geq \min_{2 \leq t \leq T} c_t"])
def test_of_a_range_that_may_have_no_member_or_is_another_nothing_is_proved(statement: str) -> None:
    assert prove(statement).status in ("undecided", "refuted")


@pytest.mark.parametrize(("statement", "status"), [
    (r"r_i - \min_i r_i \geq 0", "proved"), (r"r_i - \max_{1 \leq i \leq G} r_i \geq 0", "refuted"),
    (r"\frac{r_i - \min_i r_i}{2} \geq 0", "proved"), (r"0 \leq c_t - \min_{1 \leq t \leq T} c_t", "proved"),
    (r"\sum_{i=1}^G r_i + c_i = 0", "ill-formed"), (r"0 = \sum_{i=1}^G r_i + c_i", "ill-formed")])
def test_an_index_has_left_only_a_sign_that_stands_before_it(statement: str, status: str) -> None:
    assert prove(statement).status == status
