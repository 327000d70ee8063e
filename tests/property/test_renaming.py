"""Renaming letters never changes a verdict: canonical order goes by names, and nothing but the order may."""

import pytest
from mutation_equivalents import topics
from mutation_statements import stated_of
from renaming import renamed
from seeds import dice

from grpo_symbolic.checking.check import check_claim

BUDGET = 10.0


def found(claim):
    """What the checker says of a claim, whatever its letters."""
    verdict = check_claim(claim, spot=False, budget=BUDGET)
    kinds = sorted(name.partition("(")[0] for name in verdict.hypotheses)
    return verdict.status, verdict.printed, verdict.proved, kinds


@pytest.mark.random
@pytest.mark.parametrize("topic", topics())
def test_a_statement_in_other_letters_gets_the_same_verdict(topic):
    draw = dice(0)
    for name, claim in stated_of(topic):
        other = renamed(claim, draw)
        assert found(other) == found(claim), (name, other.relation)
