"""How long the kernel takes to decide every claim of the paper, after import.

    python benchmarks/decide_paper.py [--runs 9]

A claim is encoded before the clock starts; translation, the decision and the hypotheses are timed. The total is that of
the best run. The target is 50 ms for the displays; the lemmas of the derivations are shown below them, without one.
Sizes do not occur: a claim is decided once for every number of actions, group size and dimension of θ.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules
from time import perf_counter

from grpo_symbolic import derivations
from grpo_symbolic.language import App, Claim, Definition, LanguageError, Relation, Step
from grpo_symbolic.paper.displays import DISPLAYS, Display
from grpo_symbolic.proof.prove import Unproved, prove

TARGET_MS = 50.0
Row = tuple[str, str, float]


def claims_of(display: Display) -> Iterator[tuple[str, Claim]]:
    """What a display claims, as printed and as meant; a definition of something built in claims that it agrees."""
    for name, build in ((display.id, display.build), (f"{display.id} as meant", display.meant)):
        if build is None:
            continue
        try:
            statement = build()
        except LanguageError:
            continue
        if isinstance(statement, Claim):
            yield name, statement
        elif isinstance(statement, Definition) and not isinstance(statement.lhs, (App, Step)):
            yield name, Claim(Relation("=", statement.lhs, statement.rhs))


def lemmas() -> Iterator[tuple[str, Claim]]:
    """What the scripts derive besides the displays."""
    ids = {display.id for display in DISPLAYS}
    for module in iter_modules(derivations.__path__):
        for derivation in import_module(f"grpo_symbolic.derivations.{module.name}").script.derivations:
            if derivation.id not in ids:
                yield derivation.id, derivation.claim


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
    spent = show("claims of the displays", [claim for display in DISPLAYS for claim in claims_of(display)], runs)
    show("lemmas of the derivations", list(lemmas()), min(runs, 3))
    print(f"displays: {spent:.1f} ms, target {TARGET_MS:.0f} ms: {'met' if spent <= TARGET_MS else 'missed'}")


if __name__ == "__main__":
    main()
