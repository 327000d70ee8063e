r"""A sign too many is never passed over: a second bar after \right|, and a vector where a number belongs."""

from __future__ import annotations

import pytest
from verdicts import prove

SLOPE = r"\left. \nabla_\theta \pi_\theta(a|s) \right"
AT_OLD = r"_{\theta = \theta_{\text{old}}}"


@pytest.mark.parametrize("bar", ["||", r"\|", r"\Vert", "| |"])
def test_where_something_is_evaluated_stands_a_single_bar(bar: str) -> None:
    assert prove(f"{SLOPE}|{AT_OLD} = {SLOPE}|{AT_OLD}").status == "proved"
    assert prove(f"{SLOPE}{bar}{AT_OLD} = {SLOPE}|{AT_OLD}").status == "unread"


@pytest.mark.parametrize("text", [r"2\phi(\nabla_\theta \log \pi_\theta(a|s)) = c", r"c f(\nabla_\theta \beta) = c"])
def test_a_function_of_a_vector_is_not_taken_for_one_of_a_number(text: str) -> None:
    assert prove(text).status == "refuted"
    itself = prove(f"{text.partition(' =')[0]} = {text.partition(' =')[0]}")
    assert itself.status == "undecided"
    assert "failed" not in itself.reason
