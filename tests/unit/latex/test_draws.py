"""What stands under a draw: what carries its letters depends on it, and nothing is independent that is not said to be.
"""

from __future__ import annotations

import pytest
from verdicts import prove

E = r"\mathbb{E}_{%s}[%s]"
POLICY = r"a\sim\pi_\theta(\cdot|s)"
SCORE = r"\nabla_\theta\log\pi_\theta(a|s)"


def mean(draws: str, body: str) -> str:
    return E % (draws, body)


@pytest.mark.parametrize("letter", ["o", "y"])
@pytest.mark.parametrize("label", ["i", "j", "1"])
@pytest.mark.parametrize("part", ["f(%s,t})", "f(%s,<t})", r"\log\pi(%s,t}|q)"])
def test_tokens_of_a_single_draw_are_drawn_with_it(letter: str, label: str, part: str) -> None:
    body = part % f"{letter}_{{{label}"
    draw = rf"{letter}_{label}\sim\pi"
    assert prove(f"{mean(draw, body)} = {body}").status == "refuted"
    assert prove(f"{mean(draw, '2' + body)} = 2{mean(draw, body)}").status == "proved"
    renamed = mean(rf"{letter}_n\sim\pi", part % f"{letter}_{{n")
    assert prove(f"{mean(draw, body)} = {renamed}").status == "proved"


@pytest.mark.parametrize(("draw", "value"), [
    (r"\tau_i\sim\pi", "f(a_{i,t})"), (r"o_i\sim\pi", "f(o_{<t})"), (r"o\sim\pi", "f(o_i)"),
    (r"o_i\sim\pi", r"f(o_{i,\le t})")])
def test_what_carries_a_letter_of_the_draw_otherwise_is_unread(draw: str, value: str) -> None:
    assert prove(f"{mean(draw, value)} = {value}").status == "unread"


@pytest.mark.parametrize(("one", "other"), [("s", "s'"), ("x", "x'"), ("q", "q'"), ("s_1", "s_2"),
                                            ("s_t", "s_{t+1}"), ("s_0", "s")])
def test_states_without_a_law_are_neither_alike_nor_independent(one: str, other: str) -> None:
    both = f"{one},{other}"
    for text in (f"{mean(both, f'f({one})g({other})')} = {mean(one, f'f({one})')}{mean(other, f'g({other})')}",
                 f"{mean(both, f'f({one},{other})')} = {mean(both, f'f({other},{one})')}",
                 f"{mean(one, f'f({one})')} = {mean(other, f'f({other})')}"):
        assert prove(text).status in ("unread", "undecided")
    law = r"\sim\mu"
    assert prove(f"{mean(one + law, f'f({one})')} = {mean(other + law, f'f({other})')}").status == "proved"
    assert prove(f"{mean(one, f'2f({one})')} = 2{mean(one, f'f({one})')}").status == "proved"


def test_a_pair_in_brackets_has_a_joint_law() -> None:
    right = r" = \mathbb{E}_{y\sim\pi(\cdot|x)}[f(y)]^2"
    assert prove(mean(r"(y,y')\sim\pi(\cdot|x)", "f(y)f(y')") + right).status == "undecided"
    assert prove(mean(r"y,y'\sim\pi(\cdot|x)", "f(y)f(y')") + right).status == "proved"


@pytest.mark.parametrize(("draw", "state"), [
    (POLICY, "s'"), (POLICY, "s''"), (POLICY, "s^+"), (POLICY, r"s_{\text{next}}"), (r"a\sim\pi", "s'"),
    (r"a_t\sim\pi_\theta(\cdot|s_t)", "s_{t+1}"), (r"a_t\sim\pi_\theta(\cdot|s_t)", "s_{t+2}"),
    (r"a_1\sim\pi(\cdot|s_1)", "s_2"), (r"s\sim d^\pi", "s'"), (r"(s,a)\sim\mathcal D", "s'"), (r"\tau\sim\pi", "s'")])
def test_a_state_that_follows_is_no_constant(draw: str, state: str) -> None:
    assert prove(f"{mean(draw, f'V({state})')} = V({state})").status == "unread"
    if "_" not in draw:
        assert prove(rf"\mathbb{{E}}_{{{state}\sim\mu}}{mean(draw, f'V({state})')} = "
                     rf"\mathbb{{E}}_{{{state}\sim\mu}}[V({state})]").status == "proved"


def test_a_state_of_which_the_draw_is_one_is_a_constant() -> None:
    for draw in (r"a'\sim\pi(\cdot|s')", r"a\sim\pi(\cdot|s')", r"a_{t+1}\sim\pi(\cdot|s_{t+1})"):
        state = "s'" if "'" in draw else "s_{t+1}"
        assert prove(f"{mean(draw, f'V({state})')} = V({state})").status == "proved"
    inner = mean(r"a'\sim\pi(\cdot|s')", "f(a')")
    assert prove(f"{mean(POLICY, inner)} = {inner}").status == "unread"


@pytest.mark.parametrize("letter", ["f", "g", "h", r"\psi", r"\Psi", r"\phi", "x", "y", "z", "X", "q", "f_1"])
def test_a_letter_of_functions_is_a_number_or_a_value(letter: str) -> None:
    assert prove(f"{mean(POLICY, f'{letter}{SCORE}')} = 0").status in ("undecided", "unread")
    assert prove(f"{mean(POLICY, letter)} = {letter}").status in ("undecided", "unread")
    assert prove(f"{mean(POLICY, '2' + letter)} = 2{mean(POLICY, letter)}").status == "proved"


@pytest.mark.parametrize("letter", ["c", "k", "b", "u", "v", r"\lambda", r"\beta"])
def test_a_letter_of_numbers_is_a_number(letter: str) -> None:
    assert prove(f"{mean(POLICY, f'{letter}{SCORE}')} = 0").status == "proved"


@pytest.mark.parametrize(("draw", "other", "value"), [
    (r"o_i\sim\pi", "j", "r"), (r"o_i\sim\pi", "k", "A"), (r"(s_t,a_t)\sim\pi", "k", "A"),
    (r"a_t\sim\pi(\cdot|s)", "h", "w")])
def test_the_letter_of_a_draw_may_be_another(draw: str, other: str, value: str) -> None:
    label = "t" if "_t" in draw else "i"
    renamed = draw.replace("_" + label, "_" + other)
    left = mean(draw, f"{value}_{label}")
    assert prove(f"{left} = {mean(renamed, f'{value}_{other}')}").status == "proved"
    assert prove(f"{left} = {mean(renamed.replace('pi', 'mu'), f'{value}_{other}')}").status == "refuted"
    assert prove(f"{left} = {mean(renamed, f'{value}_{other}^2')}").status == "refuted"


@pytest.mark.parametrize("text", [
    r"\mathbb{E}_{o_i\sim\pi}[r_i] = \mathbb{E}_{o_i\sim\pi}[r(o_i)]",
    r"\mathbb{E}_{(s_t,a_t)\sim\pi}[A_t] = \mathbb{E}_{(s,a)\sim\pi}[A(s,a)]",
    r"\mathbb{E}_{(s_t,a_t)\sim\pi}[A_t] = \mathbb{E}_{(s,a)\sim\pi}[A]",
    r"\mathbb{E}_{o_i\sim\pi(\cdot|q)}[r_i] = \mathbb{E}_{o_{1:G}\sim\pi(\cdot|q)}[\frac1G\sum_{j=1}^G r_j]",
    r"\sum_{t=1}^T\mathbb{E}_{a_t\sim\pi(\cdot|s)}[A_t] = T\mathbb{E}_{a_k\sim\pi(\cdot|s)}[A_k]"])
def test_a_value_at_a_draw_beside_another_form_is_unread(text: str) -> None:
    assert prove(text).status == "unread"
