r"""Random sums over i < j and the like, and maxima over ranges: verdicts are what the members say, one by one."""

from __future__ import annotations

from collections import Counter
from random import Random

import ordered_ranges as texts
import pytest
from seeds import shifted
from verdicts import prove

SIZE = 45
KNOWN = ("proved", "refuted", "undecided", "unread")


@pytest.mark.random
@pytest.mark.long
@pytest.mark.parametrize("seed", shifted(range(6)))
def test_sums_over_indices_in_their_order_are_what_their_members_say(seed: int) -> None:
    draw, found = Random(seed), Counter[str]()
    for _ in range(SIZE):
        text, left, right = texts.equation(draw)
        status = prove(text, budget=0.5).status
        found[status] += 1
        samples = [texts.sample(draw, size) for size in texts.SIZES for _ in range(3)]
        agree = [left(at) == right(at) for at in samples]
        assert status in KNOWN, text
        assert status != "proved" or all(agree), text
        assert status != "refuted" or not all(agree), text
    assert found["proved"] > SIZE // 5
    assert found["refuted"] > SIZE // 8
    assert found["unread"] < SIZE // 4


@pytest.mark.random
@pytest.mark.long
@pytest.mark.parametrize("seed", shifted(range(6)))
def test_largest_and_smallest_members_are_what_they_are_of(seed: int) -> None:
    draw, found = Random(seed), Counter[str]()
    for _ in range(SIZE):
        text, relation, left, right = texts.comparison(draw)
        status = prove(text, budget=0.5).status
        found[status] += 1
        samples = [texts.sample(draw, size, most) for size in texts.SIZES for most in (1, 2, 9) for _ in range(60)]
        sides = [(left(at), right(at)) for at in samples]
        holds = [texts.RELATIONS[relation](*pair) for pair in sides if None not in pair]
        assert status in KNOWN, text
        assert status != "proved" or all(holds), text
        assert status != "refuted" or not all(holds), text
    assert found["proved"] > SIZE // 10
    assert found["refuted"] > SIZE // 8
