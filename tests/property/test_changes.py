"""Whatever is offered in place of what is wrong is proved when it is read anew, and no model is against it."""

from collections import Counter
from functools import cache

from mutation_field import field
from mutation_rules import mutants
from mutation_statements import settled
from seeds import sample

from grpo_symbolic.checking.texts import prove
from grpo_symbolic.latex.printing.printer import parts
from grpo_symbolic.latex.statement.reader import read_statement
from grpo_symbolic.oracle import attack

TRIED, SEED = 12, 12
LEAST = 0.3


@cache
def bent():
    """The mutants of the field's statements, each as it is printed, with what its statement prints."""
    found = []
    for _, claim in field():
        bare = settled(claim)
        found += [(parts(mutant), parts(bare)[0]) for _, mutant in mutants(bare)]
    return found


def every(change):
    """A change and the other one that is as small."""
    return [] if change is None else [change, *every(change.other)]


def test_what_is_offered_holds():
    counts = Counter()
    for (text, where, assume), truth in sample(SEED, bent(), TRIED):
        verdict = prove(text, where, assume)
        counts["refuted"] += verdict.status == "refuted"
        for change in every(verdict.change):
            again = prove(change.statement, where, assume, budget=20)
            assert again.status == "proved", (text, change.statement, again.reason)
            claim = read_statement(change.statement, where, assume).claims[0]
            assert attack(claim, 0.2, seed=1).counterexample is None, (text, change.statement)
        counts["offered"] += verdict.change is not None
        counts["truth"] += truth in [change.statement for change in every(verdict.change)]
    assert counts["offered"] >= LEAST * counts["refuted"] > 0
    assert counts["truth"]
