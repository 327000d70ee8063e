"""The sort of a letter follows from its uses; custom decides only where they allow it."""

from __future__ import annotations

import pytest
from verdicts import prove

from grpo_symbolic.latex.kinds.kinds import sorts_of
from grpo_symbolic.latex.read_error import ReadError
from grpo_symbolic.latex.statement.parsed import parsed_text
from grpo_symbolic.latex.statement.reader import read_statement


@pytest.mark.parametrize(("latex", "letter", "sort"), [
    (r"e^s = s + 1", "s", ""),
    (r"\log t = t - 1", "t", ""),
    (r"x + y = y + x", "x", ""),
    (r"b(x) = x", "x", "state"),
    (r"\text{clip}(x, 0, 1) \leq 1", "x", ""),
    (r"\text{sign}(q) = b", "q", ""),
    (r"\sum_{i=1}^G c_i = m", "i", "index"),
    (r"\sum_{i=1}^G c_i = m", "m", ""),
    (r"\pi_\theta(u|z) = h(z)", "z", "state"),
    (r"\pi_\theta(u|z) = z", "z", ""),
    (r"\frac{1}{|o|}\sum_{t=1}^{|o|} c_t = c", "o", "action"),
    (r"(f + h)(a) = c", "a", "action"),
    (r"\mathbb{E}_{a \sim \pi_\theta}[a] = 0", "a", "action"),
])
def test_a_letter_is_what_it_is_used_as(latex: str, letter: str, sort: str) -> None:
    assert parsed_text(latex).facts.sorts.get(letter, "") == sort


def test_custom_decides_what_nothing_uses() -> None:
    assert sorts_of(frozenset())["s"] == "state"
    assert sorts_of(frozenset({("s", "number")})).get("s") is None


@pytest.mark.parametrize("latex", [r"\mathbb{E}_{a \sim \pi_\theta}[a] = 0", r"r(s, a) + a = a + r(s, a)",
                                   r"\pi_\theta(a|s) = s"])
def test_what_stands_in_a_place_of_its_own_is_no_number(latex: str) -> None:
    with pytest.raises(ReadError, match="not a number"):
        read_statement(latex)


@pytest.mark.long
@pytest.mark.parametrize(("first", "second"), [
    ("x", "s"), ("s", "y"), ("z", "q"), ("i", "x"), ("t", "s"), ("o", "q"), ("X", "s"), ("a", "x")])
@pytest.mark.parametrize("law", [r"\mu", r"\rho", "d", r"\nu"])
def test_what_is_drawn_from_one_law_is_of_one_sort(law: str, first: str, second: str) -> None:
    mean = rf"\mathbb{{E}}_{{{{0}} \sim {law}}}[h({{0}})]".replace("{0}", "%s").replace("{{", "{").replace("}}", "}")
    one, other = mean % (first, first), mean % (second, second)
    assert prove(f"{one} = {other}").status == "proved"
    assert prove(f"{one} = u", where=[f"u := {other}"]).status == "proved"
    assert prove(f"{one} = 2 {other}").status == "refuted"
    assert prove(f"{one} = {other.replace(law, 'p_1', 1)}").status != "proved"


@pytest.mark.parametrize("text", [
    r"\mathbb{E}_{x \sim \nu}[h(x) \pi(a|x)] = \mathbb{E}_{s \sim \nu}[h(s) \pi(a|s)]",
    r"\mathbb{E}_{a \sim \nu}[\pi(a|s)] = \mathbb{E}_{x \sim \nu}[\pi(x|s)]",
    r"\mathbb{E}_{s \sim \nu}[\log \nu(s)] = \sum_y \nu(y) \log \nu(y)",
    r"\mathbb{E}_{s \sim \nu, a \sim \nu}[h(s) g(a)] = \mathbb{E}_{s \sim \nu}[h(s)] \mathbb{E}_{x \sim \nu}[g(x)]"])
def test_a_use_says_of_which_sort(text: str) -> None:
    assert prove(text).status == "proved"
