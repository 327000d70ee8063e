"""A letter below what an expectation draws names that draw: what else carries it is a value at the draw."""

from __future__ import annotations

import pytest
from verdicts import prove

SCORE = r"\nabla_\theta\log\pi_\theta(%s|%s)"
PAIR = r"\mathbb{E}_{(s_t,a_t)\sim\pi_{\text{old}}}\Big[\frac{\pi_\theta(a_t|s_t)}{\pi_{\text{old}}(a_t|s_t)}\,%s\Big]"


@pytest.mark.parametrize("draws", [r"(s_t,a_t)\sim\pi_{\text{old}}", r"s_t,a_t\sim\pi_{\text{old}}",
                                   r"s_t\sim d^\pi,\, a_t\sim\pi(\cdot|s_t)", r"(s_t,a_t)\sim\mathcal{D}"])
@pytest.mark.parametrize("body", [r"\hat A_t", r"w_t\,\hat A_t", r"\min(\rho_t \hat A_t, \hat A_t)"])
def test_the_step_of_a_pair_is_free_in_no_definition(draws: str, body: str) -> None:
    assert prove(rf"J = \mathbb{{E}}_{{{draws}}}[{body}]").status == "definition"


@pytest.mark.parametrize("right", [PAIR % r"\hat A_t" + r"+ \hat A_t", PAIR % r"\hat A_t" + r"\hat A_t", r"\hat A_t",
                                   PAIR % r"\hat A_t" + "+ c_t"])
def test_a_step_that_names_no_draw_is_free(right: str) -> None:
    assert prove(rf"J(\theta) = {right}").status == "unread"


def test_one_mean_that_cannot_be_read_defines_an_objective() -> None:
    assert prove(r"J(\theta) = \mathbb{E}_{(s,a)\sim\pi}[\hat A_t]").status == "definition"


def test_the_step_of_a_definition_stays_that_of_its_pair() -> None:
    where = [r"J(\theta) = " + PAIR % "A_t"]
    gradient = PAIR.replace(r"\frac", r"\nabla_\theta\frac")
    assert prove(r"\nabla_\theta J(\theta) = " + gradient % "A_t", where).status == "proved"
    assert prove(r"\nabla_\theta J(\theta) = 0", where).status == "refuted"
    assert prove(r"\nabla_\theta J(\theta) = A_t\, " + gradient % "", where).status == "refuted"
    assert prove(r"\sum_{t=1}^T J(\theta) = T J(\theta)", where).status == "unread"


@pytest.mark.parametrize(("drawn", "given", "label"), [("o_i", "q", "i"), ("a_j", "s", "j"), ("a_t", "s_t", "t"),
                                                       ("y_k", "x", "k"), ("a_h", "s_h", "h")])
@pytest.mark.parametrize("value", ["r", "A", "w"])
def test_a_value_at_a_draw_is_no_baseline(drawn: str, given: str, label: str, value: str) -> None:
    mean = rf"\mathbb{{E}}_{{{drawn}\sim\pi_\theta(\cdot|{given})}}"
    score = SCORE % (drawn, given)
    assert prove(rf"{mean}[{value}_{label}\,{score}] = 0").status == "refuted"
    assert prove(rf"{mean}[2{value}_{label}] = 2{mean}[{value}_{label}]").status == "proved"
    assert prove(rf"{mean}[b_{label}\,{score}] = 0").status == "unread"


@pytest.mark.parametrize("text", [
    r"\mathbb{E}_{o_i\sim\pi_\theta(\cdot|q)}[r_i] = r_i",
    r"\mathbb{E}_{o_i\sim\pi_\theta(\cdot|q)}[r_i] + \sum_{i=1}^G r_i = 0"])
def test_the_same_symbol_beside_the_draw_is_unread(text: str) -> None:
    assert prove(text).status == "unread"


def test_a_statistic_of_the_group_at_a_single_draw_is_not_read() -> None:
    text = r"\mathbb{E}_{o_i\sim\pi_\theta(\cdot|q)}[A_i " + SCORE % ("o_i", "q") + "] = 0"
    assert prove(text, [r"A_i = r_i - \frac1G\sum_{j=1}^G r_j"]).status == "undecided"
    assert prove(text, [r"A_i = c_i - \frac1G\sum_{j=1}^G c_j"]).status in ("undecided", "unread")
    assert prove(r"\sum_{i=1}^G " + text).status == "unread"


@pytest.mark.parametrize(("one", "other", "value"), [
    ("y_w", "y_l", "r_w"), ("y_1", "y_2", "r_1"), ("o_i", "o_j", "A_i"), ("o_i", "o'", "r_i"), ("a_t", "a_h", "A_t")])
def test_of_several_draws_a_value_is_at_the_one_with_its_letter(one: str, other: str, value: str) -> None:
    law = r"\sim\pi_\theta(\cdot|s)"
    for mean in (rf"\mathbb{{E}}_{{{one}{law},\, {other}{law}}}", rf"\mathbb{{E}}_{{{other}{law},\, {one}{law}}}",
                 rf"\mathbb{{E}}_{{{one}{law}}}\mathbb{{E}}_{{{other}{law}}}"):
        assert prove(rf"{mean}[{value}\, {SCORE % (one, 's')}] = 0").status == "refuted"
        assert prove(rf"{mean}[{value}\, {SCORE % (other, 's')}] = 0").status == "proved"


@pytest.mark.parametrize("value", ["r", "A", r"\hat A", "w"])
def test_of_several_draws_a_value_without_a_letter_is_at_none(value: str) -> None:
    two = r"\mathbb{E}_{y\sim\pi_\theta(\cdot|x),\, y'\sim\pi_\theta(\cdot|x)}"
    assert prove(rf"{two}[{value}\, {SCORE % ('y', 'x')}] = 0").status == "unread"
    groups = r"\mathbb{E}_{\{y_k\}_{k=1}^K\sim\pi_\theta(\cdot|x),\, \{z_k\}_{k=1}^K\sim\mu(\cdot|x)}"
    assert prove(rf"{groups}[{value}_1\, {SCORE % ('y_1', 'x')}] = 0").status == "unread"
    assert prove(rf"{groups}[r(x,y_1)\, {SCORE % ('y_1', 'x')}] = 0").status == "refuted"
    assert prove(rf"{groups}[r(x,z_1)\, {SCORE % ('y_1', 'x')}] = 0").status == "proved"
