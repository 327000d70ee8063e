"""How long the kernel takes over paths, beside the enumeration of all paths.

    python benchmarks/paths.py [--runs 5] [--longest 8]

The statements are what the derivations on paths show, and each of their steps. Each is decided once, for paths of any
length, any number of states and actions and any θ. What is timed is the kernel's decision, translation included, under
all its rules; and ``prove``, which tries fewer rules before, to list no hypothesis that a theorem does without. One
proof before fills caches. Beside it stands the same policy gradient, over paths of T = 2, 3, … steps of a process of
two states and two actions, added up path by path in floating point: its time grows by a factor that is printed. The
targets for a decision are a median of 15 ms and nine in ten below 50 ms, in time of the processor.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from itertools import product
from random import Random
from statistics import median, quantiles
from time import thread_time

from grpo_symbolic.kernel import RULES
from grpo_symbolic.language import Claim, Relation
from grpo_symbolic.paper.collection import TEXTBOOK, scripts
from grpo_symbolic.proof.prove import SECONDS, _prove, never, prove, searching

MEDIAN_MS, MOST_MS = 15.0, 50.0
STATES, ACTIONS, GAMMA, LEAST_SECONDS = 2, 2, 0.9, 0.05


@dataclass(frozen=True)
class Process:
    """Tables of a process, and the slope of its policy along one direction of θ."""

    start: list[float]
    policy: list[list[float]]
    slope: list[list[float]]
    moves: list[list[list[float]]]
    reward: list[list[float]]


def chances(dice: Random, count: int) -> list[float]:
    """Positive numbers that sum to one."""
    parts = [dice.uniform(0.2, 1) for _ in range(count)]
    return [part / sum(parts) for part in parts]


def drawn(dice: Random) -> Process:
    """A random process."""
    slopes = [[dice.uniform(-1, 1) for _ in range(ACTIONS)] for _ in range(STATES)]
    return Process(
        chances(dice, STATES), [chances(dice, ACTIONS) for _ in range(STATES)],
        [[one - sum(row) / ACTIONS for one in row] for row in slopes],
        [[chances(dice, STATES) for _ in range(ACTIONS)] for _ in range(STATES)],
        [[dice.uniform(-1, 1) for _ in range(ACTIONS)] for _ in range(STATES)])


def enumerated(process: Process, length: int) -> float:
    """E[Σ_t ∇log π(a_t|s_t) Σ_{t' ≥ t} γ^{t'} r(s_{t'}, a_{t'})], over all paths of a length."""
    total = 0.0
    for path in product(range(STATES), range(ACTIONS), repeat=length):
        states, actions = path[::2], path[1::2]
        chance = process.start[states[0]]
        for k, (s, a) in enumerate(zip(states, actions, strict=True)):
            chance *= process.policy[s][a] * (process.moves[s][a][states[k + 1]] if k + 1 < length else 1.0)
        to_go, found = 0.0, 0.0
        for k in reversed(range(length)):
            s, a = states[k], actions[k]
            to_go += GAMMA**k * process.reward[s][a]
            found += process.slope[s][a] / process.policy[s][a] * to_go
        total += chance * found
    return total


def seconds(process: Process, length: int) -> float:
    """How long one enumeration takes, of as many as take long enough to be timed."""
    times, start = 0, thread_time()
    while thread_time() - start < LEAST_SECONDS:
        enumerated(process, length)
        times += 1
    return (thread_time() - start) / times


def statements() -> dict[str, Claim]:
    """What is shown of paths, and each step of it, once."""
    found: dict[Relation, str] = {}
    for topic in TEXTBOOK:
        for derivation in import_module(f"grpo_symbolic.derivations.{scripts()[topic]}").script.derivations:
            found.setdefault(derivation.claim.relation, f"{topic}: {derivation.remark}")
            for number, (start, step) in enumerate(derivation.links(), 1):
                found.setdefault(Relation("=", start, step.expression), f"{topic}: {derivation.remark}, step {number}")
    return {name: Claim(relation) for relation, name in found.items()}


def in_kernel(claim: Claim) -> None:
    """Decide a claim once, under all rules."""
    _prove(claim, searching(RULES, thread_time() + SECONDS, never))


def timed(decide: Callable[[Claim], object], runs: int) -> dict[str, float]:
    """The milliseconds of each statement: the median of the runs, after one that fills caches."""
    found = {}
    for name, claim in statements().items():
        times = []
        for _ in range(runs + 1):
            start = thread_time()
            decide(claim)
            times.append(1e3 * (thread_time() - start))
        found[name] = median(times[1:])
    return found


def show(title: str, found: dict[str, float]) -> tuple[float, float]:
    """Print the slowest of some statements, and return the median and what nine in ten are below."""
    times = sorted(found.values())
    middle, most = median(times), quantiles(times, n=10)[-1]
    print(f"{title:62} {'ms':>9}")
    for name, ms in sorted(found.items(), key=lambda item: -item[1])[:5]:
        print(f"{name:62.62} {ms:9.2f}")
    print(f"{f'median of {len(times)}':62} {middle:9.2f}\n{'nine in ten below':62} {most:9.2f}\n")
    return middle, most


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--longest", type=int, default=8)
    options = parser.parse_args()
    runs = max(1, options.runs)
    middle, most = show("decisions of the kernel, each for any T, n and d", timed(in_kernel, runs))
    show("with the fewest hypotheses", timed(prove, runs))
    kept = middle <= MEDIAN_MS and most <= MOST_MS
    print(f"targets: {MEDIAN_MS:.0f} ms and {MOST_MS:.0f} ms: {'met' if kept else 'missed'}\n")
    print(f"{'one value by enumeration':24} {'paths':>12} {'ms':>12} {'growth':>8}")
    process, before = drawn(Random(0)), 0.0
    for length in range(2, max(2, options.longest) + 1):
        spent = seconds(process, length)
        growth = f"{spent / before:8.1f}" if before else f"{'':8}"
        print(f"{f'T = {length}':24} {(STATES * ACTIONS) ** length:12,} {1e3 * spent:12.3f} {growth}")
        before = spent


if __name__ == "__main__":
    main()
