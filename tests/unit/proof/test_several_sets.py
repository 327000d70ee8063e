"""Sizes of sets are compared only where something says that they are one."""

from __future__ import annotations

import pytest
from verdicts import prove


@pytest.mark.parametrize("latex", [
    r"\sum_{s'} (P(s'|s,a) + 1) = 1 + |\mathcal{A}|", r"\sum_{y} (p(y) + 1) = \sum_{b} (\pi(b|s) + 1)",
    r"\sum_{y} (p(y) + 1) - \sum_{b} (\pi(b|s) + 1) = 0", r"\mathbb{E}_{y \sim q}[1/q(y)] = |\mathcal{A}|",
    r"\mathbb{E}_{y \sim q}[\frac{1}{q(y)}] = \mathbb{E}_{b \sim \pi}[\frac{1}{\pi(b)}]",
    r"H(p) \leq \log |\mathcal{A}|",
    r"\log \prod_y (2 p(y)) = |\mathcal{A}| \log 2 + \sum_y \log p(y)",
])
def test_two_sets_need_not_have_one_size(latex: str) -> None:
    assert prove(latex).status == "undecided"


def test_what_is_assumed_of_one_set_says_nothing_of_another() -> None:
    given = [r"|\mathcal{A}| = 3"]
    assert prove(r"\sum_y (p(y) + 1) = 4", assume=given).status == "undecided"
    assert prove(r"\sum_a (\pi(a) + 1) = 4", assume=given).status == "proved"


@pytest.mark.parametrize("latex", [
    r"\sum_{a} (\pi(a|s) + 1) = 1 + |\mathcal{A}|", r"\mathbb{E}_{y \sim \pi}[1/\pi(y)] = |\mathcal{A}|",
    r"\sum_a \pi(a|s) \sum_{s'} P(s'|s,a) = 1", r"H(\pi(\cdot|s)) \leq \log |\mathcal{A}|",
    r"\sum_y (p(y) + 1) \frac{q(y)}{q(y)} = 1 + \sum_z \frac{p(z)}{p(z)}", r"\sum_y p(y) + \sum_b \pi(b|s) = 2",
])
def test_one_set_has_one_size(latex: str) -> None:
    assert prove(latex).status == "proved"
