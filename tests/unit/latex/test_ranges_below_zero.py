r"""Ranges from a number below 0 on, \sum_{k=-2}^{2}: of numbers, of powers, and of members, each counted as printed."""

from __future__ import annotations

import pytest
from verdicts import prove

TWINS = [
    (r"\sum_{k=-2}^{2} 1 = 5", "5", "4"), (r"\sum_{k=-2}^{2} k = 0", "= 0", "= 10"),
    (r"\sum_{j=-2}^{2} j^2 = 10", "10", "15"), (r"\sum_{k=-2}^{2} c = 5 c", "5 c", "4 c"),
    (r"\sum_{k=-2}^{-1} k = -3", "-3", "3"), (r"\sum_{k=-3}^{-2} 1 = 2", "= 2", "= 1"),
    (r"\sum_{k=-2}^{-3} k = 0", "= 0", "= 1"), (r"\sum_{k=-2}^{n} 1 = n + 3", "3", "2"),
    (r"\sum_{k=-2}^{n} k = \frac{n (n + 1)}{2} - 3", "- 3", "- 2"),
    (r"\sum_{j=-1}^{1} \sum_{k=-1}^{1} j k = 0", "= 0", "= 1"),
    (r"\sum_{k=-2}^{2} c_k = c_{-2} + c_{-1} + c_0 + c_1 + c_2", "c_{-1}", "c_3"),
    (r"\sum_{k=-2}^{2} c_k = \sum_{k=0}^{4} c_{k-2}", "k=0", "k=1"),
    (r"\sum_{k=-1}^{1} c_k^2 = c_{-1}^2 + c_0^2 + c_1^2", "c_0^2", "c_0"),
    (r"\sum_{k=-1}^{n} x_k = x_{-1} + x_0 + \sum_{k=1}^{n} x_k", "x_0", "x_1"),
    (r"\sum_{k=-n}^{n} c_k = c_0 + \sum_{k=1}^n (c_k + c_{-k})", "c_0", "c_1"),
    (r"\sum_{k=-2}^{2} (k + 1) x_k = \sum_{j=-2}^{2} x_j + \sum_{j=-2}^{2} j x_j", "(k + 1)", "(k + 2)")]


@pytest.mark.parametrize(("text", "old", "new"), TWINS)
def test_a_range_from_below_zero_is_proved_and_its_twin_refuted(text: str, old: str, new: str) -> None:
    assert old in text
    assert prove(text).status == "proved"
    assert prove(text.replace(old, new, 1), budget=3).status == "refuted"


def test_powers_from_below_zero() -> None:
    powers = r"\sum_{k=-2}^{2} x^k = x^{-2} + x^{-1} + 1 + x + x^2"
    assert prove(powers, assume=["x > 0"]).status == "proved"
    assert prove(powers.replace("x^2", "x^3"), assume=["x > 0"]).status == "refuted"


@pytest.mark.parametrize(("text", "not_this"), [
    (r"\sum_{k=-2}^{-5} 1 = -2", "proved"), (r"\sum_{k=-2}^{-5} 1 = 0", "refuted"),
    (r"\sum_{k=-2}^{-5} c_k = 0", "refuted"), (r"\sum_{k=-2}^{2} c_k^2 = \sum_{k=1}^{5} c_{k-2}^2", "proved")])
def test_what_is_shorter_than_empty_is_empty(text: str, not_this: str) -> None:
    assert prove(text, budget=1).status != not_this
