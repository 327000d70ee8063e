r"""Ranges: what they may end at, and where they may start."""

from __future__ import annotations

import pytest
from verdicts import prove

from grpo_symbolic.language import GROUP_SIZE, Span, Sum
from grpo_symbolic.latex.notation.profiles import PROFILES
from grpo_symbolic.latex.printing.printer import latex
from grpo_symbolic.latex.read_error import ReadError
from grpo_symbolic.latex.statement.reader import read_expression, read_statement


@pytest.mark.parametrize("end", [
    "G", "T", "N", "K", r"K_{\max}", r"\hat{N}", "3", "2G", "G - 1", "G^2", "|o|", r"|\mathcal{A}|",
    "M(K + 1)", r"\kappa", r"\alpha_2 + 1"])
def test_a_range_ends_at_what_counts(end: str) -> None:
    assert isinstance(read_expression(rf"\sum_{{j=1}}^{{{end}}} c"), Sum)


@pytest.mark.parametrize(("end", "where"), [
    (r"\beta", []), (r"\epsilon", []), (r"\lambda_2", []), (r"\frac{G}{2}", []), ("1.5", []), (r"\log G", []),
    (r"\beta G", []), (r"\sqrt{G}", []), (r"2^{-1}", []), ("N", [r"N \doteq \frac{G}{2}"])])
def test_a_range_ends_at_nothing_else(end: str, where: list[str]) -> None:
    with pytest.raises(ReadError, match="a range ends at a whole number") as found:
        read_statement(rf"\sum_{{j=1}}^{{{end}}} c = 0", where)
    assert found.value.malformed == (end == "1.5")


@pytest.mark.parametrize(("text", "malformed"), [
    (r"\sum_{i=1}^{3/2} r_i", True), (r"\sum_{k=1}^{M(M-1)/2} 1", False), (r"\sum_{j=2, j\neq i}^{K} r_j", False)])
def test_what_may_be_a_whole_number_is_no_fault_of_the_text(text: str, malformed: bool) -> None:
    with pytest.raises(ReadError) as found:
        read_expression(text)
    assert found.value.malformed == malformed


def test_a_defined_end_is_what_it_is_defined_as() -> None:
    assert prove(r"\sum_{j=1}^{N} 1 = 2G", [r"N \doteq 2G"]).status == "proved"


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("text", [r"\sum_{i=2}^G r_i", r"\prod_{i=3}^{K} c", r"\sum_{t=2}^{T} f(t)"])
def test_a_later_start_is_printed_as_it_is_read(text: str, profile: str) -> None:
    node = read_expression(text)
    assert isinstance(node.args[0], Span)
    assert read_expression(latex(node, profile), profile=profile) == node


def test_a_start_at_one_is_no_span() -> None:
    assert read_expression(r"\sum_{i=1}^G r_i").args[0] == GROUP_SIZE


@pytest.mark.parametrize(("text", "verdict"), [
    (r"\sum_{i=2}^{G} r_i = \sum_{i=1}^G r_i - r_1", "proved"),
    (r"\sum_{i=2}^{G} r_i = \sum_{i=1}^G r_i", "refuted"),
    (r"\sum_{i=2}^{G} r_i = \sum_{i=1}^G r_i - r_2", "refuted"),
    (r"\sum_{t=2}^{T} c = (T - 1) c", "proved"),
    (r"\sum_{i=3}^{5} c = 3 c", "proved"),
    (r"\sum_{i=3}^{G + 1} 1 = G - 1", "proved"),
    # at G = 1 the range is shorter than an empty one, which refutes nothing
    (r"\sum_{i=3}^{G} 1 = G - 2", "undecided"),
    (r"\sum_{i=1}^{G - 2} 1 = G - 2", "undecided"),
    (r"\sum_{i=3}^{G} 1 = G - 1", "refuted"),
    (r"\sum_{i=5}^{2} c = -2 c", "refuted"),
    (r"\nabla_\theta \sum_{i=2}^{G} \log\pi_\theta(a_i|s) = \sum_{i=2}^{G} \nabla_\theta\log\pi_\theta(a_i|s)",
     "proved"),
    (r"\mathbb{E}_{a_{1:G}\sim\pi_\theta(\cdot|s)}[\sum_{i=2}^{G} r_i]"
     r" = (G - 1) \mathbb{E}_{a\sim\pi_\theta(\cdot|s)}[r(s,a)]", "proved"),
])
def test_a_range_that_starts_later_has_the_rest_of_its_terms(text: str, verdict: str) -> None:
    assert prove(text, budget=1.0).status == verdict


@pytest.mark.parametrize("text", [r"\sum_{i=2}^{N} 1 = N - 1", r"\sum_{j=1000000000}^{1000000001} c = 2 c"])
def test_a_range_that_may_end_before_it_starts_or_is_long_is_not_proved(text: str) -> None:
    assert prove(text, budget=1.0).status != "proved"


def test_an_empty_range_is_not_refuted() -> None:
    assert prove(r"\sum_{i=5}^{2} c = 0", budget=1.0).status != "refuted"


@pytest.mark.parametrize(("text", "reason"), [
    (r"\sum_{i=2} r_i", "no upper end"),
    (r"\sum_{i=2, i \neq j}^{G} r_i", "not start at 1"),
    (r"\sum_{i=-1}^{G} r_i", "ranges start at 1"),
    (r"\sum_{i=2}^{\epsilon} r_i", "a whole number"),
])
def test_a_range_that_cannot_be_said_is_refused(text: str, reason: str) -> None:
    with pytest.raises(ReadError, match=reason):
        read_expression(text)


@pytest.mark.parametrize("latex", [
    r"\sum_{t=0}^{\infty} c = \sum_{t=1}^{\infty} c", r"\sum_{i=0}^{G-1} r_i = \sum_{i=1}^{G} r_i"])
def test_what_ranges_do_not_say_is_not_proved(latex: str) -> None:
    """A sum without an end need have no value, and the members 0 to G − 1 are not those from 1 to G."""
    assert prove(latex).status == "unread"


@pytest.mark.parametrize(("latex", "status"), [
    (r"\frac{1}{K} \sum_{k=1}^K \left( R_k - \frac{1}{K-1} \sum_{l \neq k} R_l \right) = 0", "proved"),
    (r"\frac{1}{K} \sum_{k=1}^K \left( R_k - \frac{1}{K} \sum_{l \neq k} R_l \right) = 0", "refuted"),
    (r"\sum_{i=1}^n \sum_{j \neq i} v_j = (n-1) \sum_{i=1}^n v_i", "proved"),
    (r"\sum_{i=1}^n \sum_{j \neq i} v_j = n \sum_{i=1}^n v_i", "refuted"),
    (r"R_i - \frac{1}{K-1} \sum_{j \neq i} R_j = 0", "refuted"),
    (r"N R_i - \frac{N}{K-1} \sum_{j \neq i} R_j = 0", "unread"),
])
def test_one_that_is_left_out_has_the_range_around_it(latex: str, status: str) -> None:
    assert prove(latex).status == status


@pytest.mark.parametrize(("text", "verdict"), [
    (r"R_i - \frac{1}{k-1} \sum_{j \neq i} R_j = \frac{k}{k-1} (R_i - \bar{R})", "proved"),
    (r"R_i - \frac{1}{k-1} \sum_{j \neq i} R_j = \frac{k}{k+1} (R_i - \bar{R})", "refuted"),
    (r"R_i - \frac{1}{k-1} \sum_{j \neq i} R_j = \frac{k}{k-1} (R_i - \frac{1}{k} \sum_{j=1}^k R_j)", "proved"),
])
def test_a_sum_that_leaves_one_out_and_is_divided_by_k_less_one_runs_to_k(text: str, verdict: str) -> None:
    """RLOO prints k samples, and no end (Ahmadian et al. 2024, arXiv:2402.14740)."""
    assert prove(text).status == verdict


def test_nor_is_it_refuted_of_samples() -> None:
    drawn = r"R(y_i,x) - \frac{1}{k-1} \sum_{j \neq i} R(y_j,x) = \frac{k}{k-1} (R(y_i,x) - \bar{R})"
    assert prove(drawn).status in ("undecided", "proved")
