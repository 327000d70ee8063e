"""The flow of a penalty's expected gradient on the policies over three actions."""

from __future__ import annotations

from typing import Any

import numpy as np

from .drawing import BLUE, GREEN, INK, ORANGE, figure, svg
from .values import CURRENT, OLD, REFERENCE, Array, along, softmax

NAME = "simplex"
STEPS, ROWS = 160, 15
BEHAVIOUR, TARGET = np.array([0.5, 0.34, 0.16]), np.array([0.18, 0.22, 0.6])
STARTS = np.array([[0.52, 0.33, 0.15], [0.47, 0.36, 0.17], [0.8, 0.1, 0.1], [0.1, 0.8, 0.1], [0.1, 0.12, 0.78]])
CORNERS = np.array([[0.0, 0.0], [1.0, 0.0], [0.5, np.sqrt(3) / 2]])
PANELS = (
    ("claim05-gradient", "lhs", r"$\ell$ as in (5)"),
    ("claim04-same-gradient", "rhs", r"$k_3$"),
    ("repair-gradient", "lhs", r"$\rho\,k_3$, the weight differentiated"),
    ("repair-gradient", "rhs", r"the reverse KL itself, $D(\pi_\theta\,\|\,\pi_{ref})$"),
)


def draw() -> str:
    """The picture: in each panel, where descending one penalty leads."""
    with figure(2, 2, 10, 9) as (drawn, rows):
        axes = rows.ravel()
        for axis, (claim, which, title) in zip(axes, PANELS, strict=True):
            panel(axis, claim, which)
            axis.set_title(title)
        handles, labels = axes[0].get_legend_handles_labels()
        drawn.legend(handles, labels, loc="outside lower center", ncols=4)
        return svg(drawn, NAME)


def panel(axis: Any, claim: str, which: str) -> None:
    """The field of one penalty, and where it leads from a few starts."""
    grid = np.array([(i, j, ROWS - i - j) for i in range(1, ROWS) for j in range(1, ROWS - i)]).T / ROWS
    across, up = flat(velocity(claim, which, np.log(grid)))
    speed = np.maximum(np.hypot(across, up), 1e-12)
    x, y = flat(grid)
    longer = np.tanh(4 * speed) / speed / ROWS * 0.75
    axis.quiver(x, y, across * longer, up * longer, angles="xy", scale_units="xy", scale=1, color=INK, alpha=0.55,
                width=0.0035, headwidth=4)
    axis.plot(*CORNERS[[0, 1, 2, 0]].T, color=INK, linewidth=1)
    for number, track in enumerate(np.moveaxis(tracks(claim, which), -1, 0)):
        axis.plot(*flat(track.T), color=ORANGE, linewidth=1.6, label="descending the penalty" if not number else None)
        axis.plot(*flat(track[:1].T), ".", color=ORANGE, markersize=4)
    for law, colour, shape, label in ((BEHAVIOUR, BLUE, "s", r"$\pi_{old}$"), (TARGET, GREEN, "*", r"$\pi_{ref}$")):
        axis.plot(*flat(law[:, None]), shape, color=colour, markersize=9, label=label, linestyle="none")
    axis.set_aspect("equal")
    axis.axis("off")
    for corner, (shift, name) in zip(CORNERS, ((-0.06, "$a_1$"), (0.06, "$a_2$"), (0, "$a_3$")), strict=True):
        axis.annotate(name, corner + (shift, 0.03 if shift == 0 else -0.03), ha="center", va="center",
                      annotation_clip=False)


def velocity(claim: str, which: str, logits: Array) -> Array:
    """How the probabilities move when the logits descend the penalty."""
    fixed = {OLD: np.log(BEHAVIOUR)[:, None], REFERENCE: np.log(TARGET)[:, None]}
    descent = -along(claim, which, {CURRENT: logits, **fixed}, directions=3)
    law = softmax(logits)
    return law * (descent - (law * descent).sum(axis=0))


def tracks(claim: str, which: str) -> Array:
    """The policies on the way from each start: steps first, then actions, then starts."""
    fixed = {OLD: np.log(BEHAVIOUR)[:, None], REFERENCE: np.log(TARGET)[:, None]}
    logits = np.log(STARTS.T)
    passed = [softmax(logits)]
    for _ in range(STEPS):
        descent = -along(claim, which, {CURRENT: logits, **fixed}, directions=3)
        logits = logits + 0.3 * descent / np.maximum(1, np.abs(descent).max(axis=0))
        passed.append(softmax(logits))
    return np.array(passed)[::4]


def flat(laws: Array) -> Array:
    """Policies, actions first, as points of the plane."""
    return np.tensordot(CORNERS.T, laws, axes=1)
