"""Every statement bent in every way: no false one is proved, and nearly all are refuted with a counterexample.

    python tests/support/mutations.py [NAME…] [--budget 2] [--jobs 2]

The mutants of a claim differ from it at one place, by one rule of ``bends``. Of each the checker's verdict is
asked. The mutants that are proved are those that ``mutation_equivalents`` lists, each with the reason why it is true;
each of these is attacked by the oracle's spot checks too, and the side that was bent is proved equal to what it was.
A name is that of a topic (``ppo``) or a statement (``ppo/gradient``). Exits with 1 where any of that fails, where a
mutant is undecided that is not listed as such, or where of all mutants fewer than 99 % of the others are refuted.
"""

import argparse
import sys
from collections import Counter
from dataclasses import dataclass, replace
from functools import cache, partial
from itertools import groupby
from multiprocessing import get_context
from time import thread_time

from mutation_equivalents import left_open, listed
from mutation_rules import mutants
from mutation_statements import statements, topic_of

from grpo_symbolic.checking.check import check_claim
from grpo_symbolic.language import BigO, Relation
from grpo_symbolic.oracle import Unevaluable, spot_check
from grpo_symbolic.proof.prove import Unproved, prove

LEAST_REFUTED = 0.99
MODELS = 400
PATIENCE = 20.0
LEAST_MODELS = 8
MOVES = ("CASES", "MENDED", "SPARE")


@dataclass(frozen=True)
class Outcome:
    """What became of one mutant.

    ``refuted`` with a counterexample; ``undecided``; ``equivalent``: listed as true, and shown to be; ``astray``:
    listed as true, and not shown to be; ``proved`` and not listed.
    """

    name: str
    label: str
    status: str


def still_true(claim, mutant, reason):
    """Whether the oracle finds nothing against a mutant, and the kernel proves the side that was bent unchanged.

    That its sides are what they were is not asked of an inequality, of what was false, nor where only each case by
    itself is what it was. Where it is shown, there may be no model at all: groups of sequences have two members there.
    """
    try:
        found = spot_check(mutant, models=MODELS)
    except Unevaluable:
        return False
    few = 0 < found.models < LEAST_MODELS or not found.models and reason in MOVES
    if found.disagreements or few:
        return False
    old, new = claim.relation, mutant.relation
    if reason in MOVES:
        return True
    error = [part for part in new.walk() if isinstance(part, BigO)][:1]
    for before, after in ((old.lhs, new.lhs), (old.rhs, new.rhs)):
        try:
            if before != after:
                same = Relation("=", sum(error, before), after)
                prove(replace(mutant, relation=same), deadline=thread_time() + PATIENCE)
        except Unproved:
            return False
    return True


def outcome(claim, name, label, mutant, budget=2.0):
    """What becomes of a mutant."""
    reason = listed().get((name, label))
    if reason is not None:
        verdict = check_claim(mutant, spot=False, budget=max(budget, PATIENCE))
        sound = verdict.status == "proved" and still_true(claim, mutant, reason)
        return Outcome(name, label, "equivalent" if sound else "astray")
    verdict = check_claim(mutant, spot=False, budget=budget)
    assert (verdict.status == "refuted") == (verdict.counterexample is not None)
    return Outcome(name, label, verdict.status)


@cache
def claims():
    """Every claim that is bent, by name."""
    return statements()


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
            f"{total['undecided']} are undecided, and {total['proved'] or 'none'} is proved.")


def unexpected(one):
    """Whether a mutant fails the suite."""
    return one.status in ("astray", "proved") or one.status == "undecided" and (one.name, one.label) not in left_open()


def positive(kind, text):
    """A number above zero, on the command line."""
    number = kind(text)
    if number <= 0:
        raise argparse.ArgumentTypeError(f"{text} is not above 0")
    return number


def arguments(topics):
    """What the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", help="statements or topics; all where none is named")
    parser.add_argument("--budget", type=partial(positive, float), default=2.0,
                        help="seconds for each mutant that is not listed")
    parser.add_argument("--jobs", type=partial(positive, int), default=2, help="processes that run side by side")
    options = parser.parse_args()
    unknown = {*options.names} - {*topics} - {*claims()}
    if unknown:
        parser.error(f"no statement or topic {', '.join(sorted(unknown))}; topics are {', '.join(topics)}")
    return options


def main():
    """Print the table and the figure."""
    topics = list(dict.fromkeys(map(topic_of, claims())))
    options = arguments(topics)
    chosen = [name for topic in topics for name in claims() if topic_of(name) == topic
              and (not options.names or {name, topic} & {*options.names})]
    total, failed = Counter(), False
    print("| topic | statements | mutants | equivalent | refuted | undecided |\n|---|---:|---:|---:|---:|---:|")
    with get_context("fork").Pool(options.jobs) as pool:
        found = zip(chosen, pool.imap(partial(outcomes, budget=options.budget), chosen), strict=True)
        for topic, group in groupby(found, key=lambda pair: topic_of(pair[0])):
            counts, members = Counter(), 0
            for _, outcomes_ in group:
                members += 1
                counts.update(one.status for one in outcomes_)
                for one in outcomes_:
                    failed |= unexpected(one)
                    if unexpected(one) or one.status != "undecided" and (one.name, one.label) in left_open():
                        print(f"  {one.status}: {one.name} {one.label}", file=sys.stderr)
            total += counts
            print(row(topic, members, counts), flush=True)
    print("\n" + figure(total))
    sys.exit(failed or not options.names and share(total) < LEAST_REFUTED)


if __name__ == "__main__":
    main()
