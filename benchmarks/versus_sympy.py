"""The kernel beside SymPy on Equations (10), (12) and (13), for growing numbers of actions.

    python benchmarks/versus_sympy.py [--sizes 2 3 4 6 8] [--limit 60] [--runs 5]

SymPy is given the explicit softmax in n logits: it differentiates both sides and simplifies their difference to zero,
entry by entry. For (13) it does so with the coefficients in Δθ of orders 0, 1 and 2 at θ_old: the divergence, its
gradient, and its Hessian less the Fisher information. The kernel decides the claim itself, once for every n, and of
several runs the best counts. Each case of SymPy runs in a process of its own and is stopped at the limit; larger n of
the same equation are then left out.
"""

from __future__ import annotations

import argparse
import multiprocessing as mp
from collections.abc import Callable
from math import log
from multiprocessing.connection import Connection
from time import perf_counter

from sympy import Matrix, simplify

from grpo_symbolic.instances.instantiate import sides
from grpo_symbolic.language import KL, AtOld, Claim, Gradient, Hessian, Relation
from grpo_symbolic.paper.displays import DISPLAYS
from grpo_symbolic.paper.notation import F_old, define_fisher, old_s, theta_s
from grpo_symbolic.proof.prove import prove

EQUATIONS = ("eq10", "eq12", "eq13")
DIVERGENCE = KL(old_s, theta_s)
TAYLOR_COEFFICIENTS = (
    Relation("=", AtOld(DIVERGENCE), 0),
    Relation("=", AtOld(Gradient(DIVERGENCE)), 0),
    Relation("=", AtOld(Hessian(DIVERGENCE)), F_old()),
)


def claim_of(equation: str) -> Claim:
    """The claim of a display."""
    claim = next(display for display in DISPLAYS if display.id == equation).build()
    if not isinstance(claim, Claim):
        raise ValueError(f"{equation} claims nothing")
    return claim


def exact_claims(equation: str) -> list[Claim]:
    """What SymPy is asked: the claim, or the coefficients of its Taylor polynomial where it has a remainder."""
    if equation == "eq13":
        return [Claim(relation, (define_fisher,)) for relation in TAYLOR_COEFFICIENTS]
    return [claim_of(equation)]


def simplified_to_zero(claim: Claim, n_actions: int) -> bool:
    """Whether SymPy simplifies the difference of the two sides, for a softmax over n actions, to zero."""
    left, right = sides(claim.relation, n_actions=n_actions, definitions=claim.where)
    return all(simplify(entry) == 0 for entry in Matrix([left - right]))


def answer(equation: str, n_actions: int, pipe: Connection) -> None:
    """Send SymPy's answer and the seconds it took."""
    start = perf_counter()
    zero = all(simplified_to_zero(claim, n_actions) for claim in exact_claims(equation))
    pipe.send((zero, perf_counter() - start))


def within(limit: float, task: Callable[..., None], *args: object) -> tuple[bool, float] | None:
    """What ``task`` sends from a process of its own, or None where the limit passes first."""
    context = mp.get_context("spawn")
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=task, args=(*args, there))
    process.start()
    there.close()
    found: tuple[bool, float] | None = here.recv() if here.poll(limit) else None
    process.terminate()
    process.join()
    return found


def kernel_seconds(equation: str, runs: int) -> float:
    """The best time to decide the claim for every n; raises where it is not proved."""
    claim = claim_of(equation)

    def once() -> float:
        start = perf_counter()
        prove(claim)
        return perf_counter() - start

    return min(once() for _ in range(runs))


def compare(equation: str, sizes: list[int], limit: float, runs: int) -> None:
    """Print one equation's rows, and how the ratio grows."""
    ours = kernel_seconds(equation, runs)
    ratios: dict[int, float] = {}
    for n in sizes:
        found = within(limit, answer, equation, n)
        row = f"({equation.removeprefix('eq')})  {n:3} {1e3 * ours:12.2f}"
        if found is None:
            print(f"{row} {'over limit':>12} {'> ' + format(limit / ours, '.0f'):>12}", flush=True)
            break
        zero, theirs = found
        ratios[n] = theirs / ours
        remark = "" if zero else "  not simplified to zero"
        print(f"{row} {1e3 * theirs:12.0f} {ratios[n]:12.0f}{remark}", flush=True)
    if len(ratios) > 1:
        (n, low), *_, (m, high) = ratios.items()
        power = log(high / low) / log(m / n)
        print(f"      from n = {n} to n = {m} the ratio grows {high / low:.1f} times, about like n^{power:.1f}\n")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[2, 3, 4, 6, 8])
    parser.add_argument("--limit", type=float, default=60.0, help="seconds for one case of SymPy")
    parser.add_argument("--runs", type=int, default=20, help="runs of the kernel, of which the best counts")
    options = parser.parse_args()
    print(f"{'':5} {'n':>3} {'kernel ms':>12} {'SymPy ms':>12} {'ratio':>12}")
    for equation in EQUATIONS:
        compare(equation, options.sizes, options.limit, max(1, options.runs))


if __name__ == "__main__":
    main()
