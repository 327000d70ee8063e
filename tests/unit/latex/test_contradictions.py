"""Two declarations of one symbol must agree."""

from __future__ import annotations

import pytest
from verdicts import prove


@pytest.mark.parametrize("let", [
    ["c > 0", "c < 0"], [r"c \in [0,1]", r"c \in [2,3]"], ["c > 1", r"c \leq 1"], [r"0 < c < 1", r"c \geq 1"],
    [r"c \in \mathbb{R}", r"c : \mathcal{S} \to \mathbb{R}"], [r"c \in \mathbb{R}", r"c \in \mathbb{R}^d"],
    [r"c \in \mathbb{R}", "c(a|s)"], [r"c : \mathcal{S} \to \mathbb{R}", r"c : \mathcal{A} \to \mathbb{R}"],
    [r"c \in (0, 0.5)", "c > 3/4"]])
def test_what_cannot_both_hold_is_an_error(let: list[str]) -> None:
    assert prove("c + 1 > c", let=let).status == "error"
    assert prove("c + 1 > c", let[1:], let=let[:1]).status in ("error", "unread")


@pytest.mark.parametrize("let", [
    ["c > 0", "c < 1"], ["c > 0", "c > 0"], [r"c \in [0,1]", r"c \in [1,2]"], [r"n \in \mathbb{N}", r"n \geq 2"],
    ["c > b", "c < b + 1"], ["c > 0", "b < 0"]])
def test_what_can_is_none(let: list[str]) -> None:
    assert prove("c + n + b + 1 > c + n + b", let=let).status == "proved"
