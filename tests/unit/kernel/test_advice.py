"""Advice is believed only where it adds up: what would prove something false is refused, its true sibling is proved."""

import pytest
from advice_traps import LISTED, NAMES, TRAPS, lists, refused, theorem_of

from grpo_symbolic import kernel as k


@pytest.mark.parametrize("name", TRAPS)
def test_false_advice_is_refused(name):
    false, _ = TRAPS[name]
    assert refused(false)


@pytest.mark.parametrize("name", TRAPS)
def test_the_same_advice_proves_what_is_true(name):
    _, true = TRAPS[name]
    theorem = theorem_of(true)
    assert k.follow(theorem).hypotheses == theorem.hypotheses


@pytest.mark.parametrize("name", LISTED)
def test_a_theorem_lists_what_its_cases_rest_on(name):
    assert lists(*LISTED[name])


@pytest.mark.parametrize("name", NAMES)
def test_a_name_that_is_not_what_advice_takes_it_for_proves_nothing(name):
    assert NAMES[name]()
