"""Every statement bent in every way: no false one is proved, and nearly all are refuted with a counterexample.

    python tests/mutations.py [NAME…] [--budget 2] [--jobs 2]

The mutants of a claim differ from it at one place, by one rule of ``mutation_rules``. Of each the checker's verdict is
asked. The mutants that are proved are those that ``mutation_equivalents`` lists, each with the reason why it is true;
each of these is attacked by the oracle's spot checks too, and the side that was bent is proved equal to what it was.
A name is that of a statement or a topic. Exits with 1 where any of that fails, or fewer than 99 % of the others are
refuted.
"""

import argparse
import sys
from collections import Counter
from dataclasses import dataclass, replace
from functools import cache, partial
from itertools import groupby
from multiprocessing import get_context

from mutation_equivalents import left_open, listed
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
MOVES = ("MENDED", "REACH", "SPARE")


@dataclass(frozen=True)
class Outcome:
    """What became of one mutant: ``refuted``, ``undecided``, ``equivalent`` (listed and proved), or ``WRONG``."""

    name: str
    label: str
    status: str


def still_true(claim, mutant, reason):
    """Whether the oracle finds nothing against a mutant, and the kernel proves the side that was bent unchanged.

    An inequality that has room need not keep its sides, nor what was false; where a bound moves the cases are decided
    one by one.
    """
    try:
        found = spot_check(mutant, models=MODELS)
    except Unevaluable:
        return False
    if found.disagreements or not found.models:
        return False
    old, new = claim.relation, mutant.relation
    if reason in MOVES:
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


@cache
def claims():
    """Every claim that is bent, by name."""
    return statements()


def topic_of(name):
    """The topic of a statement."""
    return name.partition("/")[0]


def outcomes(name, budget=2.0):
    """What becomes of every mutant of a statement."""
    claim = claims()[name]
    return [outcome(claim, name, label, mutant, budget) for label, mutant in mutants(claim)]


def share(counts):
    """The share of refuted ones among the mutants that are not equivalent."""
    others = sum(counts.values()) - counts["equivalent"]
    return counts["refuted"] / others if others else 1.0


def row(topic, statements_, counts):
    """A line of the table."""
    return (f"| {topic} | {statements_} | {sum(counts.values())} | {counts['equivalent']} | {counts['refuted']} | "
            f"{counts['undecided']} |")


def figure(total):
    """The sentence that says how it went."""
    return (f"Of {sum(total.values())} mutants {total['equivalent']} are true and listed with the reason; of the "
            f"others {total['refuted']} ({100 * share(total):.2f} %) are refuted with a counterexample, "
            f"{total['undecided']} are undecided, and {total['WRONG'] or 'none'} is proved.")


def main():
    """Print the table and the figure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", help="statements or topics; all where none is named")
    parser.add_argument("--budget", type=float, default=2.0, help="seconds for each mutant that is not listed")
    parser.add_argument("--jobs", type=int, default=2, help="processes that run side by side")
    options = parser.parse_args()
    topics = list(dict.fromkeys(map(topic_of, claims())))
    unknown = {*options.names} - {*topics} - {*claims()}
    if unknown:
        parser.error(f"no statement or topic {', '.join(sorted(unknown))}; topics are {', '.join(topics)}")
    chosen = [name for topic in topics for name in claims() if topic_of(name) == topic
              and (not options.names or {name, topic} & {*options.names})]
    total = Counter()
    print("| topic | statements | mutants | equivalent | refuted | undecided |\n|---|---:|---:|---:|---:|---:|")
    with get_context("fork").Pool(options.jobs) as pool:
        found = zip(chosen, pool.imap(partial(outcomes, budget=options.budget), chosen), strict=True)
        for topic, group in groupby(found, key=lambda pair: topic_of(pair[0])):
            counts, members = Counter(), 0
            for name, outcomes_ in group:
                members += 1
                counts.update(one.status for one in outcomes_)
                for one in outcomes_:
                    if one.status == "WRONG" or one.status == "undecided" and (name, one.label) not in left_open():
                        print(f"  {one.status}: {name} {one.label}", file=sys.stderr)
            total += counts
            print(row(topic, members, counts), flush=True)
    print("\n" + figure(total))
    sys.exit(bool(total["WRONG"] or share(total) < LEAST_REFUTED))


if __name__ == "__main__":
    main()
