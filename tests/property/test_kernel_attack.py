"""Forms and theorems of the kernel at coinciding variables, empty ranges and vanishing denominators."""

import pytest
from kernel_attack import advised, compared, tallied
from seeds import dice


@pytest.mark.random
@pytest.mark.parametrize("block", range(9))
def test_a_form_is_worth_what_it_says_where_its_hypotheses_hold(block):
    seeds = range(2000 * block, 2000 * (block + 1))
    counts = tallied(compared, dice, seeds, ("agree", "excluded", "undefined", "refused"))
    assert counts["agree"] > 0.8 * len(seeds)


@pytest.mark.random
@pytest.mark.parametrize("block", range(4))
def test_what_hostile_advice_proves_holds(block):
    seeds = range(600 * block, 600 * (block + 1))
    counts = tallied(advised, dice, seeds, ("plain", "by advice", "not proved", "refused"))
    assert counts["by advice"] > 24
    assert counts["plain"] > 80
