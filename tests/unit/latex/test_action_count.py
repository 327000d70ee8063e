r"""``|\mathcal{A}|`` is the number of actions."""

from __future__ import annotations

import pytest
from verdicts import prove

from grpo_symbolic.instances.instantiate import instantiate
from grpo_symbolic.language import Abs, ActionCount
from grpo_symbolic.latex.notation.profiles import PROFILES
from grpo_symbolic.latex.printing.printer import latex
from grpo_symbolic.latex.statement.reader import read_expression


@pytest.mark.parametrize("text", [
    r"|\mathcal{A}|", r"|\mathcal A|", r"\lvert\mathcal{A}\rvert", r"\left|\mathcal{A}\right|"])
def test_every_print_of_it_is_read(text: str) -> None:
    assert read_expression(text) == ActionCount()


@pytest.mark.parametrize("profile", PROFILES)
def test_it_is_printed_as_it_is_read(profile: str) -> None:
    node = read_expression(r"\frac{1}{|\mathcal{A}|}")
    assert read_expression(latex(node, profile), profile=profile) == node


def test_other_bars_stay_absolute_values() -> None:
    assert isinstance(read_expression(r"|\mathcal{B}|"), Abs)


@pytest.mark.parametrize(("text", "verdict"), [
    (r"\sum_a 1 = |\mathcal{A}|", "proved"),
    (r"\sum_{i=1}^{|\mathcal{A}|} c = c |\mathcal{A}|", "proved"),
    (r"\mathbb{E}_{a\sim\pi_\theta(\cdot|s)}\left[\frac{1}{\pi_\theta(a|s)}\right] = |\mathcal{A}|", "proved"),
    (r"\log|\mathcal{A}| - H(\pi_\theta(\cdot|s)) \geq 0", "proved"),
    (r"|\mathcal{A}| \geq 2", "refuted"),
    (r"|\mathcal{A}| = G", "refuted"),
    (r"\pi_\theta(a|s) = \frac{1}{|\mathcal{A}|}", "refuted"),
])
def test_it_counts_the_actions(text: str, verdict: str) -> None:
    assert prove(text, budget=1.0).status == verdict


def test_an_instance_has_its_number() -> None:
    assert instantiate(ActionCount(), n_actions=3) == 3
