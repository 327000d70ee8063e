"""The pictures of the paper: what each shows, in words, and the theorems whose verdicts it illustrates."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from . import answers, clipping, drift, expansion, simplex


@dataclass(frozen=True)
class Plate:
    """A picture: ``draw`` makes it as SVG, ``alternative`` describes it to who does not see it, ``caption`` says what
    to see, ``items`` are the items of the paper that it shows, ``facts`` those on PPO-clip."""

    name: str
    title: str
    draw: Callable[[], str]
    alternative: str
    caption: str
    items: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()


PLATES = (
    Plate(simplex.NAME, "Where descending each penalty leads", simplex.draw,
          "Four triangles of policies over three actions with arrows. Descending the log-ratio as in (5) leads from "
          "the behaviour policy to a corner; descending k3, weighted k3 or the reverse divergence leads to the "
          "reference.",
          "The expected gradient of each penalty on all policies over three actions, followed downhill. The log-ratio "
          "of (5) does not know the reference: it flees the behaviour policy towards a corner. Weighted k3 and the "
          "reverse divergence have the same arrows; k3 without the weight has others.",
          ("claim05-gradient", "claim04-same-gradient", "repair-gradient", "repair-unweighted")),
    Plate(drift.NAME, "What the estimators average to off policy", drift.draw,
          "Curves of the means of k1, k2, k3 and weighted k3 under the behaviour policy over the drift of the current "
          "policy, beside the divergence. Only weighted k3 lies on the divergence; k1 falls below zero.",
          "Samples stay those of π_old while π_θ drifts away. At π_old the means of k1 and of k3 are the divergence; "
          "everywhere, only that of k3 weighted with the importance ratio is. The mean of k1 falls below zero.",
          ("repair-value", "claim02-off-policy", "claim03-sign", "claim08-off-policy", "claim02-at-old")),
    Plate(expansion.NAME, "Equation (13), and the penalty with the opposite sign", expansion.draw,
          "Left: the divergence and its quadratic are parabolas that open upwards; the penalty opens downwards. Right: "
          "on logarithmic axes what the quadratic leaves falls with slope three.",
          "Near θ_old the divergence is half the Fisher information of the step; what that leaves is of third order. "
          "The penalty of (5) is the same curve turned over, so subtracting it rewards the step.",
          ("eq13", "claim05-gradient", "claim06-expansion", "claim06-trust-region")),
    Plate(clipping.NAME, "Where the clipped surrogate still has a gradient", clipping.draw,
          "Two plots over the ratio. A good action has no gradient above one plus epsilon, a bad one none below one "
          "minus epsilon; on the other side the gradient lives and grows with the ratio.",
          "One sample’s term in PPO-clip, and what multiplies its score in the gradient. Shaded is where the gradient "
          "is dead. A bad action that has become likelier is never clipped: its coefficient has no bound.",
          facts=("live-inside", "live-above", "live-below", "dead-above", "dead-below", "clip-kills")),
    Plate(answers.NAME, "Token by token is not the whole answer", answers.draw,
          "A rising curve: the share of the gradient of the divergence of answers that the gradients of the "
          "divergences of tokens leave out, for answers of one to eight tokens.",
          "The divergence of answers is the sum of those of their tokens, but its gradient is not the sum of theirs: "
          "what a token does to the divergences of later tokens is missing, more of it the longer the answer.",
          ("the-chain-rule-of-the-divergence", "the-gradients-of-the-divergences-of-tokens",
           "what-the-gradients-of-tokens-leave-out")),
)
