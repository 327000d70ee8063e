r"""Members of families in ranges from a letter on, and last members by a letter: \sum_{i=m}^n r_i, r_G, x_T."""

from __future__ import annotations

import pytest
from verdicts import prove

TWINS = [  # what holds, the hypotheses of that, and what stands in place of what for its false twin
    (r"\sum_{i=m}^{n} r_i = \sum_{j=m}^{n} r_j", {"Range(m≤n+1)"}, "j=m", "j=m+1"),
    (r"\sum_{i=m}^{n} (r_i + c) = \sum_{i=m}^n r_i + (n-m+1) c", {"Range(m≤n+1)"}, "n-m+1", "n-m"),
    (r"\sum_{j=p}^{N} (x_j - b) = \sum_{j=p}^N x_j - (N-p+1) b", {"Range(p≤N+1)"}, "- (N", "+ (N"),
    (r"\sum_{i=1}^{n} r_i = \sum_{i=1}^{m} r_i + \sum_{i=m+1}^{n} r_i", {"Range(m≤n)"}, "i=m+1", "i=m"),
    (r"\sum_{i=m}^{n} r_i = r_m + \sum_{i=m+1}^{n} r_i", {"Range(m≤n+1)", "Range(m≤n)"}, "r_m", "r_n"),
    (r"\sum_{i=m}^{n} (x_i - x_m) = \sum_{i=m}^{n} x_i - (n-m+1) x_m", {"Range(m≤n+1)"}, "- (n", "+ (n"),
    (r"\sum_{i=m}^{n} (r_i + c)^2 = \sum_{i=m}^n r_i^2 + 2 c \sum_{i=m}^n r_i + (n-m+1) c^2", {"Range(m≤n+1)"},
     "2 c", "c"),
    (r"\sum_{t=1}^T x_t = \sum_{t=1}^{T-1} x_t + x_T", {"Range(1≤T)"}, "+ x_T", "+ x_1"),
    (r"\sum_{i=1}^n x_i = \sum_{i=1}^{n-1} x_i + x_n", {"Range(1≤n)"}, "+ x_n", "+ x_1"),
    (r"\sum_{i=1}^G r_i = \sum_{i=1}^{G-1} r_i + r_G", {"Range(1≤G)"}, "+ r_G", "+ r_{G-1}"),
    (r"\sum_{i=1}^G r_i^2 = \sum_{i=1}^{G-1} r_i^2 + r_G^2", {"Range(1≤G)"}, "+ r_G^2", "+ r_G"),
    (r"\sum_{t=1}^{T-1} (x_{t+1} - x_t) = x_T - x_1", {"Range(1≤T)"}, "x_1", "x_0"),
    (r"\sum_{t=1}^{T-1} (x_{t+1} - x_t)(x_{t+1} + x_t) = x_T^2 - x_1^2", {"Range(1≤T)"}, "- x_1^2", "- x_1"),
    (r"\sum_{t=1}^{T-1} x_t (y_{t+1} - y_t) = x_T y_T - x_1 y_1 - \sum_{t=1}^{T-1} y_{t+1} (x_{t+1} - x_t)",
     {"Range(1≤T)"}, "y_{t+1} (", "y_t ("),
    (r"\sum_{i=m}^n x_i x_{i+2} = \sum_{i=m+2}^{n+2} x_{i-2} x_i", {"Range(m≤n+1)"}, "x_{i-2}", "x_{i-1}")]


@pytest.mark.parametrize(("text", "hypotheses", "old", "new"), TWINS)
def test_what_holds_of_each_member_is_proved_and_its_twin_refuted(text: str, hypotheses: set[str], old: str, new: str
                                                                  ) -> None:
    found = prove(text)
    assert (found.status, set(found.hypotheses)) == ("proved", hypotheses)
    assert old in text
    assert prove(text.replace(old, new, 1)).status == "refuted"


@pytest.mark.parametrize("text", [
    r"\sum_{i=m}^{n} r_i + \sum_{i=n+1}^{m-1} r_i = 0", r"\sum_{i=m}^{n} c r_i + \sum_{i=n}^{m} c r_i = c r_n + c r_m"])
def test_ranges_of_members_that_bound_each_other_decide_nothing(text: str) -> None:
    assert prove(text).status == "undecided"


@pytest.mark.parametrize("text", [
    r"\sum_{i=0}^{G-1} x_i = \sum_{i=1}^G x_i",  # texts count the first member of a group as 0 or as 1
    r"\sum_{k=m}^{n} c_k + c = \sum_{k=m}^n c_k + c",  # one letter, two meanings
    r"\sum_{k=m}^{n} k x_k + k = k + \sum_{k=m}^{n} k x_k", r"\sum_{i=m}^{n} x_i x_m = x_m \sum_{i=m}^n x_i",
    r"\sum_{k=m}^n c (x_k + y_k) = \sum_{k=m}^n c x_k + \sum_{k=m}^n c y_k",  # c may be a function
    r"\sum_{k=m}^n \frac{x_k}{c} = \frac{1}{c} \sum_{k=m}^n x_k",  # what is divided by may be zero
    r"\sum_{k=m}^{n} \sum_{j=1}^{k} (x_k + c) = 0 x_1", r"\sum_{i=m}^{n} J x_i = J \sum_{i=m}^n x_i",
    r"\sum_{i=m}^n r_i^a = \sum_{i=m}^n r_i^a"])
def test_what_is_no_sum_of_monomials_is_not_read(text: str) -> None:
    assert prove(text).status == "unread"


@pytest.mark.parametrize(("text", "where", "status"), [
    (r"\sum_{i=1}^n w_i = w_n + \sum_{i=1}^{n-1} w_i", r"w_i := 2 r_i", "proved"),
    (r"\sum_{i=1}^n w_i = 2 r_n + \sum_{i=1}^{n-1} w_i", r"w_i := 2 r_i", "proved"),
    (r"\sum_{i=1}^n w_i = 3 r_n + \sum_{i=1}^{n-1} w_i", r"w_i := 2 r_i", "refuted"),
    (r"\sum_{i=m}^n w_i = w_1 + \sum_{i=m}^n w_i", r"w_i := 0 r_i", "proved"),
    (r"\sum_{i=1}^n w_i = 0 x_1", r"w_i := r_i - c", "refuted"),
    (r"\sum_{i=m}^n c x_i = 0 x_1", r"c := 0", "unread"),
    (r"\sum_{i=m}^n c x_i = 2 \sum_{i=m}^n x_i", "c := 2", "unread")])
def test_a_family_is_what_defines_it(text: str, where: str, status: str) -> None:
    assert prove(text, [where]).status == status


@pytest.mark.parametrize("given", ["x_1 = 0", "x_i = 0", "c = 0", "m = n + 1"])
def test_what_is_assumed_is_not_left_out(given: str) -> None:
    assert prove(r"\sum_{i=m}^n c x_i + c x_1 = c x_1", assume=[given]).status != "refuted"
    assert prove(r"\sum_{i=m}^n c x_i + x_1 = x_1", assume=["c = 0"]).status != "refuted"
    assert prove(r"\sum_{i=m}^n x_i + x_1 = \sum_{i=m}^n x_i", assume=["x_1 = 0"]).status != "refuted"


def test_what_goes_on_without_an_end_is_said_to_be_bounded() -> None:
    r"""Of x_t = γ^{-t} every term of the sum is zero, and x_0 is one."""
    assert "Discounted" in prove(r"\sum_{t=0}^{\infty} \gamma^t (x_t - \gamma x_{t+1}) = x_0").hypotheses
    assert "Discounted" not in prove(r"\sum_{t=1}^{T-1} (x_{t+1} - x_t) = x_T - x_1").hypotheses


@pytest.mark.parametrize("text", [
    r"\sum_{i=-m}^{3} x_i = x_3 + \sum_{i=-m}^{2} x_i", r"\sum_{k=-m}^{0} c_k = c_0 + \sum_{k=-m}^{-1} c_k",
    r"\sum_{i=1-m}^{n} x_i = x_n + \sum_{i=1-m}^{n-1} x_i"])
def test_what_starts_below_a_letter_that_counts_nothing_may_be_shorter_than_empty(text: str) -> None:
    assert prove(text).status == "unread"
