"""Rationals and logarithms of rationals, compared exactly."""

from __future__ import annotations

import pytest
from flint import fmpq

from grpo_symbolic.oracle.process.numbers import Dual, Unknown

HALF, SIX = Dual(fmpq(1, 2), fmpq(3)), Dual(fmpq(6))


def test_logarithms_of_products_are_sums() -> None:
    product = (HALF * SIX).logarithm()
    assert product == HALF.logarithm() + SIX.logarithm()
    assert product.slope == 6
    assert product != HALF.logarithm() + Dual(fmpq(5)).logarithm()
    assert Dual(fmpq(1)).logarithm() == Dual(fmpq(0))
    assert str(SIX.logarithm()) == "1 log 2 + 1 log 3"


def test_a_logarithm_times_a_rational_is_known_and_no_more() -> None:
    four = Dual(fmpq(4)).logarithm()
    assert four == Dual(fmpq(2)) * Dual(fmpq(2)).logarithm()
    assert (four + -four) == Dual(fmpq(0))
    for wrong in (lambda: four * four, lambda: HALF * four, four.known, four.inverse, (-SIX).logarithm,
                  Dual(fmpq(1_000_003)).logarithm):
        with pytest.raises(Unknown):
            wrong()
