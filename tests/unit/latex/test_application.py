"""A bracket after a symbol: an argument or a factor. Operators never multiply."""

from __future__ import annotations

import random

import pytest
from verdicts import prove

from grpo_symbolic.latex.printing.printer import latex
from grpo_symbolic.latex.read_error import ReadError
from grpo_symbolic.latex.statement.reader import read_expression, read_statement

pytestmark = pytest.mark.long

# Prints of an operator or a function that nothing defines, before a bracket.
UNKNOWN = [
    r"\mathrm{Var}", r"\text{Foo}", r"\operatorname{Std}", r"\mathbb{V}", r"\mathbb{W}_k", r"\mathcal{L}",
    r"\mathscr{B}", r"\mathfrak{g}", r"\widehat{\mathrm{Mad}}", r"\mathcal{E}", r"\tilde{E}",
    r"\mathsf{Lip}", r"\mathrm{Med}_z", r"\mathrm{Foo}'", "V", "R",
    r"\hat{Q}", r"\mathbf{Y}", r"Z_\phi", r"\mathop{\mathrm{Foo}}", r"\underset{z}{\mathrm{Foo}}", r"{\mathrm{Foo}}",
    r"\mathcal{N}",
]
BRACKETS = ["({})", r"\left[{}\right]", r"\{{{}\}}", r"{{({})}}", r"\big({}\big)"]


@pytest.mark.parametrize("bracket", BRACKETS)
@pytest.mark.parametrize("name", UNKNOWN)
def test_what_may_be_a_function_is_not_linear(name: str, bracket: str) -> None:
    whole, one, other = (name + bracket.format(arg) for arg in ("u + 3v", "u", "v"))
    assert prove(f"{whole} = {one} + 3 {other}").status in ("unread", "undecided")


EXPECTATIONS = [r"\mathbb{E}", r"\hat{\mathbb{E}}_t", "E", r"\mathrm{E}", r"\mathbf{E}", r"\hat{E}", r"\text{E}"]


@pytest.mark.parametrize("bracket", BRACKETS[:3])
@pytest.mark.parametrize("name", EXPECTATIONS)
def test_an_expectation_is_linear_and_no_factor(name: str, bracket: str) -> None:
    first, second = ("u_t", "v_t") if "_t" in name else ("u", "v")
    whole, one, other = (name + bracket.format(arg) for arg in (f"{first} + 3{second}", first, second))
    assert prove(f"{whole} = {one} + 3 {other}").status == "proved"
    product = name + bracket.format(f"{first} {second}")
    assert prove(f"{product} = {one} {second}").status in ("refuted", "undecided")
    assert prove(f"{product} = {one} {other}").status in ("refuted", "undecided")


@pytest.mark.parametrize("text", [
    r"\mathrm{Foo}\frac{u}{2} = \frac{1}{2}\mathrm{Foo}\, u",
    r"\operatorname{relu} 2u = 2 \operatorname{relu} u",
    r"(\mathrm{Var})(3u) = 3(\mathrm{Var})(u)",
    r"\underbrace{\mathrm{Var}}_{\text{spread}}(3u) = 3\underbrace{\mathrm{Var}}_{\text{spread}}(u)",
    r"\log \mathrm{Foo}(3u) = \log 3\mathrm{Foo}(u)",
    r"\mathbb{V} X = X\, \mathbb{V}",
    r"\mathrm{Foo}|3u| = 3\,\mathrm{Foo}|u|",
    r"\mathrm{Foo}{(3u)}^1 = 3\,\mathrm{Foo}{(u)}^1",
    r"V{(3u)}^1 = 3V{(u)}^1",
])
def test_a_word_is_no_factor_of_what_follows(text: str) -> None:
    assert prove(text).status in ("unread", "undecided")


def test_a_letter_that_stands_alone_elsewhere_is_a_factor() -> None:
    assert prove(r"R(1 + \kappa) = R + \kappa R").status == "proved"
    assert prove(r"\hat{B}_i (1 + \kappa) = \hat{B}_i + \kappa \hat{B}_i").status == "proved"
    assert prove(r"R(1 + \kappa) = R + 2\kappa R").status == "refuted"
    # as a product it is false, and as a function it may say what the value is
    assert prove(r"R(1 + \kappa) = X + \kappa X").status == "undecided"
    assert prove(r"R_\phi(1 + \kappa) = R + \kappa R").status == "undecided"


def test_a_number_before_brackets_is_a_factor() -> None:
    assert prove(r"\eta(1 - \kappa) = \eta - \eta\kappa").status == "proved"
    assert prove(r"w(v + 2) = wv + 2w").status == "proved"
    assert prove(r"w(v + 2) = wv + w").status == "refuted"


@pytest.mark.parametrize("text", [r"\kappa(2u) = 2\kappa(u)", "w(2u) = 2w(u)", r"\eta(4) = 4\eta(1)", "c(u) = cu"])
def test_one_symbol_in_brackets_is_an_argument(text: str) -> None:
    assert prove(text).status == "unread"


def test_a_defined_constant_before_brackets_is_a_factor() -> None:
    assert prove(r"B(1 + \kappa) = B + \kappa B", where=[r"B \doteq \kappa^2"]).status == "proved"
    assert prove(r"\mathcal{B}(1 + \kappa) = \kappa^2", where=[r"\mathcal{B} \doteq \kappa^2"]).status == "undecided"


def test_products_are_printed_so_that_they_are_read_as_products() -> None:
    for text in (r"R \cdot (\kappa + 1)", r"\text{len} \cdot \kappa", r"\hat{B}_i \cdot (G + 1)", r"\kappa (\eta + 1)"):
        assert latex(read_expression(text)) == text


def test_random_operators_are_never_linear() -> None:
    draw = random.Random(5)
    letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
    for _ in range(300):
        word = "".join(draw.choice(letters) for _ in range(draw.randint(2, 7)))
        word = "F" + word[1:] if word[0] in "eE" else word  # an expectation is linear
        name = draw.choice((rf"\mathrm{{{word}}}", rf"\operatorname{{{word}}}", rf"\mathbb{{{word[0].upper()}}}",
                            rf"\mathcal{{{word[0].upper()}}}", rf"\hat{{\mathbb{{{word[0].upper()}}}}}_t"))
        opened, closed = draw.choice((("(", ")"), ("[", "]"), (r"\{", r"\}")))
        false = draw.choice(("{0}2u + c{1} = 2{0}u{1} + {0}c{1}", r"{0}\beta u{1} = \beta {0}u{1}",
                             "{0}u + v + 1{1} = {0}u{1} + {0}v + 1{1}", "{0}3uv{1} = 3 u {0}v{1}"))
        try:
            read_statement(false.format(name + opened, closed))
        except ReadError:
            continue
        assert prove(false.format(name + opened, closed)).status != "proved", (name, false)
