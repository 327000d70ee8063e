"""How many evaluations of Equation (9) a second: compiled, beside the same formula by hand in NumPy.

    python benchmarks/evaluate.py [--models 20000] [--runs 15]

One evaluation is one side of (9) on one model of 8 actions, groups of 2 (64 groups) and one state, all in float64: the
derivative along one direction of θ, or the vector of the derivatives along all 8 logits. The model is given by the
logits of π_θ and π_old, a table of 2 × 64 advantages, β, and the directions. By hand the formula is written twice: term
by term as it is printed, and as the contractions that someone would find who works on it. The targets are 100 000
evaluations a second, and at most twice the time of the faster one by hand. The left side is differentiated by the
compiler, the one by hand is the right side. In every run the ways are measured one after the other, each time beginning
with another; the rates are those of the median times, the ratio is the median of the ratios within the runs, so that
what slows the machine down for a while slows all ways down.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from time import perf_counter
from typing import Any

import numpy as np

from grpo_symbolic.language import Claim
from grpo_symbolic.oracle.compiled.vectorised import Compiled
from grpo_symbolic.oracle.compiled.vectorised import compile as compiled
from grpo_symbolic.paper.displays import DISPLAYS

Array = Any
Inputs = dict[str, Array]
ACTIONS, GROUP = 8, 2
TARGET_RATE, TARGET_RATIO = 100_000, 2.0
THETA, BEHAVIOUR, ADVANTAGES, BETA = r"\pi_\theta", r"\pi_{\theta_{\text{old}}}", r"\tilde{A}_{i}", r"\beta"


@dataclass
class Row:
    """One way of evaluating (9), with the same formula by hand."""

    name: str
    compiled: Compiled
    inputs: Inputs
    by_hand: dict[str, Callable[[Inputs], Array]]


def log_softmax(logits: Array) -> Array:
    """Log-probabilities over the actions, the batch on the last axis."""
    shifted = logits - logits.max(axis=0)
    return shifted - np.log(np.exp(shifted).sum(axis=0))


def parts(inputs: Inputs) -> tuple[Array, ...]:
    """ρ, π_old, the scores along the directions, the advantages and β."""
    log, log_old = log_softmax(inputs[THETA][0]), log_softmax(inputs[BEHAVIOUR][0])
    chance = np.exp(log)
    count = sum(name.startswith(r"\partial") for name in inputs)
    moved = np.stack([inputs[rf"\partial_{{{k + 1}}} \pi"][0] for k in range(count)])
    scores = moved - (chance * moved).sum(axis=1, keepdims=True)
    return np.exp(log - log_old), np.exp(log_old), scores, inputs[ADVANTAGES][..., 0, :], inputs[BETA]


def as_printed(inputs: Inputs) -> Array:
    """Σ over both samples of π_old π_old ½ Σ_i (ρ_i Ã_i − β) ∇log π."""
    ratio, chance, scores, advantages, beta = parts(inputs)
    weight = chance[:, None] * chance[None]
    coefficients = (ratio[:, None] * advantages[0] - beta, ratio[None] * advantages[1] - beta)
    found = [(weight * (coefficients[0] * score[:, None] + coefficients[1] * score[None]) / 2).sum(axis=(0, 1))
             for score in scores]
    return np.stack(found).squeeze()


def as_contractions(inputs: Inputs) -> Array:
    """The advantages averaged over the other sample first; then one sum over actions."""
    ratio, chance, scores, advantages, beta = parts(inputs)
    mean = np.einsum("abk,bk->ak", advantages[0], chance) + np.einsum("abk,ak->bk", advantages[1], chance)
    return np.einsum("ak,dak->dk", chance * (ratio * mean / 2 - beta), scores).squeeze()


def rows(models: int) -> list[Row]:
    """What is measured, with random inputs."""
    claim = next(display for display in DISPLAYS if display.id == "eq09").build()
    if not isinstance(claim, Claim):
        raise ValueError("(9) claims nothing")
    by_hand = {"as printed": as_printed, "as contractions": as_contractions}
    found = []
    for along, directions in (("one direction", 1), (f"all {ACTIONS} logits", ACTIONS)):
        for name, side in (("right", claim.rhs), ("left", claim.lhs)):
            function = compiled(side, ACTIONS, GROUP, directions=directions, where=claim.where)
            found.append(Row(f"{name} side, {along}", function, inputs_of(function, models, directions), by_hand))
    return found


def inputs_of(function: Compiled, models: int, directions: int) -> Inputs:
    """Random inputs; where there are directions for all logits, they are the coordinates."""
    rng = np.random.default_rng(0)
    inputs = {name: rng.standard_normal((*shape, models)) for name, shape in function.inputs.items()}
    inputs[BETA] = np.full(1, 0.04)
    if directions > 1:
        for k in range(directions):
            inputs[rf"\partial_{{{k + 1}}} \pi"] = np.eye(ACTIONS)[k].reshape(1, ACTIONS, 1)
    return inputs


def seconds(function: Callable[[Inputs], Any], inputs: Inputs) -> float:
    """How long one call takes."""
    start = perf_counter()
    function(inputs)
    return perf_counter() - start


def measured(row: Row, runs: int) -> tuple[dict[str, float], float]:
    """The median time of each way, and the median ratio of the compiled one to the fastest by hand of the same run."""
    ways: dict[str, Callable[[Inputs], Any]] = {"compiled": row.compiled, **row.by_hand}
    names = list(ways)
    found = []
    for run in range(runs + 1):
        turn = names[run % len(names):] + names[:run % len(names)]
        found.append({name: seconds(ways[name], row.inputs) for name in turn})
    found = found[1:]  # the first run fills caches
    ratio = median(times["compiled"] / min(times[name] for name in row.by_hand) for times in found)
    return {name: median(times[name] for times in found) for name in names}, ratio


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--models", type=int, default=20_000)
    parser.add_argument("--runs", type=int, default=15)
    options = parser.parse_args()
    print(f"{'evaluations of (9) a second':28} {'compiled':>12} {'as printed':>12} {'contractions':>13} {'ratio':>7}")
    kept = True
    for row in rows(max(1, options.models)):
        times, ratio = measured(row, max(1, options.runs))
        rates = {name: options.models / spent for name, spent in times.items()}
        kept = kept and rates["compiled"] >= TARGET_RATE and ratio <= TARGET_RATIO
        print(f"{row.name:28} {rates['compiled']:12,.0f} {rates['as printed']:12,.0f} "
              f"{rates['as contractions']:13,.0f} {ratio:7.2f}")
    print(f"\ntargets: {TARGET_RATE:,} a second, ratio {TARGET_RATIO:.0f} to the faster by hand: "
          f"{'met' if kept else 'missed'}")


if __name__ == "__main__":
    main()
