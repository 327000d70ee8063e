r"""Paths up to a step and from it on, \tau_{:t} and \tau_{t:}: read as whole paths, named, not proved where bent."""

from __future__ import annotations

import pytest
from verdicts import prove

pytestmark = pytest.mark.long

SCORE, GRADIENT = r"\nabla_\theta\log\pi_\theta(a_t|s_t)", r"\nabla_\theta J(\pi_\theta) = \sum_{t=0}^{T}"


def first(body: str) -> str:
    r"""The mean over what stands before a step.

    >>> first("x")
    '\\mathbb{E}_{\\tau_{:t}\\sim\\pi_\\theta}\\left[x\\right]'
    """
    return rf"\mathbb{{E}}_{{\tau_{{:t}}\sim\pi_\theta}}\left[{body}\right]"


def rest(body: str, given: str = r"\tau_{:t}") -> str:
    r"""The mean over what follows.

    >>> rest("x", "s_t")
    '\\mathbb{E}_{\\tau_{t:}\\sim\\pi_\\theta}\\left[x \\middle| s_t\\right]'
    """
    return rf"\mathbb{{E}}_{{\tau_{{t:}}\sim\pi_\theta}}\left[{body} \middle| {given}\right]"


PAID, NOW = r"\hat{R}_t", "s_t, a_t"
TRUE = [
    f"{GRADIENT} {first(rest(SCORE + PAID))}", f"{GRADIENT} {first(SCORE + rest(PAID))}",
    f"{GRADIENT} {first(SCORE + rest(PAID, NOW))}", f"{GRADIENT} {first(SCORE + rest(PAID + '- b(s_t)'))}",
    f"{rest(PAID)} = {rest(PAID, NOW)}", rf"{rest('G_t')} = Q^{{\pi_\theta}}(s_t,a_t)",
    f"{first(SCORE + rest('b(s_t)'))} = 0"]
OTHERS = [r"\hat{R}_{t-1}", r"\hat{A}_t", r"\hat{V}_t", r"\hat{R}_t^2", r"\frac{1}{\hat{R}_t}", "f(s_{t-1})",
          r"\hat{R}_0"]
BENT = [
    f"{GRADIENT} 2 {first(rest(SCORE + PAID))}",
    *(f"{GRADIENT} {first(SCORE + rest(paid))}" for paid in (r"\hat{R}_{t+1}", r"\hat{R}_t^2", PAID + "- b(s_t,a_t)")),
    f"{GRADIENT} {first(SCORE + rest(PAID, 's_t'))}", f"{GRADIENT} {first(SCORE.replace('_t', '_{t+1}') + rest(PAID))}",
    f"{GRADIENT} {first(SCORE)} {rest(PAID)}", f"{GRADIENT} {first(PAID + rest(SCORE))}",
    f"{GRADIENT} {first(SCORE + '^2' + rest(PAID))}", *(f"{rest(paid)} = {rest(paid, NOW)}" for paid in OTHERS),
    f"{rest(PAID)} = {rest(PAID, 's_t')}", f"{rest(PAID)} = {rest(PAID, 'a_t')}", f"{rest(PAID)} = {rest('G_t', NOW)}",
    rf"{rest(rf'exp({PAID})')} = \exp({rest(PAID)})".replace("exp", r"\exp", 1),
    rf"{rest(PAID)} = V^{{\pi_\theta}}(s_t)",
    f"{rest(PAID)} = {rest(PAID).replace('theta', 'phi')}",
    f"{first(SCORE + rest('f(s_{t+1})'))} = 0", f"{first(SCORE + rest('r_t'))} = 0"]


@pytest.mark.parametrize("text", TRUE)
def test_means_over_parts_of_paths_are_means_over_paths(text: str) -> None:
    found = prove(text)
    assert found.status == "proved"
    assert any("is a path up to a_t" in one.formula for one in found.lore if one.entry == "by custom")


@pytest.mark.parametrize("text", BENT)
def test_what_is_not_decided_by_a_part_is_not_proved(text: str) -> None:
    assert prove(text).status not in ("proved", "refuted", "ill-formed")
