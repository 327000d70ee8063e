r"""Random sums over members from a letter on: what is proved holds at all ends within what is listed with it."""

from __future__ import annotations

from collections import Counter
from random import Random

import member_ranges as texts
import pytest
from seeds import shifted
from verdicts import prove


def judged(seed: int, count: int) -> Counter[str]:
    draw, found = Random(seed), Counter[str]()
    for _ in range(count):
        text, left, right = texts.equation(draw)
        verdict = prove(text, budget=0.5)
        found[verdict.status] += 1
        agree = [(texts.summed(left, at) == texts.summed(right, at), at) for at in texts.samples(draw)]
        assert verdict.status in ("proved", "refuted", "undecided", "unread"), text
        if verdict.status == "proved":
            within = [same for same, at in agree
                      if texts.within(verdict.hypotheses, at) and texts.counts(left + right, at)]
            assert within, text
            assert all(within), (text, verdict.hypotheses)
        assert verdict.status != "refuted" or not all(same for same, _ in agree), text
    return found


@pytest.mark.parametrize("seed", range(2))
def test_verdicts_are_what_members_say_one_by_one(seed: int) -> None:
    found = judged(seed, 12)
    assert found["proved"] > 2


@pytest.mark.random
@pytest.mark.long
@pytest.mark.parametrize("seed", shifted(range(100, 108)))
def test_many_verdicts_are_what_members_say_one_by_one(seed: int) -> None:
    found = judged(seed, 70)
    assert found["proved"] > 10
    assert found["refuted"] > 5
    assert found["unread"] < 35


@pytest.mark.random
@pytest.mark.parametrize("seed", shifted(range(2)))
def test_sums_of_numbers_between_numbers_are_what_they_come_to(seed: int) -> None:
    draw, found = Random(seed), Counter[str]()
    for _ in range(25):
        text, true = texts.of_numbers(draw)
        status = prove(text, budget=0.3).status
        found[status] += 1
        assert status in (("proved" if true else "refuted"), "undecided"), text
    assert found["undecided"] < 8
