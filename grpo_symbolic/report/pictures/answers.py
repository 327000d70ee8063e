"""What the gradients of the divergences of tokens leave out, as answers grow longer."""

from __future__ import annotations

import numpy as np

from ...language import Claim, Relation
from ...oracle.meaning.question import prepare
from ...oracle.meaning.sides import ask
from ...oracle.model.number_systems import Floating
from ...oracle.model.tables import Sizes, Softmax
from ...oracle.model.tree import uniform
from ...paper.collection import item
from .drawing import BLUE, INK, figure, svg
from .values import Array

NAME = "answers"
WHOLE, TOKENS = "the-gradient-of-the-divergence-of-answers", "the-gradients-of-the-divergences-of-tokens"
LENGTHS, MODELS, DIRECTIONS = range(1, 9), 256, 4


def draw() -> str:
    """The picture: the share of the gradient that is left out, in random models of each length."""
    quarters = np.array([np.quantile(left_out(length), (0.25, 0.5, 0.75)) for length in LENGTHS])
    with figure(1, 1, 10, 4.6) as (drawn, ((axis,),)):
        low, middle, high = quarters.T
        axis.fill_between(LENGTHS, low, high, color=BLUE, alpha=0.2, linewidth=0, label="half of the models")
        axis.plot(LENGTHS, middle, color=BLUE, marker="o", label="the middle one of 256 random models")
        axis.axhline(0, color=INK, linewidth=0.8)
        axis.set_ylim(0, max(1.0, high.max() * 1.05))
        axis.set_xlabel("tokens in an answer")
        axis.set_ylabel("left out, relative to the whole gradient")
        axis.legend(loc="upper left")
        return svg(drawn, NAME)


def left_out(length: int) -> Array:
    """The length of what is left out over that of the whole gradient, in random models with answers of this length."""
    whole, tokens = (item(name).statement for name in (WHOLE, TOKENS))
    question = prepare(Claim(Relation("=", whole.lhs, tokens.lhs)))
    tree = uniform(2, length)
    sizes = Sizes(tree.sequences, directions=DIRECTIONS, batch=MODELS, tree=tree)
    model = Softmax(sizes, Floating(), np.random.default_rng(length), signs=question.signs, aliases=question.aliases)
    sides, = ask(question, model)
    left, right = (np.array([pair[place] for pair in sides.pairs]).reshape(DIRECTIONS, -1) for place in (1, 2))
    return np.linalg.norm(left - right, axis=0) / np.linalg.norm(left, axis=0)
