r"""Statistics of \{r_j\} and moments of a group, which print no range; positive parts; words that mix fonts."""

from __future__ import annotations

import pytest
from verdicts import prove

MEAN = r"\mathrm{mean}(\{r_j\})"
VAR = r"\operatorname{Var}_G"


@pytest.mark.parametrize(("text", "status"), [
    (rf"\sum_{{i=1}}^G (r_i - {MEAN}) = 0", "proved"), (rf"\sum_{{i=1}}^N (r_i - {MEAN}) = 0", "proved"),
    (rf"\sum_{{i=1}}^G (r_i - {MEAN}) = 1", "undecided"), (rf"\sum_{{i=1}}^G (r_i + {MEAN}) = 0", "undecided"),
    (rf"\sum_{{i=1}}^G r_i + \sum_{{i=1}}^N r_i = (G + N) {MEAN}", "unread"),
    (rf"A_i = \frac{{r_i - {MEAN}}}{{\mathrm{{std}}(\{{r_j\}})}}", "definition"),
    (rf"{VAR}(X + c) = {VAR}(X)", "proved"), (rf"{VAR}(2 X) = 2 {VAR}(X)", "undecided"),
    (rf"{VAR}(X) = \operatorname{{Var}}(X)", "unread"), (rf"{VAR}(X) = \operatorname{{Var}}_K(X)", "unread")])
def test_statistics_without_a_range_are_those_of_the_group(text: str, status: str) -> None:
    found = prove(text)
    assert found.status == status
    assert bool(found.lore) == (status in ("proved", "undecided"))


@pytest.mark.parametrize(("text", "status"), [
    ("[u]_+ - [-u]_+ = u", "proved"), ("(u)_{+} + (-u)_{+} = |u|", "proved"), (r"(u - v)_+^2 \leq (u - v)^2", "proved"),
    ("[u]_+ = u", "refuted"), ("(u - v)_+^2 = (u - v)^2", "refuted"),
    ("u_+ - (-u)_+ = u", "unread"), ("u^+ - (-u)^+ = u", "unread"), (r"\log(u)_+ \geq 0", "unread"),
    (r"f(s)_+ \geq 0", "unread"), (r"\mathbb{E}_{a\sim\pi(\cdot|s)}[f(a)]_+ \geq 0", "unread"),
    (r"A_i = \frac{(r_i - c)_+}{Z_{+}} - \frac{(c - r_i)_+}{Z_{-}}", "definition")])
def test_a_plus_below_a_bracket_is_its_positive_part(text: str, status: str) -> None:
    assert prove(text).status == status


def test_a_word_may_have_a_sign_in_another_font() -> None:
    text = r"L_{\mathrm{A\text{-}B}} = u + u, \quad L_{\text{A-B}} = 2 u"
    assert prove(text).status == "proved"
    assert prove(text.replace("2 u", "3 u")).status == "refuted"
