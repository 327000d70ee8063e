"""What the estimators average to under the behaviour policy, as the current policy drifts away from it."""

from __future__ import annotations

import numpy as np

from ...objectives.estimators import Cell
from .drawing import BLUE, GREEN, INK, PURPLE, RED, figure, svg
from .values import CURRENT, OLD, REFERENCE, Array, along, read

NAME = "drift"
BEHAVIOUR = np.log([0.45, 0.3, 0.15, 0.1])
TARGET = np.log([0.25, 0.25, 0.25, 0.25])
AWAY = np.array([1.0, 0.2, -0.4, -0.8])
CURVES = (("k1", "plain", r"$E_{old}[k_1]$", BLUE, "--"), ("k2", "plain", r"$E_{old}[k_2]$", PURPLE, "-."),
          ("k3", "plain", r"$E_{old}[k_3]$", RED, ":"), ("k3", "ρ", r"$E_{old}[\rho\,k_3]$", GREEN, "-"))


def draw() -> str:
    """The picture: each mean, beside the divergence."""
    drift = np.linspace(-1.6, 1.6, 161)
    laws = {CURRENT: BEHAVIOUR[:, None] + AWAY[:, None] * drift, OLD: BEHAVIOUR[:, None], REFERENCE: TARGET[:, None]}
    with figure(1, 1, 10, 4.8) as (drawn, ((axis,),)):
        truth = along("repair-value", "rhs", laws)
        axis.plot(drift, truth, color=INK, linewidth=5, alpha=0.25, label=r"$D(\pi_\theta\,\|\,\pi_{ref})$")
        for estimator, weight, label, colour, dashes in CURVES:
            axis.plot(drift, mean_of(estimator, weight, laws), color=colour, linestyle=dashes, label=label)
        axis.axvline(0, color=INK, linewidth=0.8)
        axis.axhline(0, color=INK, linewidth=0.8)
        axis.annotate(r"$\pi_\theta = \pi_{old}$", (0.03, 0.75))
        axis.set_xlabel(r"how far $\pi_\theta$ has drifted from $\pi_{old}$, along a line of logits")
        axis.set_ylim(-1.0, 1.8)
        axis.legend(loc="upper center", ncols=3)
        return svg(drawn, NAME)


def mean_of(estimator: str, weight: str, laws: dict[str, Array]) -> Array:
    """The mean of an estimator under the behaviour policy."""
    cell = Cell(estimator, weight, "loss", "π_old", "value")
    return read(cell.latex, cell.where(cell.latex), laws)
