"""Equation (13): the divergence, its quadratic, the penalty that has the opposite sign, and the rest by its order."""

from __future__ import annotations

import numpy as np

from .drawing import BLUE, GREEN, INK, RED, figure, svg
from .values import CURRENT, OLD, REFERENCE, Array, along

NAME = "expansion"
BEHAVIOUR, WAY = np.log([0.5, 0.3, 0.2]), np.array([1.0, -0.3, -0.7])


def draw() -> str:
    """The picture: the values on the left, what the quadratic leaves on the right."""
    with figure(1, 2, 10, 4.4) as (drawn, ((values, rest),)):
        steps = np.linspace(-2, 2, 121)
        exact, quadratic = divergence(steps), half_fisher(steps)
        values.plot(steps, exact, color=BLUE, label=r"$D(\pi_{old}\,\|\,\pi_\theta)$")
        values.plot(steps, quadratic, color=GREEN, linestyle="--", label=r"$\frac{1}{2}\Delta\theta^T F\,\Delta\theta$")
        values.plot(steps, penalty(steps), color=RED, linestyle=":",
                    label=r"the penalty of (5), less its value at $\theta_{old}$")
        values.axhline(0, color=INK, linewidth=0.8)
        values.set_xlabel(r"step $\Delta\theta$")
        values.legend(loc="upper center")
        values.set_ylim(-1.1, 1.9)
        small = np.geomspace(0.02, 1.5, 60)
        remainder = np.abs(divergence(small) - half_fisher(small))
        rest.loglog(small, remainder, color=BLUE, label="|divergence − quadratic|")
        rest.loglog(small, half_fisher(small), color=GREEN, linestyle="--", label="the quadratic, slope 2")
        rest.loglog(small, remainder[0] * (small / small[0]) ** 3, color=INK, linewidth=4, alpha=0.2, label="slope 3")
        rest.set_xlabel(r"$|\Delta\theta|$")
        rest.set_title(f"measured slope of the rest: {slope(small, remainder):.2f}")
        rest.legend(loc="upper left")
        return svg(drawn, NAME)


def divergence(steps: Array) -> Array:
    """The left side of (13)."""
    return along("eq13", "lhs", {OLD: BEHAVIOUR[:, None], CURRENT: BEHAVIOUR[:, None] + WAY[:, None] * steps})


def half_fisher(steps: Array) -> Array:
    """The right side of (13)."""
    return along("eq13", "rhs", {OLD: BEHAVIOUR[:, None]}, 1, (WAY, steps))


def penalty(steps: Array) -> Array:
    """What the penalty of (5) comes to, less its value at θ_old."""
    laws = {OLD: BEHAVIOUR[:, None], REFERENCE: BEHAVIOUR[::-1, None]}
    moved, still = (along("claim02-off-policy", "lhs", {**laws, CURRENT: BEHAVIOUR[:, None] + WAY[:, None] * by})
                    for by in (steps, np.zeros(1)))
    return moved - still


def slope(steps: Array, rest: Array) -> float:
    """The slope of the rest on logarithmic axes, near the start."""
    return float(np.polyfit(np.log(steps[:20]), np.log(rest[:20]), 1)[0])
