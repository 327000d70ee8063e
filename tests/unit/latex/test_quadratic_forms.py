r"""Vectors by their transposes, quadratic forms of the Fisher information, and false twins of what holds of them."""

from __future__ import annotations

import random
from functools import partial

import numpy as np
import pytest

from grpo_symbolic.checking import texts

pytestmark = pytest.mark.long

prove = partial(texts.prove, budget=2)
UNDER = r"\mathbb{E}_{a\sim\pi_\theta(\cdot|s)}"
SCORE = r"\nabla_\theta \log \pi_\theta(a|s)"
OLD = r"\theta_{\text{old}}"
KL = rf"D_{{\mathrm{{KL}}}}(\pi_{{{OLD}}}(\cdot|s) \| \pi_\theta(\cdot|s))"


@pytest.mark.parametrize(("latex", "status"), [
    (r"v^\top F(\theta) v \geq 0", "proved"),
    (r"v^\top F(\theta) v > 0", "refuted"),
    (r"v^\top F(\theta) u = u^\top F(\theta) v", "proved"),
    (r"x^\top F x \leq 0", "refuted"),
    (rf"v^\top F(\theta) v = {UNDER}[(v^\top {SCORE})^2]", "proved"),
    (rf"v^\top F(\theta) v = {UNDER}[v^\top {SCORE}]^2", "refuted"),
    (r"\Delta\theta^\top F(\theta) \Delta\theta \geq 0", "proved"),
    (rf"{KL} \approx \frac{{1}}{{2}} \Delta\theta^\top F({OLD}) \Delta\theta", "proved"),
    (rf"\nabla_\theta^2 {KL} \Big|_{{\theta = {OLD}}} = F({OLD})", "proved"),
    (rf"\nabla_\theta^2 {KL} \Big|_{{\theta = {OLD}}} = 2 F({OLD})", "refuted"),
    (r"(u^\top v)^2 \leq \|u\|^2 \|v\|^2", "proved"),
    (r"(u^\top v)^2 \geq \|u\|^2 \|v\|^2", "refuted"),
    (rf"\Delta\theta^\top {SCORE}|_{{\theta = {OLD}}} = 0", "unread"),
    (r"(u + v)^\top m = m^\top v", "unread"),
])
def test_quadratic_forms(latex, status):
    assert prove(latex).status == status


SIZE = 3


def scalar(dice):
    """A number made of vectors, as it is printed and as it comes to."""
    one, other = (dice.choice("uvw") for _ in "12")
    return dice.choice((
        (rf"{one}^\top {other}", lambda at: at[one] @ at[other]),
        (rf"\|{one}\|^2", lambda at: at[one] @ at[one]),
        (rf"\|{one} + {other}\|^2", lambda at: (at[one] + at[other]) @ (at[one] + at[other])),
        (rf"{one}^\top F(\theta) {other}", lambda at: at[one] @ at["F"] @ at[other]),
        (rf"{UNDER}[({one}^\top {SCORE}) ({SCORE}^\top {other})]", lambda at: at[one] @ at["F"] @ at[other]),
        (rf"{UNDER}[({one}^\top {SCORE} - {other}^\top {SCORE})^2]",
         lambda at: (at[one] - at[other]) @ at["F"] @ (at[one] - at[other]))))


def statement(seed):
    """A random relation between such numbers, which names each of the vectors, with whether it holds."""
    dice = random.Random(seed)
    (left, f), (right, g), (more, h) = (scalar(dice) for _ in "123")
    op, factor = dice.choice(("=", r"\geq", r"\leq")), dice.choice((0, 1, 2, -1))
    known = r" + u^\top v + v^\top w + w^\top u"
    latex = rf"{left} + {factor} ({more}) {known} {op} {right} {known}"
    tables = np.random.default_rng(seed)

    def gap():
        scores = tables.normal(size=(4, SIZE))
        law = tables.dirichlet(np.ones(4))
        scores -= law @ scores
        at = {"F": np.einsum("a,ai,aj->ij", law, scores, scores), **{one: tables.normal(size=SIZE) for one in "uvw"}}
        if tables.random() < 0.3:
            at["u"] = at["v"] * tables.normal()
        return f(at) + factor * h(at) - g(at)

    gaps = np.array([gap() for _ in range(300)])
    holds = {"=": abs(gaps) < 1e-9, r"\geq": gaps > -1e-9, r"\leq": gaps < 1e-9}[op]
    return latex, bool(holds.all())


@pytest.mark.parametrize("seed", range(40))
def test_random_relations_of_quadratic_forms_are_judged_as_their_tables_say(seed):
    latex, status, barred = judged(seed)
    assert status != barred, latex


@pytest.mark.long
@pytest.mark.parametrize("seed", range(40, 400))
def test_many_relations_of_quadratic_forms_are_judged_as_their_tables_say(seed):
    latex, status, barred = judged(seed)
    assert status != barred, latex


def judged(seed):
    """A random relation, its verdict, and the one that its tables bar."""
    latex, holds = statement(seed)
    return latex, prove(latex).status, "refuted" if holds else "proved"
