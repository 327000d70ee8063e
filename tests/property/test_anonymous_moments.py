"""Random equations between moments without a law: what is proved holds in all models, what is refuted fails in some."""

from __future__ import annotations

from collections import Counter

import anonymous_moments as texts
import pytest
from seeds import dice
from verdicts import prove

SIZE = 60


@pytest.mark.random
@pytest.mark.parametrize("index", ["", "t"])
def test_verdicts_agree_with_the_definition_of_a_moment(index: str) -> None:
    draw = dice(31 + bool(index))
    found = Counter[str]()
    while sum(found.values()) < SIZE:
        left, right, given = texts.equation(draw)
        if left == right or index and given:
            continue
        text = f"{texts.shown(draw, left, index)} = {texts.shown(draw, right, index)}"
        status = prove(text).status
        found[status] += 1
        if status == "proved":
            assert texts.holds(left, right, texts.NUMBERS, draw), text
        if status == "refuted":
            bare = {texts.WEIGHT} & texts.outside(("+", left, right)) if not index else set()
            numbers = (*texts.NUMBERS, *texts.EITHER, *bare)
            assert not texts.holds(left, right, numbers, draw), text
        assert status != "ill-formed", text
    assert found["proved"] >= SIZE / 10, found
    assert found["refuted"] >= SIZE / 10, found
