r"""What is assumed of a bare letter that a claim draws, w > 0 beside \mathbb{E}_p[w], is assumed of every value."""

import math
import random
from functools import partial

import numpy as np
import pytest

from grpo_symbolic.checking import texts

prove = partial(texts.prove, budget=2)
FUNCTIONS = {
    "w": lambda w: w, "w^2": lambda w: w**2, r"\frac{1}{w}": lambda w: 1 / w, r"\log w": np.log,
    r"\sqrt{w}": np.sqrt, "2 w + 1": lambda w: 2 * w + 1, r"w \log w": lambda w: w * np.log(w)}
DRAWS = (r"\mathbb{E}_p[<f>]", r"\mathbb{E}_{a\sim\pi_\theta(\cdot|s)}[<f>]", r"\mathbb{E}_{q}[<f>]")
OPS = {r"\geq": lambda x, y: x >= y - 1e-9, r"\leq": lambda x, y: x <= y + 1e-9}


def worlds():
    """Laws of three outcomes and values of w at each, near and far from the least that is assumed."""
    dice = np.random.default_rng(7)
    for _ in range(400):
        law = dice.dirichlet(np.ones(3) * dice.choice([0.2, 1, 5]))
        yield law, np.exp(dice.normal(size=3) * dice.choice([0.1, 1, 4]))


def statement(seed):
    """A claim on one or two means, what is assumed of w, and whether a world contradicts it."""
    dice = random.Random(seed)
    (one, f), (other, g) = (dice.choice(list(FUNCTIONS.items())) for _ in range(2))
    op, draw, low = dice.choice(list(OPS)), dice.choice(DRAWS), dice.choice((0, 1))
    mean = draw.replace("<f>", one)
    turned = dice.random() < 0.5
    latex = f"{mean} {op} {other.replace('w', draw.replace('<f>', 'w')) if turned else low}"

    def holds(law, w):
        w = w + low
        right = g(law @ w) if turned else low
        return OPS[op](law @ f(w), right)

    return latex, f"w > {low}", all(holds(*world) for world in worlds())


@pytest.mark.parametrize("seed", range(40))
def test_what_holds_of_every_value_is_not_refuted_and_no_more_is_proved(seed):
    latex, assumed, wrong = judged(seed)
    assert prove(latex, assume=[assumed]).status != wrong


@pytest.mark.long
@pytest.mark.parametrize("seed", range(40, 300))
def test_so_of_many(seed):
    latex, assumed, wrong = judged(seed)
    assert prove(latex, assume=[assumed]).status != wrong


def judged(seed):
    """A statement, what it assumes, and the verdict that would be wrong."""
    latex, assumed, holds = statement(seed)
    return latex, assumed, "refuted" if holds else "proved"


@pytest.mark.parametrize(("latex", "assumed", "status"), [
    (r"\mathbb{E}_p[w] \geq 0", "w > 0", "proved"),
    (r"\mathbb{E}_p[w] \geq 0", "w > -1", "refuted"),
    (r"\mathbb{E}_p[w] \leq c", r"w \leq c", "proved"),
    (r"\log\mathbb{E}_p[w] \geq \mathbb{E}_p[\log w]", "w > 0", "proved"),
    (r"\log\mathbb{E}_p[w] \leq \mathbb{E}_p[\log w]", "w > 0", "refuted"),
    (r"\mathbb{E}_p[\sqrt{w}] \leq \sqrt{\mathbb{E}_p[w]}", "w > 0", "proved"),
    (r"w \geq 0", "w > 0", "proved"),
])
def test_an_assumption_on_what_is_drawn(latex, assumed, status):
    assert prove(latex, assume=[assumed]).status == status


def test_worlds_reach_far():
    assert max(w.max() for _, w in worlds()) > math.e**5
