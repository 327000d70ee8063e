r"""Macros that the field's texts use where their preamble is not seen."""

from __future__ import annotations

import pytest
from verdicts import prove

from grpo_symbolic.latex.parsing.field_macros import spelled_out
from grpo_symbolic.latex.read_error import ReadError
from grpo_symbolic.latex.statement.readings import read_text

SCORE = r"\underE{a \sim \pi_\theta(\cdot|s)}{\nabla_\theta \log \pi_\theta(a|s)}"


@pytest.mark.parametrize(("text", "plain"), [
    (SCORE, r"\mathbb{E}_{a \sim \pi_\theta(\cdot|s)}\left[\nabla_\theta \log \pi_\theta(a|s)\right]"),
    (r"\E_{a\sim\pi(\cdot|s)}[f(a)]", r"\mathbb{E}_{a\sim\pi(\cdot|s)}[f(a)]"),
    (r"\KL(p \| q)", r"\mathrm{KL}(p \| q)"), (r"p(a \given s)", r"p(a \mid s)"),
])
def test_a_macro_prints_what_it_prints_in_the_field(text: str, plain: str) -> None:
    found = spelled_out(text)
    assert found is not None
    assert found.text == plain


@pytest.mark.parametrize("text", [r"\E{X}^2", r"\underE[X]", r"\Epsilon + \KLx", r"\E_x[X] + \E{X}"])
def test_a_macro_that_takes_other_arguments_is_one_of_another_preamble(text: str) -> None:
    assert spelled_out(text) is None


def test_a_statement_with_macros_is_proved_and_its_twin_refuted() -> None:
    assert prove(rf"{SCORE} = 0").status == "proved"
    assert prove(rf"{SCORE.replace('}{', '}{f(a) ')} = 0").status == "refuted"


@pytest.mark.parametrize(("text", "column"), [
    (r"\underE{a \sim \pi(\cdot|s)}{f(a)} = \unknown", 38), (r"1 = \E_{a\sim\pi(\cdot|s)}[f(a)] + \foo", 36)])
def test_a_fault_has_its_place_in_the_printed_text(text: str, column: int) -> None:
    with pytest.raises(ReadError) as raised:
        read_text(text)
    assert raised.value.column == column


def test_a_link_and_a_symbol_have_theirs_too() -> None:
    found = read_text(r"\E_{a\sim\pi(\cdot|s)}[f(a)] = \E_{a\sim\pi(\cdot|s)}[f(a)] = 2c")
    assert [link.column for link in found.links] == [30, 61]
    assert next(one.column for one in found.read_as if one.symbol == "c") == 64
    assert found.latex.startswith(r"\E")


def test_a_definition_beside_a_statement_may_use_them() -> None:
    assert prove("m = c", [r"m \defeq \E_{a\sim\pi(\cdot|s)}[c]"]).status == "proved"
    found = prove("m = 1", [r"m \defeq \E_{a\sim\pi(\cdot|s)}[f(a)] + \foo"])
    assert (found.part, found.position) == ("where 1", (1, 41))
