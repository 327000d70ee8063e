"""Every statement bent in every way: no false one is proved, and nearly all are refuted with a counterexample.

    python tests/mutations.py [NAME…] [--budget 2]

The mutants of a claim differ from it at one place, by one rule of ``mutation_rules``. Of each the checker's verdict is
asked. The mutants that are proved are those that ``mutation_equivalents`` lists, each with the reason why it is true;
each of these is attacked by the oracle's spot checks too, and the side that was bent is proved equal to what it was.
Exits with 1 where any of that fails, or fewer than 99 % of the others are refuted.
"""

import argparse
import sys
from collections import Counter
from dataclasses import dataclass, replace

from mutation_equivalents import EQUIVALENT, OPEN, REACH, SPARE
from mutation_rules import mutants
from mutation_statements import statements

from grpo_symbolic.checker import check_claim
from grpo_symbolic.language import BigO, Relation
from grpo_symbolic.oracle import Unevaluable, spot_check
from grpo_symbolic.proof.prove import Unproved, prove

LEAST_REFUTED = 0.99
LEAST_WAYS = 12
MODELS = 200
PATIENCE = 20.0


@dataclass(frozen=True)
class Outcome:
    """What became of one mutant: ``refuted``, ``undecided``, ``equivalent`` (listed and proved), or ``WRONG``."""

    name: str
    label: str
    status: str


def labels(text):
    """The labels of ``"sign 1 2, law 3"``."""
    for part in text.split(", "):
        rule, *numbers = part.split()
        yield from (f"{rule} {number}" for number in numbers)


def listed():
    """The reason for every mutant that is true though bent, by statement and label."""
    return {(name, label): reason for name, reasons in EQUIVALENT.items() for reason, text in reasons.items()
            for label in labels(text)}


def left_open():
    """The mutants that are neither proved nor refuted."""
    return {(name, label) for name, text in OPEN.items() for label in labels(text)}


def still_true(claim, mutant, reason):
    """Whether the oracle finds nothing against a mutant, and the kernel proves the side that was bent unchanged.

    An inequality that has room need not keep its sides, and where a bound moves the cases are decided one by one.
    """
    try:
        found = spot_check(mutant, models=MODELS)
    except Unevaluable:
        return False
    if found.disagreements or not found.models:
        return False
    old, new = claim.relation, mutant.relation
    if reason in (REACH, SPARE):
        return True
    error = [part for part in new.walk() if isinstance(part, BigO)][:1]
    for before, after in ((old.lhs, new.lhs), (old.rhs, new.rhs)):
        try:
            if before != after:
                prove(replace(mutant, relation=Relation("=", sum(error, before), after)))
        except Unproved:
            return False
    return True


def outcome(claim, name, label, mutant, budget=2.0):
    """What becomes of a mutant."""
    reason = listed().get((name, label))
    if reason is not None:
        verdict = check_claim(mutant, spot=False, budget=max(budget, PATIENCE))
        sound = verdict.status == "proved" and still_true(claim, mutant, reason)
        return Outcome(name, label, "equivalent" if sound else "WRONG")
    verdict = check_claim(mutant, spot=False, budget=budget)
    if verdict.status == "undecided":
        return Outcome(name, label, "undecided")
    sound = verdict.status == "refuted" and verdict.counterexample is not None
    return Outcome(name, label, "refuted" if sound else "WRONG")


def outcomes(names=(), budget=2.0):
    """What becomes of every mutant of the named statements, or of all; statement by statement."""
    for name, claim in statements().items():
        if not names or name in names:
            yield name, [outcome(claim, name, label, mutant, budget) for label, mutant in mutants(claim)]


def share(counts):
    """The share of refuted ones among the mutants that are not equivalent."""
    others = sum(counts.values()) - counts["equivalent"]
    return counts["refuted"] / others if others else 1.0


def row(name, counts):
    """A line of the table."""
    return (f"| {name} | {sum(counts.values())} | {counts['equivalent']} | {counts['refuted']} | "
            f"{counts['undecided']} |")


def figure(total):
    """The sentence that says how it went."""
    return (f"Of {sum(total.values())} mutants {total['equivalent']} are true and listed with the reason; of the "
            f"others {total['refuted']} ({100 * share(total):.2f} %) are refuted with a counterexample, "
            f"{total['undecided']} are undecided, and {total['WRONG'] or 'none'} is proved.")


def main():
    """Print the table and the figure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", help="statements; all where none is named")
    parser.add_argument("--budget", type=float, default=2.0, help="seconds for each mutant that is not listed")
    options = parser.parse_args()
    total = Counter()
    print("| statement | mutants | equivalent | refuted | undecided |\n|---|---:|---:|---:|---:|")
    for name, found in outcomes(options.names, options.budget):
        counts = Counter(one.status for one in found)
        total += counts
        print(row(name, counts), flush=True)
        for one in found:
            if one.status == "WRONG" or one.status == "undecided" and (name, one.label) not in left_open():
                print(f"  {one.status}: {one.label}", file=sys.stderr)
    print("\n" + figure(total))
    sys.exit(bool(total["WRONG"] or share(total) < LEAST_REFUTED))


if __name__ == "__main__":
    main()
