r"""Sums over states: of a law of states they are one, of what is conditioned on the state they are anything."""

from __future__ import annotations

import pytest
from verdicts import prove

from grpo_symbolic.latex.notation.profiles import PROFILES
from grpo_symbolic.latex.printing.printer import latex
from grpo_symbolic.latex.statement.reader import read_expression

PROVED = [
    r"\sum_s d(s) = 1", r"\sum_{s \in \mathcal{S}} d(s) = 1", r"\sum_{s,a} d(s) \pi(a|s) = 1",
    r"\sum_s d(s) \sum_a \pi(a|s) f(s,a) = \mathbb{E}_{s \sim d, a \sim \pi(\cdot|s)}[f(s,a)]",
    r"\sum_x \rho(x) \mathbb{E}_{y \sim \pi_\theta(\cdot|x)}[r(x,y)] ="
    r" \mathbb{E}_{x \sim \rho, y \sim \pi_\theta(\cdot|x)}[r(x,y)]",
    r"\mathbb{E}_{s \sim d}\left[\frac{d'(s)}{d(s)} \pi(a|s)\right] = \mathbb{E}_{s \sim d'}[\pi(a|s)]",
    r"\sum_s d^{\mu}(s) \pi(a|s) = \mathbb{E}_{s \sim d^\mu}[\pi(a|s)]",
    r"\nabla_\theta \sum_s d(s) \sum_a \pi_\theta(a|s) r(s,a) ="
    r" \mathbb{E}_{s \sim d, a \sim \pi_\theta(\cdot|s)}[r(s,a) \nabla_\theta \log \pi_\theta(a|s)]",
    r"\sum_{s'} P(s'|s,a) = 1",
    r"\log \prod_s \pi(a|s) = \sum_s \log \pi(a|s)", r"\sum_s \sum_a \pi(a|s) f(s) = \sum_s f(s)",
    r"\sum_s d(s) \log \frac{d(s)}{d'(s)} \geq 0"]
REFUTED = [
    r"\sum_s \pi_\theta(a|s) = 1", r"\sum_x \pi(y|x) = 1", r"\sum_{s \in \mathcal{S}} d(s) \pi(a|s) = 1",
    r"\sum_s \sum_a \pi(a|s) = 1", r"\sum_s d(s)^2 = 1", r"\prod_s \pi(a|s) = 1", r"\sum_s \pi(a|s) = \pi(a|s)",
    r"\sum_s d(s) \pi(a|s) = \mathbb{E}_{s \sim d'}[\pi(a|s)]",
    r"\nabla_\theta \sum_s d^{\pi_\theta}(s) f(s) = 0", r"\sum_{s \neq s'} \pi(a|s) = 1"]
UNREAD = [
    r"\sum_s f(s) = \sum_x f(x)", r"\sum_s d(s) d = d", r"\sum_s c_t \pi(a|s) = c_t \sum_s \pi(a|s)",
    r"\sum_s r \pi(a|s) = r \sum_s \pi(a|s)", r"\sum_{s=1}^{n} \pi(a|s) = 1",
    r"\mathbb{E}_{s \sim d}[f(s)] = \sum_a d(a) f(a)", r"\sum_s d(s,a) = 1"]


@pytest.mark.parametrize(("text", "status"), [
    *((text, "proved") for text in PROVED), *((text, "refuted") for text in REFUTED),
    *((text, "unread") for text in UNREAD)])
def test_a_sum_over_states(text: str, status: str) -> None:
    assert prove(text).status == status


def test_that_it_is_one_is_a_hypothesis() -> None:
    assert prove(r"\sum_{s,a} d(s) \pi(a|s) f(s) = \sum_s d(s) f(s)").hypotheses == ("Normalised(π)",)
    assert len(prove(r"\sum_{s,a} d(s) \pi(a|s) = 1").hypotheses) == 2


@pytest.mark.parametrize("profile", PROFILES)
def test_it_is_printed_as_it_is_read(profile: str) -> None:
    node = read_expression(r"\sum_s \prod_a \pi(a|s)")
    assert read_expression(latex(node, profile), profile=profile) == node
