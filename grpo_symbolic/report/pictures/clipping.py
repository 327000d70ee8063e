"""PPO's clipped term of one sample, and the coefficient of the score in its gradient, over the ratio."""

from __future__ import annotations

from typing import Any

import numpy as np

from ...language import Claim
from ...objectives.clipping import PPO
from ...oracle.compiled.vectorised import compile
from .drawing import BLUE, GREEN, INK, ORANGE, figure, svg
from .values import CURRENT, OLD, Array

NAME = "clipping"
WIDTH, CHANCE = 0.2, 0.4
LIVE, DEAD = ("live-inside", "live-above", "live-below"), ("dead-above", "dead-below")


def draw() -> str:
    """The picture: a good action on the left, a bad one on the right."""
    with figure(1, 2, 10, 4.4, sharex=True) as (drawn, ((good, bad),)):
        panel(good, 1.0)
        panel(bad, -1.0)
        good.set_title("a good action, $A = 1$")
        bad.set_title("a bad action, $A = -1$")
        handles, labels = good.get_legend_handles_labels()
        drawn.legend(handles, labels, loc="outside lower center", ncols=3)
        return svg(drawn, NAME)


def panel(axis: Any, advantage: float) -> None:
    """Value and coefficient for one advantage, with the regions of the theorems."""
    edges = ((0.05, 1 - WIDTH), (1 - WIDTH, 1 + WIDTH), (1 + WIDTH, 2.2))
    ratio = np.concatenate([np.linspace(low + 1e-6, high - 1e-6, 40) for low, high in edges])
    value, coefficient = term(ratio, advantage), slope(ratio, advantage)
    axis.plot(ratio, value, color=BLUE, linewidth=5, alpha=0.5, label="the clipped term")
    for part in np.split(np.arange(ratio.size), np.flatnonzero(np.diff(coefficient == 0)) + 1):
        axis.plot(ratio[part], coefficient[part], color=ORANGE, linestyle="--",
                  label="coefficient of the score in its gradient" if part[0] == 0 else None)
    dead = ratio > 1 + WIDTH if advantage > 0 else ratio < 1 - WIDTH
    axis.fill_between(ratio, 0, 1, where=dead, transform=axis.get_xaxis_transform(), color=INK, alpha=0.1, linewidth=0)
    axis.axhline(0, color=INK, linewidth=0.8)
    axis.set_ylim((-0.25, 1.6) if advantage > 0 else (-2.4, 0.5))
    for edge in (1 - WIDTH, 1 + WIDTH):
        axis.axvline(edge, color=GREEN, linewidth=1, linestyle=":")
    axis.set_xlabel(r"ratio $\rho = \pi_\theta(a)\,/\,\pi_{old}(a)$,  $\varepsilon = 0.2$")
    ends = ("live-below", "dead-above") if advantage > 0 else ("dead-below", "live-above")
    for place, name in zip((0.4, 1.0, 1.7), (ends[0], "live-inside", ends[1]), strict=True):
        axis.annotate(name, (place, 0.97), xycoords=axis.get_xaxis_transform(), ha="center", va="top", fontsize=9)


def term(ratio: Array, advantage: float) -> Array:
    """The clipped term of the sampled action."""
    return evaluated("surrogate", "lhs", ratio, advantage)


def slope(ratio: Array, advantage: float) -> Array:
    """The gradient of the clipped term over that of the log-probability."""
    law = chances(ratio)
    return evaluated("live-inside", "lhs", ratio, advantage) / (1 - law[0])


def chances(ratio: Array) -> Array:
    """Two probabilities, the first of them ``ratio`` times what it was."""
    return np.array([CHANCE * ratio, 1 - CHANCE * ratio])


def evaluated(fact: str, which: str, ratio: Array, advantage: float) -> Array:
    """A side of a fact about PPO-clip for the first of two actions, θ its logit."""
    claim: Claim = PPO.read(next(one for one in PPO.facts if one.id == fact)).claims[0]
    compiled = compile(getattr(claim, which), actions=2, directions=1, where=claim.where)
    given = {OLD: np.log([[CHANCE], [1 - CHANCE]]), CURRENT: np.log(chances(ratio)),
             r"\partial_{1} \pi": [[1.0], [0.0]], "A(s, a)": [[advantage]] * 2, r"\epsilon": [WIDTH]}
    inputs = {name: np.asarray(given[name]).reshape(*shape, -1) for name, shape in compiled.inputs.items()}
    return compiled(inputs).values.reshape(2, -1)[0]
