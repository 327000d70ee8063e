r"""Several indices in a superscript, A^{(i,j)}: they are listed, and no power."""

from __future__ import annotations

import pytest
from verdicts import prove


@pytest.mark.parametrize("text", [r"A^{(i,j)} = \sum_{n=1}^{N} w_n A_n^{(i,j)}", r"A^{(i,j)} = 2 B^{(i,j)}"])
def test_a_symbol_with_several_indices_is_defined(text: str) -> None:
    assert prove(text).status == "definition"


def test_the_order_of_the_indices_counts() -> None:
    text = r"\sum_{n=1}^{N} w_n B_n^{(i,j)} = \sum_{m=1}^{N} w_m B_m^{(i,j)}"
    assert prove(text).status == "proved"
    assert prove(text.replace(r"B_m^{(i,j)}", r"B_m^{(j,i)}")).status == "refuted"


@pytest.mark.parametrize("text", ["A^{(i)} = 2 B^{(i)}", "(1 + c)^{(i,j)} = 1", "A^{(i+j,k)} = 1"])
def test_what_may_be_a_power_stays_unread(text: str) -> None:
    assert prove(text).status == "unread"
