"""Statements of a joint law in random prints, true and bent: what is proved holds of tables, what is refuted fails."""

import pytest
from joint_statements import drawn, drawn_independent
from seeds import blocks, shifted
from verdicts import prove

MOST_OPEN = 0.1  # of those that hold
WRONG = {("proved", False), ("refuted", True), ("ill-formed", True)}


def judged(seed):
    """A statement, its verdict, and whether it holds."""
    text, true = drawn(seed)
    return text, prove(text).status, true


@pytest.mark.random
@pytest.mark.parametrize("seeds", blocks(1500, 120, 30))
def test_verdicts_on_statements_of_a_joint_law_are_as_tables_say(seeds):
    found = [judged(seed) for seed in shifted(seeds)]
    assert [one for one in found if one[1:] in WRONG] == []
    known = [status for _, status, true in found if true]
    assert sum(status != "proved" for status in known) <= max(3, MOST_OPEN * len(known))


@pytest.mark.random
@pytest.mark.parametrize("seeds", blocks(300, 30, 15))
def test_verdicts_under_independence_are_as_tables_say(seeds):
    for seed in shifted(seeds):
        text, assumed, true = drawn_independent(seed)
        assert (prove(text, assume=assumed).status, true) not in WRONG, (text, assumed)


def test_many_of_what_is_drawn_hold_and_many_fail():
    found = [drawn(seed)[1] for seed in range(60)]
    assert min(found.count(True), found.count(False)) >= 15
    found = [drawn_independent(seed)[2] for seed in range(40)]
    assert min(found.count(True), found.count(False)) >= 8
