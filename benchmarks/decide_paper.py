"""How long the kernel takes to decide every claim of the paper, after import.

    python benchmarks/decide_paper.py [--runs 9]

A claim is encoded before the clock starts; translation, the decision and the hypotheses are timed. The total is that of
the best run. The target is 50 ms for the displays; the lemmas of the derivations are shown below them, without one.
Sizes do not occur: a claim is decided once for every number of actions, group size and dimension of θ.
"""

from __future__ import annotations

import argparse
from time import perf_counter

from grpo_symbolic.language import Claim
from grpo_symbolic.paper.collection import display_claims, lemmas
from grpo_symbolic.proof.prove import Unproved, prove

TARGET_MS = 50.0
Row = tuple[str, str, float]


def decided(claim: Claim) -> str:
    """The relation that is proved, or that it is not."""
    try:
        proof = prove(claim)
    except Unproved:
        return "not proved"
    return proof.relation if proof.order is None else f"{proof.relation} up to order {proof.order}"


def timed(claims: list[tuple[str, Claim]]) -> list[Row]:
    """Each claim with what was decided and the milliseconds it took."""
    rows = []
    for name, claim in claims:
        start = perf_counter()
        found = decided(claim)
        rows.append((name, found, 1e3 * (perf_counter() - start)))
    return rows


def total(rows: list[Row]) -> float:
    """The milliseconds of all rows."""
    return sum(ms for _, _, ms in rows)


def show(title: str, claims: list[tuple[str, Claim]], runs: int) -> float:
    """Print the table of the best run, and return its total."""
    first, *others = (timed(claims) for _ in range(runs))
    best = min((first, *others), key=total)
    print(f"{title:62} {'decided':20} {'ms':>8}")
    for name, found, ms in best:
        print(f"{name:62} {found:20} {ms:8.2f}")
    print(f"{'best of ' + str(runs) + ' runs':62} {'':20} {total(best):8.2f}")
    print(f"{'first run':62} {'':20} {total(first):8.2f}\n")
    return total(best)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=9)
    runs = max(1, parser.parse_args().runs)
    spent = show("claims of the displays", list(display_claims()), runs)
    show("lemmas of the derivations", [(name, claim) for _, name, claim in lemmas()], min(runs, 3))
    print(f"displays: {spent:.1f} ms, target {TARGET_MS:.0f} ms: {'met' if spent <= TARGET_MS else 'missed'}")


if __name__ == "__main__":
    main()
