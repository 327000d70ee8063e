"""Statements on paths, bent at random: what is proved of them is true on every small process."""

import path_bends
import pytest
from path_bends import contradicted, outcome, proved, statements
from seeds import blocks, dice, shifted

from grpo_symbolic.language import Claim

DECIDED = ("open", "true", "unjudged")
BLOCKS = blocks(6000, 200, 100)  # more than 5,000 of them differ


@pytest.mark.random
@pytest.mark.parametrize("seeds", BLOCKS)
def test_no_bent_statement_that_is_false_is_proved(seeds):
    found = [outcome(dice(seed)) for seed in shifted(seeds)]
    assert [one for one in found if one not in DECIDED] == []
    assert found.count("unjudged") <= 2


def test_what_is_bent_is_true_and_is_judged():
    chosen = dice(0).sample(statements(), 6)
    for relation, _ in chosen:
        assert proved(Claim(relation))
        assert contradicted(Claim(relation)) is False


def test_a_kernel_that_proved_everything_would_be_noticed(monkeypatch):
    monkeypatch.setattr(path_bends, "proved", lambda claim: True)
    found = [outcome(dice(seed)) for seed in range(12)]
    assert sum(one not in DECIDED for one in found) >= 6
