r"""Which parts of a sentence are formulas: whole ones alone, and never a word, a file or what is there to be typed."""

import random
import re
from collections.abc import Iterator

import pytest

from grpo_symbolic.latex.printing.printer import latex
from grpo_symbolic.latex.printing.woven import COMMANDS, in_ascii, parts, woven
from grpo_symbolic.paper.collection import PAPER

LONG_WORD = re.compile(r"(?<![\\A-Za-z])[A-Za-z]{2,}")
WORDS = ("if", "it is refuted", "a", "a sum", "(line 12)", "paper_a.tex", "a_b.tex:3:4", "x_1/y_2.md", "eps_low",
         "\\foo{x_1}", "'a_i'", "-", "(", "])", "}", "_", "^", "\\", "{", "J", "C:\\pi_1", "f(x", "5%", "$", "#1",
         "a\\_b", "π_θ", "θ_old", "\\left", "\\right)")
FORMULAS = ("\\pi_\\theta", "\\frac{a}{b}", "J(\\theta) = r_k", "x^{2}", "\\sum_a \\pi(a|s)", "s' \\sim P(\\cdot|s,a)",
            "\\mathbb{E}[r_k]", "\\text{GKD-RKL}_i", "-\\rho")


def formulas(text: str) -> list[str]:
    return [one.text for one in woven(text) if one.formula]


@pytest.mark.parametrize(("text", "found"), [
    (r"if J(\pi') = \mathbb{E}[\sum_k \gamma^k r(s_k,a_k)], d^\pi(s) = \rho, it is refuted",
     [r"J(\pi') = \mathbb{E}[\sum_k \gamma^k r(s_k,a_k)]", r"d^\pi(s) = \rho"]),
    (r"\mathcal{L}_{\text{bco\_pair}}(\pi_{\theta}) is not defined", [r"\mathcal{L}_{\text{bco\_pair}}(\pi_{\theta})"]),
    (r"a_i is an action (if \rho is one, x_2 too)", ["a_i", r"\rho", "x_2"]),
    (r"this is defined as r_{·}(\theta))", [r"r_{·}(\theta)"]),
    (r"\pi at \theta+\delta cannot be said", [r"\pi", r"\theta+\delta"]),
    (r"a \rho, \rho a number, at \pi a law", [r"\rho", r"\rho", r"\pi"]),
    (r"x \in [0,1) and y_1 \in (0,1]", [r"x \in [0,1)", r"y_1 \in (0,1]"]),
    (r"\left. \rho \right|_{\theta} = O(\|\theta\|^3) is", [r"\left. \rho \right|_{\theta} = O(\|\theta\|^3)"]),
    (r"\sum_t runs over 0, \ldots, T", [r"\sum_t", r"\ldots"]),
    (r"of d_{\pi_{\theta}}(s): none.", [r"d_{\pi_{\theta}}(s)"]),
])
def test_formulas_are_found_whole(text, found):
    assert formulas(text) == found


@pytest.mark.parametrize("text", [
    r"write \cdot for a product", r"unknown macro \Pr: define it", r"\sum over t has no range", r"\overline stands",
    r"--let 'a_i \in \mathbb{R}'", "at a_b.tex:12:7", "in x_1/y_2.tex.", r"\bm{\theta} and more", r"\input{x_1}",
    "eps_low", "J(s, old)", "x^2^3", "x_1_2", r"x^2' is", r"\frac{a} {b}", r"\hat is", r"\left( x", r"\right) x",
    "f(x) = 2", r"\pi's law", "the derivatives in Δθ", "(" * 60 + "x_1" + ")" * 60])
def test_what_is_no_formula_stays_as_it_was_typed(text):
    assert formulas(text) == []


def test_nothing_is_lost_and_no_word_becomes_a_formula():
    choose = random.Random(1)
    for _ in range(3000):
        text = choose.choice((" ", "", ", ")).join(choose.choices(WORDS + FORMULAS, k=choose.randint(1, 7)))
        assert "".join(one.text for one in woven(text)) == text
        for one in formulas(text):
            assert one.count("{") == one.count("}")
            assert set(re.findall(r"\\([A-Za-z]+)", one)) <= COMMANDS | {"left", "right"}
            assert not LONG_WORD.search(re.sub(r"\{[^{}]*\}", "", one)), (text, one)
            assert "".join("".join(parts(one)).split()) == "".join(one.split())


def printed() -> Iterator[str]:
    """What the paper claims as it is printed here, side by side with its names."""
    for item in PAPER.everything():
        if item.kind == "claim" and not isinstance(item.statement, tuple):
            yield latex(item.statement.relation)


def test_most_of_what_is_printed_here_is_a_formula():
    found = [one for one in printed() if len(one) < 400]
    whole = [one for one in found if formulas(f"if {one}, it is refuted") == [one]]
    assert len(found) > 40
    assert len(whole) > 0.95 * len(found), [one for one in found if one not in whole]


def test_characters_become_commands():
    assert in_ascii("E_{a ∼ π}") == r"E_{a \sim \pi}"
    assert in_ascii("t=1…T") == r"t=1\ldots T"
    assert in_ascii("π_θ") == r"\pi_\theta"
