"""Renaming letters never changes a verdict: canonical order goes by names, and nothing but the order may."""

import pytest
from mutation_equivalents import topics
from mutation_statements import stated_of
from renaming import renamed
from seeds import dice, some

from grpo_symbolic.checking.check import check_claim

BUDGET = 10.0


def found(claim):
    """What the checker says of a claim, whatever its letters."""
    verdict = check_claim(claim, spot=False, budget=BUDGET)
    kinds = sorted(name.partition("(")[0] for name in verdict.hypotheses)
    return verdict.status, verdict.printed, verdict.proved, kinds


def kinds(stated):
    """What a statement is, by which it is chosen: its relation, and where it is made."""
    _, claim = stated
    return claim.relation.op, (claim.at_old, bool(claim.assume), bool(claim.where))


@pytest.mark.random
@pytest.mark.parametrize("topic", topics())
def test_a_statement_in_other_letters_gets_the_same_verdict(topic):
    draw = dice(0)
    for name, claim in some(0, stated_of(topic), kinds):
        other = renamed(claim, draw)
        assert found(other) == found(claim), (name, other.relation)
