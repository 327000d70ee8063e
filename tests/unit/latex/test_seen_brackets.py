r"""Brackets and bars are what is seen on paper: a bracket of no size is none, two bars side by side are a norm's."""

from __future__ import annotations

import pytest
from verdicts import prove

SCORE = r"\mathbb{E}_{b \sim \pi_\theta(%s)}[\nabla_\theta \log \pi_\theta(b|h)] = 0"


@pytest.mark.parametrize(("text", "verdict"), [
    (r"\Big( u - \left. v \right) = u - v", "proved"), (r"\Big( u - \left. v \right) = u + v", "refuted"),
    (r"3 \left( u + v \right. - v) = 3 u", "proved"), (r"3 \left( u + v \right. - v) = u", "refuted"),
    (r"2 \left( u \right. \left. - v \right) = 2 u - 2 v", "proved"),
    (r"2 \left( u \right. \left. - v \right) = 2 u - v", "refuted"),
    (r"\left. u + v \right. w = u + v w", "proved"), (r"\left. u + v \right. w = u w + v w", "refuted"),
    (r"\left. u + v \right.^2 = (u + v)^2", "unread"),
    (r"\left[ u \right. + \left. v \right] w = u w + v w", "unread"),
    (r"\left. u \right) = 2", "ill-formed"), (r"\left( u \right. = 2", "ill-formed"),
])
def test_a_bracket_that_is_not_printed_closes_nothing(text: str, verdict: str) -> None:
    assert prove(text).status == verdict


@pytest.mark.parametrize("given", [r"\cdot|h", ".|h", r". \mid h", r".\,|\,h"])
def test_a_full_stop_before_a_condition_is_any_value(given: str) -> None:
    assert prove(SCORE % given).status == "proved"
    assert prove((SCORE % given).replace("= 0", "= 1")).status != "proved"


@pytest.mark.parametrize(("text", "verdict"), [
    (r"\Big|\Big| \nabla_\theta \log \pi_\theta(b|h) \Big|\Big|^2 \geq 0", "proved"),
    (r"\big|\big| \nabla_\theta \log \pi_\theta(b|h) \big|\big| \geq 1", "refuted"),
    (r"\Big| u \Big|\Big| v \Big| = |u v|", "proved"), (r"\Big| u \Big|\Big| v \Big| = |u + v|", "refuted"),
])
def test_two_bars_of_one_size_are_a_norm_unless_they_end_and_begin_a_length(text: str, verdict: str) -> None:
    assert prove(text).status == verdict


@pytest.mark.parametrize("text", [
    r"M = \left\{ u \leq v, \quad \forall k \geq 3 \right\}", r"M = \{ u \leq v, \quad \forall k \geq 3 \}",
    r"\left\{ u \leq v, \quad \forall k \in \mathbb{N} \right\}",
])
def test_what_a_set_says_of_all_is_not_cut_off(text: str) -> None:
    assert prove(text).status in ("unread", "definition")
