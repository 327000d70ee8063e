r"""What is said of preferences by the rewards behind them, wherever the text prints these."""

from __future__ import annotations

import pytest
from verdicts import prove

ODDS = r"\log\frac{P(y_1\succ y_2|x)}{1-P(y_1\succ y_2|x)} = r(x,y_1) - r(x,y_2)"
RATIO = r"\frac{P(y_1\succ y_2|x)}{P(y_2\succ y_1|x)} = e^{h(x,y_1)-h(x,y_2)}"


def test_the_odds_of_a_preference_are_not_refuted_where_rewards_are_behind_it():
    found = prove(ODDS)
    assert found.status in ("proved", "undecided")
    assert "Bradley-Terry" in {one.entry for one in found.lore}


def test_turned_odds_are_refuted_all_the_same():
    assert prove(ODDS.replace("= r(x,y_1) - r(x,y_2)", "= r(x,y_2) - r(x,y_1)")).status == "refuted"


@pytest.mark.parametrize("beside", [
    {"where": r"r(x,y) \doteq h(x,y)"}, {"assume": "r(x,y) = h(x,y)"}, {"where": r"r(x,y) \doteq h(x,y) + c"}])
def test_a_reward_that_stands_beside_a_statement_is_in_sight(beside):
    assert prove(RATIO, **beside).status == "proved"


def test_another_reward_beside_it_proves_nothing():
    assert prove(RATIO, where=r"r(x,y) \doteq 2 h(x,y)").status == "refuted"
    assert prove(RATIO, where=r"g(x,y) \doteq h(x,y)").status != "proved"


def test_what_holds_of_a_greater_reward_is_not_refuted_by_other_preferences():
    assert prove(r"P(y_1\succ y_2|x) > \frac12", assume=r"r(x,y_1) > r(x,y_2)").status != "refuted"
