r"""Vectors and matrices over the states of a process: true equations beside false twins, and an attack by NumPy."""

from __future__ import annotations

import random
from functools import partial

import pytest
from state_matrices import TRUE, bends, holds, printed

from grpo_symbolic.checking import texts

pytestmark = pytest.mark.long

prove = partial(texts.prove, budget=2)
RIGHT = {
    "values": r"V^{\pi} = (I - \gamma P_\pi)^{-1} r_\pi",
    "a series": r"(I - \gamma P_\pi)^{-1} = \sum_{t=0}^{\infty} \gamma^t P_\pi^t",
    "value differences": r"V^{\mu} - V^{\pi} = (I - \gamma P_\mu)^{-1}\,(T_\mu V^{\pi} - V^{\pi})",
    "a fixed point": r"\mathcal{T}^{\pi_\theta} V^{\pi_\theta} = V^{\pi_\theta}",
    "visits": r"d^\pi = (1-\gamma)(I - \gamma P_\pi^\top)^{-1}\rho_0",
    "visits as a row": r"(d^\pi)^\top = (1-\gamma) \rho_0^\top (I - \gamma P_\pi)^{-1}",
    "rows sum to one": r"P_\pi \mathbf{1} = \mathbf{1}",
    "two resolvents": r"(I - \gamma P_\mu)^{-1} - (I-\gamma P_\pi)^{-1} = "
                      r"\gamma (I-\gamma P_\mu)^{-1}(P_\mu - P_\pi)(I-\gamma P_\pi)^{-1}",
    "the best of backups": r"\mathcal{T}^\pi V \le \mathcal{T}^* V",
}
WRONG = {
    "the other resolvent": r"V^{\mu} - V^{\pi} = (I - \gamma P_\pi)^{-1}(T_\mu V^{\pi} - V^{\pi})",
    "a factor of its own": r"d^\pi = 2 (I - \gamma P_\pi^\top)^{-1}\rho_0",
    "a transpose lost": r"d^\pi = (1-\gamma)(I - \gamma P_\pi)^{-1}\rho_0",
    "no step": r"T_\pi u - T_\pi v = \gamma (u - v)",
}


@pytest.mark.parametrize("latex", RIGHT.values(), ids=RIGHT)
def test_what_holds_at_each_state_is_proved(latex):
    verdict = prove(latex)
    assert verdict.status == "proved", verdict.reason
    assert any(r"P_\pi" in one.formula or "T_" in one.formula or "T^*" in one.formula for one in verdict.lore)


@pytest.mark.parametrize("latex", WRONG.values(), ids=WRONG)
def test_what_fails_at_a_state_is_not_proved(latex):
    assert prove(latex).status in ("refuted", "undecided")


@pytest.mark.parametrize("latex", [
    WRONG["a transpose lost"], r"V^{\pi} = (I - \gamma P_\pi^\top)^{-1} r_\pi",
    r"d_\pi = (1-\gamma)\rho_0 + \gamma P_\pi d_\pi"])
def test_what_holds_where_the_columns_are_laws_is_not_refuted(latex):
    found = prove(latex)
    assert found.status == "undecided"
    assert r"(P_\pi)_{s',s}" in found.reason


@pytest.mark.parametrize("latex", [WRONG["the other resolvent"], WRONG["a factor of its own"],
                                   r"d_\pi = (1-\gamma)(I - \gamma P_\pi)\rho_0",
                                   r"(I-\gamma P_\pi)^{-1} = I + \gamma P_\pi"])
def test_what_fails_whether_rows_or_columns_are_laws_is_refuted(latex):
    found = prove(latex)
    assert found.status == "refuted"
    assert "failed" not in found.reason


def test_a_singular_matrix_has_no_inverse():
    verdict = prove(r"V^{\pi} = (I - P_\pi)^{-1} r_\pi")
    assert (verdict.status, verdict.position) == ("ill-formed", (1, 11))
    assert "no inverse" in verdict.reason


def test_what_something_else_defines_is_no_matrix_of_states():
    latex = r"V^{\pi} = r_\pi + \gamma P_\pi V^{\pi}"
    assert prove(latex).status == "proved"
    assert prove(latex, where=[r"P_\pi \doteq 3"]).status != "proved"
    assert prove(latex, lore=False).status != "proved"


@pytest.mark.parametrize("latex", [r"P_\pi = P_\mu + r_\pi", r"V^\pi = P_\pi", r"P_\pi V^\pi P_\mu = r_\pi"])
def test_what_does_not_fit_is_no_equation_of_states(latex):
    assert prove(latex).status not in ("proved", "refuted")


@pytest.mark.parametrize("seed", range(30))
def test_bent_equations_are_judged_as_their_tables_say(seed):
    latex, status, barred = judged(seed)
    assert status != barred, latex


@pytest.mark.parametrize("seed", range(30, 400))
def test_many_bent_equations_are_judged_as_their_tables_say(seed):
    latex, status, barred = judged(seed)
    assert status != barred, latex


def judged(seed):
    """A random equation, perhaps bent, its verdict, and the one that its tables bar."""
    dice = random.Random(seed)
    left, right = dice.choice(TRUE)
    for _ in range(dice.choice((0, 1, 1, 2))):
        left, right = (bends(left, dice), right) if dice.random() < 0.4 else (left, bends(right, dice))
    latex, true = printed((left, right)), holds((left, right))
    return latex, texts.prove(latex, budget=2).status, "refuted" if true else "proved"
